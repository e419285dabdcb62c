"""The only place that reads the clock. Instants are UTC; days are the district's days, in Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from os import environ
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAWN, MORNING, DUSK = 8, 9, 22
_held: ContextVar[datetime | None] = ContextVar("held_instant", default=None)


@cache
def _shown_day() -> date | None:
    """The day that a demo or a rehearsal pretends it is (`XIAOAN_DAY`)."""
    value = environ.get("XIAOAN_DAY")
    return date.fromisoformat(value) if value else None


def now() -> datetime:
    """The present instant, in UTC. On a pretended day the time of day stays real, only never night."""
    if held := _held.get():
        return held
    instant = datetime.now(UTC)
    shown = _shown_day()
    return on_day(shown, instant) if shown else instant


def on_day(day: date, instant: datetime) -> datetime:
    """The instant's time of day on another day. By night it is the morning hour: whoever looks at a demo then finds
    a school at work and the inbox that seven o'clock filled.
    """
    local = instant.astimezone(SHANGHAI)
    awake = DAWN <= local.hour < DUSK
    return (
        datetime.combine(day, local.timetz()).replace(hour=local.hour if awake else MORNING).astimezone(UTC)
    )


def machine_now() -> datetime:
    """The machine's own instant, whatever day is shown: for queues, heartbeats and files, never for what people did."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def local_date(instant: datetime) -> date:
    """The Shanghai day on which an instant lies."""
    return instant.astimezone(SHANGHAI).date()


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of a Shanghai day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@contextmanager
def held_at(instant: datetime) -> Iterator[None]:
    """Stop the clock for a while: in tests, and when the demo's past is acted out."""
    token = _held.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)
