"""The pages of hazards, as the cast sees them."""

import re
from datetime import timedelta

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.hazards.acts import report_hazard
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.queries import share
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    MAJOR,
    a_finding,
    fresh,
    from_above,
    lived,
    reported,
)
from xiaoan.plans.tests.factories import FIRST_PACK, publish


@pytest.fixture
def visit(client, district):
    """Open a page as somebody."""

    def as_somebody(who, address, **sent):
        person = getattr(district, who, None) or getattr(district.cast, who)
        client.force_login(person.account)
        return client.post(address, sent) if sent else client.get(address)

    return as_somebody


def hidden(page):
    text = page.content.decode()
    return {
        "submission_id": re.search(r'name="submission_id" value="([^"]+)"', text)[1],
        "seen": re.search(r'name="seen" value="([^"]*)"', text)[1],
    }


def the_hazard():
    return Hazard.objects.everything("a test").select_related("unit", "pack_version").get()


def test_an_officer_reports_in_two_taps_and_one_sentence(visit, district):
    page = visit("shen", "/hazards/report/")
    assert page.status_code == 200
    assert "食堂" in page.content.decode()
    sent = visit(
        "shen",
        "/hazards/report/",
        **hidden(page),
        place=str(district.canteen.pk),
        kind="gas",
        text="燃气软管老化",
    )
    assert sent.status_code == 303
    found = the_hazard()
    assert (found.state, found.place, found.found_by) == ("to_judge", district.canteen, district.cast.shen)


def test_another_place_is_typed_and_found_by_its_name(visit, district):
    page = visit("zhou", "/hazards/report/")
    visit(
        "zhou",
        "/hazards/report/",
        **hidden(page),
        place="other",
        where="操场西侧",
        kind="facility",
        text="围栏松动",
    )
    assert (the_hazard().place, the_hazard().place_name) == (None, "操场西侧")


def test_the_centre_chooses_the_unit_first(visit, district):
    page = visit("su", "/hazards/report/")
    assert district.cast.school.name in page.content.decode()
    page = visit("su", f"/hazards/report/?unit={district.cast.school.pk}")
    sent = visit(
        "su",
        f"/hazards/report/?unit={district.cast.school.pk}",
        **hidden(page),
        place=str(district.canteen.pk),
        kind="gas",
        text="软管穿墙",
        source="centre",
        found_on="2025-12-16",
        finder="",
    )
    assert sent.status_code == 303
    assert the_hazard().from_above


@pytest.mark.parametrize("who", ["shen", "zhou", "chen", "lin", "gu", "su", "bai", "he", "fang"])
@pytest.mark.parametrize("life", [GENERAL, ISSUED, MAJOR], ids=["general", "issued", "major"])
def test_the_page_of_a_hazard_at_every_step_and_every_move_it_offers(visit, district, who, life):
    start = reported(district) if life is not ISSUED else from_above(district)
    for steps in range(len(life) + 1):
        hazard = lived(district, start, life[steps - 1 : steps]) if steps else start
        page = visit(who, hazard.get_absolute_url())
        if page.status_code == 404:
            continue
        text = page.content.decode()
        assert hazard.text in text
        moves = set(re.findall(rf"/hazards/{hazard.pk}/([a-z_]+)/", text))
        for verb in moves:
            assert visit(who, f"/hazards/{hazard.pk}/{verb}/").status_code == 200


def test_a_hazard_is_walked_through_its_pages(visit, district):
    hazard = reported(district)
    walk = [
        ("shen", "judge", {"outcome": "general", "words": ""}),
        ("chen", "dispatch", {"post": "post_holder", "due_on": "2025-12-27", "words": "尽快"}),
        ("zhou", "submit", {"words": "已更换"}),
        ("shen", "accept", {"words": ""}),
        ("chen", "close", {"words": ""}),
    ]
    for who, verb, sent in walk:
        page = visit(who, f"/hazards/{hazard.pk}/{verb}/")
        assert visit(who, f"/hazards/{hazard.pk}/{verb}/", **hidden(page), **sent).status_code == 303
    assert fresh(hazard).state == "closed"


