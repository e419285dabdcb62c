"""`plans.duties_with_holder` (S1.4, 明确任务和责任人): duties with a named person / duties owed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.indicators import Kind, Link, Pair, Parameters, register
from xiaoan.foundation.periods import Period
from xiaoan.people.events import AppointmentChanged
from xiaoan.people.models import Appointment
from xiaoan.people.permissions import in_force
from xiaoan.plans.events import HolderNamed
from xiaoan.plans.models import Cell, HolderNaming

REASON = "a measure reads all units together"


def named_on(day: date) -> Q:
    """Namings that hold on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class DutiesWithHolder:
    """A duty has a holder when its unit named a person, or when one of its posts is held at the unit or
    beneath it. A stock: it reads the last day of the period, in the running period today.
    """

    kind = Kind.STOCK
    feeds_on = frozenset({AppointmentChanged, HolderNamed})
    parameters: frozenset[str] = frozenset()

    def check(self, with_: Parameters, kinds: Mapping[str, Any]) -> str | None:  # noqa: ARG002 - the protocol
        """It takes no parameters."""
        return _("这个指标不带参数，请删去 with。") if with_ else None

    def pairs(
        self,
        units: Collection[UUID],
        period: Period,
        with_: Parameters,  # noqa: ARG002 - the protocol
    ) -> dict[UUID, Pair]:
        """Named and owed duties by unit; two statements."""
        day = min(period.last, clock.today())
        owed: dict[tuple[UUID, str], bool] = {}
        held = _posts_held(units, day)
        for row in self._owed_rows(units, day):
            key = (row["unit_id"], row["duty__code"])
            by_post = (row["unit__path"], row["duty__posts__post_code"]) in held
            owed[key] = owed.get(key, False) or row["named"] or by_post
        expected = Counter(unit_id for unit_id, _code in owed)
        achieved = Counter(unit_id for (unit_id, _code), named in owed.items() if named)
        return {
            unit_id: Pair(Decimal(achieved[unit_id]), Decimal(count)) for unit_id, count in expected.items()
        }

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Any]":  # noqa: ARG002
        """The cells of the duties that the unit owes on that day."""
        return self._owed([unit_id], min(period.last, clock.today())).order_by("duty__position", "id")

    def next_step(
        self,
        unit_id: UUID,  # noqa: ARG002
        period: Period,  # noqa: ARG002
        with_: Parameters,  # noqa: ARG002
        kinds: Mapping[str, Any],  # noqa: ARG002
    ) -> Link | None:
        """The unit's list of duties, where each can be given to a person."""
        return Link(reverse("plans:holders"), gettext_lazy("明确责任人"), act="plans.name_holder")

    def _owed(self, units: Collection[UUID], day: date) -> "QuerySet[Cell]":
        """The cells that cover a day; every duty owed then has exactly one."""
        return Cell.objects.everything(REASON).filter(unit_id__in=units, first__lte=day, last__gte=day)

    def _owed_rows(self, units: Collection[UUID], day: date) -> Iterator[Any]:
        """A row for each owed duty and each of its posts, with whether a person was named."""
        namings = HolderNaming.objects.everything(REASON).filter(
            named_on(day), unit=OuterRef("unit"), duty_code=OuterRef("duty__code")
        )
        rows = self._owed(units, day).annotate(named=Exists(namings))
        return rows.values("unit_id", "unit__path", "duty__code", "duty__posts__post_code", "named").iterator(
            chunk_size=5_000
        )


def _posts_held(units: Collection[UUID], day: date) -> set[tuple[str, str]]:
    """Path and post: what is held in a unit counts for every unit above it."""
    rows = Appointment.objects.everything(REASON).filter(
        in_force(day),
        district_id__in=Cell.objects.everything(REASON).filter(unit_id__in=units).values("district_id")[:1],
    )
    found: set[tuple[str, str]] = set()
    for path, post in rows.values_list("unit__path", "post__code").distinct():
        parts = path.rstrip("/").split("/")
        found.update(("/".join(parts[:depth]) + "/", post) for depth in range(1, len(parts) + 1))
    return found


register("plans.duties_with_holder", DutiesWithHolder())
