"""学校档案, as the cast sees it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from xiaoan.hazards.tests.factories import GENERAL, District, hazard_district, lived, reported
from xiaoan.ledgers.tests.factories import Keeping, a_meeting, recorded
from xiaoan.organisations.models import Circle, Membership, UnitYear
from xiaoan.people.models import Appointment
from xiaoan.people.tests.factories import a_post, an_appointment, appointed
from xiaoan.plans.models import Cell
from xiaoan.risks.models import Level, Risk
from xiaoan.risks.tests.factories import in_use

TODAY = date(2025, 12, 17)


@pytest.fixture
def district(cast) -> District:
    """The cast with rules in force, a canteen, and people above the school."""
    return hazard_district(cast)


@pytest.fixture
def visit(client, district):
    """Open a page as somebody."""

    def as_somebody(who, address):
        person = getattr(district, who, None) or getattr(district.cast, who)
        client.force_login(person.account)
        return client.get(address)

    return as_somebody


def profile_of(unit):
    return reverse("insight:profile", args=[unit.pk])


def text(page):
    """The words of a page's main part, without tags, blanks as one."""
    main = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


def links(page):
    return re.findall(r'href="([^"]+)"', page.content.decode())


def in_circles(unit):
    """The unit in a group and a town."""
    root = unit.district
    for kind, name in (("group", "第一协作组"), ("town", "云禾镇")):
        circle = Circle.objects.create(district=root, unit=root, kind=kind, name=name)
        Membership.objects.create(district=root, unit=unit, circle=circle, starts_on=date(2020, 1, 1))


def keepers(cast):
    """Those who keep the school's ledgers by the pack that is in force."""
    return Keeping(
        cast=cast,
        head=an_appointment(cast.lin, cast.school, "head_teacher"),
        clerk=an_appointment(cast.shen, cast.school, "safety_clerk"),
        deputy=an_appointment(cast.chen, cast.school, "vice_head"),
        neighbour_head=an_appointment(cast.tang, cast.neighbour, "head_teacher"),
    )


def test_the_head_says_what_the_institution_is(visit, district):
    school = district.cast.school
    in_circles(school)
    UnitYear.objects.create(
        district=school.district,
        unit=school,
        school_year="2025-2026",
        stage="primary",
        pupils=1126,
        boarders=40,
    )
    page = text(visit("gu", profile_of(school)))
    assert page.startswith("学校档案 云禾实验小学 小学 学生 1,126 人，其中寄宿 40 人 第一协作组 云禾镇")


def test_who_answers_stands_with_the_day_since_when(visit, district):
    page = text(visit("lin", profile_of(district.cast.school)))
    assert "林一鸣 principal，2020年1月1日起" in page
    assert "沈知远 safety_officer，2020年1月1日起" in page
    assert "周砚秋" not in page.partition("时间线")[0]


def test_a_post_that_nobody_holds_is_called_vacant(visit, district):
    in_use(a_post(district.cast.bureau, "safety_officer"))
    Appointment.objects.everything("a test").filter(person=district.cast.shen).update(
        ends_on=TODAY - timedelta(days=1)
    )
    page = text(visit("gu", profile_of(district.cast.school)))
    assert "safety_officer 空缺，请尽快明确人选" in page
    assert "沈知远 离任： safety_officer" in page


def test_a_school_is_shown_its_next_three_steps_and_the_bureau_every_duty(visit, district):
    school = district.cast.school
    own, above = visit("lin", profile_of(school)), visit("gu", profile_of(school))
    cells = {
        reverse("plans:cell", args=[cell.pk])
        for cell in Cell.objects.everything("a test").filter(unit=school)
    }
    shown = lambda page: [link for link in links(page) if link in cells]  # noqa: E731 - said twice
    assert (len(shown(own)), len(shown(above)) > 3) == (3, True)
    assert "现在应完成" in text(own)


def test_open_hazards_stand_by_date_and_the_year_in_words(visit, district):
    late = lived(district, reported(district, text="灭火器过期"), GENERAL[:2])
    type(late).objects.everything("a test").filter(pk=late.pk).update(
        due_on=TODAY - timedelta(days=2), order_on=TODAY - timedelta(days=2)
    )
    lived(district, reported(district, text="软管老化"), GENERAL[:2])
    lived(district, reported(district, text="窗扣松动"), GENERAL)
    page = text(visit("lin", profile_of(district.cast.school)))
    opened = page.partition("未销号的隐患")[2].partition("学年发现")[0]
    assert [word for word in ("灭火器过期", "软管老化", "窗扣松动") if word in opened] == [
        "灭火器过期",
        "软管老化",
    ]
    assert opened.index("灭火器过期") < opened.index("软管老化")
    assert "逾期隐患 1 件 未销号隐患 2 件" in page
    assert "发现 3 件 ：整改中 2，已销号 1" in page


