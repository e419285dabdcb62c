"""A recipe for every act of hazards. Who may at which level is narrowed by role (`4-roles.md`)."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from tests.families.deed import Deed
from tests.families.hazard_world import DUE, LATER, TODAY
from tests.families.world import Spot
from xiaoan.hazards.findings import Finding
from xiaoan.hazards.models import Source
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for

SCHOOL = ("principal", "safety_lead", "safety_officer")
LEADS = ("principal", "safety_lead")
CENTRE = ("centre_head", "centre_staff", "centre_inspector", "legal")
WORDS = {"words": "现场核对过"}
ORDER = {"post": "safety_clerk", "due_on": DUE}


def _at(situation: str, *, roles: Collection[str] = (), barred: str = "", **nouns: Any) -> Deed:
    """An act on the spot's hazard in a situation."""
    return Deed(
        lambda spot, _who: {"hazard": spot.trouble.hazards[situation]} | nouns,
        on="hazard",
        roles=roles,
        barred=barred,
    )


def _after(situation: str, *, roles: Collection[str] = (), **nouns: Any) -> Deed:
    """An act on what somebody has put right: never theirs."""
    return _at(situation, roles=roles, barred="rectified_by_id", **nouns)


def _finding(spot: Spot, who: Person) -> Finding:
    """Found by the unit's own people, or from above."""
    inside = any(posting.unit_id == spot.unit.pk for posting in actor_for(who).postings)
    source = Source.SCHOOL if inside else Source.CENTRE
    return Finding(place=None, place_name="操场", kind="gas", text="管道锈蚀", found_on=TODAY, source=source)


def _extension(**nouns: Any) -> Deed:
    """The first one of a unit's own hazard: the safety lead decides."""
    return Deed(
        lambda spot, _who: {"extension": spot.trouble.extension} | nouns,
        on="extension",
        roles=("safety_lead",),
        barred="created_by_id",
    )


def _referral() -> Deed:
    return Deed(lambda spot, _who: {"referral": spot.trouble.referral} | WORDS, on="referral")


PLAN = {"measures": "更换", "money": Decimal(800), "money_source": "公用经费", "contingency": "停用"}
HAZARD_DEEDS: dict[str, Deed] = {
    "hazards.report_hazard": Deed(
        lambda spot, who: {"unit": spot.unit, "finding": _finding(spot, who)}, on="unit"
    ),
    "hazards.void_hazard": _at("reported", **WORDS),
    "hazards.confirm_time": _at("doubted", barred="created_by_id", **WORDS),
    "hazards.suspect_major": _at("handed out", **WORDS),
    "hazards.confirm_fix": _after("fixed"),
    "hazards.reject_fix": _after("fixed", **WORDS),
    "hazards.judge_hazard": _at("reported"),
    "hazards.judge_major": _at("reported", **WORDS, criterion="D05"),
    "hazards.clear_suspicion": _at("suspected", **WORDS),
    "hazards.dismiss_hazard": _at("reported", **WORDS),
    "hazards.merge_hazard": Deed(
        lambda spot, _who: {
            "hazard": spot.trouble.hazards["reported"],
            "into": spot.trouble.hazards["handed out"],
        },
        on="hazard",
        roles=LEADS,
    ),
    "hazards.draft_lowering": _at("major", **WORDS),
    "hazards.lower_hazard": _at("lowering drafted", **WORDS),
    "hazards.dispatch_hazard": _at("judged", **ORDER),
    "hazards.issue_hazard": _at("judged from above", **ORDER),
    "hazards.reassign_hazard": _at("handed out", post="head_teacher"),
    "hazards.raise_hazard": _at("handed out", **WORDS),
    "hazards.urge_hazard": _at("handed out", barred="holder_id"),
    "hazards.hand_over_hazard": Deed(lambda spot, _who: {"hazard": spot.trouble.hazards["handed out"]}),
    "hazards.refer_hazard": Deed(
        lambda spot, _who: (
            {
                "hazard": spot.trouble.hazards["judged"],
                "to_unit": spot.trouble.handler,
                "due_on": LATER,
            }
            | WORDS
        ),
        on="hazard",
    ),
    "hazards.answer_referral": _referral(),
    "hazards.decline_referral": _referral(),
    "hazards.schedule_hazard": _at(
        "handed out", due_on=LATER, control="停用", money_source="维修经费", money=Decimal(9000)
    ),
    "hazards.control_hazard": _at("handed out", control="停用东侧灶台"),
    "hazards.release_hazard": _at("controlled", **WORDS),
    "hazards.file_plan": _at("major", **PLAN),
    "hazards.submit_hazard": _at("handed out", **WORDS),
    "hazards.explain_hazard": _at("major", cause="missing", prevention="每月点检"),
    "hazards.ask_extension": _at("controlled", **WORDS, due_on=LATER, control="停用"),
    "hazards.grant_extension": _extension(),
    "hazards.refuse_extension": _extension(**WORDS),
    "hazards.accept_hazard": _after("submitted"),
    "hazards.recheck_hazard": _after("accepted below", roles=CENTRE),
    "hazards.send_back": _after("submitted", roles=SCHOOL, **WORDS),
    "hazards.close_hazard": _after("accepted", roles=LEADS),
    "hazards.draft_listing": _at("handed out", **WORDS),
    "hazards.list_hazard": _at("listing drafted"),
    "hazards.draft_lifting": _at("major accepted", **WORDS),
    "hazards.lift_hazard": _after("lifting drafted"),
    "hazards.void_closure": _at("closed", roles=LEADS, **WORDS, due_on=DUE),
    "hazards.call_back": Deed(lambda spot, _who: {"hazard": spot.trouble.hazards["closed"]}),
    "hazards.look_back": _after("looked back at", sound=True, **WORDS),
    "hazards.archive_hazard": Deed(lambda spot, _who: {"hazard": spot.trouble.hazards["closed"]}),
}
"""One line for every act of hazards."""
HAZARDS_OF_THE_MACHINE = {"hazards.hand_over_hazard", "hazards.call_back", "hazards.archive_hazard"}
"""Done because of a day or a change of holders."""
