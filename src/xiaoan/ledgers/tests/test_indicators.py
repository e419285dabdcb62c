"""What the ledgers measure, and that the answer for a past period is the same whenever it is asked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.indicators import Pair, Untold, indicator
from xiaoan.foundation.periods import parse_period
from xiaoan.ledgers.acts import correct_entry, finish_item, void_entry
from xiaoan.ledgers.indicators import VACANT
from xiaoan.ledgers.kinds import kinds_in_force
from xiaoan.ledgers.models import Item
from xiaoan.ledgers.tests.factories import MEETING, REVIEW, TODAY, a_meeting, an_item, recorded
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.tests.factories import a_person, an_appointment

HELD, PER_HOLDER, FINISHED = (
    "ledgers.records_held",
    "ledgers.records_per_holder",
    "ledgers.items_finished",
)
CHAIRED = {"kind": MEETING, "chaired_by": ["head_teacher"], "expected": 2}
BY_HEADS = {"kind": MEETING, "posts": ["head_teacher"]}
Q3, Q4, YEAR = parse_period("2025Q3"), parse_period("2025Q4"), parse_period("2025")


def asked(kept, name, with_, period=Q4):
    """The school's pair as (achieved, expected), and that a neighbour without records has its own."""
    pairs = indicator(name).pairs([kept.cast.school.id, kept.cast.neighbour.id], period, with_)
    pair = pairs.get(kept.cast.school.id)
    return (pair.achieved, pair.expected) if pair else None


def meeting_on(kept, day, *items, **values):
    return recorded(kept, a_meeting(kept, *items, day=day, **values))


def test_records_count_on_their_day_up_to_what_is_expected(kept):
    assert asked(kept, HELD, CHAIRED) == (0, 2)
    meeting_on(kept, date(2025, 9, 30))
    meeting_on(kept, date(2025, 10, 1))
    assert asked(kept, HELD, CHAIRED) == (1, 2)
    meeting_on(kept, date(2025, 12, 17))
    meeting_on(kept, date(2025, 11, 5))
    assert asked(kept, HELD, CHAIRED) == (2, 2)
    pairs = indicator(HELD).pairs([kept.cast.neighbour.id], Q4, CHAIRED)
    assert pairs == {kept.cast.neighbour.id: Pair(Decimal(0), Decimal(2))}


def test_a_voided_record_no_longer_counts_and_a_moved_one_counts_where_it_belongs(kept):
    entry = meeting_on(kept, date(2025, 12, 10))
    moved = meeting_on(kept, date(2025, 12, 11))
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=entry, reason="重复登记")
    filling = a_meeting(kept, day=date(2025, 9, 11))
    correct_entry(actor=kept.actor("lin"), ask=Ask(), entry=moved, filling=filling, reason="日期写错")
    assert asked(kept, HELD, CHAIRED) == (0, 2)
    assert asked(kept, HELD, CHAIRED, parse_period("2025Q3")) == (1, 2)


def test_a_record_counts_by_the_post_that_its_chair_held_that_day(kept):
    """Who has left the post since still chaired that meeting."""
    meeting_on(kept, date(2025, 10, 8))
    kept.head.ends_on = date(2025, 10, 31)
    kept.head.save()
    assert asked(kept, HELD, CHAIRED) == (1, 2)
    assert asked(kept, HELD, {**CHAIRED, "chaired_by": ["vice_head"]}) == (0, 2)
    assert asked(kept, HELD, {"kind": MEETING, "expected": 1}) == (1, 1)
    assert asked(kept, HELD, {"kind": REVIEW, "expected": 1}) == (0, 1)


def test_the_rows_are_the_records_that_count_newest_first(kept):
    first, second = meeting_on(kept, date(2025, 10, 8)), meeting_on(kept, date(2025, 12, 1))
    meeting_on(kept, date(2025, 9, 1))
    rows = indicator(HELD).rows(kept.cast.school.id, Q4, CHAIRED)
    assert list(rows) == [second, first]


