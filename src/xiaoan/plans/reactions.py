"""Cells follow what happens: a record counts in its unit and period, a unit opens, changes or closes.

Duties and clauses of the plan in force are found by their words.
"""

from django.db.models import Q, QuerySet

from xiaoan.foundation.events import Delivery, Event, reacts_to
from xiaoan.foundation.indicators import known_indicators
from xiaoan.foundation.jobs import enqueue
from xiaoan.foundation.search import register_searchable
from xiaoan.organisations.events import CalendarChanged, UnitChanged, UnitOpened
from xiaoan.organisations.models import Unit
from xiaoan.plans.cells import compute_cells, duties_in_force, fill_cells, touched_by
from xiaoan.plans.events import DocumentAttached, PackPublished
from xiaoan.plans.jobs import recompute_district
from xiaoan.plans.models import Citation, Clause, Duty, PackState


def measures_fed_by(event: type[Event]) -> set[str]:
    """The measures that an event moves."""
    return {name for name, measure in known_indicators().items() if event in measure.feeds_on}


def recount(delivery: Delivery) -> None:
    """Count the cells of the event's unit, and of the units above it, that its day can move."""
    event = delivery.event
    duties = duties_in_force(event.district_id).filter(indicator__in=measures_fed_by(type(event)))
    at_unit = Q(unit__in=_unit_and_above(event))
    for duty in duties:
        compute_cells([duty], at_unit & touched_by(event.happened_on))


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


@reacts_to(PackPublished, CalendarChanged)
def follow_pack(delivery: Delivery) -> None:
    """Duties of the new version, and terms that the calendar now knows, are owed by all units: a job's work."""
    enqueue(recompute_district, district_id=delivery.event.district_id)


def _duties() -> QuerySet[Duty]:
    """Duties of the plans in force."""
    rows = Duty.objects.everything("the index knows every duty in force; who finds it is asked later")
    return rows.filter(pack__state=PackState.PUBLISHED).select_related("unit")


def _duty_words(duty: Duty) -> str:
    """What a duty says, in both languages."""
    return f"{duty.code} {duty.title_zh} {duty.title_en} {duty.rule_zh} {duty.rule_en}"


def _clauses() -> QuerySet[Clause]:
    """Clauses of the texts that the plans in force point into."""
    cited = Citation.objects.everything("the texts that are shown").filter(
        duty__pack__state=PackState.PUBLISHED
    )
    rows = Clause.objects.everything("the index knows every clause shown; who finds it is asked later")
    return rows.filter(document__in=cited.values("clause__document")).select_related("unit")


DUTIES = register_searchable(_duties, _duty_words)
CLAUSES = register_searchable(_clauses, lambda clause: f"{clause.title} {clause.text}")


@reacts_to(PackPublished, DocumentAttached)
def index_plan(delivery: Delivery) -> None:
    """Index duties and clauses of the plan as it is shown from now on."""
    DUTIES.refresh_all(delivery.event.district_id)
    CLAUSES.refresh_all(delivery.event.district_id)


def listen() -> None:
    """React to whatever feeds a measure. Modules above have registered their measures by now."""
    for event in {event for measure in known_indicators().values() for event in measure.feeds_on}:
        reacts_to(event)(recount)


listen()
