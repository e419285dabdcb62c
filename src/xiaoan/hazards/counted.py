"""What the overview counts of hazards, as a filter of the list: each figure leads to the rows that it counts."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.listing import Filter
from xiaoan.foundation.periods import Period, PeriodKind, parse_period, period_name, period_of, previous
from xiaoan.hazards.models import Grade, Hazard
from xiaoan.hazards.models.choices import CLOSED, DROPPED, MISSED_AGAIN, OPEN

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
    return rows.filter(~Q(state__in=sorted(DROPPED)), found_on__range=days)


def _days(period: Period) -> tuple[date, date]:
    return period.first, period.last


COUNTED = Filter("counted", _("统计"), _choices, _narrowed)
