"""The living margin: how each duty of the plan stands in one quarter, for the units that a person looks at.

A figure is cells met to cells met, late or untold after their day; pairs are never added across units
(`13-contracts.md` section 2). One statement, whatever the number of units.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.periods import Period, PeriodKind, period_of, periods_between
from xiaoan.organisations.models import Membership
from xiaoan.organisations.queries import belongs_on
from xiaoan.plans.cells import counts, with_status
from xiaoan.plans.models import Cell, PackVersion


@dataclass(frozen=True, slots=True)
class Sum:
    """How many cells of a duty have which status."""

    met: int = 0
    due_now: int = 0
    late: int = 0
    open: int = 0
    untold: int = 0
    unconfirmed: int = 0
    waived: int = 0
    awaits: int = 0
    not_applicable: int = 0
    all: int = 0
    computed_at: datetime | None = None
    settled_at: datetime | None = None
    """季度定账, of the cells that are settled."""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left of what was owed."""
        return self.met > 0 and self.met == self.due_now and not self.open


def quarters(pack: PackVersion) -> list[Period]:
    """The quarters that the plan owes."""
    return periods_between(PeriodKind.QUARTER, pack.starts_on, pack.ends_on)


def running_quarter(pack: PackVersion) -> Period:
    """Today's quarter, or the nearest one of the plan."""
    known = quarters(pack) or [period_of(PeriodKind.QUARTER, pack.ends_on)]
    today = period_of(PeriodKind.QUARTER, clock.today())
    return min(known, key=lambda quarter: abs((quarter.last - today.last).days))


def in_quarter(quarter: Period) -> Q:
    """Cells of a quarter: of periods inside it, and of the longer one that holds its last day."""
    inside = Q(first__gte=quarter.first, last__lte=quarter.last)
    return inside | Q(first__lte=quarter.last, last__gte=quarter.last)


def cells_of_plan(
    pack: PackVersion, actor: Actor, quarter: Period, units: Q | None = None
) -> "QuerySet[Any]":
    """The cells of a plan that an actor sees in a quarter, with `status`.

    Duties of earlier versions of the same plan answer for the periods in which they held.
    """
    cells = Cell.objects.visible_to(actor).filter(
        units or Q(), in_quarter(quarter), duty__pack__name=pack.name, district_id=pack.district_id
    )
    return with_status(cells, clock.today())


def margin(pack: PackVersion, actor: Actor, *, quarter: Period, units: Q | None = None) -> dict[str, Sum]:
    """Sums by duty code."""
    rows: Iterable[dict[str, Any]] = (
        cells_of_plan(pack, actor, quarter, units)
        .order_by()
        .values("duty__code")
        .annotate(**counts(clock.today()), computed_at=Max("computed_at"), settled_at=Max("settled_at"))
    )
    return {row.pop("duty__code"): Sum(**row) for row in rows}


def cells_of_unit(pack: PackVersion, actor: Actor, quarter: Period, unit: Q) -> dict[str, Cell]:
    """The one cell by duty code that a unit's own margin shows: of several, the latest that has begun."""
    found: dict[str, Cell] = {}
    rows = cells_of_plan(pack, actor, quarter, unit).select_related("duty").order_by("first")
    for cell in rows:
        if cell.first <= clock.today() or cell.duty.code not in found:
            found[cell.duty.code] = cell
    return found


def outside(actor: Actor, kind: str) -> Q:
    """Cells of the units that belong to no circle of a kind today."""
    members = Membership.objects.visible_to(actor)
    return ~Q(unit__in=members.filter(belongs_on(clock.today()), circle__kind=kind).values("unit"))


def in_circle(actor: Actor, circle_id: UUID) -> Q:
    """Cells of the units that belong to a circle today."""
    members = Membership.objects.visible_to(actor)
    return Q(unit__in=members.filter(belongs_on(clock.today()), circle_id=circle_id).values("unit"))
