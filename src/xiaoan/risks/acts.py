"""The only ways in which the risk list changes: add one, add the pack's starters, review, change, retire."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import FasterHand, NotFound, RuleBroken
from xiaoan.foundation.events import Event
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Post
from xiaoan.people.queries import posts_in_use
from xiaoan.risks.drafting import RiskDraft, refuse_misfit
from xiaoan.risks.events import RiskAdded, RiskChanged, RiskRetired, RisksReviewed, StarterRisksAdded
from xiaoan.risks.lifecycle import RISK
from xiaoan.risks.models import Level, ReviewOutcome, Risk, RiskReview, RiskState
from xiaoan.risks.permissions import (
    may_add_risk,
    may_add_starter_risks,
    may_change_risk,
    may_retire_risk,
    may_review_risks,
)
from xiaoan.risks.queries import Offer, draft_of, hold_list, offers, rules_in_force, running_term
from xiaoan.risks.reviewing import LONGEST_WORDS, Answer
from xiaoan.risks.reviewing import refuse_misfit as refuse_misfit_answers

IN_A_REVIEW = "学期复核"
"""The reason of a change that a review brings without words of its own; journals are Chinese."""
ENDINGS = {RiskState.ELIMINATED: "eliminate", RiskState.DISUSED: "disuse"}
"""The move that leads to each way in which a risk point leaves the list."""


@act(may=may_add_risk)
def add_risk(
    *,
    actor: Actor,
    ask: Ask,  # noqa: ARG001 - every act takes its ask
    unit: Unit,
    draft: RiskDraft,
) -> Outcome[Risk]:
    """Put a risk point on a unit's list, from today on.

    Raises `RuleBroken` for what does not fit, and where the place has a listed point of the same words.
    """
    refuse_misfit(unit, draft, rules_in_force(unit.district_id))
    same = Risk.objects.visible_to(actor).filter(
        unit=unit, place=draft.place, point=draft.point.strip(), state=RiskState.LISTED
    )
    if same.exists():
        raise RuleBroken({"point": [_("这个部位已有同样的风险点，请在那一条上调整。")]})
    risk = Risk.objects.create(**_owned(unit, actor), **_columns(draft), starts_on=clock.today())
    changes = {name: [None, value] for name, value in _words(risk).items()}
    return Outcome(risk, changes, (_told(RiskAdded, risk, clock.today()),))


@act(may=may_add_starter_risks)
def add_starter_risks(
    *,
    actor: Actor,
    ask: Ask,  # noqa: ARG001 - every act takes its ask
    unit: Unit,
) -> Outcome[Unit]:
    """Put the pack's starter points for the unit's places on its list. What is there, or was, is not added again."""
    hold_list(actor, unit)
    posts = {post.code: post for post in posts_in_use(unit.district_id)}
    fitting = [offer for offer in offers(actor, unit) if offer.starter.post in posts]
    added = Risk.objects.bulk_create(
        [Risk(**_owned(unit, actor), **_started(offer, posts)) for offer in fitting]
    )
    told = (_told_of_unit(StarterRisksAdded, unit),) if added else ()
    return Outcome(unit, {"points": [None, [str(risk.pk) for risk in added]]}, told)


@act(may=may_change_risk)
def change_risk(*, actor: Actor, ask: Ask, risk: Risk, draft: RiskDraft, reason: str) -> Outcome[Risk]:
    """Change a listed risk point, with a reason. The journal keeps what stood there before.

    Raises `RuleBroken` for what does not fit, without a reason, or when nothing would change; `WrongStep` when
    the point has left the list.
    """
    rules = rules_in_force(risk.district_id)
    refuse_misfit(risk.unit, draft, rules, standing=draft_of(risk))
    _refuse_bad_reason(reason)
    old, columns = _words(risk), _columns(draft)
    place = columns.pop("place")
    RISK.go(risk, "change", actor=actor, ask=ask, place_id=place.pk, **columns)
    risk.place = place
    new = _words(risk)
    changes: dict[str, Any] = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if not changes:
        raise RuleBroken({"reason": [_("没有改动任何内容，请改正后再提交，或返回。")]})
    day = clock.today()
    return Outcome(risk, changes | {"reason": [None, reason.strip()]}, (_told(RiskChanged, risk, day),))


@act(may=may_retire_risk)
def retire_risk(*, actor: Actor, ask: Ask, risk: Risk, state: RiskState, reason: str) -> Outcome[Risk]:
    """Take a risk point off the list from today on: eliminated, or its place or equipment out of use.

    Raises `RuleBroken` without a reason or for a state that is no ending, `WrongStep` when it is off already.
    """
    _refuse_bad_reason(reason)
    if state not in ENDINGS:
        raise RuleBroken({"state": [_("请选择消除或停用。")]})
    today = clock.today()
    changes = RISK.go(risk, ENDINGS[state], actor=actor, ask=ask, ends_on=today, end_reason=reason.strip())
    return Outcome(risk, changes, (_told(RiskRetired, risk, today),))


@act(may=may_review_risks)
def review_risks(*, actor: Actor, ask: Ask, unit: Unit, answers: Sequence[Answer]) -> Outcome[Unit]:
    """Review risk points of a unit in the running term, in one go. What is left unanswered stays to be reviewed.

    Raises `RuleBroken` without an answer and for answers that cannot be taken, `FasterHand` when a point was
    changed after the page was opened, `Conflict` when it was reviewed already, `UnknownPeriod` where the calendar
    has no term.
    """
    term = running_term(unit.district_id)
    _refuse_strangers(unit, answers)
    refuse_misfit_answers(answers)
    for answer in answers:
        _follow(actor, ask, answer)
    RiskReview.objects.bulk_create(
        [
            RiskReview(
                **_owned(unit, actor),
                risk=answer.risk,
                term=term.code,
                happened_on=clock.today(),
                outcome=answer.outcome,
                words=answer.words.strip(),
            )
            for answer in answers
        ]
    )
    changes = {str(answer.risk.pk): [None, answer.outcome] for answer in answers}
    return Outcome(unit, changes, (_told_of_unit(RisksReviewed, unit),))


def _refuse_strangers(unit: Unit, answers: Sequence[Answer]) -> None:
    """At least one answer, all about listed points of this unit as they stood on the page."""
    if not answers:
        raise RuleBroken({}, _("请至少为一个风险点选择保持、调整或消除。"))
    if any(answer.risk.unit_id != unit.pk for answer in answers):
        raise NotFound
    rows = Risk.objects.everything("an act holds the rows that it was granted")
    held = rows.select_for_update().filter(pk__in=[answer.risk.pk for answer in answers])
    standing = dict(held.filter(state=RiskState.LISTED).values_list("pk", "version"))
    if any(standing.get(answer.risk.pk) != answer.seen for answer in answers):
        raise FasterHand


def _follow(actor: Actor, ask: Ask, answer: Answer) -> None:
    """Change or retire the point where the answer says so."""
    risk, words = answer.risk, answer.words.strip()
    if answer.outcome == ReviewOutcome.CHANGED:
        draft = replace(draft_of(risk), level=answer.level, measures=answer.measures)
        change_risk(actor=actor, ask=ask, risk=risk, draft=draft, reason=words or IN_A_REVIEW)
    elif answer.outcome == ReviewOutcome.RETIRED:
        retire_risk(actor=actor, ask=ask, risk=risk, state=RiskState.ELIMINATED, reason=words)


def _refuse_bad_reason(reason: str) -> None:
    """A reason is words, and not a treatise."""
    if not reason.strip():
        raise RuleBroken({"reason": [_("请说明理由。")]})
    if len(reason.strip()) > LONGEST_WORDS:
        raise RuleBroken({"reason": [_("理由最多200字，请缩短。")]})


def _owned(unit: Unit, actor: Actor) -> dict[str, Any]:
    """Whose row it is and who made it."""
    return {"district_id": unit.district_id, "unit": unit, "created_by_id": actor.person_id}


def _columns(draft: RiskDraft) -> dict[str, Any]:
    """A draft as the columns of a risk point."""
    return {
        "place": draft.place,
        "point": draft.point.strip(),
        "kind": draft.kind,
        "level": draft.level,
        "measures": draft.measures.strip(),
        "post": draft.post.code,
        "post_zh": draft.post.name_zh,
        "post_en": draft.post.name_en,
    }


def _started(offer: Offer, posts: dict[str, Post]) -> dict[str, Any]:
    """A starter point at a place as the columns of a risk point."""
    starter = offer.starter
    draft = RiskDraft(
        offer.place,
        starter.point.zh,
        starter.level_value,
        starter.measures.zh,
        posts[starter.post],
        starter.accident,
    )
    return _columns(draft) | {"starter": starter.code, "starts_on": clock.today()}


def _words(risk: Risk) -> dict[str, Any]:
    """A risk point as the journal keeps it."""
    return {
        "place": risk.place.name,
        "point": risk.point,
        "kind": risk.kind,
        "level": Level(risk.level).name.lower(),
        "measures": risk.measures,
        "post": risk.post_zh,
    }


def _told(event: type[Event], risk: Risk, day: date) -> Event:
    """An event about a risk point."""
    return event(district_id=risk.district_id, unit_id=risk.unit_id, record_id=risk.pk, happened_on=day)


def _told_of_unit(event: type[Event], unit: Unit) -> Event:
    """An event about a unit's list, today."""
    return event(district_id=unit.district_id, unit_id=unit.pk, record_id=unit.pk, happened_on=clock.today())
