"""What is recorded, corrected, voided and finished reaches the cells of its own periods, and no settled one."""

from datetime import date

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.ledgers.acts import correct_entry, finish_item, void_entry
from xiaoan.ledgers.tests.factories import TODAY, a_meeting, an_item, recorded
from xiaoan.people.acts import appoint, end_appointment
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import a_person, a_post, appointed
from xiaoan.plans.acts import settle_period
from xiaoan.plans.cells import with_status
from xiaoan.plans.models import Cell
from xiaoan.plans.tests.factories import FIRST_PACK, publish

OCTOBER, NOVEMBER = date(2025, 10, 9), date(2025, 11, 30)


def statuses(unit, duty: str, *periods: str) -> list[str]:
    """The status of a unit's cells today."""
    drain()
    cells = with_status(Cell.objects.everything("a test").filter(unit=unit, duty__code=duty), clock.today())
    return [cells.get(period=period).status for period in periods]


def figures(unit, duty: str, *periods: str) -> list[tuple]:
    drain()
    cells = Cell.objects.everything("a test").filter(unit=unit, duty__code=duty)
    return [cells.values_list("achieved", "expected").get(period=period) for period in periods]


def test_a_record_counts_in_the_period_of_its_day_whenever_it_is_recorded(kept):
    recorded(kept, a_meeting(kept, day=NOVEMBER))
    assert statuses(kept.cast.school, "A1.1", "2025-10", "2025-11", "2025-12") == ["late", "met", "open"]
    assert statuses(kept.cast.neighbour, "A1.1", "2025-11") == ["late"]


def test_a_voided_record_turns_its_cell_back(kept):
    entry = recorded(kept, a_meeting(kept, day=NOVEMBER))
    assert statuses(kept.cast.school, "A1.1", "2025-11") == ["met"]
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=entry, reason="重复登记")
    assert statuses(kept.cast.school, "A1.1", "2025-11") == ["late"]


def test_a_correction_that_moves_the_day_moves_the_cell(kept):
    entry = recorded(kept, a_meeting(kept, day=NOVEMBER))
    drain()
    moved = a_meeting(kept, day=OCTOBER)
    correct_entry(actor=kept.actor("shen"), ask=Ask(), entry=entry, filling=moved, reason="日期写错")
    assert statuses(kept.cast.school, "A1.1", "2025-10", "2025-11") == ["met", "late"]


def test_a_settled_period_stands_whatever_is_recorded_or_voided_later(kept):
    september = recorded(kept, a_meeting(kept, day=date(2025, 9, 10)))
    drain()
    settle_period(actor=kept.actor("bai"), ask=Ask(), district=kept.cast.bureau, period="2025Q3")
    recorded(kept, a_meeting(kept, day=date(2025, 8, 20)))
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=september, reason="重复登记")
    assert statuses(kept.cast.school, "A1.1", "2025-08", "2025-09") == ["late", "met"]


def test_an_item_counts_by_its_due_day_once_it_is_finished(kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept, due=date(2025, 12, 20)), day=NOVEMBER))
    assert figures(kept.cast.school, "A1.2", "2025-11", "2025-12") == [(0, 0), (0, 1)]
    item = entry.items.get()
    finish_item(actor=kept.actor("shen"), ask=Ask(), item=item, done_on=TODAY, note="换好了")
    assert figures(kept.cast.school, "A1.2", "2025-12") == [(1, 1)]


@pytest.fixture
def annual(cast):
    """The first pack, whose T1.10 counts the heads in post on the last day of each year."""
    publish(cast, FIRST_PACK)
    officer = appointed(cast.bureau, "security_officer", "安管")
    return cast, officer


def test_who_has_long_been_in_post_counts_in_every_year_since(annual):
    """Recorded today: in post since 2024, so one more report is owed in 2024 and in 2025."""
    cast, officer = annual
    before = figures(cast.neighbour, "T1.10", "2024", "2025")
    assert before == [(0, 1), (0, 1)]
    appoint(
        actor=actor_for(officer),
        ask=Ask(),
        person=a_person(cast.neighbour, "新书记"),
        unit=cast.neighbour,
        post=a_post(cast.bureau, "secretary"),
        starts_on=date(2024, 3, 1),
    )
    assert figures(cast.neighbour, "T1.10", "2024", "2025") == [(0, 2), (0, 2)]


def test_an_end_that_is_put_off_counts_from_the_end_that_stood_before(annual):
    """Ended in June 2024 and put off to the end of 2025: one more report is owed in both years."""
    cast, officer = annual
    appointment = appoint(
        actor=actor_for(officer),
        ask=Ask(),
        person=a_person(cast.neighbour, "新书记"),
        unit=cast.neighbour,
        post=a_post(cast.bureau, "secretary"),
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 6, 30),
    )
    assert figures(cast.neighbour, "T1.10", "2024", "2025") == [(0, 1), (0, 1)]
    end_appointment(actor=actor_for(officer), ask=Ask(), appointment=appointment, ends_on=date(2025, 12, 31))
    assert figures(cast.neighbour, "T1.10", "2024", "2025") == [(0, 2), (0, 2)]
    end_appointment(actor=actor_for(officer), ask=Ask(), appointment=appointment, ends_on=date(2024, 6, 30))
    assert figures(cast.neighbour, "T1.10", "2024", "2025") == [(0, 1), (0, 1)]
