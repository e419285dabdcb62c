"""Who may do what with a hazard: the matrix says which roles, these rules which of them at which level.

谁交办、谁销号；整改人不验收；重大隐患分管局长批准摘牌 (`4-roles.md`, defaults of practice: grade B).
"""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.permissions import Denied, Verdict, granted
from xiaoan.hazards.models import Cause, Draft, Extension, Hazard, Level, Referral, State
from xiaoan.organisations.models import Unit

REPORTER = _("上报人不能确认自己的上报时间，请由他人办理。")
RECTIFIER = _("整改人不能验收、复查或销号自己整改的隐患，请由他人办理。")
FIXER = _("当场整改的人不能自己确认，请由他人确认。")
FROM_THE_UNIT = _("重大隐患由本单位以外的人员到现场复查。")
BY_THE_UNIT = _("这条由本单位办理。")
BY_THE_CENTRE = _("这条由中心办理：谁交办、谁销号。")
BY_THE_DEPUTY = _("重大和挂牌督办的隐患由分管局长批准。")
NOT_DRAFTED = _("请先由法制科拟稿。")
DRAFTER = _("拟稿人不能自己批准，请由分管局长批准。")
CAUSE_FIRST = _("请先填写原因和防范措施，再销号。")
ANSWER_FIRST = _("有人报告疑似重大，请等中心答复后再销号。")
CONTROL_FIRST = _("重大隐患请先管控（先行停用），填报五要素，再提交整改。")
STILL_MAJOR = _("重大隐患验收通过前不能解除停用。")
ASKER = _("申请人不能批准自己的延期，请由他人办理。")
BY_ANOTHER_LEVEL = _("这次延期由上一级批准。")
HOLDER = _("您就是责任人，请直接办理。")
ONLY_THE_MACHINE = _("这一步由系统自动办理。")

SCHOOL = ("principal", "safety_lead", "safety_officer")
LEADS = ("principal", "safety_lead")
CENTRE = ("centre_head", "centre_staff", "centre_inspector", "legal")
HEADS = ("centre_head",)
DEPUTY = ("deputy_director",)
CLOSERS: Mapping[Level, Collection[str]] = {Level.UNIT: LEADS, Level.ABOVE: HEADS, Level.MAJOR: DEPUTY}
EXTENDERS: Mapping[tuple[Level, int], Collection[str]] = {
    (Level.UNIT, 1): ("safety_lead",),
    (Level.UNIT, 2): ("principal",),
    (Level.ABOVE, 1): HEADS,
    (Level.ABOVE, 2): DEPUTY,
    (Level.MAJOR, 1): DEPUTY,
    (Level.MAJOR, 2): ("bureau_head",),
}
"""Who grants the first and the second extension: each level once, then one level up."""
OTHERS: Mapping[Level, Words] = {
    Level.UNIT: BY_THE_UNIT,
    Level.ABOVE: BY_THE_CENTRE,
    Level.MAJOR: BY_THE_DEPUTY,
}


def may_report_hazard(actor: Actor, unit: Unit) -> Verdict:
    """Everybody of a unit or of a department of it for the unit; those above it for what they found there."""
    return granted(actor, "hazards.report_hazard", unit)


def may_import_hazards(actor: Actor, draft: ImportDraft) -> Verdict:
    """The old ledger of the district, or one's own draft of one's unit; each row asks `may_import_into` too."""
    return granted(actor, "hazards.import_hazards", draft)


def may_import_into(actor: Actor, unit: Unit) -> Verdict:
    """Whether rows of the old ledger may name this unit."""
    return granted(actor, "hazards.import_hazards", unit)


def may_judge_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """What the unit found it judges; what was found from above, or may be major, the centre judges."""
    if hazard.from_above or hazard.suspected:
        return _by(actor, "hazards.judge_hazard", hazard, CENTRE, BY_THE_CENTRE)
    return granted(actor, "hazards.judge_hazard", hazard)


def may_judge_major(actor: Actor, hazard: Hazard) -> Verdict:
    """The centre or the legal section; a unit that thinks so says 疑似重大."""
    return granted(actor, "hazards.judge_major", hazard)


def may_dismiss_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """Whoever judges it."""
    if hazard.from_above or hazard.suspected:
        return _by(actor, "hazards.dismiss_hazard", hazard, CENTRE, BY_THE_CENTRE)
    return granted(actor, "hazards.dismiss_hazard", hazard)


def may_merge_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """Whoever hands it out; what may be major only the centre."""
    if hazard.suspected:
        return _by(actor, "hazards.merge_hazard", hazard, CENTRE, BY_THE_CENTRE)
    roles = LEADS if hazard.level == Level.UNIT else CENTRE
    return _by(actor, "hazards.merge_hazard", hazard, roles, OTHERS[hazard.level])


def may_void_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """Who reported it by mistake, or the unit's lead or head; what others found above the unit only the centre."""
    if hazard.from_above and actor.person_id != hazard.found_by_id:
        return _by(actor, "hazards.void_hazard", hazard, CENTRE, BY_THE_CENTRE)
    return granted(actor, "hazards.void_hazard", hazard)


