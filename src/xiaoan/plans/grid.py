"""任务完成情况 as a grid: the clauses that bear duties x the circles of the district, in one quarter.

A field counts cells: met, and not met yet. Pairs are never added (`13-contracts.md` section 2).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.languages import in_language
from xiaoan.foundation.periods import Period, period_name
from xiaoan.organisations.models import Circle, Membership
from xiaoan.organisations.queries import belongs_on
from xiaoan.plans.cells import counts
from xiaoan.plans.margin import Sum, cells_of_plan, running_quarter
from xiaoan.plans.models import Citation, PackVersion
from xiaoan.plans.pack.sections import published_pack
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
    label: str
    heading: str
    duties: tuple[str, ...]

    @property
    def name(self) -> str:
        """Short name and heading; the plan's own words are Chinese, so in English only which clause it is."""
        return in_language(f"{self.alias} {self.heading}", f"{_('条款')} {self.alias}")


@dataclass(frozen=True, slots=True)
class Column:
    """A circle, or (without a key) the units in none."""

    key: UUID | None
    name: str
    scope: str
    """Its word in addresses of cells."""


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


def duty_bearing(actor: Actor, pack: PackVersion | None = None) -> list[Bearing]:
    """The clauses that duties of the plan cite first, in the order of the duties; one statement, two without a pack."""
    pack = pack or published_pack(actor.district_id)
    cited = Citation.objects.visible_to(actor).filter(duty__pack=pack, position=0)
    rows = cited.order_by("duty__position").values_list(
        "alias", "clause__label", "clause__heading", "duty__code"
    )
    duties: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for alias, label, heading, code in rows:
        duties[alias, label, heading].append(code)
    return [Bearing(*key, tuple(codes)) for key, codes in duties.items()]


def grid(actor: Actor, kind: str) -> Grid | None:
    """The running quarter by circles of a kind; None before a plan is published. Four statements."""
    pack = published_pack(actor.district_id)
    if pack is None:
        return None
    quarter = running_quarter(pack)
    circles = Circle.objects.visible_to(actor).filter(kind=kind).order_by("name")
    columns = [Column(key, name, f"{CIRCLE}{key}") for key, name in circles.values_list("id", "name")]
    columns.append(Column(None, "", f"{OUTSIDE}{kind}"))
    sums = _sums(pack, actor, quarter, kind)
    rows = [
        (clause, [Field(clause, column, _of(sums, clause, column), quarter) for column in columns])
        for clause in duty_bearing(actor, pack)
    ]
    return Grid(quarter, columns, rows)


def _of(sums: Mapping[tuple[str, UUID | None], Sum], clause: Bearing, column: Column) -> Sum:
    """The cells of a clause's duties in a circle."""
    return add(sums[code, column.key] for code in clause.duties if (code, column.key) in sums)


def _sums(pack: PackVersion, actor: Actor, quarter: Period, kind: str) -> dict[tuple[str, UUID | None], Sum]:
    """Sums by duty code and circle: one statement, whatever the number of units. Nothing of what awaits its module."""
    members = Membership.objects.visible_to(actor).filter(
        belongs_on(clock.today()), unit=OuterRef("unit"), circle__kind=kind
    )
    cells: Any = cells_of_plan(pack, actor, quarter).filter(duty__awaits="").order_by()
    rows = (
        cells.annotate(circle=Subquery(members.values("circle")[:1]))
        .values("duty__code", "circle")
        .annotate(**counts(clock.today()))
    )
    return {(row.pop("duty__code"), row.pop("circle")): Sum(**row) for row in rows}
