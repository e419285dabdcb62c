"""交办: to whom and by when. Inside the unit, from above, to another post, up, to another unit, into the works plan."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import Conflict, RuleBroken
from xiaoan.hazards.events import HandedOut, Urged
from xiaoan.hazards.holding import answering, holder_values, write_holding
from xiaoan.hazards.lifecycle import REFERRAL
from xiaoan.hazards.models import Hazard, Referral, ReferralState
from xiaoan.hazards.permissions import (
    may_answer_referral,
    may_decline_referral,
    may_dispatch_hazard,
    may_issue_hazard,
    may_raise_hazard,
    may_reassign_hazard,
    may_refer_hazard,
    may_schedule_hazard,
    may_urge_hazard,
    only_the_machine,
)
from xiaoan.hazards.steps import Changes, refuse_long, refuse_money, step_events, take_step
from xiaoan.organisations.models import Unit


@act(may=may_dispatch_hazard)
def dispatch_hazard(  # noqa: PLR0913 - an order names whom, by when and why
    *, actor: Actor, ask: Ask, hazard: Hazard, post: str, due_on: date, words: str = ""
) -> Outcome[Hazard]:
    """派单 to a post of the unit, to be put right by a date. A vacant post falls to the head of the unit.

    Raises `RuleBroken` for an unknown post or a date before today.
    """
    changes = _hand_out(hazard, "dispatch", actor, ask, post, due_on, words)
    return Outcome(hazard, changes, step_events(hazard, HandedOut))


@act(may=may_issue_hazard)
def issue_hazard(  # noqa: PLR0913 - an order names whom, by when and why
    *, actor: Actor, ask: Ask, hazard: Hazard, post: str, due_on: date, words: str = ""
) -> Outcome[Hazard]:
    """交办 from above to a post of the unit, to be put right by a date; checked again from above.

    Raises `RuleBroken` for an unknown post or a date before today.
    """
    changes = _hand_out(hazard, "issue", actor, ask, post, due_on, words)
    return Outcome(hazard, changes, step_events(hazard, HandedOut))


@act(may=may_reassign_hazard)
def reassign_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, post: str, words: str = "") -> Outcome[Hazard]:
    """改派 to another post of the unit; the date stays. Raises `RuleBroken` for an unknown post."""
    found = answering(hazard.unit, post, clock.today())
    changes = take_step(hazard, "reassign", actor=actor, ask=ask, words=words, **holder_values(found))
    write_holding(hazard, found)
    return Outcome(hazard, changes, step_events(hazard, HandedOut))


@act(may=may_urge_hazard)
def urge_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str = "") -> Outcome[Hazard]:
    """催办: whoever holds it now is reminded, in the words of the person who urges.

    Raises `Conflict` where it was urged today: once a day is enough.
    """
    if hazard.steps.filter(verb="urge", on=clock.today()).exists():
        raise Conflict(_("今天已经催办过，请明天再催。"))
    changes = take_step(hazard, "urge", actor=actor, ask=ask, words=words)
    return Outcome(hazard, changes, step_events(hazard, Urged))


@act(may=only_the_machine, robot=True)
def hand_over_hazard(*, actor: Actor, ask: Ask, hazard: Hazard) -> Outcome[Hazard]:
    """责任人变更: the post has a new holder today, and the chain says so."""
    found = answering(hazard.unit, hazard.post, clock.today()) if hazard.post else None
    name = found.person.name if found and found.person else ""
    values = holder_values(found) if found else {}  # the table refuses what no post has ever had
    changes = take_step(hazard, "hand_over", actor=actor, ask=ask, words=name, **values)
    if found:
        write_holding(hazard, found)
    return Outcome(hazard, changes, step_events(hazard, HandedOut))


@act(may=may_raise_hazard)
def raise_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """提级: the unit cannot do it alone; the centre hands it out from now on."""
    changes = take_step(hazard, "raise", actor=actor, ask=ask, words=words, from_above=True)
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_refer_hazard)
def refer_hazard(  # noqa: PLR0913 - an order names whom, by when and why
    *, actor: Actor, ask: Ask, hazard: Hazard, to_unit: Unit, due_on: date, words: str
) -> Outcome[Referral]:
    """转办 to another unit by its own date; the date of the hazard's unit stands still meanwhile.

    Raises `RuleBroken` for the hazard's own unit, a unit of another district or a date before today.
    """
    if to_unit.pk == hazard.unit_id or to_unit.district_id != hazard.district_id:
        raise RuleBroken({"handled_by": [_("请选择本单位以外的办理单位。")]})
    _refuse_past(due_on)
    refuse_long({"words": words})
    number = hazard.referrals.count() + 1
    referral = Referral.objects.create(
        district_id=hazard.district_id,
        unit_id=hazard.unit_id,
        created_by_id=actor.person_id,
        hazard=hazard,
        number=number,
        to_unit=to_unit,
        reason=words.strip(),
        due_on=due_on,
        referred_on=clock.today(),
    )
    changes = take_step(
        hazard, "refer", actor=actor, ask=ask, words=words, handled_by=to_unit, from_above=True
    )
    return Outcome(referral, changes, step_events(hazard))


@act(may=may_answer_referral)
def answer_referral(*, actor: Actor, ask: Ask, referral: Referral, words: str) -> Outcome[Referral]:
    """转办办结: the receiving unit has done it; it goes to acceptance."""
    changes = _end_referral(referral, "answer", "referral_answered", actor, ask, words)
    return Outcome(referral, changes, step_events(referral.hazard))


@act(may=may_decline_referral)
def decline_referral(*, actor: Actor, ask: Ask, referral: Referral, words: str) -> Outcome[Referral]:
    """退回转办: it is not the receiver's; the centre hands it out anew."""
    changes = _end_referral(referral, "decline", "referral_declined", actor, ask, words)
    return Outcome(referral, changes, step_events(referral.hazard))