def test_each_head_in_post_has_a_report(kept):
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (0, 1)
    second = an_appointment(kept.cast.wen, kept.cast.school, "head_teacher", starts_on=date(2025, 6, 1))
    meeting_on(kept, date(2025, 5, 6))
    meeting_on(kept, date(2025, 10, 8))
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (1, 2)
    meeting_on(kept, date(2025, 12, 1), chaired_by=second)
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (2, 2)


def test_the_heads_are_those_of_the_periods_last_day(kept):
    """A successor owes a report of their own; before the change the old head's report was enough."""
    meeting_on(kept, date(2025, 5, 6))
    kept.head.ends_on = date(2025, 8, 31)
    kept.head.save()
    an_appointment(kept.cast.wen, kept.cast.school, "head_teacher", starts_on=date(2025, 9, 1))
    assert asked(kept, PER_HOLDER, BY_HEADS, parse_period("2025H1")) == (1, 1)
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (0, 1)


def test_one_person_in_two_posts_is_one_holder_and_a_deputy_stands_in_only_for_a_vacancy(kept):
    school = kept.cast.school
    posts = {"kind": MEETING, "posts": ["head_teacher", "vice_head"]}
    kept.deputy.delete()
    an_appointment(kept.cast.lin, school, "vice_head")
    assert asked(kept, PER_HOLDER, posts, YEAR) == (0, 1)
    standing_in = an_appointment(a_person(school), school, "head_teacher", is_deputy=True)
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (0, 1)
    meeting_on(kept, date(2025, 5, 6), chaired_by=standing_in)
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (0, 1)
    kept.head.ends_on = date(2025, 8, 31)
    kept.head.save()
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (1, 1)


def test_where_nobody_is_in_post_nobody_can_say_what_is_owed(kept):
    kept.head.ends_on = date(2025, 8, 31)
    kept.head.save()
    assert asked(kept, PER_HOLDER, BY_HEADS, YEAR) == (0, Untold(VACANT))
    assert asked(kept, PER_HOLDER, BY_HEADS, parse_period("2025H1")) == (0, 1)


def test_items_count_in_the_period_of_their_due_day(kept):
    assert asked(kept, FINISHED, {"kind": MEETING}) is None
    entry = meeting_on(
        kept,
        date(2025, 9, 1),
        an_item(kept, "甲", date(2025, 9, 30)),
        an_item(kept, "乙", date(2025, 10, 1)),
        an_item(kept, "丙", date(2025, 12, 31)),
        an_item(kept, "丁", date(2025, 11, 1)),
    )
    assert asked(kept, FINISHED, {"kind": MEETING}) == (0, 3)
    items = {item.text: item for item in entry.items.select_related("unit", "entry")}
    for text, day in (("乙", date(2025, 10, 1)), ("丙", TODAY), ("丁", date(2025, 11, 2))):
        finish_item(actor=kept.actor("lin"), ask=Ask(), item=items[text], done_on=day, note="")
    assert asked(kept, FINISHED, {"kind": MEETING}) == (2, 3)
    assert asked(kept, FINISHED, {"kind": MEETING}, parse_period("2025Q3")) == (0, 1)
    assert asked(kept, FINISHED, {"kind": REVIEW}) is None
    rows = indicator(FINISHED).rows(kept.cast.school.id, Q4, {"kind": MEETING})
    assert [item.text for item in rows] == ["乙", "丁", "丙"]


def test_the_items_of_a_voided_record_count_no_more_finished_or_not(kept):
    entry = meeting_on(kept, TODAY, an_item(kept, "甲"), an_item(kept, "乙"))
    first = Item.objects.everything("a test").select_related("unit", "entry").get(number=1)
    finish_item(actor=kept.actor("lin"), ask=Ask(), item=first, done_on=TODAY, note="")
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=entry, reason="重复登记")
    assert asked(kept, FINISHED, {"kind": MEETING}) is None


