"""A few slips of the pen, and how they were put right: a record made twice, a wrong day, a wrong head."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import LAST_DAY, Correct, Deed, Record, Roster, Void
from xiaoan.foundation import clock

TWICE, WRONG_DAY = 2, 2
LATER = timedelta(days=1, hours=1)
AT_ONCE = timedelta(minutes=3)
NEAR = timedelta(days=5)
"""A day of filing that may be taken for the day of the meeting."""
WHY_VOID = "同一次会议登记了两条，保留先登记的一条。"
WHY_CORRECTED = "会议日期误填为登记当天，按会议通知改正。"


def slips(records: Sequence[Record], roster: Roster) -> Iterator[Deed]:
    """Deeds beside some of the records, and records in place of others: those of the same key."""
    suited = [each for each in records if each.kind == "safety_meeting" and _has_time(each)]
    chosen = dice("slips").sample(suited, TWICE + WRONG_DAY)
    for record in chosen[:TWICE]:
        yield from _recorded_twice(record, roster)
    for record in chosen[TWICE:]:
        yield from _wrong_day(record)


def _has_time(record: Record) -> bool:
    """Whether the slip could be noticed before the curtain, and there was another day to confuse."""
    filed = clock.local_date(record.at)
    return clock.local_date(record.at + LATER) <= LAST_DAY and record.day < filed <= record.day + NEAR


def _recorded_twice(record: Record, roster: Roster) -> Iterator[Deed]:
    """The same meeting filed again without its items; the head voids the second."""
    again = replace(record, key=f"{record.key} again", at=record.at + timedelta(minutes=25), items=())
    yield again
    noticed = record.at + LATER
    head = roster.heads(record.unit, clock.local_date(noticed))[0]
    yield Void(noticed, head, again.key, WHY_VOID)


def _wrong_day(record: Record) -> Iterator[Deed]:
    """The meeting filed under the day of filing; put right at once."""
    yield replace(record, day=clock.local_date(record.at))
    yield Correct(record.at + AT_ONCE, record.by, record.key, replace(record, items=()), WHY_CORRECTED)
