"""How hazards stood on a day, and counting them: by their own unit, or for the units above them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import BooleanField, Case, Count, FilteredRelation, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.errors import Words
from xiaoan.foundation.indicators import Link, Pair, Parameters
from xiaoan.foundation.periods import Period
from xiaoan.hazards.models import Hazard, Step
from xiaoan.organisations.models import Unit

REASON = "an indicator counts all units"
Hazards = QuerySet[Any]
"""Of `Hazard`, with columns of a measure beside its own."""
Steps = QuerySet[Any]
"""Of `Step`, likewise."""
Kinds = Mapping[str, Any]


def read_on(period: Period) -> date:
    """The day on which hazards are looked at: the last of the period, today while it runs."""
    return min(period.last, clock.today())


def in_force(day: date, prefix: str = "") -> Q:
    """The one step of a hazard by which it stood at the end of a day; none before it was reported."""
    lasting = Q((f"{prefix}until", None)) | Q((f"{prefix}until__gt", day))
    return Q((f"{prefix}on__lte", day)) & lasting


def all_steps() -> Steps:
    """The steps of all hazards."""
    return Step._default_manager.all()  # noqa: SLF001 - a step has no scope of its own; measures count all units


def hazards_then(day: date) -> Hazards:
    """All hazards, each joined with how it stood on a day (`stood__to`, `stood__grade`, …)."""
    rows: Hazards = Hazard.objects.everything(REASON)
    return rows.annotate(stood=FilteredRelation("steps", condition=in_force(day, "steps__")))


def whether(condition: Any) -> Case:
    """A condition as a column: unknown is no."""
    yes = When(condition, then=Value(value=True))
    return Case(yes, default=Value(value=False), output_field=BooleanField())


def counted_by_unit(rows: Hazards, units: Collection[UUID]) -> dict[UUID, Pair]:
    """Rows that are `done` / all, by their own unit; one statement. A unit without rows is left out."""
    counted = (
        rows.filter(unit_id__in=units)
        .order_by()
        .values_list("unit_id")
        .annotate(good=Count("pk", filter=Q(done=True)), owed=Count("pk"))
    )
    return {unit: Pair(Decimal(good), Decimal(owed)) for unit, good, owed in counted}


def counted_above(rows: Hazards, units: Collection[UUID]) -> dict[UUID, Pair]:
    """Rows that are `done` / all, for each unit over itself and all beneath it; two statements.

    A unit without rows is left out.
    """
    owners = owners_of(units)
    counted = (
        rows.filter(district_id__in=owners.districts)
        .order_by()
        .values_list("unit__path")
        .annotate(good=Count("pk", filter=Q(done=True)), owed=Count("pk"))
    )
    sums: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    for path, good, owed in counted:
        for unit in owners.above(path):
            sums[unit][0] += good
            sums[unit][1] += owed
    return {unit: Pair(Decimal(good), Decimal(owed)) for unit, (good, owed) in sums.items()}


class Owners:
    """Units that answer for what lies beneath them, found by path."""

    def __init__(self, rows: Iterable[tuple[str, UUID, UUID]]) -> None:
        self._by_path: dict[str, UUID] = {}
        self.districts: set[UUID] = set()
        for path, unit, district in rows:
            self._by_path[path] = unit
            self.districts.add(district)

    def above(self, path: str) -> list[UUID]:
        """Those at a path or above it."""
        parts = path.rstrip("/").split("/")
        ways = ("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))
        return [self._by_path[way] for way in ways if way in self._by_path]


def owners_of(units: Collection[UUID]) -> Owners:
    """The units of these keys; one statement."""
    rows = Unit.objects.everything(REASON).filter(pk__in=units)
    return Owners(rows.values_list("path", "pk", "district_id"))


def beneath(rows: Hazards, unit_id: UUID) -> Hazards:
    """Rows of a unit and of all beneath it, newest first."""
    path = Unit.objects.everything(REASON).values_list("path", flat=True).get(pk=unit_id)
    return newest_first(rows.filter(unit__path__startswith=path))


def newest_first(rows: Hazards) -> Hazards:
    """In the order in which they are listed."""
    return rows.order_by("-found_on", "-id")


def without_parameters(with_: Parameters) -> str | None:
    """Words where a measure that takes no parameters is given some."""
    return _("这个指标不带参数，请删去 with。") if with_ else None


def list_link(label: Words, act: str = "", **narrowed: str) -> Link:
    """The list of hazards, narrowed to what is to be done."""
    return Link(f"{reverse('hazards:hazards')}?{urlencode(narrowed)}", label, act=act)
