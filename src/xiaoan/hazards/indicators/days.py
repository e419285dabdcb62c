"""`hazards.days_to_resolve` (T4.7, 早发现、早排查、早解决): from finding to order, from order to acceptance."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.errors import Words
from xiaoan.foundation.events import Event
from xiaoan.foundation.indicators import Beside, Kind, Link, Pair, Parameters, Untold
from xiaoan.foundation.periods import Period, same_period_last_year
from xiaoan.hazards.events import FindingChanged, HazardsImported
from xiaoan.hazards.indicators.beside import day_words
from xiaoan.hazards.indicators.counting import (
    REASON,
    Kinds,
    Steps,
    all_steps,
    beneath,
    owners_of,
    read_on,
    without_parameters,
)
from xiaoan.hazards.indicators.deadlines import UNDOING
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.models.choices import CLOSED, OPEN

ORDERS = ("dispatch", "issue", "refer")
"""交办: inside the unit, from above, or to another unit."""
ACCEPTANCE = "accept"
NOTHING_ACCEPTED = gettext_lazy("本期没有验收通过的隐患。")


@dataclass(slots=True)
class Days:
    """Days that hazards took: from finding to the order, and from the order to acceptance."""

    to_order: list[int] = field(default_factory=list)
    to_acceptance: list[int] = field(default_factory=list)


class DaysToResolve:
    """Median days 发现→交办 of hazards handed out in the quarter, and 交办→验收 of those accepted in it.

    A trend, for the bureau. Its pair holds the two medians side by side, in that order, and is no ratio: nothing is
    achieved or expected. The first order counts, and the last acceptance that still stood at the end of the quarter.
    What was put right on the spot was never handed out and is left out; so are days since a finding in doubt.
    """

    kind: Kind = Kind.TREND
    feeds_on: frozenset[type[Event]] = frozenset({FindingChanged, HazardsImported})
    parameters: frozenset[str] = frozenset()

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:  # noqa: ARG002 - the protocol
        """It takes no parameters."""
        return without_parameters(with_)

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:  # noqa: ARG002
        """Two statements for all units; a unit without an order or acceptance is left out."""
        return {unit: _medians(days) for unit, days in days_taken(units, period).items()}

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Hazard]":  # noqa: ARG002
        """The hazards handed out or accepted in the quarter."""
        hazards = Hazard.objects.everything(REASON).filter(pk__in=_moments(period).values("hazard"))
        return beneath(hazards, unit_id)

    def beside_last_year(self, unit_id: UUID, period: Period) -> list[Beside]:
        """Both medians of this year and of the last, for a page; four statements."""
        now, before = (
            days_taken([unit_id], each).get(unit_id, Days())
            for each in (period, same_period_last_year(period))
        )
        return [
            Beside(_("从发现到交办"), *_words(now.to_order, before.to_order)),
            Beside(_("从交办到验收"), *_words(now.to_acceptance, before.to_acceptance)),
        ]

    def next_step(self, unit_id: UUID, period: Period, with_: Parameters, kinds: Kinds) -> Link | None:  # noqa: ARG002
        """Nothing is owed."""
        return None


def days_taken(units: Collection[UUID], period: Period) -> dict[UUID, Days]:
    """The days that hazards took, for each unit over itself and all beneath it; two statements."""
    owners = owners_of(units)
    found: dict[UUID, Days] = defaultdict(Days)
    moments = _moments(period).filter(district_id__in=owners.districts)
    for path, verb, days in _spans(moments):
        for unit in owners.above(path):
            (found[unit].to_acceptance if verb == ACCEPTANCE else found[unit].to_order).append(days)
    return dict(found)


def median_of(days: list[int]) -> Decimal | None:
    """The median; None of nothing."""
    return Decimal(str(median(days))) if days else None


def _words(now: list[int], before: list[int]) -> tuple[Words, Words]:
    """Two medians in words."""
    return day_words(median_of(now)), day_words(median_of(before))


def _spans(moments: Steps) -> Iterator[tuple[str, str, int]]:
    """Path of the unit, verb, and the days until then: since finding for an order, since the order for an acceptance."""
    first = all_steps().filter(hazard=OuterRef("hazard"), verb__in=ORDERS).order_by("number")
    rows = moments.annotate(ordered_on=Subquery(first.values("on")[:1]))
    columns = ("hazard__unit__path", "verb", "on", "hazard__found_on", "ordered_on")
    for path, verb, on, found_on, ordered_on in rows.values_list(*columns):
        since: date | None = ordered_on if verb == ACCEPTANCE else found_on
        if since is not None:
            yield path, verb, (on - since).days


def _moments(period: Period) -> Steps:
    """First orders in the period, and last acceptances that nothing undid by its end."""
    same = all_steps().filter(hazard=OuterRef("hazard"))
    ordered_before = Exists(same.filter(verb__in=ORDERS, number__lt=OuterRef("number")))
    later = same.filter(number__gt=OuterRef("number"), on__lte=read_on(period))
    outdone = Exists(later.filter(verb__in=(ACCEPTANCE, *UNDOING)))
    return all_steps().filter(
        (Q(verb__in=ORDERS, hazard__time_in_doubt=False) & ~Q(ordered_before))
        | (Q(verb=ACCEPTANCE) & ~Q(outdone)),
        on__range=(period.first, period.last),
        hazard__state__in=sorted(OPEN | CLOSED),
    )


def _medians(days: Days) -> Pair:
    """Both medians; the second cannot be told where nothing was accepted."""
    to_order, to_acceptance = median_of(days.to_order), median_of(days.to_acceptance)
    second = Untold(NOTHING_ACCEPTED) if to_acceptance is None else to_acceptance
    return Pair(to_order or Decimal(0), second)
