"""`risks.reviewed` (G.2): the list of the day, what of it was reviewed in the term; past terms keep their answer."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.indicators import Pair, Untold, indicator
from xiaoan.organisations.queries import terms
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed
from xiaoan.plans.models import Cell
from xiaoan.plans.tests.factories import pack_files, publish
from xiaoan.risks.acts import add_starter_risks, retire_risk
from xiaoan.risks.models import RiskState
from xiaoan.risks.tests.factories import TODAY, a_place, a_risk, in_use, listing, reviewed, started

pytestmark = pytest.mark.django_db
MEASURE = "risks.reviewed"
DUTY = """
- code: B1.2
  cites: {B1: 疏散演练}
  title: {zh: 风险点每学期复核, en: Risk points reviewed each term}
  rule: {zh: 风险点本学期都复核过。, en: Every risk point was reviewed this term.}
  who: {kind: [school]}
  post: [safety_clerk]
  every: term
  counts: flow
  indicator: risks.reviewed
  target: 100%
  source: 原
"""
AUTUMN = "2025-2026T1"


def figures(here, term=AUTUMN):
    """(achieved, expected) of the school; 缺依据 as None."""
    period = terms(here.cast.bureau.pk).named(term)
    pair = indicator(MEASURE).pairs([here.cast.school.pk], period, {})[here.cast.school.pk]
    return int(pair.achieved), None if isinstance(pair.expected, Untold) else int(pair.expected)


def test_a_unit_without_a_list_cannot_say_what_it_owes(here):
    period = terms(here.cast.bureau.pk).named(AUTUMN)
    pairs = indicator(MEASURE).pairs([here.cast.school.pk], period, {})
    assert pairs == {here.cast.school.pk: Pair(Decimal(0), pairs[here.cast.school.pk].expected)}
    assert "风险清单" in str(pairs[here.cast.school.pk].expected.missing)


def test_what_was_reviewed_this_term_counts_against_the_whole_list(here):
    duct, gas, stairs = started(here)
    assert figures(here) == (0, 3)
    reviewed(here, duct, gas)
    assert figures(here) == (2, 3)
    reviewed(here, stairs)
    assert figures(here) == (3, 3)


def test_a_point_that_left_the_list_owes_nothing_and_counts_for_nothing(here):
    duct, gas, _stairs = started(here)
    reviewed(here, duct)
    for risk in (duct, gas):
        risk.refresh_from_db()
        retire_risk(
            actor=here.actor("shen"), ask=Ask(), risk=risk, state=RiskState.DISUSED, reason="食堂停办"
        )
    assert figures(here) == (0, 1)


def test_a_new_term_asks_again_and_the_old_one_keeps_its_answer(here):
    duct, gas, stairs = started(here)
    reviewed(here, duct, gas, stairs)
    with clock.held_at(clock.at(date(2026, 3, 9), 9)):
        assert (figures(here), figures(here, "2025-2026T2")) == ((3, 3), (0, 3))
        a_risk(here)
        retire_risk(
            actor=here.actor("shen"), ask=Ask(), risk=gas, state=RiskState.ELIMINATED, reason="改用电灶"
        )
        reviewed(here, duct)
        assert (figures(here), figures(here, "2025-2026T2")) == ((3, 3), (1, 3))


def test_the_answer_for_many_units_is_one_statement(here):
    schools = [
        here.cast.school,
        *(a_unit(here.cast.bureau, code=f"N{number}", name=f"新校{number}") for number in range(9)),
    ]
    for school in schools[1:5]:
        begun(school)
    started(here)
    period = terms(here.cast.bureau.pk).named(AUTUMN)
    with CaptureQueriesContext(connection) as captured:
        pairs = indicator(MEASURE).pairs([school.pk for school in schools], period, {})
    assert len(captured.captured_queries) == 1
    owed = [pairs[school.pk].expected for school in schools]
    assert owed[:5] == [Decimal(3), *[Decimal(2)] * 4]
    assert [isinstance(each, Untold) for each in owed[5:]] == [True] * 5


def begun(school):
    """The starter list of a school with a canteen, taken by an officer of its own."""
    a_place(school, "食堂", "食堂")
    officer = actor_for(appointed(school, "safety_officer", "方明远"))
    add_starter_risks(actor=officer, ask=Ask(), unit=school)


def test_the_points_behind_the_figure_are_the_list_of_that_day_the_gravest_first(here):
    _duct, gas, _stairs = started(here)
    period = terms(here.cast.bureau.pk).named(AUTUMN)
    rows = indicator(MEASURE).rows(here.cast.school.pk, period, {})
    assert [(risk.level, risk.starter) for risk in rows.order_by("level", "starter")] == [
        (2, "kitchen_gas"),
        (2, "stairs"),
        (3, "kitchen_duct"),
    ]
    assert [risk.level for risk in rows] == [2, 2, 3]
    assert gas.note == "橙（较大） · 安全干事"


def test_the_next_step_is_the_review_or_the_beginning_of_a_list(here):
    running = terms(here.cast.bureau.pk).named(AUTUMN)
    unit = here.cast.school.pk
    measure = indicator(MEASURE)
    assert measure.next_step(unit, running, {}, {}).url == f"/risks/starter/?unit={unit}"
    started(here)
    link = measure.next_step(unit, running, {}, {})
    assert (link.url, link.act) == (f"/risks/review/?unit={unit}", "risks.review_risks")
    assert measure.next_step(unit, terms(here.cast.bureau.pk).named("2024-2025T2"), {}, {}) is None


def test_it_takes_no_parameters():
    assert indicator(MEASURE).check({}, {}) is None
    assert "不带参数" in indicator(MEASURE).check({"expected": 1}, {})


def test_the_cell_of_the_duty_follows_each_act(cast):
    files = pack_files()
    files["duties.yaml"] += DUTY
    sheet = (
        files["pack.yaml"]
        .replace('version: "2025-01-06"', 'version: "2"')
        .replace("2025-12-31", "2026-12-31")
    )
    here = listing(cast)
    publish(cast, files=files | {"pack.yaml": sheet})
    in_use(here.post)
    assert cell(cast) == (Decimal(0), None, False)
    risks = started(here)
    drain()
    assert cell(cast) == (Decimal(0), Decimal(3), False)
    reviewed(here, *risks)
    drain()
    assert cell(cast) == (Decimal(3), Decimal(3), True)
    late = a_risk(here)
    drain()
    assert cell(cast) == (Decimal(3), Decimal(4), False)
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=late, state=RiskState.ELIMINATED, reason="误列")
    drain()
    assert cell(cast) == (Decimal(3), Decimal(3), True)


def cell(cast):
    """Achieved, expected and met of the school's cell of the running term."""
    rows = Cell.objects.everything("a test").filter(unit=cast.school, duty__code="B1.2")
    found = rows.get(first__lte=TODAY, last__gte=TODAY)
    return found.achieved, found.expected, found.met
