"""销号以后: looked at again, undone where it did not hold, archived."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.events import Event
from xiaoan.hazards.closing import drop_looks_back, reopening_values
from xiaoan.hazards.events import HandedOut, LookedBack
from xiaoan.hazards.holding import answering, holder_values, write_holding
from xiaoan.hazards.models import Hazard, State
from xiaoan.hazards.permissions import may_look_back, may_void_closure, only_the_machine
from xiaoan.hazards.steps import Changes, step_events, take_step


@act(may=may_void_closure)
def void_closure(*, actor: Actor, ask: Ask, hazard: Hazard, words: str, due_on: date) -> Outcome[Hazard]:
    """撤销销号: the closing level takes its closure back, with a new date.

    Raises `RuleBroken` without a reason or for a date before today.
    """
    changes = _reopen(hazard, "void_closure", actor, ask, words, due_on)
    return Outcome(hazard, changes, step_events(hazard, *_handed_out(hazard)))


@act(may=only_the_machine, robot=True)
def call_back(*, actor: Actor, ask: Ask, hazard: Hazard) -> Outcome[Hazard]:
    """到期回头看: its day comes, and the centre is to look again."""
    changes = take_step(hazard, "call_back", actor=actor, ask=ask)
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_look_back)
def look_back(  # noqa: PLR0913 - a look back brings its finding and its date
    *, actor: Actor, ask: Ask, hazard: Hazard, sound: bool, words: str, due_on: date | None = None
) -> Outcome[Hazard]:
    """回头看: it holds, or it does not; a failed one voids the closure, with a new date.

    Raises `RuleBroken` where a failed one lacks its finding or its date.
    """
    now = hazard.look_backs.filter(done_on=None, dropped=False).order_by("number").first()
    if sound:
        left = max(hazard.looks_back_left - 1, 0)
        following = hazard.look_backs.filter(done_on=None, dropped=False).order_by("number")[1:2]
        values: dict[str, Any] = {
            "look_back_on": next((each.due_on for each in following), None),
            "looks_back_left": left,
        }
        changes = take_step(hazard, "sound", actor=actor, ask=ask, words=words, **values)
    else:
        changes = _reopen(hazard, "unsound", actor, ask, words, due_on)
    if now:
        rows = hazard.look_backs.filter(pk=now.pk)
        rows.update(done_on=clock.today(), sound=sound, person_id=actor.person_id, dropped=False)
    return Outcome(hazard, changes, step_events(hazard, LookedBack, *_handed_out(hazard)))


@act(may=only_the_machine, robot=True)
def archive_hazard(*, actor: Actor, ask: Ask, hazard: Hazard) -> Outcome[Hazard]:
    """归档: thirty days after closing (the pack's figure), where no look back is to come."""
    changes = take_step(hazard, "archive", actor=actor, ask=ask)
    return Outcome(hazard, changes, step_events(hazard))


def _handed_out(hazard: Hazard) -> tuple[type[Event], ...]:
    """What a reopened hazard announces beside its step: that it has a holder and a date again."""
    return (HandedOut,) if hazard.state == State.RECTIFYING else ()


def _reopen(  # noqa: PLR0913, PLR0917 - a reopening's parts
    hazard: Hazard, verb: str, actor: Actor, ask: Ask, words: str, due_on: date | None
) -> Changes:
    """Back to 整改中: with a new date, today's holder, and the closure marked void.

    What no post has ever had goes back to 待交办: an order names whom and by when.
    """
    if due_on is not None and due_on < clock.today():
        raise RuleBroken({"due_on": [_("期限不能早于今天。")]})
    found = answering(hazard.unit, hazard.post, clock.today()) if hazard.post else None
    values: dict[str, Any] = reopening_values()
    values |= holder_values(found) | {"due_on": due_on} if found else {}
    changes = take_step(hazard, verb, actor=actor, ask=ask, words=words, **values)
    drop_looks_back(hazard)
    if found:
        write_holding(hazard, found)
    return changes