@act(may=may_schedule_hazard)
def schedule_hazard(  # noqa: PLR0913 - what an approved repair must name
    *,
    actor: Actor,
    ask: Ask,
    hazard: Hazard,
    due_on: date,
    control: str,
    money_source: str,
    money: Decimal | None = None,
    words: str = "",
) -> Outcome[Hazard]:
    """列入维修: approved for the works plan, with what keeps people safe meanwhile and where the money comes from.

    Raises `RuleBroken` naming what is missing.
    """
    _refuse_past(due_on)
    refuse_money(money)
    refuse_long({"words": words})
    values: dict[str, Any] = {
        "due_on": due_on,
        "control": control.strip(),
        "money_source": money_source.strip(),
        "money": money,
    }
    for referral in hazard.referrals.filter(state=ReferralState.OPEN).select_related("unit"):
        referral.hazard = hazard
        ended = {"answered_on": clock.today(), "answer": words.strip()}
        REFERRAL.go(referral, "answer", actor=actor, ask=Ask(seen=referral.version), **ended)
    changes = take_step(
        hazard,
        "schedule",
        actor=actor,
        ask=ask,
        words=words,
        controlled=True,
        handled_by=None,
        from_above=True,
        **values,
    )
    return Outcome(hazard, changes, step_events(hazard))


def _hand_out(  # noqa: PLR0913, PLR0917 - an order's parts
    hazard: Hazard, verb: str, actor: Actor, ask: Ask, post: str, due_on: date, words: str
) -> Changes:
    """The step and the chain of an order."""
    _refuse_past(due_on)
    found = answering(hazard.unit, post, clock.today())
    changes = take_step(
        hazard, verb, actor=actor, ask=ask, words=words, due_on=due_on, **holder_values(found)
    )
    write_holding(hazard, found)
    return changes


def _end_referral(  # noqa: PLR0913, PLR0917 - a referral's end
    referral: Referral, verb: str, step: str, actor: Actor, ask: Ask, words: str
) -> Changes:
    """The referral's own move, then the hazard's."""
    if not words.strip():
        raise RuleBroken({"words": [_("请填写这一栏。")]})
    refuse_long({"words": words})
    hazard = referral.hazard
    values: dict[str, Any] = {"answered_on": clock.today(), "answer": words.strip()}
    REFERRAL.go(referral, verb, actor=actor, ask=ask, **values)
    done: dict[str, Any] = {}
    if verb == "answer":
        done = {
            "rectified_on": clock.today(),
            "rectified_by_id": actor.person_id,
            "rectified_text": words.strip(),
            "verified_by_id": None,
        }
    return take_step(
        hazard, step, actor=actor, ask=Ask(seen=hazard.version), words=words, handled_by=None, **done
    )


def _refuse_past(due_on: date) -> None:
    """A date to come."""
    if due_on < clock.today():
        raise RuleBroken({"due_on": [_("期限不能早于今天。")]})
