"""The shells: what each person finds at home, in the menu, on their own page, and in which language."""

import re
from datetime import date

import pytest

from xiaoan.foundation.delivery import drain
from xiaoan.ledgers.tests.factories import a_meeting, an_item, keeping, recorded
from xiaoan.people.models import Account
from xiaoan.people.tests.factories import a_person, an_appointment, appointed


@pytest.fixture
def kept(cast):
    """A pack in force; the school has recorded a meeting with something for the clerk to do."""
    kept = keeping(cast)
    recorded(kept, a_meeting(kept, an_item(kept, "更换食堂软管", due=date(2025, 12, 19))))
    drain()
    return kept


def page(client, person, path="/"):
    client.force_login(person.account)
    return client.get(path).content.decode()


NAVIGATION = re.compile(r"<nav(?:(?!</nav>).)*</nav>", re.DOTALL)
LINK = re.compile(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def links(html):
    """Address and label of every entry of the side navigation that is shown."""
    return [
        (address, re.sub(r"<[^>]*>", "", inside).strip())
        for address, inside in LINK.findall(NAVIGATION.findall(html)[0])
    ]


def menu(client, person):
    """The whole menu of a person: every entry is opened, so that those below it show."""
    found = dict(links(page(client, person)))
    for address in list(found):
        found |= dict(links(client.get(address, follow=True).content.decode()))
    return found


PLANS = {"/plans/", "/plans/duties/", "/plans/cells/"}
WORK = ["三年行动", "隐患整治", "检查督查", "台账", "风险与事件"]
SCHOOL = ["工作台", *WORK, "本校档案", "单位人员"]
BUREAU = ["工作台", "全区总览", *WORK, "学校档案", "单位人员"]
HAZARDS = {"/hazards/", "/hazards/report/", "/inspections/checklists/"}
REVIEWS = {"/risks/", "/risks/review/"}
ABOVE = {"/overview/", "/profiles/", "/risks/", "/organisations/units/", "/people/"}
CONFIRMS = HAZARDS | {"/hazards/confirm/"}
MENUS = {
    "lin": SCHOOL,
    "shen": SCHOOL,
    "zhou": ["工作台", "隐患整治", "检查督查", "风险与事件", "单位人员"],
    "gu": [*BUREAU, "系统管理"],
    "bai": [*BUREAU, "系统管理"],
    "yi": SCHOOL,
}


def top(client, person):
    """The labels of the menu at home."""
    return [label for _address, label in links(page(client, person))]


@pytest.mark.parametrize("who", MENUS)
def test_the_menu_shows_what_the_roles_open(client, cast, who):
    assert top(client, getattr(cast, who)) == MENUS[who]


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        ("auditor", BUREAU),
        ("security_officer", ["工作台", "单位人员", "系统管理"]),
        ("partner", ["工作台", "隐患整治"]),
    ],
)
def test_others_see_their_own_menu(client, cast, role, entries):
    assert top(client, appointed(cast.bureau, role, "任用")) == entries


@pytest.mark.parametrize(
    ("who", "below"),
    [
        (
            "lin",
            {
                *PLANS,
                *CONFIRMS,
                *REVIEWS,
                "/plans/holders/",
                "/profile/",
                "/organisations/units/",
                "/people/",
            },
        ),
        ("zhou", {*HAZARDS, *REVIEWS, "/organisations/units/"}),
        (
            "gu",
            {*PLANS, *CONFIRMS, *ABOVE, "/organisations/imports/"},
        ),
        ("bai", {*PLANS, *HAZARDS, *ABOVE, "/plans/packs/"}),
    ],
)
def test_what_lies_below_is_open_too(client, kept, who, below):
    assert set(menu(client, getattr(kept.cast, who))) - {"/", "/ledgers/"} == below
    assert {client.get(address, follow=True).status_code for address in below} == {200}