def test_the_next_step_leads_to_the_form_of_the_kind_or_to_the_open_item(kept):
    school = kept.cast.school.id
    kinds = {kind.code: kind for kind in kinds_in_force(kept.cast.school.district_id).root}
    link = indicator(HELD).next_step(school, Q4, CHAIRED, kinds)
    assert (link.url, str(link.label)) == (
        f"/ledgers/kinds/{MEETING}/record/?unit={school}",
        "记一次安全例会",
    )
    assert link.posts == {"safety_clerk", "head_teacher"}
    past = indicator(HELD).next_step(school, Q3, CHAIRED, kinds)
    assert past.url == f"/ledgers/kinds/{MEETING}/record/?unit={school}&on=2025-09-30"
    assert indicator(HELD).next_step(school, Q4, CHAIRED, {}) is None
    assert indicator(PER_HOLDER).next_step(school, YEAR, BY_HEADS, kinds) == link
    assert indicator(FINISHED).next_step(school, Q4, {"kind": MEETING}, kinds) is None
    entry = meeting_on(
        kept, TODAY, an_item(kept, "后", date(2025, 12, 31)), an_item(kept, "先", date(2025, 12, 20))
    )
    soonest = entry.items.get(text="先")
    step = indicator(FINISHED).next_step(school, Q4, {"kind": MEETING}, kinds)
    assert step.url == f"/ledgers/items/{soonest.id}/"


@pytest.mark.parametrize(
    ("name", "with_", "most"),
    [(HELD, CHAIRED, 1), (PER_HOLDER, BY_HEADS, 2), (FINISHED, {"kind": MEETING}, 1)],
)
def test_all_units_together_cost_no_more_statements_than_one(kept, name, with_, most):
    meeting_on(kept, TODAY, an_item(kept))
    units = [a_unit(kept.cast.bureau).id for _ in range(30)] + [kept.cast.school.id]
    for some in (units[-1:], units):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            pairs = indicator(name).pairs(some, Q4, with_)
        assert len(captured) == most
        assert pairs[kept.cast.school.id].expected > 0


def faulty(kept, name, with_):
    kinds = {kind.code: kind for kind in kinds_in_force(kept.cast.bureau.id).root}
    return indicator(name).check(with_, kinds) is not None


@pytest.mark.parametrize(
    ("name", "with_"),
    [
        (HELD, {"kind": "unknown", "expected": 1}),
        (HELD, {"kind": MEETING}),
        (HELD, {"kind": MEETING, "expected": 0}),
        (HELD, {"kind": MEETING, "expected": True}),
        (HELD, {"kind": MEETING, "expected": 1.5}),
        (HELD, {"kind": MEETING, "expected": 1, "agenda": ["head_teacher"]}),
        (HELD, {"kind": MEETING, "expected": 1, "nobody": ["head_teacher"]}),
        (HELD, {"kind": MEETING, "expected": 1, "chaired_by": ["vice_head"]}),
        (HELD, {"kind": MEETING, "expected": 1, "chaired_by": []}),
        (HELD, {"kind": MEETING, "expected": 1, "chaired_by": "head_teacher"}),
        (PER_HOLDER, {"kind": MEETING}),
        (PER_HOLDER, {"kind": REVIEW, "posts": ["head_teacher"]}),
        (PER_HOLDER, {"kind": MEETING, "posts": ["safety_clerk"]}),
        (PER_HOLDER, {**BY_HEADS, "expected": 1}),
        (FINISHED, {}),
        (FINISHED, {"kind": REVIEW}),
        (FINISHED, {"kind": MEETING, "expected": 1}),
    ],
)
def test_parameters_that_do_not_fit_are_told(kept, name, with_):
    assert faulty(kept, name, with_)


@pytest.mark.parametrize(
    ("name", "with_"),
    [
        (HELD, CHAIRED),
        (HELD, {"kind": REVIEW, "expected": 1}),
        (PER_HOLDER, BY_HEADS),
        (FINISHED, {"kind": MEETING}),
    ],
)
def test_parameters_that_fit_pass(kept, name, with_):
    assert not faulty(kept, name, with_)


def test_what_is_written_up_later_counts_where_it_happened(kept):
    with clock.held_at(clock.at(date(2026, 2, 3))):
        meeting_on(kept, date(2025, 12, 30))
    assert asked(kept, HELD, CHAIRED) == (1, 2)
