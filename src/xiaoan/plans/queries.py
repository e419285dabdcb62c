"""Reads about plans. What a person looks at starts from `visible_to`; rules are the same for whoever asks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from pydantic import BaseModel

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.indicators import Beside, Trend, indicator, known_indicators
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.pages import see
from xiaoan.foundation.periods import Period, PeriodKind, period_name, period_of
from xiaoan.organisations.queries import terms
from xiaoan.people.models import Person
from xiaoan.plans.cell_lines import CellLine
from xiaoan.plans.cells import counts, with_status
from xiaoan.plans.completion import Completion, completion, listed_at
from xiaoan.plans.grid import Bearing, Column, Field, Grid, grid, late_by_unit
from xiaoan.plans.margin import Sum, margin
from xiaoan.plans.models import Cell, Citation, Duty, DutyPost
from xiaoan.plans.pack.sections import published_pack, section_of_version
from xiaoan.plans.scopes import circle_filter, oversees
from xiaoan.plans.steps import next_step, own_cells, period_of_cell, record_kinds, todo

__all__ = [
    "Bearing",
    "CellLine",
    "Column",
    "Completion",
    "Field",
    "Grid",
    "Sum",
    "completion",
    "grid",
    "late_by_unit",
    "margin",
    "next_step",
    "published_pack",
    "record_kinds",
    "section",
    "section_of_version",
    "todo",
    "with_status",
]

TRACES_SHOWN = 30


def section(district_id: UUID, name: str) -> BaseModel | None:
    """The validated content of a file of the published pack; None before one is published or without the file."""
    version = published_pack(district_id)
    return section_of_version(version, name) if version else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands now: 应完成 n 项，已完成 m 项，k 项未到期; what is late or untold besides."""

    met: int
    open: int
    late: int
    untold: int

    @property
    def owed(self) -> int:
        """All of them."""
        return self.met + self.open + self.late + self.untold


def standing(actor: Actor) -> Standing:
    """How the actor's own unit stands: the cells of `now`."""
    today = clock.today()
    cells = own_cells(actor).filter(now(today))
    statuses = ("met", "open", "late", "untold")
    return Standing(**cells.aggregate(**{each: Count("id", filter=Q(status=each)) for each in statuses}))


def now(today: date) -> Q:
    """Cells of running periods, and what past ones left late or untold."""
    return Q(last__gte=today) | Q(status="late") | Q(status="untold", due__lt=today)


def duty_seen(actor: Actor, code: str) -> Duty:
    """A duty of the published pack with its citations and posts; `NotFound` where there is none."""
    rows = Duty.objects.visible_to(actor).filter(pack=published_pack(actor.district_id))
    citations = Citation.objects.visible_to(actor).select_related("clause", "duty").order_by("position")
    posts = DutyPost.objects.visible_to(actor).order_by("position")
    return see(
        rows.select_related("pack").prefetch_related(
            Prefetch("citations", citations), Prefetch("posts", posts)
        ),
        code=code,
    )


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """How a duty stands in one period, over the cells that an actor sees."""

    name: Words
    url: str
    """Where its cells are listed."""
    met: int
    due_now: int
    late: int
    open: int


def sums_by_period(actor: Actor, duty: Duty, scope: str = "") -> list[PeriodSum]:
    """Begun periods of a duty, latest first; versions before this one included.

    `scope` is a circle that was offered to the actor, as an address names it: then over its units alone.
    """
    today = clock.today()
    seen = Cell.objects.visible_to(actor).filter(
        duty__code=duty.code, duty__pack__name=duty.pack.name, first__lte=today
    )
    if scope:
        seen = circle_filter(actor).apply(seen, scope)
    rows = (
        with_status(seen, today)
        .order_by()
        .values("period", "first", "last", "duty__every")
        .annotate(**counts(today))
        .order_by("-last", "period")
    )
    return [
        PeriodSum(
            period_name(Period(row["period"], PeriodKind(row["duty__every"]), row["first"], row["last"])),
            f"{listed_at(_quarter(min(row['last'], duty.pack.ends_on)), code=duty.code, scope=scope)}#units",
            row["met"],
            row["due_now"],
            row["late"],
            row["open"],
        )
        for row in rows
    ]


def _quarter(day: date) -> Period:
    """The quarter of a day."""
    return period_of(PeriodKind.QUARTER, day)


@dataclass(frozen=True, slots=True)
class Trace:
    """One entry of a record's journal, for a person."""

    at: datetime
    act: str
    name: str


def trace_of(actor: Actor, record_id: UUID) -> list[Trace]:
    """Who did what to a record, latest first; a name only where the actor may see the person."""
    journal = JournalEntry._default_manager.filter(object_id=str(record_id))  # noqa: SLF001 - of a record already seen
    entries = list(journal.order_by("-at")[:TRACES_SHOWN])
    people = Person.objects.visible_to(actor).filter(pk__in={entry.person_id for entry in entries})
    names = dict(people.values_list("pk", "name"))
    return [Trace(entry.at, entry.act, names.get(entry.person_id, "")) for entry in entries]


def explain(cell: Cell) -> "QuerySet[Any] | None":
    """The records behind a cell's figure; None where its duty has no measure yet."""
    if cell.duty.indicator not in known_indicators():
        return None
    measure = indicator(cell.duty.indicator)
    return measure.rows(cell.unit_id, period_of_cell(cell), cell.duty.with_)


def trend_of(actor: Actor, duty: Duty) -> list[Beside]:
    """How a goal of the district stands in the running period beside last year's; only for who oversees it."""
    measure = known_indicators().get(duty.indicator)
    if not (duty.is_goal and isinstance(measure, Trend) and oversees(actor)):
        return []
    period = period_of(PeriodKind(duty.every), clock.today(), terms(actor.district_id))
    return measure.beside_last_year(actor.district_id, period)
