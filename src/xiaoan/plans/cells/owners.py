"""Who owes what when: the units of a district read once, asked for every duty and period."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from xiaoan.foundation.periods import Period, PeriodKind, TermDates, period_of, periods_between
from xiaoan.organisations.models import Unit
from xiaoan.organisations.queries import with_stage
from xiaoan.plans.models import Duty

REASON = "cells are owed by units, whoever looks"


@dataclass(frozen=True, slots=True)
class Owner:
    """What decides whether a unit owes a duty."""

    unit_id: UUID
    code: str
    kind: str
    opened_on: date | None
    closed_on: date | None

    def exists_on(self, day: date) -> bool:
        """Whether the unit is in force on a day."""
        return (self.opened_on is None or self.opened_on <= day) and (
            self.closed_on is None or self.closed_on > day
        )


class Owners:
    """The units that may owe something; stages are read once for each school year."""

    def __init__(self, district_id: UUID, units: Collection[UUID] | None = None) -> None:
        rows = Unit.objects.everything(REASON).filter(district_id=district_id)
        self._rows = rows if units is None else rows.filter(pk__in=units)
        self._owners = [
            Owner(*row) for row in self._rows.values_list("id", "code", "kind", "opened_on", "closed_on")
        ]
        self._stages: dict[str, dict[UUID, str]] = {}

    def owing(self, duty: Duty, period: Period) -> Iterator[UUID]:
        """The units in force on the period's last day that the duty's `who` names."""
        kinds, stages = duty.owner_kinds.split(), duty.owner_stages.split()
        for owner in self._owners:
            named = owner.code.upper() == duty.owner_code.upper() if duty.owner_code else owner.kind in kinds
            if (
                named
                and owner.exists_on(period.last)
                and (not stages or self._stage(owner, period.last) in stages)
            ):
                yield owner.unit_id

    def _stage(self, owner: Owner, day: date) -> str:
        """A unit's stage in the school year of a day."""
        school_year = period_of(PeriodKind.SCHOOL_YEAR, day).code
        if school_year not in self._stages:
            units: Any = with_stage(self._rows, day)
            self._stages[school_year] = dict(units.values_list("id", "stage_then"))
        return self._stages[school_year].get(owner.unit_id, "")


def periods_owed(duty: Duty, plan_ends: date, terms: TermDates) -> list[Period]:
    """The periods whose last day lies in the days on which duty and plan are in force.

    Terms that the calendar does not know yet are left out until it does.
    """
    if duty.starts_on is None or duty.is_goal:
        return []
    last = min(plan_ends, duty.ends_on or plan_ends)
    if PeriodKind(duty.every) is PeriodKind.TERM:
        return [term for term in terms.terms if duty.starts_on <= term.last <= last]
    return periods_between(PeriodKind(duty.every), duty.starts_on, last, terms)


def due_day(duty: Duty, period: Period) -> date:
    """The last day of the period, or the duty's own day inside it."""
    if not duty.due_day:
        return period.last
    month, day = (int(part) for part in duty.due_day.split("-"))
    for year in (period.first.year, period.last.year):
        last_of_month = min(day, _days_in(year, month))
        if (found := date(year, month, last_of_month)) in period:
            return found
    return period.last


def _days_in(year: int, month: int) -> int:
    """Days of a month, for a 29 February in other years."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days
