"""The moves of a hazard as pages: which form asks for what a move must bring, and which act it calls.

The words on the page and its button are those of the table of moves, but for a form that leads to either of two; this
table adds form, act and a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import Words
from xiaoan.hazards import acts, offering
from xiaoan.hazards.forms import (
    GENERAL,
    MAYBE_MAJOR,
    ControlForm,
    ExplainForm,
    ExtensionForm,
    HandOutForm,
    JudgeForm,
    JudgeMajorForm,
    MergeForm,
    PlanForm,
    PostForm,
    RecheckForm,
    ReferForm,
    RemarkForm,
    ReopenForm,
    ScheduleForm,
    SubmitForm,
    SuspectForm,
    WordsForm,
)
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard
from xiaoan.organisations.models import Unit
from xiaoan.risks.models import Risk

Given = Mapping[str, Any]
Maker = Callable[[Actor, Hazard, Any, Any], forms.Form]
Doer = Callable[[Actor, Ask, Hazard, Given], Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One move as a page."""

    form: Maker
    do: Doer
    note: Words = ""
    label: Words = ""
    """What the page and its button say instead of the move's own words, where one form leads to either of two."""


def _plain(form: type[forms.Form]) -> Maker:
    """A form that needs nothing but what was sent."""
    return lambda _actor, _hazard, data, files: form(data, files)


def _passing(act: Callable[..., Any]) -> Doer:
    """An act whose nouns are exactly the form's fields."""
    return lambda actor, ask, hazard, given: act(actor=actor, ask=ask, hazard=hazard, **given)


def _hand_out(actor: Actor, hazard: Hazard, data: Any, files: Any) -> forms.Form:
    initial = {"post": offering.first_post(hazard), "due_on": offering.first_date(hazard)}
    return HandOutForm(offering.posts(actor, hazard), data, files, initial=initial)


def _explain(_actor: Actor, hazard: Hazard, data: Any, files: Any) -> forms.Form:
    return ExplainForm(data, files, initial={"cause": hazard.cause, "prevention": hazard.prevention})


def _plan(_actor: Actor, hazard: Hazard, data: Any, files: Any) -> forms.Form:
    filed = ("measures", "money", "money_source", "contingency")
    return PlanForm(data, files, initial={name: getattr(hazard, name) for name in filed})


def _judge_form(actor: Actor, hazard: Hazard, data: Any, files: Any) -> forms.Form:
    """Both outcomes; a suspicion that stands already is not said again."""
    maybe = [(MAYBE_MAJOR, _("可能是重大，报中心判定"))] if HAZARD.move_of(hazard, "suspect") else []
    return JudgeForm(offering.risks(actor, hazard), [(GENERAL, _("一般隐患")), *maybe], data, files)


def _judge(actor: Actor, ask: Ask, hazard: Hazard, given: Given) -> Hazard:
    if given["outcome"] == MAYBE_MAJOR:
        return acts.suspect_major(actor=actor, ask=ask, hazard=hazard, words=given["words"])
    risk = offering.picked(Risk, actor, given.get("risk", ""))
    return acts.judge_hazard(actor=actor, ask=ask, hazard=hazard, words=given["words"], risk=risk)


def _merge(actor: Actor, ask: Ask, hazard: Hazard, given: Given) -> Hazard:
    into = offering.picked(Hazard, actor, given["merged_into"])
    return acts.merge_hazard(actor=actor, ask=ask, hazard=hazard, into=into)


def _refer(actor: Actor, ask: Ask, hazard: Hazard, given: Given) -> Any:
    to_unit = offering.picked(Unit, actor, given["handled_by"])
    rest = {name: given[name] for name in ("due_on", "words")}
    return acts.refer_hazard(actor=actor, ask=ask, hazard=hazard, to_unit=to_unit, **rest)


def _recheck(actor: Actor, ask: Ask, hazard: Hazard, given: Given) -> Hazard:
    second = offering.companion(actor, given.get("second", ""))
    return acts.recheck_hazard(actor=actor, ask=ask, hazard=hazard, words=given["words"], second=second)


def _looked(*, sound: bool) -> Doer:
    """A look back with its finding."""
    return lambda actor, ask, hazard, given: acts.look_back(
        actor=actor, ask=ask, hazard=hazard, sound=sound, **given
    )


