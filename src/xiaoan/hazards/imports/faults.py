"""What does not fit together in a row whose cells are understood: days out of order, steps without their day."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.hazards.imports.columns import (
    ACCEPTED,
    CHAIN,
    CLOSED_ON,
    CLOSER,
    DUE,
    GRADE,
    LOOKED,
    POST,
    RECHECKED,
    RECHECKER,
    RECTIFIED,
    RECTIFIER,
    RESULT,
    STATE,
    STATES,
    VERIFIER,
)
from xiaoan.hazards.imports.old import OldHazard
from xiaoan.hazards.models import Grade, State

Fault = tuple[str, str]
"""Heading and words."""
DONE_BY = ((RECTIFIER, RECTIFIED), (VERIFIER, ACCEPTED), (RECHECKER, RECHECKED), (CLOSER, CLOSED_ON))
"""Whose name stands beside which day."""
FIRST = (
    (ACCEPTED, RECTIFIED),
    (RECHECKED, ACCEPTED),
    (CLOSED_ON, RECTIFIED),
    (LOOKED, CLOSED_ON),
    (RESULT, LOOKED),
)
"""What is not filled in without what."""
HELD = frozenset({State.RECTIFYING, State.TO_VERIFY, State.TO_RECHECK, State.TO_CLOSE})
CLOSED = frozenset({State.CLOSED, State.ARCHIVED})


def faults(old: OldHazard, said: str) -> list[Fault]:
    """Everything that is wrong with a row; `said` is what it says of its step."""
    found = [*_coming(old), *_order(old), *_gaps(old, said), *_people(old), *_standing(old)]
    return found or list(_state(old, said))


def _coming(old: OldHazard) -> Iterator[Fault]:
    """Days that have not come. Only a date to keep and a planned look back may lie ahead."""
    today = clock.today()
    for heading in CHAIN:
        day = old.days[heading]
        ahead = heading == LOOKED and old.sound is None
        if day and day > today and not ahead:
            yield heading, _("日期不能晚于今天。")


def _order(old: OldHazard) -> Iterator[Fault]:
    """Days in another order than that of a hazard's life."""
    before: tuple[str, date] | None = None
    for heading in CHAIN:
        day = old.days[heading]
        if day is None:
            continue
        if before and day < before[1]:
            yield heading, _before(*before)
        before = (heading, day)
    due, handed = old.days[DUE], old.handed_on
    if due and handed and due < handed:
        yield DUE, _("整改期限不能早于交办的日期（%(day)s）。") % {"day": handed}


def _before(heading: str, day: date) -> str:
    return _("不能早于“%(heading)s”（%(day)s）。") % {"heading": heading, "day": day}


def _gaps(old: OldHazard, said: str) -> Iterator[Fault]:
    """A later step without an earlier one's day, a name without its day, a closed row without its day."""
    filled = {heading for heading, day in old.days.items() if day}
    filled |= {RESULT} if old.sound is not None else set()
    lacking = {earlier: later for later, earlier in FIRST if later in filled and earlier not in filled}
    lacking |= {
        heading: name for name, heading in DONE_BY if old.names[name] and heading not in filled | set(lacking)
    }
    if STATES.get(said) in CLOSED and CLOSED_ON not in filled:
        lacking[CLOSED_ON] = STATE
    for heading, because in lacking.items():
        yield heading, _("填了“%(other)s”，请补上“%(heading)s”。") % {"other": because, "heading": heading}


def _people(old: OldHazard) -> Iterator[Fault]:
    """整改人不验收: not even in the past."""
    rectifier = old.names[RECTIFIER]
    for heading in (VERIFIER, RECHECKER):
        if rectifier and old.names[heading] == rectifier:
            yield heading, _("不能与整改人是同一人，请核对。")


def _standing(old: OldHazard) -> Iterator[Fault]:
    """What a row at its step must have."""
    if old.grade == Grade.NONE and (old.handed_on or old.days[RECTIFIED]):
        yield GRADE, _("已交办或已整改的，请填写一般或重大。")
    if old.state in HELD:
        if old.post is None:
            yield POST, _("还没有销号的，请填写责任岗位。")
        if old.days[DUE] is None:
            yield DUE, _("还没有销号的，请填写整改期限。")


def _state(old: OldHazard, said: str) -> Iterator[Fault]:
    """The step that a row names beside the one that its days say."""
    if not said:
        return
    if said not in STATES:
        yield STATE, _("请填写其中一项：%(known)s。") % {"known": "、".join(STATES)}
        return
    same = {STATES[said], old.state} <= CLOSED or STATES[said] == old.state
    if not same:
        yield STATE, _("按各日期，这一行是“%(state)s”，请核对日期或状态。") % {"state": old.state.label}
