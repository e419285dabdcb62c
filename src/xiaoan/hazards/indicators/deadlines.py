"""`hazards.closed_in_time` (T4.2, “五维”闭环：解决): the school's own step, kept by its date.

Why not the day of closing: `docs/decisions/0014-a-school-answers-for-its-own-step.md`.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from xiaoan.foundation.events import Event
from xiaoan.foundation.indicators import Kind, Link, Pair, Parameters
from xiaoan.foundation.periods import Period
from xiaoan.hazards.events import FindingChanged, HazardsImported
from xiaoan.hazards.indicators.counting import (
    REASON,
    Hazards,
    Kinds,
    Steps,
    all_steps,
    counted_by_unit,
    list_link,
    newest_first,
    read_on,
    whether,
    without_parameters,
)
from xiaoan.hazards.models import Hazard, State
from xiaoan.hazards.models.choices import CLOSED, OPEN, UNDER_ACCEPTANCE

PUT_RIGHT = UNDER_ACCEPTANCE | CLOSED
"""Somebody of the school has said that it is put right, and nobody has sent it back."""
OF_THE_SCHOOL = PUT_RIGHT | {State.RECTIFYING, State.SCHEDULED}
"""The date binds the school. What waits to be handed out from above, or lies with another unit, does not."""
UNDOING = ("send_back", "void_closure", "unsound")
"""What was said to be put right was not."""


class ClosedInTime:
    """Hazards due in the month and put right by their day / hazards whose day lay in the month.

    For an institution. 按期 is the day on which the rectification was submitted that was accepted, or that still
    waits for acceptance at the end of the month: the school answers for its own step and not for the speed of the
    re-check. One sent back and submitted anew after its day is late.

    A date counts where it stood when its day came: moved before, it is due in its new month; extended only after
    it had passed, it was missed in the old one. A hazard with two dates in one month counts once, in time if it
    kept both.
    """

    kind: Kind = Kind.FLOW
    feeds_on: frozenset[type[Event]] = frozenset({FindingChanged, HazardsImported})
    parameters: frozenset[str] = frozenset()

    def check(self, with_: Parameters, kinds: Kinds) -> str | None:  # noqa: ARG002 - the protocol
        """It takes no parameters."""
        return without_parameters(with_)

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:  # noqa: ARG002
        """One statement for all units; a unit where nothing was due is left out."""
        return counted_by_unit(self._due(period), units)

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Hazard]":  # noqa: ARG002
        """The hazards that were due."""
        return newest_first(self._due(period).filter(unit_id=unit_id))

    def next_step(self, unit_id: UUID, period: Period, with_: Parameters, kinds: Kinds) -> Link | None:  # noqa: ARG002
        """The unit's open hazards, by date."""
        waiting = self._due(period).filter(unit_id=unit_id, done=False, state__in=sorted(OPEN))
        return list_link(_("去整改"), act="hazards.submit_hazard", view="open") if waiting.exists() else None

    def _due(self, period: Period) -> Hazards:
        """The hazards of any unit with a date in the period, `done` where every one of these dates was kept."""
        dates = _dates(period, read_on(period))
        missed = Exists(dates.filter(hazard=OuterRef("pk"), missed=True))
        rows: Hazards = Hazard.objects.everything(REASON).filter(
            state__in=sorted(OPEN | CLOSED), pk__in=dates.values("hazard")
        )
        return rows.annotate(done=whether(~Q(missed)))


def _dates(period: Period, day: date) -> Steps:
    """The steps by which a hazard stood on its own day in the period; `missed` as it looked at the end of `day`."""
    undone = all_steps().filter(
        hazard=OuterRef("hazard"), number__gt=OuterRef("number"), on__lte=day, verb__in=UNDOING
    )
    stood = Q(on__lte=F("due_on")) & (Q(until=None) | Q(until__gt=F("due_on")))
    rows = all_steps().filter(stood, due_on__range=(period.first, period.last), to__in=sorted(OF_THE_SCHOOL))
    return rows.annotate(missed=whether(~Q(to__in=sorted(PUT_RIGHT)) | Q(Exists(undone))))
