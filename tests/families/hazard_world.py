"""Hazards of a spot, one for every situation in which an act is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xiaoan.foundation.actor import robot
from xiaoan.hazards.models import Cause, Draft, Extension, Grade, Hazard, Referral, State
from xiaoan.hazards.steps import REPORTED, write_step
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Person
from xiaoan.plans.models import PackVersion

TODAY, DUE, LATER = date(2025, 12, 17), date(2025, 12, 27), date(2026, 1, 10)
MAJOR = {"grade": Grade.MAJOR, "graded_above": True}
OTHER_HAND = {"rectified_on": TODAY, "rectified_text": "已更换软管"}
SITUATIONS: dict[str, dict[str, Any]] = {
    "reported": {"state": State.TO_JUDGE, "grade": Grade.NONE},
    "suspected": {"state": State.TO_JUDGE, "grade": Grade.NONE, "suspected": True},
    "doubted": {"state": State.RECTIFYING, "time_in_doubt": True},
    "fixed": {"state": State.TO_CONFIRM} | OTHER_HAND,
    "judged": {"state": State.TO_ASSIGN},
    "judged from above": {"state": State.TO_ASSIGN, "from_above": True},
    "handed out": {"state": State.RECTIFYING},
    "controlled": {"state": State.RECTIFYING, "controlled": True, "control": "停用"},
    "listing drafted": {"state": State.RECTIFYING, "draft": Draft.LIST},
    "major": {"state": State.RECTIFYING} | MAJOR,
    "lowering drafted": {"state": State.RECTIFYING, "draft": Draft.LOWER} | MAJOR,
    "submitted": {"state": State.TO_VERIFY} | OTHER_HAND,
    "accepted below": {"state": State.TO_RECHECK, "from_above": True} | OTHER_HAND,
    "accepted": {"state": State.TO_CLOSE} | OTHER_HAND,
    "major accepted": {"state": State.TO_CLOSE} | OTHER_HAND | MAJOR,
    "lifting drafted": {"state": State.TO_CLOSE, "draft": Draft.LIFT, "cause": Cause.MISSING}
    | OTHER_HAND
    | MAJOR,
    "closed": {"state": State.CLOSED, "closed_on": TODAY} | OTHER_HAND,
    "looked back at": {"state": State.TO_LOOK_BACK, "closed_on": TODAY, "look_back_on": TODAY} | OTHER_HAND,
    "referred": {"state": State.REFERRED, "from_above": True},
}
"""What each differs in from a general hazard of the unit that is handed out."""


@dataclass(frozen=True)
class Trouble:
    """The hazards of a spot by their situation, an extension that is asked for, a referral that is open."""

    hazards: dict[str, Hazard]
    extension: Extension
    referral: Referral
    handler: Unit


def trouble(unit: Unit, keeper: Person, legal: Person, published: PackVersion, handler: Unit) -> Trouble:
    """A hazard of a unit for every situation, found, held and put right by its keeper; the legal section drafts."""
    whose = {"district_id": unit.district_id, "unit": unit, "created_by": keeper}
    hazards = {}
    for number, (situation, values) in enumerate(SITUATIONS.items(), start=1):
        row: dict[str, Any] = {
            "code": f"{unit.code}-2025-9{number:03d}",
            "found_on": TODAY,
            "found_by": keeper,
            "finder": keeper.name,
            "place_name": "食堂",
            "kind": "gas",
            "text": f"软管老化{number}",
            "pack_version": published,
            "grade": Grade.GENERAL,
            "post": "safety_clerk",
            "holder": keeper,
            "due_on": DUE,
        }
        row |= {"rectified_by": keeper} if "rectified_on" in values else {}
        row |= {"draft_by": legal} if "draft" in values else {}
        row |= {"handled_by": handler} if situation == "referred" else {}
        hazards[situation] = Hazard.objects.create(**whose, **row | values)
        write_step(
            hazards[situation],
            REPORTED,
            actor=robot(district_id=unit.district_id, cause="the world of a test"),
        )
    return Trouble(
        hazards=hazards,
        extension=Extension.objects.create(
            **whose,
            hazard=hazards["handed out"],
            number=1,
            old_due_on=DUE,
            due_on=LATER,
            reason="配件未到",
            control="停用",
        ),
        referral=Referral.objects.create(
            **whose,
            hazard=hazards["referred"],
            number=1,
            to_unit=handler,
            reason="缺资金",
            due_on=LATER,
            referred_on=TODAY,
        ),
        handler=handler,
    )
