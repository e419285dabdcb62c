"""`risks.reviewed` (G.2, 风险管控措施): risk points reviewed in the term / risk points on the unit's list.

Level, measures and post stand on every point: the list takes none without.
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.events import Event
from xiaoan.foundation.indicators import Kind, Link, Pair, Parameters, Untold
from xiaoan.foundation.periods import Period
from xiaoan.risks.events import RiskAdded, RiskRetired, RisksReviewed, StarterRisksAdded
from xiaoan.risks.models import Risk, listed_on
from xiaoan.risks.queries import reviewed_in

REASON = "an indicator counts all units"
NO_LIST = gettext_lazy("当日没有风险清单，请先列出风险点。")


class ReviewedPoints:
    """The list is read on the last day of the period, in the running one today; a point that left it owes nothing.

    A unit without any point on its list has not looked: nobody can say what is owed.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset({RiskAdded, StarterRisksAdded, RiskRetired, RisksReviewed})
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
        """One statement for all units."""
        counted = (
            self._listed(period)
            .filter(unit_id__in=units)
            .annotate(reviewed=reviewed_in(period))
            .order_by()
            .values_list("unit_id")
            .annotate(done=Count("pk", filter=Q(reviewed=True)), owed=Count("pk"))
        )
        found = {unit: Pair(Decimal(done), Decimal(owed)) for unit, done, owed in counted}
        without = Pair(Decimal(0), Untold(NO_LIST))
        return {unit: found.get(unit, without) for unit in units}

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Risk]":  # noqa: ARG002
        """The points on the list, the gravest first."""
        rows = self._listed(period).filter(unit_id=unit_id)
        return rows.select_related("place").order_by("level", "id")

    def next_step(
        self,
        unit_id: UUID,
        period: Period,
        with_: Parameters,  # noqa: ARG002
        kinds: Mapping[str, Any],  # noqa: ARG002
    ) -> Link | None:
        """The page of the review, or where a list is begun; none for a term that is over."""
        if clock.today() not in period:
            return None
        at_unit = f"?unit={unit_id}"
        if self._listed(period).filter(unit_id=unit_id).exists():
            return Link(f"{reverse('risks:review')}{at_unit}", _("去复核"), act="risks.review_risks")
        return Link(f"{reverse('risks:starter')}{at_unit}", _("建立风险清单"), act="risks.add_starter_risks")

    def _listed(self, period: Period) -> "QuerySet[Risk]":
        """The points of any unit that stood on a list at the end of a period, today while it runs."""
        return Risk.objects.everything(REASON).filter(listed_on(_read_on(period)))


def _read_on(period: Period) -> date:
    """The day on which the list is read."""
    return min(period.last, clock.today())
