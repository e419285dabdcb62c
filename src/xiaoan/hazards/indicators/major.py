"""Major hazards: kept at zero (O.1), and who found them first (O.2)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from xiaoan.foundation.events import Event
from xiaoan.foundation.indicators import Beside, Kind, Link, Pair, Parameters
from xiaoan.foundation.periods import Period, same_period_last_year
from xiaoan.hazards.events import HazardMoved, HazardsImported
from xiaoan.hazards.indicators.beside import share_words
from xiaoan.hazards.indicators.counting import (
    Hazards,
    Kinds,
    all_steps,
    beneath,
    counted_above,
    hazards_then,
    list_link,
    read_on,
    whether,
    without_parameters,
)
from xiaoan.hazards.models import Grade, Hazard, Source, State
from xiaoan.hazards.models.choices import CLOSED, OPEN

SAFE_MEANWHILE = Q(stood__controlled=True) | Q(stood__to=State.TO_CLOSE)
"""管控中; once it is accepted, what was closed off may be opened again."""


class MajorCleared:
    """重大隐患 closed, or open with its five elements, under control and inside its date / all known on that day.

    A stock, for the bureau over all beneath it. Known is whatever was reported by then and stood as major, however
    long ago it was closed, so that none is counted twice and none falls out; one lowered since counts for the days
    before. The date is the one that stood on that day: as first set or as extended. One that waits for acceptance
    past its date is not cleared: here the bureau answers for all steps.
    """

    kind: Kind = Kind.STOCK
    feeds_on: frozenset[type[Event]] = frozenset({HazardMoved, HazardsImported})
    parameters: frozenset[str] = frozenset()

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:  # noqa: ARG002 - the protocol
        """It takes no parameters."""
        return without_parameters(with_)

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:  # noqa: ARG002
        """Two statements for all units."""
        return counted_above(self._known(period), units)

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Hazard]":  # noqa: ARG002
        """The major hazards known on that day."""
        return beneath(self._known(period), unit_id)

    def next_step(self, unit_id: UUID, period: Period, with_: Parameters, kinds: Kinds) -> Link | None:  # noqa: ARG002
        """The list of major hazards, while one is neither closed nor in hand."""
        uncleared = beneath(self._known(period), unit_id).filter(done=False)
        return list_link(_("查看重大隐患"), view="major") if uncleared.exists() else None

    def _known(self, period: Period) -> Hazards:
        """The major hazards of any unit on the day, `done` where cleared."""
        day = read_on(period)
        in_hand = Q(stood__planned=True, stood__due_on__gte=day) & SAFE_MEANWHILE
        rows = hazards_then(day).filter(stood__grade=Grade.MAJOR, stood__to__in=sorted(OPEN | CLOSED))
        return rows.annotate(done=whether(Q(stood__to__in=sorted(CLOSED)) | in_hand))


class MajorSelfFound:
    """重大隐患 that the unit itself found or reported first / those that became known as major in the year.

    A trend, for the bureau. A hazard becomes known as major on the day it is first judged so; one lowered again by
    the end of the year does not count.
    """

    kind: Kind = Kind.TREND
    feeds_on: frozenset[type[Event]] = frozenset({HazardMoved, HazardsImported})
    parameters: frozenset[str] = frozenset()

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:  # noqa: ARG002 - the protocol
        """It takes no parameters."""
        return without_parameters(with_)

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:  # noqa: ARG002
        """Two statements for all units."""
        return counted_above(self._known(period), units)

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Hazard]":  # noqa: ARG002
        """The hazards that became known as major in the year."""
        return beneath(self._known(period), unit_id)

    def beside_last_year(self, unit_id: UUID, period: Period) -> list[Beside]:
        """The share of this year and of the last, for a page; four statements."""
        now, before = (
            counted_above(self._known(each), [unit_id]).get(unit_id)
            for each in (period, same_period_last_year(period))
        )
        return [Beside(_("本单位先发现的重大隐患"), share_words(now), share_words(before))]

    def next_step(self, unit_id: UUID, period: Period, with_: Parameters, kinds: Kinds) -> Link | None:  # noqa: ARG002
        """Nothing is owed."""
        return None

    def _known(self, period: Period) -> Hazards:
        """The hazards of any unit judged major in the period, `done` where the unit found them."""
        judged = all_steps().filter(hazard=OuterRef("pk"), grade=Grade.MAJOR).order_by("number")
        rows = hazards_then(read_on(period)).filter(
            stood__grade=Grade.MAJOR, stood__to__in=sorted(OPEN | CLOSED)
        )
        known = rows.annotate(known_on=Subquery(judged.values("on")[:1]))
        return known.filter(known_on__range=(period.first, period.last)).annotate(
            done=whether(Q(source=Source.SCHOOL))
        )
