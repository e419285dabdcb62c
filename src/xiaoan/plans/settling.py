"""季度定账: which cells a quarter settles, and how it stands with that."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import NotFound, Words
from xiaoan.foundation.periods import Period, period_name
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.plans.cells import with_status
from xiaoan.plans.margin import quarters
from xiaoan.plans.models import Cell
from xiaoan.plans.pack.sections import published_pack

UNMET = ("late", "untold")


def ending_in(quarter: Period) -> Q:
    """Cells whose period ends in the quarter: its own, its months', and of longer ones those that end with it."""
    return Q(last__gte=quarter.first, last__lte=quarter.last)


OPEN_TO_IT = Q(computed_at__isnull=False, settled_at=None, duty__awaits="")
"""What settling closes of these: cells that were counted, of a duty that a module measures."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How it stands with settling a quarter."""

    quarter: Period
    number: int
    """Cells that would be settled."""
    unmet: int
    """Of these, those that are late or untold: they stay so."""
    settled_at: datetime | None

    @property
    def name(self) -> Words:
        """2025年第三季度."""
        return period_name(self.quarter)

    @property
    def is_running(self) -> bool:
        """Whether its last day is not over yet."""
        return self.quarter.last >= clock.today()

    @property
    def is_open(self) -> bool:
        """Whether it can be settled now."""
        return not self.is_running and self.settled_at is None and self.number > 0


def settlement(actor: Actor, code: str) -> Settlement:
    """How a quarter of the plan stands; `NotFound` for any other, and for who reads no cells. Two statements."""
    if not holds_anywhere(actor, "plans.read_cells"):
        raise NotFound
    pack = published_pack(actor.district_id)
    quarter = next((each for each in quarters(pack) if each.code == code), None) if pack else None
    if quarter is None:
        raise NotFound
    seen = with_status(Cell.objects.visible_to(actor), clock.today())
    ending = seen.filter(ending_in(quarter), district_id=actor.district_id)
    found = ending.aggregate(
        number=Count("id", filter=OPEN_TO_IT),
        unmet=Count("id", filter=OPEN_TO_IT & Q(status__in=UNMET)),
        settled_at=Max("settled_at"),
    )
    return Settlement(quarter, **found)
