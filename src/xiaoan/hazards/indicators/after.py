"""After closing: does it hold (G.3), and is it known why it was there (T4.3)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from xiaoan.foundation.events import Event
from xiaoan.foundation.indicators import Kind, Link, Pair, Parameters
from xiaoan.foundation.periods import Period
from xiaoan.hazards.events import HazardMoved, HazardsImported
from xiaoan.hazards.indicators.counting import (
    REASON,
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
from xiaoan.hazards.models import Cause, Grade, Hazard, State
from xiaoan.hazards.models.choices import CLOSED, OPEN
from xiaoan.hazards.models.hazard import THIRD_TIME

FOUND_UNSOUND = ("unsound", "void_closure")
LOOKS = ("sound", *FOUND_UNSOUND)
"""回头看 with either finding, and a closure taken back: it was looked at, and did not hold."""


class LookBacksSound:
    """Closed hazards looked at again in the quarter and always found sound / closed hazards looked at again.

    For the bureau. A hazard looked at twice counts once; a closure that its level took back (撤销销号) was looked
    at and did not hold. Where nothing was looked at, nothing is expected.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset({HazardMoved, HazardsImported})
    parameters: frozenset[str] = frozenset()

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:  # noqa: ARG002 - the protocol
        """It takes no parameters."""
        return without_parameters(with_)

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:  # noqa: ARG002
        """Two statements for all units."""
        return counted_above(self._looked_at(period), units)

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Hazard]":  # noqa: ARG002
        """The hazards looked at again."""
        return beneath(self._looked_at(period), unit_id)

    def next_step(self, unit_id: UUID, period: Period, with_: Parameters, kinds: Kinds) -> Link | None:  # noqa: ARG002
        """Those that wait for their look back."""
        return list_link(_("去回头看"), act="hazards.look_back", view="look-back")

    def _looked_at(self, period: Period) -> Hazards:
        """The hazards of any unit, `done` where every look found them sound."""
        looks = all_steps().filter(on__range=(period.first, period.last), verb__in=LOOKS)
        failed = Exists(looks.filter(verb__in=FOUND_UNSOUND, hazard=OuterRef("pk")))
        rows: Hazards = Hazard.objects.everything(REASON).filter(pk__in=looks.values("hazard"))
        return rows.annotate(done=whether(~Q(failed)))


class CausesRecorded:
    """Major hazards and third occurrences closed in the quarter with cause and prevention on file / all of them.

    For the bureau. Closed in the quarter, and still so at its end. Hazards born of an incident will join them when
    incidents are kept here. What came with the old ledger has its cause where the ledger named it.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset({HazardMoved, HazardsImported})
    parameters: frozenset[str] = frozenset()

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:  # noqa: ARG002 - the protocol
        """It takes no parameters."""
        return without_parameters(with_)

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:  # noqa: ARG002
        """Two statements for all units."""
        return counted_above(self._closed(period), units)

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Hazard]":  # noqa: ARG002
        """The hazards closed in the quarter that need a cause."""
        return beneath(self._closed(period), unit_id)

    def next_step(self, unit_id: UUID, period: Period, with_: Parameters, kinds: Kinds) -> Link | None:  # noqa: ARG002
        """None: none is closed here without its cause, and what is closed is not explained any more."""
        return None

    def _closed(self, period: Period) -> Hazards:
        """The hazards of any unit that need a cause, `done` where it stood on file by then."""
        day = read_on(period)
        closings = all_steps().filter(
            on__range=(period.first, period.last), to=State.CLOSED, frm__in=sorted(OPEN)
        )
        explained = Exists(all_steps().filter(hazard=OuterRef("pk"), verb="explain", on__lte=day))
        named_before = Q(historical=True) & ~Q(cause=Cause.NONE) & ~Q(prevention="")
        rows = hazards_then(day).filter(
            Q(stood__grade=Grade.MAJOR) | Q(occurrence__gte=THIRD_TIME),
            stood__to__in=sorted(CLOSED),
            pk__in=closings.values("hazard"),
        )
        return rows.annotate(done=whether(Q(explained) | named_before))
