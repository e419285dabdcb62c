"""What the overview counts of hazards, as a filter of the list: each figure leads to the rows that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.listing import Filter
from xiaoan.foundation.periods import Period, PeriodKind, parse_period, period_name, period_of, previous
from xiaoan.hazards.models import Grade, Hazard, MonthTally, State
from xiaoan.hazards.models.choices import CLOSED, COUNTS_WHEN_FOUND, MISSED_AGAIN, OPEN, UNRECTIFIED

MONTHS = 12
MAJOR, AGAIN, FOUND, CLOSED_IN = "major", "again", "found-", "closed-"
"""Words of the address; the last two are followed by a month or a school year."""


def school_year() -> Period:
    """The running one."""
    return period_of(PeriodKind.SCHOOL_YEAR, clock.today())


def twelve_months() -> list[Period]:
    """The running month and the eleven before it, in order."""
    months = [period_of(PeriodKind.MONTH, clock.today())]
    while len(months) < MONTHS:
        months.insert(0, previous(months[0]))
    return months


def overdue() -> Q:
    """逾期: its day has passed, and nobody says that it is put right. A clock that stands still is not overdue."""
    return Q(state__in=sorted(UNRECTIFIED - {State.REFERRED}), due_on__lt=clock.today())


UNFUNDED = Q(money_source="") & (Q(state=State.REFERRED) | Q(grade=Grade.MAJOR, state__in=sorted(OPEN)))
"""没有落实资金: referred for money, or major, and nobody has said whose money it is."""


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many open hazards of a unit stand at a step, and how many of them are what a leader asks about."""

    state: str
    unit_id: UUID
    unit: str
    number: int
    overdue: int
    major: int
    listed: int
    unfunded: int


def open_by_step(actor: Actor) -> list[StepCount]:
    """未销号 that the actor sees, by step and unit; one statement over open rows only."""
    rows: Any = Hazard.objects.visible_to(actor).filter(state__in=sorted(OPEN)).order_by()
    found = rows.values("state", "unit_id", "unit__name").annotate(
        number=Count("id"),
        overdue=Count("id", filter=overdue()),
        major=Count("id", filter=Q(grade=Grade.MAJOR)),
        listed=Count("id", filter=Q(listed=True)),
        unfunded=Count("id", filter=UNFUNDED),
    )
    return [StepCount(unit=row.pop("unit__name"), **row) for row in found]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """What a month's rows say together, for one source."""

    month: date
    source: str
    found: int
    closed: int
    missed_again: int


def counted_since(actor: Actor, first: date) -> list[MonthCount]:
    """The monthly counts from a day on, summed over the units that the actor sees; one statement, of counters only."""
    rows: Any = (
        MonthTally.objects.visible_to(actor).filter(month__gte=first).order_by().values("month", "source")
    )
    sums = {f"{name}_sum": Sum(name) for name in ("found", "closed", "missed_again")}
    return [MonthCount(*row) for row in rows.annotate(**sums).values_list("month", "source", *sums)]


def _choices(_actor: Actor) -> Sequence[tuple[str, Words]]:
    """What may be asked: two of the leader's five numbers, then months and the school year."""
    months, year = twelve_months(), school_year()
    return [
        (MAJOR, _("重大未销号")),
        (AGAIN, _("本学年上级查出而自查没有的重复问题")),
        (f"{FOUND}{year.code}", format_lazy(_("{period}发现"), period=period_name(year))),
        *(
            (f"{FOUND}{each.code}", format_lazy(_("{period}发现"), period=period_name(each)))
            for each in months
        ),
        *(
            (f"{CLOSED_IN}{each.code}", format_lazy(_("{period}销号"), period=period_name(each)))
            for each in months
        ),
    ]


def _narrowed(rows: "QuerySet[Hazard]", code: str) -> "QuerySet[Hazard]":
    """The rows that a figure counts."""
    if code == MAJOR:
        return rows.filter(grade=Grade.MAJOR, state__in=sorted(OPEN))
    if code == AGAIN:
        return rows.filter(MISSED_AGAIN, found_on__range=_days(school_year()))
    kind, _dash, period = code.partition("-")
    days = _days(parse_period(period))
    if f"{kind}-" == CLOSED_IN:
        return rows.filter(state__in=sorted(CLOSED), closed_on__range=days)
    return rows.filter(COUNTS_WHEN_FOUND, found_on__range=days)


def _days(period: Period) -> tuple[date, date]:
    return period.first, period.last


COUNTED = Filter("counted", _("统计"), _choices, _narrowed)