def may_confirm_time(actor: Actor, hazard: Hazard) -> Verdict:
    """确认时间 of a capture in doubt: the unit's head or lead, or the centre, and nobody for their own phone."""
    if actor.person_id == hazard.created_by_id:
        return Denied(REPORTER)
    return granted(actor, "hazards.confirm_time", hazard)


def may_dispatch_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """派单 inside the unit."""
    return granted(actor, "hazards.dispatch_hazard", hazard)


def may_issue_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """交办 from above."""
    return granted(actor, "hazards.issue_hazard", hazard)


def may_reassign_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """改派 to another post of the unit."""
    return granted(actor, "hazards.reassign_hazard", hazard)


def may_raise_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """提级: the unit cannot do it alone."""
    return granted(actor, "hazards.raise_hazard", hazard)


def may_urge_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """催办: who follows up in the unit, or the centre and the legal section; nobody urges themselves."""
    if hazard.holder_id is not None and hazard.holder_id == actor.person_id:
        return Denied(HOLDER)
    return granted(actor, "hazards.urge_hazard", hazard)


def may_suspect_major(actor: Actor, hazard: Hazard) -> Verdict:
    """Anybody who sees it."""
    return granted(actor, "hazards.suspect_major", hazard)


def may_clear_suspicion(actor: Actor, hazard: Hazard) -> Verdict:
    """The centre's answer: it is not major."""
    return granted(actor, "hazards.clear_suspicion", hazard)


def may_control_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """先行停用: the safety officer's own power."""
    return granted(actor, "hazards.control_hazard", hazard)


def may_release_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """解除停用; a major hazard stays controlled until it is accepted."""
    if hazard.is_major and hazard.state not in {State.TO_CLOSE, State.CLOSED, State.TO_LOOK_BACK}:
        return Denied(STILL_MAJOR)
    return granted(actor, "hazards.release_hazard", hazard)


def may_file_plan(actor: Actor, hazard: Hazard) -> Verdict:
    """五要素 of a major hazard: the head of the unit."""
    return granted(actor, "hazards.file_plan", hazard)


def may_explain_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """Cause and prevention: the unit, or the centre with it."""
    return granted(actor, "hazards.explain_hazard", hazard)


def may_submit_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """Who holds it, or who follows up in the unit; a major one only under control and with its five elements."""
    verdict = granted(actor, "hazards.submit_hazard", hazard)
    if verdict and hazard.is_major and not (hazard.controlled and hazard.planned):
        return Denied(CONTROL_FIRST)
    return verdict


def may_accept_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """验收: another person of the unit."""
    if (barred := _other_hand(actor, hazard)) is not None:
        return barred
    return granted(actor, "hazards.accept_hazard", hazard)


def may_recheck_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """复查 from above; of a major hazard by nobody who belongs to the unit."""
    if (barred := _first(_other_hand(actor, hazard), _outsider(actor, hazard))) is not None:
        return barred
    return _by(actor, "hazards.recheck_hazard", hazard, CENTRE, BY_THE_CENTRE)


def may_send_back(actor: Actor, hazard: Hazard) -> Verdict:
    """退回: whoever could accept it at its step."""
    if (barred := _other_hand(actor, hazard)) is not None:
        return barred
    roles: Mapping[str, Collection[str]] = {
        State.TO_VERIFY: SCHOOL,
        State.TO_RECHECK: CENTRE,
        State.TO_CLOSE: CLOSERS[hazard.level],
    }
    return _by(actor, "hazards.send_back", hazard, roles.get(hazard.state, ()), OTHERS[hazard.level])


def may_close_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """销号: the level that handed it out, by another hand than the rectifier's."""
    if (
        barred := _first(_other_hand(actor, hazard), _answer_first(hazard), _cause_first(hazard))
    ) is not None:
        return barred
    return _by(actor, "hazards.close_hazard", hazard, CLOSERS[hazard.level], OTHERS[hazard.level])


def may_lift_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """摘牌销号 of a major or listed hazard: drafted by the legal section, decided by the deputy director."""
    if (
        barred := _first(_other_hand(actor, hazard), _answer_first(hazard), _cause_first(hazard))
    ) is not None:
        return barred
    return _decided(actor, "hazards.lift_hazard", hazard, Draft.LIFT)


def may_draft_listing(actor: Actor, hazard: Hazard) -> Verdict:
    """拟挂牌."""
    return granted(actor, "hazards.draft_listing", hazard)


def may_draft_lifting(actor: Actor, hazard: Hazard) -> Verdict:
    """拟摘牌."""
    return granted(actor, "hazards.draft_lifting", hazard)


def may_draft_lowering(actor: Actor, hazard: Hazard) -> Verdict:
    """拟调低: lowering a major hazard needs both 法制科 and 分管局长."""
    return granted(actor, "hazards.draft_lowering", hazard)


def may_list_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """挂牌督办."""
    return _decided(actor, "hazards.list_hazard", hazard, Draft.LIST)


def may_lower_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """调低为一般."""
    return _decided(actor, "hazards.lower_hazard", hazard, Draft.LOWER)


