"""管控与整改: close it off, plan, put it right, say why it was there, ask for more time."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import Conflict, RuleBroken
from xiaoan.hazards.events import DeadlineTouched, ExtensionAsked, HandedOut
from xiaoan.hazards.lifecycle import EXTENSION, HAZARD
from xiaoan.hazards.models import Extension, ExtensionState, Hazard
from xiaoan.hazards.permissions import (
    may_ask_extension,
    may_control_hazard,
    may_explain_hazard,
    may_file_plan,
    may_grant_extension,
    may_refuse_extension,
    may_release_hazard,
    may_submit_hazard,
)
from xiaoan.hazards.photos import AFTER, attach_photos
from xiaoan.hazards.rules import rules_of
from xiaoan.hazards.steps import refuse_long, refuse_money, step_events, take_step, told

LATER_DATE = _("新期限应晚于原期限和今天。")
MOST_EXTENSIONS = 2
"""Once by the level that handed it out, once by the level above."""


@act(may=may_control_hazard)
def control_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, control: str) -> Outcome[Hazard]:
    """先行停用: close off what is dangerous, at once and without asking."""
    changes = take_step(
        hazard, "control", actor=actor, ask=ask, words=control, controlled=True, control=control.strip()
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_release_hazard)
def release_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """解除停用, with the reason."""
    changes = take_step(hazard, "release", actor=actor, ask=ask, words=words, controlled=False, control="")
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_file_plan)
def file_plan(  # noqa: PLR0913 - the five elements
    *,
    actor: Actor,
    ask: Ask,
    hazard: Hazard,
    measures: str,
    money: Decimal,
    money_source: str,
    contingency: str,
) -> Outcome[Hazard]:
    """五要素 of a major hazard: 责任 and 时限 stand since the order; 措施、资金、预案 are filed here.

    Raises `RuleBroken` naming what is missing, or for a negative sum.
    """
    refuse_money(money)
    changes = take_step(
        hazard,
        "plan",
        actor=actor,
        ask=ask,
        planned=True,
        measures=measures.strip(),
        money=money,
        money_source=money_source.strip(),
        contingency=contingency.strip(),
    )
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_submit_hazard)
def submit_hazard(
    *, actor: Actor, ask: Ask, hazard: Hazard, words: str, after: Sequence[UploadedFile] = ()
) -> Outcome[Hazard]:
    """提交整改: what was done, with photos where they show something. Another person accepts it."""
    changes = take_step(
        hazard,
        "submit",
        actor=actor,
        ask=ask,
        words=words,
        rectified_by_id=actor.person_id,
        rectified_on=clock.today(),
        rectified_text=words.strip(),
        verified_by_id=None,
    )
    changes |= attach_photos(hazard, after, AFTER, actor)
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_explain_hazard)
def explain_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, cause: str, prevention: str) -> Outcome[Hazard]:
    """原因与防范: two taps and a line (T4.3)."""
    changes = take_step(hazard, "explain", actor=actor, ask=ask, cause=cause, prevention=prevention.strip())
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_ask_extension)
def ask_extension(  # noqa: PLR0913 - to when, why, and what keeps people safe
    *, actor: Actor, ask: Ask, hazard: Hazard, due_on: date, words: str, control: str
) -> Outcome[Extension]:
    """申请延期: to when, why, and what keeps people safe meanwhile. Once, then one level up.

    Raises `RuleBroken` for a date that is not later or too late, `Conflict` while one waits or after two.
    """
    _refuse_date(hazard, due_on)
    if not control.strip():
        raise RuleBroken({"control": [_("请填写延期期间的管控措施。")]})
    refuse_long({"control": control})
    asked = hazard.extensions.count()
    if asked >= MOST_EXTENSIONS:
        raise Conflict(_("这条隐患已经申请过两次延期，不能再延。"))
    if hazard.extensions.filter(state=ExtensionState.ASKED).exists():
        raise Conflict(_("已有一份延期申请等待批准。"))
    changes = take_step(hazard, "ask_extension", actor=actor, ask=ask, words=words)
    extension = Extension.objects.create(
        district_id=hazard.district_id,
        unit_id=hazard.unit_id,
        created_by_id=actor.person_id,
        hazard=hazard,
        number=asked + 1,
        old_due_on=hazard.due_on,
        due_on=due_on,
        reason=words.strip(),
        control=control.strip(),
    )
    changes["due_on"] = [str(hazard.due_on), str(due_on)]
    return Outcome(extension, changes, step_events(hazard, ExtensionAsked))


@act(may=may_grant_extension)
def grant_extension(*, actor: Actor, ask: Ask, extension: Extension, words: str = "") -> Outcome[Extension]:
    """批准延期: the date moves, and only so does it move. Reminders begin anew.

    Raises `RuleBroken` where a later date or the day itself has overtaken it meanwhile.
    """
    hazard, old = extension.hazard, extension.hazard.due_on
    if extension.due_on <= max(old or clock.today(), clock.today()):
        raise RuleBroken({"due_on": [LATER_DATE]})
    _decide(extension, "grant", actor, ask, words)
    changes = take_step(
        hazard,
        "extend",
        actor=actor,
        ask=Ask(seen=hazard.version),
        words=words,
        due_on=extension.due_on,
        extended=hazard.extended + 1,
    )
    events = (*step_events(hazard, HandedOut), told(DeadlineTouched, hazard, old))
    return Outcome(extension, changes, events)


@act(may=may_refuse_extension)
def refuse_extension(*, actor: Actor, ask: Ask, extension: Extension, words: str) -> Outcome[Extension]:
    """不批准, with the reason; the date stays. A hazard that has gone on meanwhile takes no step."""
    if not words.strip():
        raise RuleBroken({"words": [_("请填写这一栏。")]})
    hazard = extension.hazard
    _decide(extension, "refuse", actor, ask, words)
    if HAZARD.move_of(hazard, "keep_date") is None:
        return Outcome(extension, {"words": [None, words.strip()]})
    changes = take_step(hazard, "keep_date", actor=actor, ask=Ask(seen=hazard.version), words=words)
    return Outcome(extension, changes, step_events(hazard))


def _decide(extension: Extension, verb: str, actor: Actor, ask: Ask, words: str) -> None:
    """The extension's own move."""
    refuse_long({"words": words})
    EXTENSION.go(
        extension,
        verb,
        actor=actor,
        ask=ask,
        decided_by_id=actor.person_id,
        decided_on=clock.today(),
        decision=words.strip(),
    )


def _refuse_date(hazard: Hazard, due_on: date) -> None:
    """Later than the date that stands, and not beyond what the pack allows."""
    if hazard.due_on is None or HAZARD.move_of(hazard, "ask_extension") is None:
        return  # the step itself refuses, with its own words
    if due_on <= max(hazard.due_on, clock.today()):
        raise RuleBroken({"due_on": [LATER_DATE]})
    most = rules_of(hazard.pack_version).extensions.most_days
    if due_on > max(hazard.due_on, clock.today()) + timedelta(days=most):
        raise RuleBroken({"due_on": [_("一次最多延长 %(days)s 天。") % {"days": most}]})