def test_the_list_has_its_tabs_and_is_exported(visit, district):
    lived(district, reported(district), GENERAL)
    reported(district, text="消火栓箱上锁")
    page = visit("gu", "/hazards/?view=open").content.decode()
    assert "消火栓箱上锁" in page
    assert "食堂燃气软管老化" not in page
    assert "消火栓箱上锁" in b"".join(visit("gu", "/hazards/?view=open&export=csv")).decode("utf-8-sig")


def test_the_order_that_was_chosen_is_kept(visit, district):
    visit("gu", "/hazards/?order=found")
    assert 'value="found" selected' in visit("gu", "/hazards/?order=found").content.decode()


def test_a_stranger_sees_nothing(visit, district):
    hazard = reported(district)
    assert visit("yi", hazard.get_absolute_url()).status_code == 404
    assert visit("tang", hazard.get_absolute_url()).status_code == 404
    assert hazard.text not in visit("yi", "/hazards/").content.decode()


def test_a_phone_whose_clock_runs_ahead_is_doubted_and_taken_all_the_same(district):
    ahead = clock.now() + timedelta(hours=2)
    report_hazard(
        actor=district.actor("shen"),
        ask=Ask(captured_at=ahead),
        unit=district.cast.school,
        finding=a_finding(district.canteen),
    )
    assert ("time_in_doubt", "时间存疑") in the_hazard().flags


def test_what_the_school_found_itself_in_time_says_that_it_never_counts_against_it(visit, district):
    own, above = reported(district), from_above(district)
    assert "不作负面评价" in visit("shen", own.get_absolute_url()).content.decode()
    assert "不作负面评价" not in visit("shen", above.get_absolute_url()).content.decode()


def test_the_original_finder_is_offered_the_recheck_first(visit, district):
    hazard = lived(district, from_above(district), ISSUED[:4])
    assert "苏行之（原检查人优先）" in visit("gu", hazard.get_absolute_url()).content.decode()


def test_a_goal_is_read_beside_last_year(visit, district):
    publish(district.cast, FIRST_PACK)
    lived(district, reported(district), GENERAL[:2])
    page = visit("he", "/plans/duties/T4.7/").content.decode()
    assert "与上年同期比较" in page
    assert "（上年 没有）" in page
    assert "与上年同期比较" not in visit("lin", "/plans/duties/T4.7/").content.decode()


@pytest.mark.parametrize(
    ("steps", "who", "button"),
    [(1, "su", "交办"), (4, "su", "复查"), (5, "gu", "销号")],
)
def test_what_waits_in_the_centre_is_named_by_its_next_step(district, steps, who, button):
    lived(district, from_above(district), ISSUED[:steps])
    assert [pile.first.button for pile in share(district.actor(who)).piles] == [button]


def test_what_may_be_major_waits_for_an_answer(district):
    lived(district, reported(district), [*GENERAL[:2], ("suspect_major", "shen", {"words": "气味明显"})])
    assert [str(pile.kind) for pile in share(district.actor("gu")).piles] == ["疑似重大待答复"]


def test_a_school_that_thinks_it_may_be_major_sends_it_to_the_centre_in_the_same_step(visit, district):
    hazard = reported(district)
    address = f"/hazards/{hazard.pk}/judge/"
    page = visit("shen", address)
    assert "D05" in page.content.decode()
    sent = {"outcome": "maybe_major", "words": ""}
    assert visit("shen", address, **hidden(page), **sent).status_code == 422
    sent["words"] = "报警器失效"
    assert visit("shen", address, **hidden(page), **sent).status_code == 303
    found = fresh(hazard)
    assert (found.state, found.grade, found.suspected) == ("to_judge", "none", True)
    assert [str(pile.kind) for pile in share(district.actor("gu")).piles] == ["疑似重大待答复"]
