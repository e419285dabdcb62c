"""Hours of rest: when a message may arrive. No notice at 22:00 that wants to be read (免打扰)."""

from datetime import datetime, timedelta

from xiaoan.foundation import clock

QUIET_FROM = 20
DIGEST_HOUR = 7
"""Ends the night's rest; what has waited arrives then, with the day's digest."""


def is_quiet(instant: datetime) -> bool:
    """Whether an instant lies between 20:00 and 7:00 in Shanghai."""
    return not DIGEST_HOUR <= instant.astimezone(clock.SHANGHAI).hour < QUIET_FROM


def next_digest(instant: datetime) -> datetime:
    """The first 7:00 after an instant: what is not urgent waits for it."""
    day = clock.local_date(instant)
    morning = clock.at(day, DIGEST_HOUR)
    return morning if instant < morning else clock.at(day + timedelta(days=1), DIGEST_HOUR)


def after_quiet(instant: datetime) -> datetime:
    """The instant itself, or the 7:00 that ends its night: for what belongs to the day."""
    return next_digest(instant) if is_quiet(instant) else instant