def test_hazards_lead_to_the_list_of_the_unit(visit, district):
    reported(district)
    school = district.cast.school
    above = f"{reverse('hazards:hazards')}?view=open&amp;unit={school.pk}"
    own = f"{reverse('hazards:hazards')}?view=open"
    assert (
        above in links(visit("gu", profile_of(school))),
        own in links(visit("lin", profile_of(school))),
    ) == (
        True,
        True,
    )
    assert visit("gu", above.replace("&amp;", "&")).status_code == visit("lin", own).status_code == 200


def test_places_stand_with_their_gravest_risk_and_what_is_open_there(visit, district):
    school, canteen = district.cast.school, district.canteen
    for level in (Level.ORANGE, Level.RED):
        Risk.objects.create(
            district=school.district,
            unit=school,
            place=canteen,
            point="燃气泄漏",
            level=level,
            measures="每天看",
            post="post_holder",
            post_zh="食堂负责人",
            post_en="Canteen",
            starts_on=TODAY,
        )
    reported(district, text="软管老化")
    page = text(visit("gu", profile_of(school)))
    assert "在册 2 点 红（重大） 1 橙（较大） 1" in page
    assert "食堂 post_holder 红（重大） 软管老化" in page.partition("关键部位 1 处")[2]


def test_records_and_what_happened_stand_newest_first(visit, district):
    kept = keepers(district.cast)
    recorded(kept, a_meeting(kept, day=date(2025, 12, 3), agenda="冬季用火用电"))
    reported(district, text="软管老化")
    page = text(visit("lin", profile_of(district.cast.school)))
    records, _title, happened = page.partition("最近的台账")[2].partition("时间线")
    assert "12月3日 冬季用火用电" in records
    assert happened.index("沈知远 上报： 软管老化") < happened.index("冬季用火用电")


def test_a_newcomer_is_told_by_the_timeline(visit, district):
    school = district.cast.school
    an_appointment(district.cast.zhou, school, "safety_officer", starts_on=TODAY - timedelta(days=3))
    page = text(visit("gu", profile_of(school)))
    assert "12月14日 周砚秋 到任： safety_officer" in page


@pytest.mark.parametrize("who", ["tang", "yi"])
def test_a_neighbour_and_another_district_find_nothing(visit, district, who):
    assert visit(who, profile_of(district.cast.school)).status_code == 404


def test_a_group_leader_of_another_school_finds_nothing(client, district):
    leader = appointed(district.cast.neighbour, "group_leader", "苏行之")
    client.force_login(leader.account)
    assert client.get(profile_of(district.cast.school)).status_code == 404
    own = text(client.get(profile_of(district.cast.neighbour)))
    assert [part for part in ("谁负责", "未销号的隐患", "风险清单", "最近的台账") if part in own] == []


def test_a_post_holder_has_no_profile_to_open(visit, district):
    assert visit("zhou", profile_of(district.cast.school)).status_code == 404


def test_a_school_opens_its_own_from_the_menu(visit, district):
    page = visit("shen", reverse("insight:own_profile"))
    assert text(page).startswith("云禾实验小学")
    assert (reverse("insight:own_profile") in links(page), reverse("insight:profiles") in links(page)) == (
        True,
        False,
    )


def test_who_has_no_institution_has_no_own_profile(visit, district):
    assert visit("gu", reverse("insight:own_profile")).status_code == 404


def test_the_bureau_finds_institutions_by_name_under_their_groups(visit, district):
    in_circles(district.cast.school)
    page = visit("he", reverse("insight:profiles"))
    assert "一校一档 2 个单位" in text(page)
    assert re.search("第一协作组 云禾实验小学 .*未编入协作组 柳湾小学", text(page))
    found = visit("he", reverse("insight:profiles") + "?q=柳湾")
    assert [profile_of(unit) in links(found) for unit in (district.cast.neighbour, district.cast.school)] == [
        True,
        False,
    ]
    assert "没有找到" in text(visit("he", reverse("insight:profiles") + "?q=无此校"))


def test_a_school_lists_only_itself(visit, district):
    page = visit("lin", reverse("insight:profiles"))
    assert [profile_of(unit) in links(page) for unit in (district.cast.school, district.cast.neighbour)] == [
        True,
        False,
    ]


def test_every_figure_opens_the_list_that_it_counts(visit, district):
    reported(district, text="软管老化")
    for who in ("lin", "he"):
        page = visit(who, profile_of(district.cast.school))
        lists = [link.replace("&amp;", "&") for link in links(page) if link.startswith("/hazards/?")]
        found = {link: text(visit(who, link)).count("软管老化") for link in lists}
        assert [found[link] for link in lists] == [0, 1, 0, 1, 1]
