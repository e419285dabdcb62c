"""Whole lives: a general hazard, one from above, a major one; each step by whom the table says."""

from datetime import date, timedelta

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted, RuleBroken
from xiaoan.foundation.journal import first_fault
from xiaoan.hazards import acts
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    LATER,
    MAJOR,
    SOON,
    TODAY,
    do,
    fresh,
    from_above,
    lived,
    reported,
)


def states(hazard: Hazard) -> list[str]:
    return list(hazard.steps.order_by("number").values_list("to", flat=True))


def test_a_general_hazard_of_the_school_is_closed_by_the_school(district):
    hazard = lived(district, reported(district), GENERAL)
    assert states(hazard) == ["to_judge", "to_assign", "rectifying", "to_verify", "to_close", "closed"]
    assert (hazard.rectified_by, hazard.verified_by, hazard.closed_by) == (
        district.cast.zhou,
        district.cast.shen,
        district.cast.chen,
    )
    assert hazard.code == "YH-S1-2025-0001"


def test_what_came_from_above_is_checked_again_and_closed_there(district):
    hazard = lived(district, from_above(district), ISSUED)
    assert states(hazard) == [
        "to_judge",
        "to_assign",
        "rectifying",
        "to_verify",
        "to_recheck",
        "to_close",
        "closed",
    ]
    assert hazard.missed


def test_a_major_hazard_is_controlled_planned_rechecked_by_two_and_lifted(district):
    hazard = lived(district, reported(district), MAJOR)
    assert hazard.state == "closed"
    assert (hazard.look_back_on, hazard.looks_back_left) == (TODAY + timedelta(days=30), 2)
    recheck = hazard.steps.get(verb="recheck")
    assert (recheck.person_name, recheck.second_name) == ("苏行之", "顾明澈")
    assert first_fault(hazard.unit_id) is None


def test_a_major_hazard_is_not_submitted_before_control_and_plan(district):
    hazard = lived(district, reported(district), MAJOR[:2])
    with pytest.raises(NotPermitted, match="先管控"):
        do(district, hazard, "submit_hazard", "zhou", words="已修")


def test_who_rectified_does_not_accept(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    do(district, hazard, "submit_hazard", "shen", words="我来换的")
    with pytest.raises(NotPermitted, match="整改人不能验收"):
        do(district, fresh(hazard), "accept_hazard", "shen")


def test_the_look_back_of_a_major_hazard_comes_twice_and_then_it_is_archived(district):
    hazard = lived(district, reported(district), MAJOR)
    for day, state in ((30, "closed"), (90, "archived")):
        with clock.held_at(clock.at(TODAY + timedelta(days=day))):
            called = acts.call_back(actor=_machine(district), ask=Ask(), hazard=fresh(hazard))
            assert called.state == "to_look_back"
            do(district, fresh(hazard), "look_back", "su", sound=True, words="完好")
            assert fresh(hazard).state == state


def test_a_failed_look_back_voids_the_closure(district):
    hazard = lived(district, reported(district), MAJOR)
    day = TODAY + timedelta(days=30)
    with clock.held_at(clock.at(day)):
        acts.call_back(actor=_machine(district), ask=Ask(), hazard=hazard)
        with pytest.raises(RuleBroken):
            do(district, fresh(hazard), "look_back", "su", sound=False, words="又漏气了")
        again = day + timedelta(days=7)
        do(district, fresh(hazard), "look_back", "su", sound=False, words="又漏气了", due_on=again)
    hazard = fresh(hazard)
    assert (hazard.state, hazard.closure_void, hazard.due_on, hazard.closed_on) == (
        "rectifying",
        True,
        again,
        None,
    )


def test_a_clock_that_goes_to_finance_comes_back(district):
    hazard = lived(district, from_above(district), ISSUED[:2])
    section = district.fang.unit
    referral = do(district, hazard, "refer_hazard", "su", to_unit=section, due_on=LATER, words="缺资金")
    hazard = fresh(hazard)
    assert (hazard.state, hazard.handled_by, hazard.due_on) == ("referred", section, SOON)
    with clock.held_at(clock.at(SOON + timedelta(days=1))):
        assert not hazard.is_overdue()
    acts.answer_referral(actor=district.actor("fang"), ask=Ask(), referral=referral, words="已拨款更换")
    assert fresh(hazard).state == "to_verify"


def test_more_time_is_granted_by_another_and_moves_the_date(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    asked = do(district, hazard, "ask_extension", "zhou", due_on=LATER, words="配件未到", control="停用该灶")
    acts.grant_extension(actor=district.actor("chen"), ask=Ask(), extension=asked)
    assert (fresh(hazard).due_on, fresh(hazard).extended) == (LATER, 1)


def test_what_was_fixed_on_the_spot_is_confirmed_by_another(district):
    hazard = reported(district, fixed="已当场拧紧")
    with pytest.raises(NotPermitted):
        do(district, hazard, "confirm_fix", "shen")
    do(district, hazard, "confirm_fix", "chen")
    assert states(hazard) == ["to_confirm", "closed"]


def test_a_second_finding_at_the_same_place_is_a_recurrence(district):
    first = lived(district, reported(district), GENERAL)
    with clock.held_at(clock.at(date(2026, 3, 2))):
        second = reported(district)
    assert (second.repeats, second.occurrence, second.code) == (first, 2, "YH-S1-2026-0001")


def _machine(district):
    from xiaoan.foundation.actor import robot

    return robot(district_id=district.cast.bureau.pk, cause="a test")


def test_nothing_that_may_be_major_is_lifted_or_merged_unanswered(district):
    other, hazard = reported(district), lived(district, from_above(district), ISSUED[:5])
    do(district, hazard, "draft_listing", "bai", words="影响大")
    do(district, fresh(hazard), "list_hazard", "he")
    do(district, fresh(hazard), "suspect_major", "shen", words="可能重大")
    do(district, fresh(hazard), "draft_lifting", "bai", words="符合条件")
    with pytest.raises(NotPermitted, match="疑似重大"):
        do(district, fresh(hazard), "lift_hazard", "he")
    into = reported(district, text="同一处软管")
    do(district, other, "suspect_major", "shen", words="可能重大")
    do(district, fresh(other), "merge_hazard", "su", into=into)
    assert (fresh(other).state, fresh(other).suspected) == ("merged", False)


def test_whoever_lifted_a_general_hazard_takes_the_lifting_back_and_it_is_listed_again(district):
    said = {"words": "整改不实"}
    hazard = lived(
        district,
        from_above(district),
        [*ISSUED[:2], ("draft_listing", "bai", said), ("list_hazard", "he", {}), *ISSUED[2:5]],
    )
    hazard = lived(district, hazard, [("draft_lifting", "bai", said), ("lift_hazard", "he", {})])
    assert (hazard.state, [code for code, _words in hazard.flags]) == ("closed", [])
    with pytest.raises(NotPermitted, match="由分管局长批准"):
        do(district, hazard, "void_closure", "gu", **said, due_on=SOON)
    hazard = lived(district, hazard, [("void_closure", "he", said | {"due_on": SOON})])
    assert (hazard.state, [code for code, _words in hazard.flags]) == (
        "rectifying",
        ["listed", "closure_void"],
    )