def may_confirm_fix(actor: Actor, hazard: Hazard) -> Verdict:
    """确认 that it was put right on the spot: one other person."""
    if actor.person_id in {hazard.found_by_id, hazard.rectified_by_id}:
        return Denied(FIXER)
    if (barred := _answer_first(hazard)) is not None:
        return barred
    return granted(actor, "hazards.confirm_fix", hazard)


def may_reject_fix(actor: Actor, hazard: Hazard) -> Verdict:
    """It was not put right on the spot: one other person says so."""
    if actor.person_id in {hazard.found_by_id, hazard.rectified_by_id}:
        return Denied(FIXER)
    return granted(actor, "hazards.reject_fix", hazard)


def may_void_closure(actor: Actor, hazard: Hazard) -> Verdict:
    """撤销销号: only the level that closed it, before it is archived."""
    return _by(actor, "hazards.void_closure", hazard, CLOSERS[hazard.level], OTHERS[hazard.level])


def may_look_back(actor: Actor, hazard: Hazard) -> Verdict:
    """回头看: from above, and not by who put it right."""
    if (barred := _first(_other_hand(actor, hazard), _outsider(actor, hazard))) is not None:
        return barred
    return granted(actor, "hazards.look_back", hazard)


def may_refer_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """转办: the centre."""
    return granted(actor, "hazards.refer_hazard", hazard)


def may_schedule_hazard(actor: Actor, hazard: Hazard) -> Verdict:
    """列入维修: an approved state, with control measures and a source of money."""
    return granted(actor, "hazards.schedule_hazard", hazard)


def may_answer_referral(actor: Actor, referral: Referral) -> Verdict:
    """The receiving unit, or the centre on its paper."""
    return granted(actor, "hazards.answer_referral", referral)


def may_decline_referral(actor: Actor, referral: Referral) -> Verdict:
    """The receiving unit, or the centre on its paper."""
    return granted(actor, "hazards.decline_referral", referral)


def may_ask_extension(actor: Actor, hazard: Hazard) -> Verdict:
    """Whoever must put it right."""
    return granted(actor, "hazards.ask_extension", hazard)


def may_grant_extension(actor: Actor, extension: Extension) -> Verdict:
    """Another person, of the level that decides this one."""
    return _extends(actor, "hazards.grant_extension", extension)


def may_refuse_extension(actor: Actor, extension: Extension) -> Verdict:
    """Another person, of the level that decides this one."""
    return _extends(actor, "hazards.refuse_extension", extension)


def only_the_machine(actor: Actor, hazard: Hazard) -> Verdict:  # noqa: ARG001 - a rule's shape
    """Archiving, calling for a look back, what follows a referral's or an extension's own move: nobody does it by hand."""
    return Denied(ONLY_THE_MACHINE)


def _by(
    actor: Actor, name: str, hazard: Hazard | Extension, roles: Collection[str], otherwise: Words
) -> Verdict:
    """Granted by an appointment of one of these roles; a grant by another role says whose it is."""
    verdict = granted(actor.by(lambda posting: posting.role in roles), name, hazard)
    if verdict or not granted(actor, name, hazard):
        return verdict
    return Denied(otherwise)


def _first(*bars: Denied | None) -> Denied | None:
    """The first bar that stands."""
    return next((bar for bar in bars if bar is not None), None)


def _other_hand(actor: Actor, hazard: Hazard) -> Denied | None:
    """整改人不得验收自己整改的隐患, by person and not by role."""
    if actor.person_id is not None and actor.person_id == hazard.rectified_by_id:
        return Denied(RECTIFIER)
    return None


def _outsider(actor: Actor, hazard: Hazard) -> Denied | None:
    """A major hazard is looked at by nobody who holds a post in its unit."""
    inside = any(posting.path.startswith(hazard.unit.path) for posting in actor.postings)
    return Denied(FROM_THE_UNIT) if hazard.is_major and inside else None


def _answer_first(hazard: Hazard) -> Denied | None:
    """Nothing is closed while somebody thinks that it is major and the centre has not answered."""
    return Denied(ANSWER_FIRST) if hazard.suspected else None


def _cause_first(hazard: Hazard) -> Denied | None:
    """Major hazards and third occurrences are closed with their cause and prevention on file."""
    return Denied(CAUSE_FIRST) if hazard.needs_cause and hazard.cause == Cause.NONE else None


def _decided(actor: Actor, name: str, hazard: Hazard, draft: Draft) -> Verdict:
    """Decided by the deputy director on a draft of another's."""
    verdict = granted(actor, name, hazard)
    if not verdict:
        return verdict
    if hazard.draft != draft:
        return Denied(NOT_DRAFTED)
    return Denied(DRAFTER) if hazard.draft_by_id == actor.person_id else verdict


def _extends(actor: Actor, name: str, extension: Extension) -> Verdict:
    """Who asked does not grant; the first is the level's own, the second goes one level up."""
    if extension.created_by_id == actor.person_id:
        return Denied(ASKER)
    roles = EXTENDERS.get((extension.hazard.level, extension.number), ())
    return _by(actor, name, extension, roles, BY_ANOTHER_LEVEL)
