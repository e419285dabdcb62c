"""Working days: Monday to Friday, as changed by published holidays and make-up days (调休)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

SATURDAY = 5
ASSUMED = _("暂按周一至周五")
"""The mark of a figure that rests on a day beyond the published calendar."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A district's calendar of working days.

    `exceptions` maps a day to whether it is worked: a holiday False, a make-up working day True. Beyond
    `known_until` Monday to Friday is assumed and `is_assumed` says so (13-contracts section 9).
    """

    exceptions: Mapping[date, bool]
    known_until: date

    def is_working(self, day: date) -> bool:
        """Whether a day is worked."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def is_assumed(self, day: date) -> bool:
        """Whether the answer about a day rests on assumption and is to be marked `ASSUMED`."""
        return day > self.known_until

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a day (before it, when negative); the day itself for 0."""
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie from first to last, both included; 0 when last is before first."""
        span = (last - first).days + 1
        return sum(self.is_working(first + timedelta(days=offset)) for offset in range(span))