def test_home_shouts_three_things_and_lists_the_rest_by_date(client, kept):
    for number in range(4):
        recorded(kept, a_meeting(kept, an_item(kept, f"另一件{number}", due=date(2026, 1, 10 + number))))
    shown = page(client, kept.cast.shen)
    later = shown.split('id="later"')[1]
    assert shown.count('<article class="card task') == 3
    assert [later.count(f"另一件{number}") for number in range(4)] == [1, 1, 1, 1]
    assert sorted(range(4), key=lambda number: later.index(f"另一件{number}")) == [0, 1, 2, 3]


def test_what_is_mine_is_nobody_elses(client, kept):
    assert "更换食堂软管" in page(client, kept.cast.shen)
    for other in (kept.cast.lin, kept.cast.tang, kept.cast.yi, kept.cast.gu):
        assert "更换食堂软管" not in page(client, other)


def test_home_without_anything_to_do_says_so(client, cast):
    assert re.findall(r'class="empty-title">([^<]+)<', page(client, cast.zhou)) == ["眼下没有要您办的事"]


def test_home_without_anything_to_do_leads_to_what_the_menu_holds(client, cast):
    main = page(client, cast.zhou).split("<main", 1)[1].split("</main", 1)[0]
    offered = {address for address, _words in LINK.findall(main.split("可以从这里开始</h2>")[1])}
    assert {"/organisations/units/"} <= offered <= set(menu(client, cast.zhou))


def test_a_zero_of_the_day_is_no_link(client, kept):
    main = page(client, kept.cast.shen).split("<main", 1)[1]
    stats = re.findall(r'<li><(a|div)[^>]*class="stat[^>]*>.*?stat-figure">(\d+)<', main, re.DOTALL)
    assert [tag for tag, _number in stats] == ["div" if number == "0" else "a" for _tag, number in stats]
    assert {"0"} < {number for _tag, number in stats}
    assert "可以从这里开始" not in main


def test_my_page_names_the_posts_of_today_and_no_others(client, cast):
    an_appointment(cast.zhou, cast.neighbour, "staff", ends_on=date(2025, 12, 16))
    an_appointment(cast.zhou, cast.neighbour, "safety_lead", starts_on=date(2025, 12, 18))
    main = page(client, cast.zhou, "/me/").split("<main", 1)[1].split("设置", 1)[0]
    rows = re.findall(r'class="list-row-main">([^<]+)<small>([^<]+)<', main)
    assert rows == [
        ("post_holder", "云禾实验小学"),
        ("搜索", "单位、人员、隐患、台账记录、风险点、任务、方案条款"),
        ("隐患台账", "隐患整治"),
        ("上报隐患", "隐患整治"),
        ("检查表", "检查督查"),
        ("风险清单", "风险与事件"),
        ("学期复核", "风险与事件"),
        ("单位", "单位人员"),
    ]


def test_my_page_without_a_post_says_whom_to_ask(client, cast):
    person = a_person(cast.school, "许明夷")
    Account.objects.create(username="xumingyi", person=person)
    assert re.findall(r'class="empty-title">([^<]+)<', page(client, person, "/me/")) == ["您目前没有任职"]


def test_the_language_chosen_holds_and_returns_to_the_page(client, cast):
    client.force_login(cast.lin.account)
    response = client.post("/language/", {"language": "en", "next": "/me/"})
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert '<html lang="en">' in client.get("/me/").content.decode()
    client.post("/language/", {"language": "zh-hans", "next": "/me/"})
    assert '<html lang="zh-CN">' in client.get("/me/").content.decode()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_the_choice_of_language_leads_nowhere_else(client, cast, address):
    client.force_login(cast.lin.account)
    assert client.post("/language/", {"language": "en", "next": address})["Location"] == "/"


@pytest.mark.parametrize("language", ["de", "", "en'", "zz" * 100])
def test_a_language_that_is_not_offered_changes_nothing(client, cast, language):
    client.force_login(cast.lin.account)
    client.post("/language/", {"language": language, "next": "/me/"})
    assert '<html lang="zh-CN">' in client.get("/me/").content.decode()


def test_signed_out_the_choice_is_kept_for_the_log_in_page(client, db):
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert '<html lang="en">' in client.get("/login/").content.decode()
