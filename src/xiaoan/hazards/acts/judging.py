"""判定: what it is. The pack's criteria propose, a named person decides, and lowering needs two."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken
from xiaoan.hazards.events import Dismissed
from xiaoan.hazards.models import Draft, Grade, Hazard
from xiaoan.hazards.models.choices import OPEN
from xiaoan.hazards.permissions import (
    may_clear_suspicion,
    may_dismiss_hazard,
    may_draft_lowering,
    may_judge_hazard,
    may_judge_major,
    may_lower_hazard,
    may_merge_hazard,
)
from xiaoan.hazards.referring import withdraw_referrals
from xiaoan.hazards.rules import rules_of
from xiaoan.hazards.steps import step_events, take_step
from xiaoan.risks.models import Risk


@act(may=may_judge_hazard)
def judge_hazard(
    *, actor: Actor, ask: Ask, hazard: Hazard, words: str = "", risk: Risk | None = None
) -> Outcome[Hazard]:
    """判定为一般; it answers a suspicion too. The judge may name the risk point that it belongs to.

    Raises `RuleBroken` for a risk point of another unit.
    """
    if risk is not None and risk.unit_id != hazard.unit_id:
        raise RuleBroken({"risk": [_("这个风险点不属于所选单位，请重新选择。")]})
    changes = take_step(
        hazard,
        "judge",
        actor=actor,
        ask=ask,
        words=words,
        grade=Grade.GENERAL,
        graded_above=_is_above(actor, hazard),
        risk=risk or hazard.risk,
        suspected=False,
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_judge_major)
def judge_major(
    *, actor: Actor, ask: Ask, hazard: Hazard, words: str, criterion: str = ""
) -> Outcome[Hazard]:
    """判定为重大, by a criterion of the pack where one fits; whoever held it waits for the order from above.

    A referral that is open ends: the order from above says anew who does what.

    Raises `RuleBroken` for an unknown criterion or without the finding in words.
    """
    if criterion and rules_of(hazard.pack_version).criterion(criterion) is None:
        raise RuleBroken({"criterion": [_("没有这一条判定依据，请从列表中选择。")]})
    withdraw_referrals(hazard)
    changes = take_step(
        hazard,
        "judge_major",
        actor=actor,
        ask=ask,
        words=words,
        handled_by=None,
        grade=Grade.MAJOR,
        criterion=criterion,
        graded_above=True,
        suspected=False,
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_clear_suspicion)
def clear_suspicion(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """排除疑似重大: the centre's answer, with its reason."""
    changes = take_step(hazard, "clear_suspicion", actor=actor, ask=ask, words=words, suspected=False)
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_dismiss_hazard)
def dismiss_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """不予认定, with the reason; the finder is told."""
    changes = take_step(hazard, "dismiss", actor=actor, ask=ask, words=words, suspected=False)
    return Outcome(hazard, changes, step_events(hazard, Dismissed))


@act(may=may_merge_hazard)
def merge_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, into: Hazard) -> Outcome[Hazard]:
    """并案 into another hazard of the same unit that is still open.

    Raises `RuleBroken` for a hazard of another unit, itself, or one that is closed.
    """
    if into.unit_id != hazard.unit_id or into.pk == hazard.pk or into.state not in OPEN:
        raise RuleBroken({"merged_into": [_("请选择本单位另一条未销号的隐患。")]})
    changes = take_step(
        hazard, "merge", actor=actor, ask=ask, words=into.code, merged_into=into, suspected=False
    )
    return Outcome(hazard, changes, step_events(hazard, Dismissed))


@act(may=may_draft_lowering)
def draft_lowering(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """拟调低: the legal section drafts, the deputy director decides."""
    changes = take_step(
        hazard,
        "draft_lowering",
        actor=actor,
        ask=ask,
        words=words,
        draft=Draft.LOWER,
        draft_by_id=actor.person_id,
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_lower_hazard)
def lower_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """调低为一般: the deputy director, on the legal section's draft."""
    changes = take_step(
        hazard,
        "lower",
        actor=actor,
        ask=ask,
        words=words,
        grade=Grade.GENERAL,
        from_above=True,
        draft=Draft.NONE,
        draft_by_id=None,
    )
    return Outcome(hazard, changes, step_events(hazard))


def _is_above(actor: Actor, hazard: Hazard) -> bool:
    """Whether the judge stands above the unit: then the unit cannot lower the grade."""
    return not any(posting.path.startswith(hazard.unit.path) for posting in actor.postings)
