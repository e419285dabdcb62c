"""任务完成情况 as a grid: the clauses that bear duties x the circles of the district, in one quarter.

A field counts cells: met, and not met yet. Pairs are never added (`13-contracts.md` section 2).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, UUIDField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.languages import in_language
from xiaoan.foundation.periods import Period, period_name
from xiaoan.organisations.models import Membership
from xiaoan.organisations.queries import belongs_on
from xiaoan.plans.cells import counts, with_status
from xiaoan.plans.margin import Sum, cells_of_plan, running_quarter
from xiaoan.plans.models import Cell, Citation, PackState, PackVersion
from xiaoan.plans.scopes import CIRCLE, OUTSIDE, UNDONE

Tone = Literal["done", "open", "behind", "late", "none"]
ADDED = (
    "met",
    "due_now",
    "late",
    "open",
    "untold",
    "waived",
    "awaits",
    "not_applicable",
    "unconfirmed",
    "all",
)


@dataclass(frozen=True, slots=True)
class Bearing:
    """A clause that bears duties, by the short name under which the pack cites it."""

    alias: str
    heading: str
    duties: tuple[str, ...]

    @property
    def name(self) -> str:
        """Short name and heading; the plan's own words are Chinese, so in English only which clause it is."""
        return in_language(f"{self.alias} {self.heading}", f"{_('条款')} {self.alias}")

    @property
    def short(self) -> str:
        """What stands beside the short name: the heading, in English how many duties it bears."""
        number = len(self.duties)
        return in_language(
            self.heading, ngettext("%(number)s 项任务", "%(number)s 项任务", number) % {"number": number}
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A circle, or (without a key) the units in none."""

    key: UUID | None
    name: str
    scope: str
    """Its word in addresses of cells."""

    @property
    def short(self) -> str:
        """The name at the head of a column: in Chinese without the ending that every group has."""
        return in_language(self.name.removesuffix("协作组"), self.name)


@dataclass(frozen=True, slots=True)
class Field:
    """One clause in one circle."""

    clause: Bearing
    column: Column
    sum: Sum
    quarter: Period

    @property
    def undone(self) -> int:
        """Cells that are still to be met, due or not."""
        return self.sum.late + self.sum.untold + self.sum.open

    @property
    def tone(self) -> Tone:
        """The gravest of what stands in it."""
        if self.sum.late:
            return "late"
        if self.sum.untold:
            return "behind"
        if self.sum.open:
            return "open"
        return "done" if self.sum.met else "none"

    @property
    def url(self) -> str:
        """The cells that it counts; none where nothing is owed."""
        if self.tone == "none":
            return ""
        words = {
            "period": self.quarter.code,
            "clause": self.clause.alias,
            "scope": self.column.scope,
            "status": UNDONE if self.undone else "met",
        }
        return f"{reverse('plans:cells')}?{urlencode(words)}"


@dataclass(frozen=True, slots=True)
class Grid:
    """All clauses in all circles of a kind."""

    quarter: Period
    columns: Sequence[Column]
    rows: Sequence[tuple[Bearing, Sequence[Field]]]

    @property
    def quarter_name(self) -> Words:
        """2025年第四季度."""
        return period_name(self.quarter)

    @property
    def total(self) -> Sum:
        """Everything together."""
        return add(field.sum for _clause, fields in self.rows for field in fields)


def add(sums: Iterable[Sum]) -> Sum:
    """Cells of several sums together."""
    found = list(sums)
    return Sum(**{name: sum(getattr(each, name) for each in found) for name in ADDED})


def duty_bearing(actor: Actor) -> list[Bearing]:
    """The clauses that duties of the plan cite first, in the order of the duties; one statement."""
    return _bearing(_cited(actor))


def _cited(actor: Actor) -> list[Citation]:
    """What each duty of the plan in force cites first, with its pack."""
    cited: QuerySet[Citation] = Citation.objects.visible_to(actor).filter(
        position=0, duty__pack__state=PackState.PUBLISHED
    )
    return list(cited.select_related("clause", "duty__pack").order_by("duty__position"))


def _bearing(cited: Iterable[Citation]) -> list[Bearing]:
    """Duties under their clauses."""
    duties: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in cited:
        duties[each.alias, each.clause.heading].append(each.duty.code)
    return [Bearing(*key, tuple(codes)) for key, codes in duties.items()]


def late_by_unit(actor: Actor) -> list[tuple[UUID, str, int]]:
    """Units with cells that are late now, of whatever period (key, name, how many), most first; one statement."""
    cells: Any = with_status(Cell.objects.visible_to(actor), clock.today()).filter(status="late").order_by()
    found = cells.values("unit_id", "unit__name", "unit__code").annotate(number=Count("id"))
    return [
        (row["unit_id"], row["unit__name"], row["number"]) for row in found.order_by("-number", "unit__code")
    ]


def grid(actor: Actor, kind: str) -> Grid | None:
    """The running quarter by circles of a kind; None before a plan is published. Two statements."""
    cited = _cited(actor)
    if not cited:
        return None
    pack = cited[0].duty.pack
    quarter = running_quarter(pack)
    columns, sums = _sums(pack, actor, quarter, kind)
    rows = [
        (clause, [Field(clause, column, _of(sums, clause, column), quarter) for column in columns])
        for clause in _bearing(cited)
    ]
    return Grid(quarter, columns, rows)


Sums = Mapping[tuple[str, UUID | None], Sum]


def _of(sums: Sums, clause: Bearing, column: Column) -> Sum:
    """The cells of a clause's duties in a circle."""
    return add(sums[code, column.key] for code in clause.duties if (code, column.key) in sums)


def _sums(pack: PackVersion, actor: Actor, quarter: Period, kind: str) -> tuple[list[Column], Sums]:
    """Circles that owe something, by name, the units in none last; sums by duty code and circle.

    One statement, whatever the number of units. Nothing of what awaits its module.
    """
    members = Membership.objects.visible_to(actor).filter(
        belongs_on(clock.today()), unit=OuterRef("unit"), circle__kind=kind
    )
    circle = Subquery(members.values("circle")[:1], output_field=UUIDField())
    name = Subquery(members.values("circle__name")[:1], output_field=CharField())
    cells: Any = cells_of_plan(pack, actor, quarter).filter(duty__awaits="").order_by()
    rows = (
        cells.annotate(circle=circle, circle_name=name)
        .values("duty__code", "circle", "circle_name")
        .annotate(**counts(clock.today()))
    )
    names: dict[UUID | None, str] = {}
    sums: dict[tuple[str, UUID | None], Sum] = {}
    for row in rows:
        code, key, words = row.pop("duty__code"), row.pop("circle"), row.pop("circle_name")
        names[key] = words or ""
        sums[code, key] = Sum(**row)
    return [
        _column(key, names[key], kind) for key in sorted(names, key=lambda key: (not key, names[key]))
    ], sums


def _column(key: UUID | None, name: str, kind: str) -> Column:
    """A circle with its word in addresses."""
    return Column(key, name, f"{CIRCLE}{key}" if key else f"{OUTSIDE}{kind}")
