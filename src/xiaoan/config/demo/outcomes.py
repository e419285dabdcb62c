"""What becomes of 议定事项: done in time, done late, or left open."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import LAST_DAY, Finish, Record, Roster
from xiaoan.foundation import clock

NOTES = ("已办妥。", "已完成，现场看过。", "完成后拍照留存。", "办完后与分管领导一起看过。", "", "", "", "")
SOON = 2
LATEST = 18
"""Days over the date, at most, of what is done late."""


def diligence(unit: str) -> float:
    """How well an institution keeps its dates, from 0 to 1: most of them well."""
    return dice("diligence", unit).betavariate(7, 1.1)


def outcomes(roster: Roster, record: Record) -> Iterator[Finish]:
    """The finishing of a record's items, as far as it was told before the curtain."""
    for number, item in enumerate(record.items, start=1):
        chance = dice("outcome", record.key, number)
        done = _done_on(record, item.due, chance)
        if done and (told := _told(record, done, chance)):
            holder = item.holder
            is_there = holder.unit == record.unit and (
                holder.ends is None or holder.ends >= clock.local_date(told)
            )
            by_holder = is_there and chance.random() < 0.6  # noqa: PLR2004 - else the safety officer writes it down
            by = holder if by_holder else roster.recorder(record.unit, clock.local_date(told), chance)
            yield Finish(told, by, record.key, number, done, chance.choice(NOTES))


def _done_on(record: Record, due: date, chance: Random) -> date | None:
    """The day on which an item was done, if it was."""
    fate, span = chance.random(), (due - record.day).days
    keeps = diligence(record.unit)
    if fate < 0.80 + 0.19 * keeps:
        return record.day + timedelta(days=chance.randint(min(SOON, span), span))
    if fate < 0.95 + 0.04 * keeps:
        return due + timedelta(days=chance.randint(1, LATEST))
    return None


def _told(record: Record, done: date, chance: Random) -> datetime | None:
    """When it was told: after the record was filed, and before the curtain."""
    day = done + timedelta(days=chance.choice((0, 0, 0, 1, 2)))
    told = max(clock.at(day, 16, chance.randint(0, 59)), record.at + timedelta(minutes=chance.randint(5, 50)))
    return told if max(clock.local_date(told), done) <= LAST_DAY else None
