"""The phone's own time of a capture: it is kept as evidence, and doubted where it cannot be."""

from datetime import date, timedelta

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask

TOLERANCE = timedelta(minutes=5)
"""How far ahead of the server a phone's clock may be."""


def is_time_in_doubt(ask: Ask, *, exists_since: date | None) -> bool:
    """Whether a capture is dated before its unit existed, or later than now (时间存疑).

    `exists_since` is the unit's first day, None where it has always been there. What is doubted is taken all
    the same, with its mark. Without a time of capture nothing is doubted.
    """
    if ask.captured_at is None:
        return False
    if ask.captured_at > clock.now() + TOLERANCE:
        return True
    return exists_since is not None and clock.local_date(ask.captured_at) < exists_since
