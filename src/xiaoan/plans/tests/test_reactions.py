"""Cells follow what happens, in the event consumer: units that open, change or close; appointments; nights."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.events import announce
from xiaoan.foundation.jobs import Slot
from xiaoan.organisations.events import CalendarChanged, UnitChanged, UnitOpened
from xiaoan.organisations.models import Term, Unit
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.events import AppointmentChanged
from xiaoan.people.tests.factories import an_appointment
from xiaoan.plans.acts import publish_pack
from xiaoan.plans.cells import Filled, duties_in_force, fill_cells
from xiaoan.plans.jobs import UNITS_AT_ONCE, recompute_everything
from xiaoan.plans.models import Cell
from xiaoan.plans.tests.factories import FIRST_PACK, load, publish


def tell(event: type, unit: Unit, day: date = date(2025, 12, 17)) -> None:
    """Announce that something happened at a unit, and let everything that follows run."""
    happened = event(district_id=unit.district_id, unit_id=unit.id, record_id=unit.id, happened_on=day)
    announce([(uuid4(), happened)])
    drain()


def cells(**lookup):
    return Cell.objects.everything("a test").filter(**lookup)


def test_cells_of_a_publication_are_made_and_counted_after_commit(cast):
    publish_pack(actor=cast.actor("bai"), ask=Ask(), pack=load(cast))
    assert not cells().exists()
    drain()
    assert cells(duty__code="A1.1", unit=cast.school, period="2025-03").get().expected == 1


def test_cells_are_made_some_units_at_a_time_and_all_of_them(cast):
    for _number in range(UNITS_AT_ONCE):
        a_unit(cast.bureau)
    with CaptureQueriesContext(connection) as seen:
        version = publish(cast)
    made = [query for query in seen.captured_queries if 'INSERT INTO "pln_cell"' in query["sql"]]
    assert len(made) == 2
    district = version.district_id
    assert fill_cells(district, duties_in_force(district)) == Filled(0, 0)
    assert cells(duty__code="A1.1").count() == (2 + UNITS_AT_ONCE) * 11


def test_a_unit_that_opens_owes_and_one_that_closes_does_not(cast):
    publish(cast)
    new = a_unit(cast.bureau, opened_on=date(2025, 10, 20))
    tell(UnitOpened, new)
    assert list(cells(unit=new, duty__code="A1.1").order_by("first").values_list("period", flat=True)) == [
        "2025-10", "2025-11", "2025-12",
    ]  # fmt: skip
    assert cells(unit=new, duty__code="A1.1", period="2025-10").get().expected == 1
    new.closed_on = date(2025, 11, 30)
    new.save()
    tell(UnitChanged, new)
    assert list(cells(unit=new, duty__code="A1.1").values_list("period", flat=True)) == ["2025-10"]


def test_a_calendar_that_learns_a_school_year_owes_its_terms(cast):
    publish(cast, FIRST_PACK)
    terms = Term.objects.everything("a test").filter(code__startswith="2025-2026")
    terms.delete()
    tell(CalendarChanged, cast.bureau)
    assert list(cells(unit=cast.school, duty__code="G.2").order_by("first").values_list("period", flat=True)) == [
        "2024-2025T1", "2024-2025T2",
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["school", "below"])
def test_an_appointment_moves_the_cell_of_its_unit_and_of_the_unit_above(cast, unit):
    publish(cast, FIRST_PACK)
    cell = cells(unit=cast.school, duty__code="S1.4", period="2025").get()
    place = cast.school if unit == "school" else a_unit(cast.school, "department")
    an_appointment(cast.zhou, place, "general_affairs_head")
    other = cells(unit=cast.neighbour, duty__code="S1.4", period="2025").get()
    tell(AppointmentChanged, place)
    old = cell.achieved
    cell.refresh_from_db()
    assert cell.achieved > old
    computed = other.computed_at
    other.refresh_from_db()
    assert other.computed_at == computed


def test_the_night_finds_what_a_missed_event_left_behind(cast):
    publish(cast)
    cells(unit=cast.school, duty__code="A1.1", period="2025-03").update(expected=7, achieved=7, met=True)
    new = a_unit(cast.bureau)
    recompute_everything(slot="2025-12-17")
    assert cells(unit=cast.school, duty__code="A1.1", period="2025-03").get().met is False
    assert cells(unit=new, duty__code="A1.1").count() == 11
    assert Slot("plans.recompute_everything", "2025-12-17").robot(cast.bureau.id).is_robot
