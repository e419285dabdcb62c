"""What hazards measure, case by case, and that the answer for a past day stays what it was."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.foundation import clock
from xiaoan.foundation.indicators import Untold, indicator
from xiaoan.foundation.periods import parse_period
from xiaoan.hazards.indicators.days import NOTHING_ACCEPTED
from xiaoan.hazards.tests.factories import from_above, reported
from xiaoan.hazards.tests.telling import (
    CAMPAIGN,
    CAUSES,
    CLEARED,
    DAYS,
    IN_TIME,
    LOOKS,
    OF_THE_BUREAU,
    OF_THE_SCHOOL,
    SELF_FOUND,
    WITH,
    asked,
    told,
)
from xiaoan.organisations.tests.factories import a_unit


def dec(day: int) -> date:
    return date(2025, 12, day)


def jan(day: int) -> date:
    return date(2026, 1, day)


NEW_YEARS_EVE = dec(31)


def in_time(district, period="2025-12", on=NEW_YEARS_EVE):
    return asked(district, IN_TIME, period, on)


def campaign(district, on=NEW_YEARS_EVE, period="2025"):
    return asked(district, CAMPAIGN, period, on, order_within=7)


# ── O.1 重大事故隐患动态清零 ──


def test_a_major_hazard_is_in_hand_with_plan_and_control_inside_its_date_and_cleared_when_closed(district):
    assert asked(district, CLEARED, "2025Q4") is None
    hazard = told(district, dec(1)).judged_major(dec(2), due_on=dec(20))
    assert asked(district, CLEARED, "2025Q4", dec(2)) == (0, 1)
    hazard.in_hand(dec(3))
    assert asked(district, CLEARED, "2025Q4", dec(20)) == (1, 1)
    assert asked(district, CLEARED, "2025Q4", dec(21)) == (0, 1)
    hazard.submitted(dec(22)).lifted(dec(23))
    assert asked(district, CLEARED, "2025Q4", dec(23)) == (1, 1)
    assert asked(district, CLEARED, "2026Q1", jan(31)) == (1, 1)
    assert asked(district, CLEARED, "2025Q3", dec(23)) is None


@pytest.mark.parametrize("lacking", ["control_hazard", "file_plan"])
def test_without_control_or_plan_a_major_hazard_is_not_in_hand(district, lacking):
    hazard = told(district, dec(1)).judged_major(dec(2), due_on=dec(30))
    if lacking == "file_plan":
        hazard.on(dec(3), "control_hazard", "shen", control="停用")
    else:
        hazard.in_hand(dec(3))
        hazard.hazard.steps.filter(until=None).update(controlled=False)
    assert asked(district, CLEARED, "2025Q4", dec(4)) == (0, 1)


def test_a_past_day_is_answered_as_it_was_whatever_came_later(district):
    hazard = told(district, date(2025, 9, 20)).judged_major(date(2025, 9, 21), due_on=date(2025, 10, 30))
    assert asked(district, CLEARED, "2025Q3", date(2025, 10, 1)) == (0, 1)
    hazard.in_hand(date(2025, 10, 2)).submitted(date(2025, 10, 8)).lifted(date(2025, 10, 9))
    assert asked(district, CLEARED, "2025Q3", dec(17)) == (0, 1)
    assert asked(district, CLEARED, "2025Q4", dec(17)) == (1, 1)


def test_what_is_lowered_is_no_longer_major_from_that_day_on(district):
    hazard = told(district, date(2025, 9, 20)).judged_major(date(2025, 9, 21), due_on=date(2025, 10, 30))
    hazard.on(date(2025, 10, 8), "draft_lowering", "bai", words="不符合条件")
    hazard.on(date(2025, 10, 9), "lower_hazard", "he", words="同意")
    assert asked(district, CLEARED, "2025Q3", dec(17)) == (0, 1)
    assert asked(district, CLEARED, "2025Q4", dec(17)) is None


def test_what_was_opened_again_after_the_recheck_is_still_in_hand(district):
    hazard = told(district, dec(1)).judged_major(dec(2), due_on=dec(30)).in_hand(dec(3)).submitted(dec(4))
    hazard.accepted(dec(5)).on(dec(5), "recheck_hazard", "su", second="gu")
    hazard.on(dec(6), "release_hazard", "shen", words="复查合格，恢复使用")
    assert asked(district, CLEARED, "2025Q4", dec(6)) == (1, 1)


# ── O.2 重大隐患由本单位先发现 ──


def test_a_major_hazard_counts_for_its_finder_in_the_year_in_which_it_was_judged(district):
    told(district, dec(1)).judged_major(dec(2), due_on=dec(30))
    told(district, dec(3), "su", source="centre").judged_major(dec(3), due_on=dec(30))
    told(district, NEW_YEARS_EVE).judged_major(jan(2), due_on=jan(30))
    told(district, dec(5)).handed_out(dec(5), due_on=dec(30))
    assert asked(district, SELF_FOUND, "2025", NEW_YEARS_EVE) == (1, 2)
    assert asked(district, SELF_FOUND, "2025", jan(17)) == (1, 2)
    assert asked(district, SELF_FOUND, "2026", jan(17)) == (1, 1)


# ── G.3 回头看合格率 ──


def test_a_look_back_counts_on_its_day_and_a_closure_taken_back_did_not_hold(district):
    day = date(2025, 9, 1)
    first, second, third = (
        told(district, day, kind=kind).handed_out(day, due_on=date(2025, 9, 9)).submitted(day).closed(day)
        for kind in ("fire", "gas", "facility")
    )
    assert asked(district, LOOKS, "2025Q4") is None
    first.looked_at(date(2025, 10, 8), sound=True)
    second.looked_at(date(2025, 10, 8), sound=False, due_on=date(2025, 10, 20))
    assert asked(district, LOOKS, "2025Q4") == (1, 2)
    third.on(date(2025, 10, 9), "void_closure", "chen", words="又漏", due_on=date(2025, 10, 20))
    assert asked(district, LOOKS, "2025Q4") == (1, 3)
    assert asked(district, LOOKS, "2025Q3") is None


# ── T4.2 解决：按期整改 ──


def test_a_school_answers_for_its_own_step_and_not_for_the_speed_of_the_recheck(district):
    hazard = told(district, dec(1)).handed_out(dec(1), due_on=dec(10))
    assert in_time(district, on=dec(5)) == (0, 1)
    hazard.submitted(dec(10))
    assert in_time(district) == (1, 1)
    hazard.closed(jan(20))
    assert in_time(district, on=jan(20)) == (1, 1)
    assert in_time(district, "2026-01", jan(20)) is None


def test_one_day_late_is_late(district):
    told(district, dec(1)).handed_out(dec(1), due_on=dec(10)).submitted(dec(11)).closed(dec(11))
    assert in_time(district) == (0, 1)


def test_what_was_sent_back_and_submitted_anew_after_its_day_is_late(district):
    hazard = told(district, dec(1)).handed_out(dec(1), due_on=dec(10)).submitted(dec(9))
    hazard.on(dec(12), "send_back", "shen", words="仍漏气")
    assert in_time(district) == (0, 1)
    hazard.submitted(dec(13)).closed(dec(13))
    assert in_time(district) == (0, 1)


def test_what_was_sent_back_and_submitted_anew_by_its_day_is_in_time(district):
    hazard = told(district, dec(1)).handed_out(dec(1), due_on=dec(10)).submitted(dec(8))
    hazard.on(dec(9), "send_back", "shen", words="仍漏气").submitted(dec(10))
    assert in_time(district) == (1, 1)


def test_what_is_sent_back_in_january_leaves_december_as_it_was(district):
    hazard = told(district, dec(1)).handed_out(dec(1), due_on=dec(30)).submitted(dec(30))
    assert in_time(district, on=jan(2)) == (1, 1)
    hazard.on(jan(5), "send_back", "shen", words="仍漏气")
    assert in_time(district, on=jan(20)) == (1, 1)


def test_a_closure_that_did_not_hold_in_the_same_month_was_not_in_time(district):
    hazard = told(district, dec(1)).handed_out(dec(1), due_on=dec(10)).submitted(dec(2)).closed(dec(3))
    assert in_time(district) == (1, 1)
    hazard.looked_at(dec(12), sound=False, due_on=jan(10))
    assert in_time(district) == (0, 1)


def test_a_date_moved_in_time_is_due_in_its_new_month_and_one_moved_too_late_was_missed(district):
    moved = told(district, dec(1)).handed_out(dec(1), due_on=dec(10))
    moved.extended(dec(5), dec(6), due_on=jan(5))
    assert in_time(district) is None
    assert in_time(district, "2026-01", jan(2)) == (0, 1)
    late = told(district, dec(1)).handed_out(dec(1), due_on=dec(10))
    late.extended(dec(12), dec(12), due_on=jan(8))
    assert in_time(district) == (0, 1)
    moved.submitted(jan(5))
    late.submitted(jan(8))
    assert in_time(district, "2026-01", jan(20)) == (2, 2)


def test_a_hazard_with_two_dates_in_a_month_counts_once_and_missed_one_of_them(district):
    told(district, dec(1)).handed_out(dec(1), due_on=dec(5)).extended(
        dec(8), dec(8), due_on=dec(20)
    ).submitted(dec(15))
    assert in_time(district) == (0, 1)


def test_what_waits_for_an_order_from_above_is_not_due(district):
    told(district, dec(1)).handed_out(dec(1), due_on=dec(10)).on(
        dec(8), "raise_hazard", "chen", words="缺资金"
    )
    assert in_time(district) is None


def test_what_lies_with_another_unit_is_not_due(district):
    hazard = told(district, dec(1), "su", source="centre").on(dec(1), "judge_hazard", "su")
    hazard.on(dec(1), "issue_hazard", "su", post="post_holder", due_on=dec(10))
    hazard.on(dec(8), "refer_hazard", "su", to_unit=district.fang.unit, due_on=jan(10), words="缺资金")
    assert in_time(district) is None


def test_what_was_part_of_another_hazard_counts_nowhere(district):
    other = told(district, dec(1)).handed_out(dec(1), due_on=dec(10)).submitted(dec(2))
    merged = told(district, dec(1)).handed_out(dec(1), due_on=dec(10))
    assert in_time(district) == (1, 2)
    merged.on(dec(12), "merge_hazard", "chen", into=other.hazard)
    assert in_time(district) == (1, 1)


# ── T4.3 防范：查明原因 ──


def test_a_major_hazard_or_third_occurrence_counts_when_it_is_closed_with_its_cause(district):
    told(district, dec(1)).judged_major(dec(2), due_on=dec(30)).in_hand(dec(3)).submitted(dec(4)).lifted(
        dec(5)
    )
    told(district, dec(6), kind="fire").handed_out(dec(6), due_on=dec(9)).submitted(dec(7)).closed(dec(8))
    assert asked(district, CAUSES, "2025Q4") == (1, 1)
    assert asked(district, CAUSES, "2025Q3") is None
    assert asked(district, CAUSES, "2026Q1", jan(17)) is None


def test_what_was_closed_without_its_cause_is_told(district):
    hazard = told(district, dec(1)).judged_major(dec(2), due_on=dec(30)).in_hand(dec(3)).submitted(dec(4))
    hazard.lifted(dec(5)).hazard.steps.filter(verb="explain").update(verb="note")
    assert asked(district, CAUSES, "2025Q4") == (0, 1)


def test_the_third_time_needs_a_cause_and_a_closure_that_did_not_hold_is_none(district):
    for day in (1, 3):
        told(district, dec(day)).handed_out(dec(day), due_on=dec(20)).submitted(dec(day)).closed(dec(day))
    third = told(district, dec(5)).handed_out(dec(5), due_on=dec(20))
    third.on(dec(6), "explain_hazard", "shen", cause="missing", prevention="每月点检")
    third.submitted(dec(6)).closed(dec(7))
    assert asked(district, CAUSES, "2025Q4") == (1, 1)
    third.on(dec(9), "void_closure", "chen", words="又漏", due_on=dec(20))
    assert asked(district, CAUSES, "2025Q4") is None


# ── T4.7 天数 ──


def test_days_are_medians_from_finding_to_the_first_order_and_from_there_to_acceptance(district):
    assert asked(district, DAYS, "2025Q4") is None
    told(district, dec(1)).handed_out(dec(3), due_on=dec(20)).submitted(dec(9)).closed(dec(9))
    told(district, dec(1)).handed_out(dec(8), due_on=dec(20))
    assert asked(district, DAYS, "2025Q4") == (4.5, 6)
    last = told(district, dec(1)).handed_out(dec(1), due_on=dec(20)).submitted(dec(2)).accepted(dec(2))
    assert asked(district, DAYS, "2025Q4") == (2, 3.5)
    last.on(dec(4), "send_back", "chen", words="仍漏气")
    assert asked(district, DAYS, "2025Q4") == (2, 6)
    last.submitted(dec(10)).accepted(dec(11))
    assert asked(district, DAYS, "2025Q4") == (2, 8)


def test_an_acceptance_counts_in_its_own_quarter_since_an_order_of_the_one_before(district):
    hazard = told(district, dec(20)).handed_out(dec(22), due_on=jan(20))
    assert asked(district, DAYS, "2025Q4", NEW_YEARS_EVE) == (2, Untold(NOTHING_ACCEPTED))
    hazard.submitted(jan(6)).accepted(jan(6))
    assert asked(district, DAYS, "2026Q1", jan(17)) == (0, 15)
    assert asked(district, DAYS, "2025Q4", jan(17)) == (2, Untold(NOTHING_ACCEPTED))


def in_words(district, name, period):
    lines = indicator(name).beside_last_year(district.cast.bureau.id, parse_period(period))
    return [(str(line.title), str(line.now), str(line.before)) for line in lines]


def test_a_trend_is_read_beside_last_year(district):
    assert in_words(district, SELF_FOUND, "2025") == [("本单位先发现的重大隐患", "没有", "没有")]
    then = date(2024, 12, 1)
    told(district, then).handed_out(date(2024, 12, 11), due_on=date(2024, 12, 20)).submitted(
        date(2024, 12, 12)
    )
    told(district, then, "su", source="centre").judged_major(then, due_on=date(2024, 12, 20))
    told(district, dec(1)).handed_out(dec(2), due_on=dec(20)).submitted(dec(9)).closed(dec(9))
    told(district, dec(1)).judged_major(dec(5), due_on=dec(20))
    assert in_words(district, SELF_FOUND, "2025") == [("本单位先发现的重大隐患", "1 / 1", "0 / 1")]
    assert in_words(district, DAYS, "2025Q4") == [
        ("从发现到交办", "2.5天", "5天"),
        ("从交办到验收", "7天", "没有"),
    ]


# ── T5.2 专项隐患 ──


def test_campaign_hazards_are_closed_or_inside_their_date(district):
    assert campaign(district) is None
    hazard = told(district, dec(1)).handed_out(dec(2), due_on=dec(20))
    told(district, dec(1), kind="facility").handed_out(dec(2), due_on=dec(5))
    assert campaign(district, dec(20)) == (1, 1)
    assert campaign(district, dec(21)) == (0, 1)
    hazard.submitted(dec(22))
    assert campaign(district, dec(22)) == (0, 1)
    hazard.closed(dec(23))
    assert campaign(district, dec(23)) == (1, 1)
    assert campaign(district, dec(22)) == (0, 1)


def test_put_right_by_its_day_it_is_inside_however_long_acceptance_takes(district):
    told(district, dec(1)).handed_out(dec(2), due_on=dec(10)).submitted(dec(10))
    assert campaign(district) == (1, 1)


def test_a_major_campaign_hazard_must_be_under_control_besides(district):
    hazard = told(district, dec(1)).judged_major(dec(2), due_on=dec(30))
    assert campaign(district, dec(5)) == (0, 1)
    hazard.in_hand(dec(6))
    assert campaign(district, dec(6)) == (1, 1)


def test_what_was_raised_waits_for_the_centre_whatever_its_old_date(district):
    told(district, dec(1)).handed_out(dec(1), due_on=dec(10)).on(
        dec(8), "raise_hazard", "chen", words="缺资金"
    )
    assert campaign(district) == (1, 1)


def test_what_the_school_does_not_hand_out_is_inside_for_some_days_only(district):
    told(district, dec(1))
    assert campaign(district, dec(8)) == (1, 1)
    assert campaign(district, dec(9)) == (0, 1)


def test_what_the_centre_has_not_handed_out_is_not_the_schools_delay(district):
    told(district, dec(1), "su", source="centre")
    assert campaign(district) == (1, 1)


def test_what_lies_with_another_unit_is_inside(district):
    hazard = told(district, dec(1), "su", source="centre").on(dec(1), "judge_hazard", "su")
    hazard.on(dec(1), "issue_hazard", "su", post="post_holder", due_on=dec(10))
    hazard.on(dec(8), "refer_hazard", "su", to_unit=district.fang.unit, due_on=jan(10), words="缺资金")
    assert campaign(district) == (1, 1)


def test_what_is_reported_later_counts_in_the_year_it_was_found(district):
    told(district, jan(5), found_on=dec(28))
    told(district, jan(5), found_on=dec(10))
    assert campaign(district, NEW_YEARS_EVE) == (1, 2)
    assert campaign(district, jan(17)) == (1, 2)
    assert campaign(district, jan(17), "2026") is None


def test_what_was_no_hazard_counts_nowhere(district):
    told(district, dec(1)).on(dec(2), "dismiss_hazard", "chen", words="不是隐患")
    assert campaign(district) is None


@pytest.mark.parametrize(
    "with_",
    [
        {},
        {"order_within": -1},
        {"order_within": 61},
        {"order_within": True},
        {"order_within": "7"},
        {"order_within": 7, "kind": "gas"},
    ],
)
def test_days_to_the_order_are_a_whole_number(district, with_):
    assert (
        indicator(CAMPAIGN).check(with_, {})
        == "参数只有 order_within（从发现到交办的天数），应是 0 至 60 的整数。"
    )
    assert indicator(CAMPAIGN).check({"order_within": 7}, {}) is None


# ── All of them ──


@pytest.mark.parametrize("name", [*OF_THE_BUREAU, IN_TIME])
def test_most_measures_take_no_parameters(name):
    assert indicator(name).check({}, {}) is None
    assert indicator(name).check({"kind": "gas"}, {}) == "这个指标不带参数，请删去 with。"


def everything_that_counts(district):
    """A hazard behind every figure of 2025Q4."""
    day = dec(1)
    major = told(district, day).judged_major(day, due_on=dec(15)).in_hand(day).submitted(day).lifted(day)
    major.looked_at(dec(16), sound=True)
    general = told(district, day).handed_out(day, due_on=dec(15)).submitted(day).closed(day)
    return major.hazard, general.hazard


PERIODS = {SELF_FOUND: "2025", CAMPAIGN: "2025", IN_TIME: "2025-12"}


@pytest.mark.parametrize("name", [*OF_THE_BUREAU, *sorted(OF_THE_SCHOOL)])
def test_all_units_together_cost_no_more_than_two_statements(district, name):
    everything_that_counts(district)
    cast = district.cast
    owner = cast.school if name in OF_THE_SCHOOL else cast.bureau
    others = [a_unit(cast.bureau).id for _ in range(30)]
    for units in ([owner.id], [owner.id, *others]):
        with CaptureQueriesContext(connection) as captured:
            pairs = indicator(name).pairs(
                units, parse_period(PERIODS.get(name, "2025Q4")), WITH.get(name, {})
            )
        assert len(captured) <= 2
        assert set(pairs) == {owner.id}


def rows_of(district, name):
    owner = district.cast.school if name in OF_THE_SCHOOL else district.cast.bureau
    period = parse_period(PERIODS.get(name, "2025Q4"))
    return set(indicator(name).rows(owner.id, period, WITH.get(name, {})))


def test_the_rows_are_the_hazards_behind_the_figure(district):
    major, general = everything_that_counts(district)
    for name in (CLEARED, SELF_FOUND, LOOKS, CAUSES):
        assert rows_of(district, name) == {major}
    for name in (DAYS, IN_TIME, CAMPAIGN):
        assert rows_of(district, name) == {major, general}


def test_a_neighbour_a_district_elsewhere_and_the_units_between_have_their_own_figures(district):
    everything_that_counts(district)
    cast = district.cast
    period = parse_period("2025Q4")
    pairs = indicator(CLEARED).pairs(
        [cast.bureau.id, cast.school.id, cast.neighbour.id, cast.elsewhere.id], period, {}
    )
    assert {unit: (pair.achieved, pair.expected) for unit, pair in pairs.items()} == {
        cast.bureau.id: (1, 1),
        cast.school.id: (1, 1),
    }
    month = parse_period("2025-12")
    assert set(indicator(IN_TIME).pairs([cast.school.id, cast.neighbour.id], month, {})) == {cast.school.id}


def step_of(district, name):
    owner = district.cast.school if name in OF_THE_SCHOOL else district.cast.bureau
    link = indicator(name).next_step(
        owner.id, parse_period(PERIODS.get(name, "2025Q4")), WITH.get(name, {}), {}
    )
    return link.url if link else None


def test_the_next_step_is_the_list_of_what_is_missing_and_none_where_nothing_is(district):
    assert [step_of(district, name) for name in (CLEARED, IN_TIME, CAMPAIGN)] == [None, None, None]
    assert step_of(district, LOOKS) == "/hazards/?view=look-back"
    assert [step_of(district, name) for name in (SELF_FOUND, DAYS, CAUSES)] == [None, None, None]
    told(district, dec(1)).judged_major(dec(2), due_on=dec(10))
    assert step_of(district, CLEARED) == "/hazards/?view=major"
    assert step_of(district, IN_TIME) == step_of(district, CAMPAIGN) == "/hazards/?view=open"


def test_today_is_the_day_of_a_running_period(district):
    hazard = told(district, dec(1)).judged_major(dec(2), due_on=dec(20)).in_hand(dec(3))
    assert asked(district, CLEARED, "2025Q4") == (1, 1)
    with clock.held_at(clock.at(hazard.hazard.due_on + timedelta(days=1))):
        assert asked(district, CLEARED, "2025Q4") == (0, 1)


def test_reporting_alone_is_no_major_hazard(district):
    reported(district)
    from_above(district)
    assert asked(district, CLEARED, "2025Q4") is None
