"""The margin's gauges where there is no figure: a sign with its word, or the words that say why."""

import pytest

from xiaoan.plans.cells import STATUS_SIGNS
from xiaoan.plans.gauges import Gauge, gauge_of_cell, gauge_of_sum
from xiaoan.plans.margin import Sum
from xiaoan.plans.models import Duty
from xiaoan.plans.tests.factories import publish

PLACE = {"mark": "甲", "url": "#", "current": False}


@pytest.fixture
def duties(cast):
    publish(cast)
    return {duty.code: duty for duty in Duty.objects.everything("a test")}


def said(gauge: Gauge) -> tuple[str, str, str]:
    return str(gauge.value), gauge.icon, str(gauge.note)


def test_a_goal_is_read_as_a_trend(duties):
    goal = duties["A1.1"]
    goal.is_goal = True
    assert said(gauge_of_sum(goal, None, **PLACE)) == ("", "", "目标项，看趋势")
    assert said(gauge_of_cell(goal, None, **PLACE)) == ("", "", "目标项，看趋势")


def test_what_is_not_built_says_so_with_its_sign(duties):
    waiting = next(duty for duty in duties.values() if duty.awaits and not duty.is_goal)
    assert said(gauge_of_sum(waiting, None, **PLACE)) == ("暂未接入", "clock", "")
    assert said(gauge_of_cell(waiting, None, **PLACE)) == ("暂未接入", "clock", "")


def test_what_is_anothers_names_whose_it_is(duties):
    assert said(gauge_of_sum(duties["A1.1"], None, **PLACE)) == ("", "", "由学校承担")


def test_a_waived_duty_shows_its_sign(duties):
    assert said(gauge_of_sum(duties["A1.1"], Sum(waived=2, all=2), **PLACE)) == (
        str(STATUS_SIGNS["waived"].words),
        "equal",
        "",
    )
