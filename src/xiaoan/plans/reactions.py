"""Cells follow what happens: a record counts in its unit and period, a unit opens, changes or closes."""

from django.db.models import Q

from xiaoan.foundation.events import Delivery, Event, reacts_to
from xiaoan.foundation.indicators import known_indicators
from xiaoan.organisations.events import CalendarChanged, UnitChanged, UnitOpened
from xiaoan.organisations.models import Unit
from xiaoan.plans.cells import compute_cells, duties_in_force, fill_cells, touched_by
from xiaoan.plans.events import PackPublished


def measures_fed_by(event: type[Event]) -> set[str]:
    """The measures that an event moves."""
    return {name for name, measure in known_indicators().items() if event in measure.feeds_on}


def recount(delivery: Delivery) -> None:
    """Count the cells of the event's unit, and of the units above it, that its day can move."""
    event = delivery.event
    duties = duties_in_force(event.district_id).filter(indicator__in=measures_fed_by(type(event)))
    at_unit = Q(unit__in=_unit_and_above(event))
    for duty in duties:
        compute_cells([duty], at_unit & touched_by(event.happened_on, duty.counts))


def _unit_and_above(event: Event) -> list[Unit]:
    """The unit of an event and the units above it, which may answer for what happens beneath."""
    units = Unit.objects.everything("an event's own unit").filter(district_id=event.district_id)
    path = units.filter(pk=event.unit_id).values_list("path", flat=True).first() or ""
    parts = path.rstrip("/").split("/")
    above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]
    return list(units.filter(path__in=above))


@reacts_to(UnitOpened, UnitChanged)
def follow_unit(delivery: Delivery) -> None:
    """Make the cells that the unit now owes, take away those it does not, and count them."""
    event = delivery.event
    duties = list(duties_in_force(event.district_id))
    fill_cells(event.district_id, duties, units=[event.unit_id])
    compute_cells(duties, Q(unit_id=event.unit_id))


@reacts_to(CalendarChanged)
def follow_calendar(delivery: Delivery) -> None:
    """Terms that the calendar now knows are owed."""
    duties = list(duties_in_force(delivery.event.district_id))
    fill_cells(delivery.event.district_id, duties)
    compute_cells(duties)


@reacts_to(PackPublished)
def count_all(delivery: Delivery) -> None:
    """Count every begun cell of the new version."""
    compute_cells(duties_in_force(delivery.event.district_id))


def listen() -> None:
    """React to whatever feeds a measure. Modules above have registered their measures by now."""
    for event in {event for measure in known_indicators().values() for event in measure.feeds_on}:
        reacts_to(event)(recount)


listen()
