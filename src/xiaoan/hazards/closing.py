"""What closing brings with it: the looks back that are planned, and how a closure is undone."""

from datetime import date, timedelta
from typing import Any

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.models import Draft, Hazard, LookBack

PER_CENT = 100


def closing_values(hazard: Hazard, rules: HazardRules, actor: Actor) -> dict[str, Any]:
    """The columns of a hazard that is closed today: what was closed off is opened again, and no draft waits."""
    planned = look_back_days(hazard, rules)
    return {
        "closed_on": clock.today(),
        "closed_by_id": actor.person_id,
        "look_back_on": planned[0] if planned else None,
        "looks_back_left": len(planned),
        "controlled": False,
        "control": "",
        "draft": Draft.NONE,
        "draft_by_id": None,
    }


def look_back_days(hazard: Hazard, rules: HazardRules) -> list[date]:
    """The days of the looks back after closing today: every major hazard, a sample of the others.

    The sample is drawn by the random digits of the hazard's key, which nobody chooses.
    """
    today = clock.today()
    if hazard.is_major:
        return [today + timedelta(days=days) for days in rules.looks_back.major]
    drawn = hazard.id.int % PER_CENT < rules.looks_back.share
    return [today + timedelta(days=rules.looks_back.general)] if drawn else []


def plan_looks_back(hazard: Hazard, rules: HazardRules) -> None:
    """Write the looks back that closing has planned."""
    first = hazard.look_backs.count() + 1
    LookBack.objects.bulk_create(
        LookBack(hazard=hazard, number=number, due_on=day, district_id=hazard.district_id)
        for number, day in enumerate(look_back_days(hazard, rules), start=first)
    )


def reopening_values() -> dict[str, Any]:
    """The columns of a hazard whose closure did not hold: it is to be put right anew."""
    return {
        "closure_void": True,
        "closed_on": None,
        "closed_by_id": None,
        "rectified_by_id": None,
        "rectified_on": None,
        "verified_by_id": None,
        "look_back_on": None,
        "looks_back_left": 0,
    }


def drop_looks_back(hazard: Hazard) -> None:
    """The looks back that a voided closure had planned do not come any more."""
    hazard.look_backs.filter(done_on=None).update(dropped=True)
