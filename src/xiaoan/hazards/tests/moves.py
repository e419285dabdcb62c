"""Every verb of the table with its act, so that generated tests can ask for it; and a hazard in every situation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask, robot
from xiaoan.foundation.acts import registered_acts
from xiaoan.hazards import acts
from xiaoan.hazards.models import Hazard, Referral, Source
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    LATER,
    MAJOR,
    PLAN,
    SOON,
    TODAY,
    District,
    Step,
    a_finding,
    do,
    fresh,
    lived,
)

CAST = ("shen", "zhou", "chen", "lin", "wen", "bai", "gu", "su", "he", "fang", "tang", "yi")
MACHINE = "machine"
WORDS = {"words": "现场核对过"}
ORDER = {"post": "post_holder", "due_on": SOON}
REOPENED = WORDS | {"due_on": LATER}
MOVES: dict[str, tuple[str, dict[str, Any]]] = {
    "judge": ("judge_hazard", {}),
    "judge_major": ("judge_major", WORDS | {"criterion": "D05"}),
    "suspect": ("suspect_major", WORDS),
    "clear_suspicion": ("clear_suspicion", WORDS),
    "dismiss": ("dismiss_hazard", WORDS),
    "merge": ("merge_hazard", {}),
    "void": ("void_hazard", WORDS),
    "confirm_time": ("confirm_time", WORDS),
    "confirm": ("confirm_fix", {}),
    "reject_fix": ("reject_fix", WORDS),
    "dispatch": ("dispatch_hazard", ORDER),
    "issue": ("issue_hazard", ORDER),
    "reassign": ("reassign_hazard", {"post": "safety_lead"}),
    "raise": ("raise_hazard", WORDS),
    "hand_over": ("hand_over_hazard", {}),
    "urge": ("urge_hazard", {}),
    "control": ("control_hazard", {"control": "停用东侧灶台"}),
    "release": ("release_hazard", WORDS),
    "plan": ("file_plan", PLAN),
    "submit": ("submit_hazard", WORDS),
    "explain": ("explain_hazard", {"cause": "missing", "prevention": "每月点检"}),
    "ask_extension": ("ask_extension", WORDS | {"control": "停用"}),
    "refer": ("refer_hazard", REOPENED),
    "schedule": ("schedule_hazard", {"due_on": LATER, "control": "停用", "money_source": "维修经费"}),
    "accept": ("accept_hazard", {}),
    "recheck": ("recheck_hazard", {}),
    "send_back": ("send_back", WORDS),
    "close": ("close_hazard", {}),
    "draft_listing": ("draft_listing", WORDS),
    "list": ("list_hazard", {}),
    "draft_lowering": ("draft_lowering", WORDS),
    "lower": ("lower_hazard", WORDS),
    "draft_lifting": ("draft_lifting", WORDS),
    "lift": ("lift_hazard", {}),
    "void_closure": ("void_closure", REOPENED),
    "call_back": ("call_back", {}),
    "sound": ("look_back", WORDS | {"sound": True}),
    "unsound": ("look_back", REOPENED | {"sound": False}),
    "archive": ("archive_hazard", {}),
}
"""Verb -> act and what it takes beside the hazard."""


def actor_of(district: District, who: str) -> Actor:
    """Somebody of the cast, or the machine."""
    if who == MACHINE:
        return robot(district_id=district.cast.bureau.pk, cause="a test")
    return district.actor(who)


def nouns_of(district: District, hazard: Hazard, verb: str, who: str, other: Hazard) -> dict[str, Any]:
    """What a move takes, fitting for whoever asks; `other` is what it may be merged into."""
    nouns: dict[str, Any] = {"hazard": hazard} | MOVES[verb][1]
    if verb == "merge":
        nouns["into"] = other
    if verb == "refer":
        nouns["to_unit"] = district.fang.unit
    if verb == "recheck":
        nouns["second"] = district.su if who == "gu" else district.cast.gu
    if verb == "ask_extension":
        nouns["due_on"] = (hazard.due_on or TODAY) + timedelta(days=7)
    return nouns


def ask_for(district: District, hazard: Hazard, verb: str, who: str, other: Hazard) -> Any:
    """Ask for a move of the table by its act."""
    act: Callable[..., Any] = getattr(acts, MOVES[verb][0])
    nouns = nouns_of(district, hazard, verb, who, other)
    return act(actor=actor_of(district, who), ask=Ask(), **nouns)


def rule_of(verb: str) -> Callable[..., Any]:
    """The rule that the act of a verb asks before anything else."""
    return registered_acts()[f"hazards.{MOVES[verb][0]}"].may


def _found(district: District, who: str = "shen", ask: Ask | None = None, **values: Any) -> Hazard:
    """Reported where no place is registered, so that nothing here recurs."""
    finding = a_finding(None, place_name="操场", **values)
    nouns = {"unit": district.cast.school, "finding": finding}
    return fresh(acts.report_hazard(actor=district.actor(who), ask=ask or Ask(), **nouns))


def _doubted(district: District) -> Hazard:
    """Reported by a phone whose clock runs ahead."""
    return _found(district, ask=Ask(captured_at=clock.now() + timedelta(hours=2)))


def _found_above(district: District) -> Hazard:
    """The same, found by the centre."""
    return _found(district, "su", source=Source.CENTRE)


def called_back(district: District, hazard: Hazard) -> Hazard:
    """The day of a look back has come."""
    acts.call_back(actor=actor_of(district, MACHINE), ask=Ask(), hazard=hazard)
    return fresh(hazard)


def confirmed(district: District) -> Hazard:
    """Put right on the spot and confirmed: no post has ever had it."""
    return lived(district, _found(district, fixed="已当场拧紧"), [("confirm_fix", "chen", {})])


def archived(district: District) -> Hazard:
    """Closed long enough."""
    hazard = lived(district, _found(district), GENERAL)
    acts.archive_hazard(actor=actor_of(district, MACHINE), ask=Ask(), hazard=hazard)
    return fresh(hazard)


def referred(district: District, steps: list[Step]) -> Hazard:
    """With the finance section."""
    hazard = lived(district, _found_above(district), steps)
    nouns = {"to_unit": district.fang.unit, "due_on": LATER, "words": "缺资金"}
    do(district, hazard, "refer_hazard", "su", **nouns)
    return fresh(hazard)


def answered(district: District, steps: list[Step]) -> Hazard:
    """Done by the finance section."""
    hazard = referred(district, steps)
    referral = Referral.objects.everything("a test").get(hazard=hazard)
    acts.answer_referral(actor=district.actor("fang"), ask=Ask(), referral=referral, words="已拨款更换")
    return fresh(hazard)


def _own(*steps: Step) -> Callable[[District], Hazard]:
    """A hazard of the school after some steps."""
    return lambda district: lived(district, _found(district), list(steps))


def _above(*steps: Step) -> Callable[[District], Hazard]:
    """A hazard that the centre found, after some steps."""
    return lambda district: lived(district, _found_above(district), list(steps))


def _looked_at_once(district: District) -> Hazard:
    """A major hazard before its last look back."""
    hazard = called_back(district, lived(district, _found(district), MAJOR))
    do(district, hazard, "look_back", "su", sound=True, words="完好")
    return called_back(district, fresh(hazard))


SUSPECT: Step = ("suspect_major", "shen", WORDS)
LISTING: Step = ("draft_listing", "bai", WORDS)
SCHEDULE: Step = ("schedule_hazard", "gu", MOVES["schedule"][1])
SITUATIONS: dict[str, Callable[[District], Hazard]] = {
    "reported": _own(),
    "reported from above": _above(),
    "doubted": _doubted,
    "suspected": _own(SUSPECT),
    "fixed": lambda district: _found(district, fixed="已当场拧紧"),
    "fixed and suspected": lambda district: lived(district, _found(district, fixed="已拧紧"), [SUSPECT]),
    "judged": _own(*GENERAL[:1]),
    "judged from above": _above(*ISSUED[:1]),
    "judged major": _own(*MAJOR[:1]),
    "handed out": _own(*GENERAL[:2]),
    "handed out and suspected": _own(*GENERAL[:2], SUSPECT),
    "issued": _above(*ISSUED[:2]),
    "listing drafted": _own(*GENERAL[:2], LISTING),
    "listed": _own(*GENERAL[:2], LISTING, ("list_hazard", "he", {})),
    "major issued": _own(*MAJOR[:2]),
    "major planned": _own(*MAJOR[:4]),
    "lowering drafted": _own(*MAJOR[:2], ("draft_lowering", "bai", WORDS)),
    "referred": lambda district: referred(district, ISSUED[:2]),
    "referred before an order": lambda district: referred(district, ISSUED[:1]),
    "answered before an order": lambda district: answered(district, ISSUED[:1]),
    "scheduled": _above(*ISSUED[:2], SCHEDULE),
    "major scheduled": _own(*MAJOR[:2], SCHEDULE),
    "submitted": _own(*GENERAL[:3]),
    "submitted by the safety officer": _own(*GENERAL[:2], ("submit_hazard", "shen", WORDS)),
    "submitted from above": _above(*ISSUED[:3]),
    "major submitted": _own(*MAJOR[:5]),
    "accepted from above": _above(*ISSUED[:4]),
    "major accepted": _own(*MAJOR[:6]),
    "accepted": _own(*GENERAL[:4]),
    "accepted and suspected": _own(*GENERAL[:4], SUSPECT),
    "rechecked": _above(*ISSUED[:5]),
    "major rechecked": _own(*MAJOR[:7]),
    "lifting drafted": _own(*MAJOR[:9]),
    "closed": _own(*GENERAL),
    "closed on the spot": confirmed,
    "closed on the spot and looked at": lambda district: called_back(district, confirmed(district)),
    "closed from above": _above(*ISSUED),
    "major closed": _own(*MAJOR),
    "major looked at": lambda district: called_back(district, lived(district, _found(district), MAJOR)),
    "major looked at last": _looked_at_once,
    "archived": archived,
    "dismissed": _own(("dismiss_hazard", "chen", WORDS)),
    "void": _own(("void_hazard", "shen", WORDS)),
}
"""A hazard in every state, at every level and with every flag that a move or a rule looks at."""


def merged(district: District) -> tuple[Hazard, Hazard]:
    """A hazard that was merged into another, and that other one."""
    other, hazard = _found(district), _found(district)
    do(district, hazard, "merge_hazard", "chen", into=other)
    return fresh(hazard), fresh(other)
