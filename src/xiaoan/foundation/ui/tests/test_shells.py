from django.template.loader import render_to_string

from xiaoan.foundation import clock
from xiaoan.foundation.ui.navigation import NavigationItem, Viewer

LATE = NavigationItem("隐患", "/hazards/", "alert", current="page", count=3, count_label="待我处理 3 件")
INNER = NavigationItem("台账", "/hazards/list/")


def shell(**context) -> str:
    return render_to_string("shell/page.html", context)


def test_a_shell_without_a_menu_shows_none():
    page = shell()
    assert "<nav" not in page
    assert 'class="shell"' in page


def test_the_menu_says_where_one_is_and_what_waits():
    page = shell(navigation=[LATE], tabs=[LATE])
    assert page.count('<a href="/hazards/" aria-current="page">') == 2
    assert page.count('<span class="visually-hidden">待我处理 3 件</span>') == 2
    assert 'class="shell shell-has-navigation shell-has-tabs"' in page


def test_only_the_entry_one_is_in_is_unfolded():
    opened = NavigationItem("隐患", "/hazards/", current="true", children=(INNER,))
    folded = NavigationItem("隐患", "/hazards/", children=(INNER,))
    assert "/hazards/list/" in shell(navigation=[opened])
    assert "/hazards/list/" not in shell(navigation=[folded])


def test_the_demo_says_so_on_every_page():
    assert "演示数据" in shell(demo=True)
    assert "演示数据" not in shell(demo=False)


def test_drafts_are_kept_under_the_person_signed_in():
    viewer = Viewer(key="k-1", name="沈知远", post="安全员")
    assert '<body data-viewer="k-1">' in shell(viewer=viewer)


def test_a_way_out_is_offered_only_where_there_is_one():
    stays = Viewer(key="k", name="沈知远", post="安全员")
    leaves = Viewer(key="k", name="沈知远", post="安全员", log_out_url="/logout/")
    assert "退出登录" not in shell(viewer=stays)
    assert '<form method="post" action="/logout/">' in shell(viewer=leaves)


def test_a_sheet_to_print_says_when_it_was_printed():
    page = render_to_string("shell/print.html", {"printed_at": clock.now()})
    assert "打印时间：12月17日 09:00" in page


def test_the_foot_leads_to_where_one_writes_about_the_page():
    assert '<footer class="shell-foot"><a href="/feedback/new/?from=/">投诉建议</a>' in shell(
        feedback_url="/feedback/new/?from=/"
    )
    assert "shell-foot" not in shell()
