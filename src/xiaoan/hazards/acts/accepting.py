"""验收、复查、销号: never by the hand that put it right. 挂牌 and 摘牌 are drafted by one and decided by another."""

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.hazards.closing import closing_values, plan_looks_back
from xiaoan.hazards.events import HazardClosed, SentBack
from xiaoan.hazards.models import Draft, Hazard
from xiaoan.hazards.permissions import (
    may_accept_hazard,
    may_close_hazard,
    may_draft_lifting,
    may_draft_listing,
    may_lift_hazard,
    may_list_hazard,
    may_recheck_hazard,
    may_send_back,
)
from xiaoan.hazards.rules import rules_of
from xiaoan.hazards.second import refuse_second
from xiaoan.hazards.steps import Changes, step_events, take_step
from xiaoan.people.models import Person


@act(may=may_accept_hazard)
def accept_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str = "") -> Outcome[Hazard]:
    """验收通过 by another person of the unit; what came from above is checked again from there."""
    changes = take_step(hazard, "accept", actor=actor, ask=ask, words=words, verified_by_id=actor.person_id)
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_recheck_hazard)
def recheck_hazard(
    *, actor: Actor, ask: Ask, hazard: Hazard, words: str = "", second: Person | None = None
) -> Outcome[Hazard]:
    """复查通过 from above; of a major hazard on the spot by two, neither of them from the unit.

    Raises `RuleBroken` where the second person is missing or does not fit.
    """
    refuse_second(hazard, actor, second)
    changes = take_step(
        hazard, "recheck", actor=actor, ask=ask, words=words, second=second.name if second else ""
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_send_back)
def send_back(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """退回: it is not put right yet, and why. The date stays as it was."""
    changes = take_step(
        hazard,
        "send_back",
        actor=actor,
        ask=ask,
        words=words,
        returned=hazard.returned + 1,
        rectified_by_id=None,
        rectified_on=None,
        verified_by_id=None,
        draft=Draft.NONE,
        draft_by_id=None,
    )
    return Outcome(hazard, changes, step_events(hazard, SentBack))


@act(may=may_close_hazard)
def close_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str = "") -> Outcome[Hazard]:
    """销号 by the level that handed it out."""
    return Outcome(hazard, _close(hazard, "close", actor, ask, words), step_events(hazard, HazardClosed))


@act(may=may_draft_listing)
def draft_listing(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """拟挂牌: the legal section drafts, the deputy director decides."""
    changes = take_step(
        hazard,
        "draft_listing",
        actor=actor,
        ask=ask,
        words=words,
        draft=Draft.LIST,
        draft_by_id=actor.person_id,
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_list_hazard)
def list_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str = "") -> Outcome[Hazard]:
    """挂牌督办: closed from now on only by lifting."""
    changes = take_step(
        hazard,
        "list",
        actor=actor,
        ask=ask,
        words=words,
        listed=True,
        from_above=True,
        draft=Draft.NONE,
        draft_by_id=None,
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_draft_lifting)
def draft_lifting(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """拟摘牌: the legal section drafts, the deputy director decides."""
    changes = take_step(
        hazard,
        "draft_lifting",
        actor=actor,
        ask=ask,
        words=words,
        draft=Draft.LIFT,
        draft_by_id=actor.person_id,
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_lift_hazard)
def lift_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str = "") -> Outcome[Hazard]:
    """摘牌销号: the deputy director, on the legal section's draft."""
    changes = _close(hazard, "lift", actor, ask, words)
    return Outcome(hazard, changes, step_events(hazard, HazardClosed))


def _close(hazard: Hazard, verb: str, actor: Actor, ask: Ask, words: str) -> Changes:
    """The step of closing, and the looks back that follow from it."""
    rules = rules_of(hazard.pack_version)
    changes = take_step(
        hazard, verb, actor=actor, ask=ask, words=words, **closing_values(hazard, rules, actor)
    )
    plan_looks_back(hazard, rules)
    return changes