URGING = _("一天催办一次。现在的责任人会收到提醒，您写的意见记在“过程”里。")
REASON, REMARK = _plain(WordsForm), _plain(RemarkForm)

DEEDS: dict[str, Deed] = {
    "judge": Deed(
        _judge_form,
        _judge,
        _("判定依据由规则库给出，只作提示，由判定人定性；可能是重大的由中心 24 小时内答复。"),
        pgettext_lazy("button", "判定"),
    ),
    "judge_major": Deed(
        lambda _actor, hazard, data, files: JudgeMajorForm(offering.criteria(hazard), data, files),
        _passing(acts.judge_major),
        _("判定依据只作提示，由判定人定性。判定后请立即督促管控，并由中心交办。"),
    ),
    "suspect": Deed(
        _plain(SuspectForm), _passing(acts.suspect_major), _("任何人都可以提出，中心 24 小时内答复。")
    ),
    "clear_suspicion": Deed(REASON, _passing(acts.clear_suspicion)),
    "dismiss": Deed(REASON, _passing(acts.dismiss_hazard), _("理由会告诉发现人。")),
    "merge": Deed(
        lambda actor, hazard, data, files: MergeForm(offering.others(actor, hazard), data, files), _merge
    ),
    "void": Deed(REASON, _passing(acts.void_hazard), _("只用于误报。记录保留，不再计数。")),
    "confirm_time": Deed(REASON, _passing(acts.confirm_time), _("确认后，按发现日期统计的数字计入这一条。")),
    "confirm": Deed(REMARK, _passing(acts.confirm_fix), _("请到现场看过再确认，确认后即销号。")),
    "reject_fix": Deed(REASON, _passing(acts.reject_fix)),
    "dispatch": Deed(_hand_out, _passing(acts.dispatch_hazard)),
    "issue": Deed(_hand_out, _passing(acts.issue_hazard)),
    "reassign": Deed(
        lambda actor, hazard, data, files: PostForm(offering.posts(actor, hazard), data, files),
        _passing(acts.reassign_hazard),
        _("期限不变。"),
    ),
    "raise": Deed(
        REASON, _passing(acts.raise_hazard), _("本单位解决不了的，写明原因，由中心交办、转办或列入维修。")
    ),
    "urge": Deed(REMARK, _passing(acts.urge_hazard), URGING),
    "control": Deed(_plain(ControlForm), _passing(acts.control_hazard)),
    "release": Deed(REASON, _passing(acts.release_hazard)),
    "plan": Deed(_plan, _passing(acts.file_plan), _("责任和时限已随交办确定，这里填措施、资金和预案。")),
    "submit": Deed(_plain(SubmitForm), _passing(acts.submit_hazard), _("提交后由他人验收。")),
    "explain": Deed(_explain, _passing(acts.explain_hazard)),
    "ask_extension": Deed(_plain(ExtensionForm), _passing(acts.ask_extension)),
    "refer": Deed(
        lambda actor, hazard, data, files: ReferForm(offering.handlers(actor, hazard), data, files), _refer
    ),
    "schedule": Deed(_plain(ScheduleForm), _passing(acts.schedule_hazard)),
    "accept": Deed(REMARK, _passing(acts.accept_hazard), _("请到现场看过再通过。")),
    "recheck": Deed(
        lambda actor, hazard, data, files: RecheckForm(offering.companions(actor, hazard), data, files),
        _recheck,
    ),
    "send_back": Deed(REASON, _passing(acts.send_back), _("整改期限不变。")),
    "close": Deed(REMARK, _passing(acts.close_hazard)),
    "draft_listing": Deed(REASON, _passing(acts.draft_listing), _("拟稿后由分管局长决定是否挂牌。")),
    "list": Deed(REMARK, _passing(acts.list_hazard)),
    "draft_lowering": Deed(REASON, _passing(acts.draft_lowering)),
    "lower": Deed(REASON, _passing(acts.lower_hazard)),
    "draft_lifting": Deed(REASON, _passing(acts.draft_lifting), _("拟稿后由分管局长批准摘牌销号。")),
    "lift": Deed(REMARK, _passing(acts.lift_hazard)),
    "void_closure": Deed(_plain(ReopenForm), _passing(acts.void_closure)),
    "sound": Deed(REMARK, _looked(sound=True)),
    "unsound": Deed(
        _plain(ReopenForm), _looked(sound=False), _("原销号作废，隐患回到整改中，标记“销号无效”。")
    ),
}
