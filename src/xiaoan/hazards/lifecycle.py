"""The steps of a hazard as one table: verb, words, from, to, who, when, what it must bring.

Buttons, refusals with their reasons, the diagram of the docs and the generated tests come from here.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiaoan.foundation.lifecycle import STAYS, Lifecycle, Move, always
from xiaoan.hazards import permissions as may
from xiaoan.hazards.models import Draft, ExtensionState, Hazard, Level, ReferralState, State
from xiaoan.hazards.models.choices import CLOSED, OPEN, UNDER_ACCEPTANCE

S = State
BEING_HANDLED = frozenset({S.TO_ASSIGN, S.RECTIFYING, *UNDER_ACCEPTANCE})
HELD = frozenset({S.RECTIFYING, S.REFERRED, S.SCHEDULED, *UNDER_ACCEPTANCE})
"""Somebody answers for it."""
URGED = frozenset({S.RECTIFYING, S.SCHEDULED, S.REFERRED, S.TO_VERIFY})
"""A school or a receiver is waited for."""


def of_the_unit(hazard: Hazard) -> bool:
    """The unit hands it out and closes it."""
    return hazard.level == Level.UNIT


def from_above(hazard: Hazard) -> bool:
    """It was handed out from above, so it is checked again from above."""
    return hazard.level != Level.UNIT


def of_the_deputy(hazard: Hazard) -> bool:
    """Major or listed: closed by lifting."""
    return hazard.level == Level.MAJOR


def not_of_the_deputy(hazard: Hazard) -> bool:
    """Closed by the unit or the centre."""
    return hazard.level != Level.MAJOR


def is_major(hazard: Hazard) -> bool:
    """Judged major."""
    return hazard.is_major


def not_major(hazard: Hazard) -> bool:
    """Not judged major."""
    return not hazard.is_major


def unsuspected(hazard: Hazard) -> bool:
    """Nobody has said yet that it may be major."""
    return not hazard.is_major and not hazard.suspected


def suspected(hazard: Hazard) -> bool:
    """Somebody has, and waits for an answer."""
    return hazard.suspected


def time_in_doubt(hazard: Hazard) -> bool:
    """The phone's time cannot be believed, and nobody has confirmed it."""
    return hazard.time_in_doubt


def asks_cause(hazard: Hazard) -> bool:
    """Major, or found for the third time: nobody is asked for the cause of a dead bulb."""
    return hazard.needs_cause


def controlled(hazard: Hazard) -> bool:
    """Something is closed off."""
    return hazard.controlled


def uncontrolled(hazard: Hazard) -> bool:
    """Nothing is closed off."""
    return not hazard.controlled


def unlisted(hazard: Hazard) -> bool:
    """Not 挂牌督办 yet."""
    return not hazard.listed


def listing_drafted(hazard: Hazard) -> bool:
    """A listing waits for the deputy director."""
    return hazard.draft == Draft.LIST


def lowering_drafted(hazard: Hazard) -> bool:
    """A lowering waits for the deputy director."""
    return hazard.draft == Draft.LOWER


def handed_out(hazard: Hazard) -> bool:
    """A post has to put it right."""
    return bool(hazard.post)


def never_handed_out(hazard: Hazard) -> bool:
    """It was referred, or put right on the spot, before any post had it: an order has to come first."""
    return not hazard.post


def look_back_to_follow(hazard: Hazard) -> bool:
    """Another look back comes after this one."""
    return hazard.looks_back_left > 1


def last_look_back(hazard: Hazard) -> bool:
    """No other look back comes after it."""
    return hazard.looks_back_left <= 1


def _move(  # noqa: PLR0913, PLR0917 - a row of the table
    verb: str,
    label: Any,
    frm: Iterable[str],
    to: str,
    rule: Callable[..., Any],
    needs: str = "",
    when: Callable[[Hazard], bool] = always,
    *,
    robot: bool = False,
) -> Move:
    """One row."""
    return Move(verb, frozenset(frm), to, rule, label, tuple(needs.split()), robot, when)


