"""The past of an old hazard as steps: one for each day that its row gives, and none for a day that it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaoan.foundation import clock
from xiaoan.hazards.imports.columns import (
    ACCEPTED,
    CLOSED_ON,
    CLOSER,
    FINDER,
    LOOKED,
    RECHECKED,
    RECHECKER,
    RECTIFIED,
    RECTIFIER,
    VERIFIER,
)
from xiaoan.hazards.imports.old import OldHazard
from xiaoan.hazards.models import Grade, Level, State
from xiaoan.hazards.steps import REPORTED

HANDING = frozenset({"dispatch", "issue"})
"""The steps that make somebody answer for it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of the past: what was done, where it led, on which day and by whom, as the row says."""

    verb: str
    to: State
    on: date
    by: str = ""
    """The heading under which the row names the person; empty where it names nobody."""
    words: str = ""


def moments(old: OldHazard, archive_after: int) -> list[Moment]:
    """The steps of a row in their order, up to today; `archive_after` days after closing it is archived."""
    past = [*_found(old), *_handed(old), *_rectified(old), *_closed(old)]
    closed_on = old.days[CLOSED_ON]
    if past[-1].to == State.CLOSED and closed_on and not old.planned_look_back:
        archived_on = closed_on + timedelta(days=archive_after)
        if archived_on <= clock.today():
            past.append(Moment("archive", State.ARCHIVED, archived_on))
    return past


def _found(old: OldHazard) -> Iterator[Moment]:
    """Found, and judged on the same day: the old ledger knows no day of judging."""
    yield Moment(REPORTED, State.TO_JUDGE, old.found_on, FINDER)
    if old.grade != Grade.NONE:
        verb = "judge_major" if old.grade == Grade.MAJOR else "judge"
        yield Moment(verb, State.TO_ASSIGN, old.found_on, words=old.criterion_words)


def _handed(old: OldHazard) -> Iterator[Moment]:
    """Handed out by whom the level says, and listed where the row says so."""
    if old.handed_on is None:
        return
    verb = "dispatch" if old.level == Level.UNIT else "issue"
    yield Moment(verb, State.RECTIFYING, old.handed_on)
    if old.listed:
        yield Moment("list", State.RECTIFYING, old.handed_on)


def _rectified(old: OldHazard) -> Iterator[Moment]:
    """Put right, accepted, re-checked: each where it has its day."""
    days = old.days
    if on := days[RECTIFIED]:
        yield Moment("submit", State.TO_VERIFY, on, RECTIFIER, old.measures)
    if on := days[ACCEPTED]:
        to = State.TO_CLOSE if old.level == Level.UNIT else State.TO_RECHECK
        yield Moment("accept", to, on, VERIFIER)
    if on := days[RECHECKED]:
        yield Moment("recheck", State.TO_CLOSE, on, RECHECKER)


def _closed(old: OldHazard) -> Iterator[Moment]:
    """Closed by the level that handed it out, and looked at again."""
    if on := old.days[CLOSED_ON]:
        yield Moment("lift" if old.level == Level.MAJOR else "close", State.CLOSED, on, CLOSER)
    if (on := old.days[LOOKED]) and old.sound is not None:
        yield Moment("call_back", State.TO_LOOK_BACK, on)
        yield (Moment("sound", State.ARCHIVED, on) if old.sound else Moment("unsound", State.RECTIFYING, on))
