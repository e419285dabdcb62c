"""本季任务完成情况: how the measured duties stand over all units that a leader sees; four statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.periods import Period, period_name
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.ui.signs import Sign
from xiaoan.plans.cells import STATUS_SIGNS, with_status
from xiaoan.plans.margin import Sum, margin, running_quarter
from xiaoan.plans.models import Cell, Duty
from xiaoan.plans.pack.sections import published_pack

UNDONE = ("late", "untold", "open", "unconfirmed", "waived")
COUNTED = ("late", "untold", "open", "met")


@dataclass(frozen=True, slots=True)
class Count:
    """How many cells have a status, and where they are listed."""

    sign: Sign
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """A duty in one quarter: met to what is due now, and what is not met, each with its list."""

    duty: Duty
    sum: Sum
    quarter: Period

    @property
    def plan_url(self) -> str:
        """Its explanation in the plan."""
        return f"{reverse('plans:plan')}?{urlencode({'duty': self.duty.code})}#{self.duty.code}"

    @property
    def list_url(self) -> str:
        """Its cells of the quarter."""
        return listed_at(self.quarter, code=self.duty.code)

    @property
    def owed(self) -> int:
        """Cells that are owed in the quarter, due or not: the full length of the bar."""
        return self.sum.met + self.sum.late + self.sum.untold + self.sum.open

    @property
    def tone(self) -> str:
        """The colour of the bar."""
        return "late" if self.sum.late else "attention" if self.sum.untold else "plain"

    @property
    def undone(self) -> list[Count]:
        """What is not met, late ones first."""
        return [
            _count(status, number, self.quarter, self.duty.code)
            for status in UNDONE
            if (number := getattr(self.sum, status))
        ]


@dataclass(frozen=True, slots=True)
class Completion:
    """The measured duties of a quarter, those with late cells first; how many wait for their module; what
    is late in all periods together.
    """

    quarter: Period
    duties: list[DutyStanding]
    awaiting: int
    late_ever: int

    @property
    def late_url(self) -> str:
        """Where everything late is listed."""
        return f"{reverse('plans:cells')}?status=late"

    @property
    def quarter_name(self) -> Words:
        """2025年第四季度."""
        return period_name(self.quarter)

    @property
    def counts(self) -> list[Count]:
        """All duties together: late, untold, open, met."""
        return [
            _count(status, sum(getattr(each.sum, status) for each in self.duties), self.quarter)
            for status in COUNTED
        ]


def listed_at(quarter: Period, *, status: str = "", code: str = "", scope: str = "") -> str:
    """Where the cells of a quarter are listed, of one duty or all, of the whole district or a circle of it."""
    words = {"period": quarter.code, "status": status, "scope": scope}
    address = reverse("plans:duty", args=[code]) if code else reverse("plans:cells")
    return f"{address}?{urlencode({name: value for name, value in words.items() if value})}"


def _count(status: str, number: int, quarter: Period, code: str = "") -> Count:
    """A number with its words and list."""
    return Count(STATUS_SIGNS[status], number, listed_at(quarter, status=status, code=code))


def completion(actor: Actor) -> Completion | None:
    """How the running quarter stands; None for who does not oversee the district, or before a plan."""
    if not actor.oversees or not holds_anywhere(actor, "plans.read_cells"):
        return None
    pack = published_pack(actor.district_id)
    if pack is None:
        return None
    quarter = running_quarter(pack)
    sums: Mapping[str, Sum] = margin(pack, actor, quarter=quarter)
    duties = Duty.objects.visible_to(actor).filter(pack=pack).order_by("position")
    standing = [DutyStanding(each, sums[each.code], quarter) for each in duties if each.code in sums]
    measured = [each for each in standing if not each.duty.awaits and each.sum.not_applicable < each.sum.all]
    seen = with_status(Cell.objects.visible_to(actor), clock.today())
    return Completion(
        quarter,
        sorted(measured, key=lambda each: not each.sum.late),
        awaiting=sum(1 for each in duties if each.awaits),
        late_ever=seen.filter(status="late").count(),
    )
