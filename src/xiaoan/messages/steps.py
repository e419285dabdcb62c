"""The days of a reminder: how steps before and after a due day become days, and which of them is next."""

from collections.abc import Sequence
from datetime import date, timedelta

from xiaoan.messages.models import NEVER


def day_of(due: date, step: int) -> date:
    """The day of a step: so many days before the due day, after it when negative."""
    return due - timedelta(days=step)


def first_day(due: date, steps: Sequence[int], today: date) -> date:
    """The day of the first step ahead of today; `NEVER` without one.

    What lies behind is not said any more. Only of a subject that is overdue already the last step behind is
    kept, so that its holder hears of it once.
    """
    behind = [day for step in steps if (day := day_of(due, step)) <= today]
    return max(behind) if behind and due < today else next_day(due, steps, today)


def next_day(due: date, steps: Sequence[int], today: date) -> date:
    """The day of the first step after today; `NEVER` without one."""
    return min((day for step in steps if (day := day_of(due, step)) > today), default=NEVER)


def reached_step(due: date, steps: Sequence[int], today: date) -> int:
    """The last step whose day has come: days that were missed are caught up with once."""
    return min(step for step in steps if day_of(due, step) <= today)