# fmt: off
HAZARD = Lifecycle(
    states=dict(State.choices),
    moves=(
        # 判定
        _move("judge", _("判定为一般"), {S.TO_JUDGE}, S.TO_ASSIGN, may.may_judge_hazard),
        _move("judge_major", _("判定为重大"), OPEN - {S.TO_CONFIRM}, S.TO_ASSIGN, may.may_judge_major, "words", not_major),
        _move("suspect", _("疑似重大"), OPEN, STAYS, may.may_suspect_major, "words", unsuspected),
        _move("clear_suspicion", _("排除疑似重大"), OPEN, STAYS, may.may_clear_suspicion, "words", suspected),
        _move("dismiss", _("不予认定"), {S.TO_JUDGE, S.TO_ASSIGN}, S.NOT_HAZARD, may.may_dismiss_hazard, "words", not_major),
        _move("merge", _("并案"), {S.TO_JUDGE, S.TO_ASSIGN, S.RECTIFYING}, S.MERGED, may.may_merge_hazard, "merged_into", not_major),
        _move("void", _("作废"), {S.TO_JUDGE, S.TO_CONFIRM}, S.VOID, may.may_void_hazard, "words", unsuspected),
        _move("confirm_time", _("确认时间"), OPEN | CLOSED, STAYS, may.may_confirm_time, "words", time_in_doubt),
        # 当场已整改
        _move("confirm", _("确认"), {S.TO_CONFIRM}, S.CLOSED, may.may_confirm_fix),
        _move("reject_fix", _("未整改到位"), {S.TO_CONFIRM}, S.TO_JUDGE, may.may_reject_fix, "words"),
        # 交办
        _move("dispatch", _("派单"), {S.TO_ASSIGN}, S.RECTIFYING, may.may_dispatch_hazard, "post due_on", of_the_unit),
        _move("issue", _("交办"), {S.TO_ASSIGN}, S.RECTIFYING, may.may_issue_hazard, "post due_on", from_above),
        _move("reassign", _("改派"), {S.RECTIFYING}, STAYS, may.may_reassign_hazard, "post"),
        _move("raise", _("提级"), {S.TO_ASSIGN, S.RECTIFYING}, S.TO_ASSIGN, may.may_raise_hazard, "words", of_the_unit),
        _move("hand_over", _("责任人变更"), HELD, STAYS, may.only_the_machine, "", handed_out, robot=True),
        # 管控与整改
        _move("control", _("先行停用"), OPEN, STAYS, may.may_control_hazard, "control", uncontrolled),
        _move("release", _("解除停用"), OPEN | {S.CLOSED, S.TO_LOOK_BACK}, STAYS, may.may_release_hazard, "words", controlled),
        _move("plan", _("填报五要素"), {S.RECTIFYING, S.SCHEDULED}, STAYS, may.may_file_plan, "measures money_source contingency", is_major),
        _move("submit", _("提交整改"), {S.RECTIFYING, S.SCHEDULED}, S.TO_VERIFY, may.may_submit_hazard, "words"),
        _move("explain", _("原因与防范"), BEING_HANDLED, STAYS, may.may_explain_hazard, "cause prevention", asks_cause),
        _move("ask_extension", _("申请延期"), {S.RECTIFYING}, STAYS, may.may_ask_extension, "words"),
        _move("urge", pgettext_lazy("button", "催办"), URGED, STAYS, may.may_urge_hazard),
        _move("extend", _("批准延期"), {S.RECTIFYING}, STAYS, may.only_the_machine, "due_on", robot=True),
        _move("keep_date", _("不批准延期"), {S.RECTIFYING}, STAYS, may.only_the_machine, "words", robot=True),
        _move("refer", _("转办"), {S.TO_ASSIGN, S.RECTIFYING}, S.REFERRED, may.may_refer_hazard, "handled_by words"),
        _move("referral_answered", _("转办办结"), {S.REFERRED}, S.TO_VERIFY, may.only_the_machine, robot=True),
        _move("referral_declined", _("转办退回"), {S.REFERRED}, S.TO_ASSIGN, may.only_the_machine, robot=True),
        _move("schedule", pgettext_lazy("button", "列入维修"), {S.RECTIFYING, S.REFERRED}, S.SCHEDULED, may.may_schedule_hazard, "due_on control money_source"),
        # 验收、复查、销号
        _move("accept", _("验收通过"), {S.TO_VERIFY}, S.TO_CLOSE, may.may_accept_hazard, when=of_the_unit),
        _move("accept", _("验收通过"), {S.TO_VERIFY}, S.TO_RECHECK, may.may_accept_hazard, when=from_above),
        _move("recheck", _("复查通过"), {S.TO_RECHECK}, S.TO_CLOSE, may.may_recheck_hazard),
        _move("send_back", _("退回"), UNDER_ACCEPTANCE, S.RECTIFYING, may.may_send_back, "words", handed_out),
        _move("send_back", _("退回"), UNDER_ACCEPTANCE, S.TO_ASSIGN, may.may_send_back, "words", never_handed_out),
        _move("close", _("销号"), {S.TO_CLOSE}, S.CLOSED, may.may_close_hazard, when=not_of_the_deputy),
        # 挂牌督办
        _move("draft_listing", _("拟挂牌"), BEING_HANDLED, STAYS, may.may_draft_listing, "words", unlisted),
        _move("list", pgettext_lazy("button", "挂牌督办"), BEING_HANDLED, STAYS, may.may_list_hazard, when=listing_drafted),
        _move("draft_lowering", _("拟调低"), {S.TO_ASSIGN, S.RECTIFYING}, STAYS, may.may_draft_lowering, "words", is_major),
        _move("lower", _("调低为一般"), {S.TO_ASSIGN, S.RECTIFYING}, STAYS, may.may_lower_hazard, "words", lowering_drafted),
        _move("draft_lifting", _("拟摘牌"), {S.TO_CLOSE}, STAYS, may.may_draft_lifting, "words", of_the_deputy),
        _move("lift", _("摘牌销号"), {S.TO_CLOSE}, S.CLOSED, may.may_lift_hazard, when=of_the_deputy),
        # 回头看与归档
        _move("void_closure", _("撤销销号"), {S.CLOSED, S.TO_LOOK_BACK}, S.RECTIFYING, may.may_void_closure, "due_on words", handed_out),
        _move("void_closure", _("撤销销号"), {S.CLOSED, S.TO_LOOK_BACK}, S.TO_ASSIGN, may.may_void_closure, "words", never_handed_out),
        _move("call_back", _("到期回头看"), {S.CLOSED}, S.TO_LOOK_BACK, may.only_the_machine, robot=True),
        _move("sound", _("回头看合格"), {S.TO_LOOK_BACK}, S.CLOSED, may.may_look_back, when=look_back_to_follow),
        _move("sound", _("回头看合格"), {S.TO_LOOK_BACK}, S.ARCHIVED, may.may_look_back, when=last_look_back),
        _move("unsound", _("回头看不合格"), {S.TO_LOOK_BACK}, S.RECTIFYING, may.may_look_back, "due_on words", handed_out),
        _move("unsound", _("回头看不合格"), {S.TO_LOOK_BACK}, S.TO_ASSIGN, may.may_look_back, "words", never_handed_out),
        _move("archive", _("归档"), {S.CLOSED}, S.ARCHIVED, may.only_the_machine, robot=True),
    ),
)

EXTENSION = Lifecycle(
    states=dict(ExtensionState.choices),
    moves=(
        _move("grant", _("批准延期"), {ExtensionState.ASKED}, ExtensionState.GRANTED, may.may_grant_extension),
        _move("refuse", _("不批准"), {ExtensionState.ASKED}, ExtensionState.REFUSED, may.may_refuse_extension, "words"),
    ),
)

REFERRAL = Lifecycle(
    states=dict(ReferralState.choices),
    moves=(
        _move("answer", _("转办办结"), {ReferralState.OPEN}, ReferralState.ANSWERED, may.may_answer_referral, "words"),
        _move("decline", _("退回转办"), {ReferralState.OPEN}, ReferralState.DECLINED, may.may_decline_referral, "words"),
        _move("withdraw", _("退回转办"), {ReferralState.OPEN}, ReferralState.DECLINED, may.only_the_machine, robot=True),
    ),
)
# fmt: on
