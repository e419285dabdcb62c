"""Reads about plans. What a person looks at starts from `visible_to`; rules are the same for whoever asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from pydantic import BaseModel

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.indicators import Link, indicator, known_indicators
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.pages import see
from xiaoan.foundation.periods import Period, PeriodKind, period_name
from xiaoan.foundation.todo import Todo
from xiaoan.people.models import Person
from xiaoan.plans.cells import STATUS_WORDS, counts, with_status
from xiaoan.plans.margin import Sum, margin
from xiaoan.plans.models import Cell, Citation, Duty, DutyPost
from xiaoan.plans.pack.sections import published_pack, section_of_version

__all__ = ["Sum", "margin", "published_pack", "section", "section_of_version"]

STEPS_SHOWN = 3
TRACES_SHOWN = 30
CANDIDATES = 12
"""Cells looked at for a next step: most have one, and a home page asks for few."""


def section(district_id: UUID, name: str) -> BaseModel | None:
    """The validated content of a file of the published pack; None before one is published or without the file."""
    version = published_pack(district_id)
    return section_of_version(version, name) if version else None


def own_cells(actor: Actor) -> "QuerySet[Any]":
    """Begun cells of the units at which the actor holds a post, with `status`."""
    today = clock.today()
    cells = Cell.objects.visible_to(actor).filter(
        unit_id__in={posting.unit_id for posting in actor.postings}, first__lte=today
    )
    return with_status(cells, today)


def todo(actor: Actor) -> list[Todo]:
    """The next three steps of the actor's own unit: late ones first, then what is due next."""
    waiting = (
        own_cells(actor)
        .filter(status__in=("late", "open", "untold"), met=False)
        .exclude(duty__indicator="")
        .select_related("duty")
        .order_by("due", "duty__position", "id")[:CANDIDATES]
    )
    steps: list[Todo] = []
    for cell in waiting:
        if len(steps) < STEPS_SHOWN and (link := next_step(cell)):
            steps.append(_step(cell, link))
    return steps


def next_step(cell: Cell) -> Link | None:
    """Where the unit does what the cell lacks; None where its duty has no measure yet."""
    duty = cell.duty
    if duty.indicator not in known_indicators():
        return None
    return indicator(duty.indicator).next_step(cell.unit_id, period_of_cell(cell), duty.with_)


def period_of_cell(cell: Cell) -> Period:
    """The period of a cell; its duty must be at hand."""
    return Period(cell.period, PeriodKind(cell.duty.every), cell.first, cell.last)


def _step(cell: Cell, link: Link) -> Todo:
    """A cell as something to do."""
    status: str = cell.status  # type: ignore[attr-defined]
    return Todo(
        title=cell.duty.title,
        url=link.url,
        button=link.label,
        due=cell.due,
        meta=period_name(period_of_cell(cell)),
        state="" if status == "open" else STATUS_WORDS[status],
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands in the running periods: 应完成 n 项，已完成 m 项，k 项未到期."""

    owed: int
    met: int
    open: int
    late: int


def standing(actor: Actor) -> Standing:
    """How the actor's own unit stands: cells of running periods, and late ones of past periods."""
    today = clock.today()
    running = Q(last__gte=today)
    found = own_cells(actor).aggregate(
        met=Count("id", filter=running & Q(status="met")),
        open=Count("id", filter=running & (Q(status="open") | Q(status="untold", due__gte=today))),
        late=Count("id", filter=Q(status="late") | Q(status="untold", due__lt=today)),
    )
    return Standing(owed=found["met"] + found["open"] + found["late"], **found)


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
    met: int
    due_now: int
    late: int
    open: int


def sums_by_period(actor: Actor, duty: Duty) -> list[PeriodSum]:
    """Begun periods of a duty, latest first; versions before this one included."""
    today = clock.today()
    seen = Cell.objects.visible_to(actor).filter(
        duty__code=duty.code, duty__pack__name=duty.pack.name, first__lte=today
    )
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
            row["met"],
            row["due_now"],
            row["late"],
            row["open"],
        )
        for row in rows
    ]


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
