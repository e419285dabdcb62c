"""From the first word: report, take back, suspect; what was put right on the spot is confirmed by another."""

from typing import Any

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.captures import is_time_in_doubt
from xiaoan.hazards.acts.recurrence import found_before
from xiaoan.hazards.closing import closing_values, plan_looks_back
from xiaoan.hazards.events import HazardClosed, HazardReported, MajorSuspected, SentBack
from xiaoan.hazards.findings import Finding, refuse_misfit, take_number
from xiaoan.hazards.models import Grade, Hazard, Source, State
from xiaoan.hazards.permissions import (
    may_confirm_fix,
    may_confirm_time,
    may_reject_fix,
    may_report_hazard,
    may_suspect_major,
    may_void_hazard,
)
from xiaoan.hazards.photos import AFTER, BEFORE, attach_photos
from xiaoan.hazards.rules import rules_of, version_in_force
from xiaoan.hazards.steps import REPORTED, step_events, take_step, told, write_step
from xiaoan.organisations.models import Unit


@act(may=may_report_hazard)
def report_hazard(*, actor: Actor, ask: Ask, unit: Unit, finding: Finding) -> Outcome[Hazard]:
    """上报: a hazard of a unit, with its number; one that was put right on the spot waits to be confirmed.

    Raises `RuleBroken` naming the fields that do not fit, `NoRules` where the district has no hazard rules.
    """
    version = version_in_force(unit.district_id)
    rules = rules_of(version)
    refuse_misfit(actor, unit, finding, rules)
    hazard = Hazard.objects.create(
        district_id=unit.district_id,
        unit=unit,
        created_by_id=actor.person_id,
        pack_version=version,
        code=take_number(unit, finding.found_on),
        found_on=finding.found_on,
        found_by_id=None if finding.finder else actor.person_id,
        finder=finding.finder or actor.name,
        source=finding.source,
        from_above=finding.source != Source.SCHOOL,
        place=finding.place,
        place_name=finding.place_name or finding.place.name,  # type: ignore[union-attr]  # one of them was given
        kind=finding.kind,
        text=finding.text.strip(),
        risk=finding.risk,
        time_in_doubt=is_time_in_doubt(ask, exists_since=unit.opened_on),
        suspected=finding.suspected,
        controlled=bool(finding.control.strip()),
        control=finding.control.strip(),
        **_on_the_spot(actor, finding),
        **found_before(unit, finding, rules),
    )
    write_step(hazard, REPORTED, actor=actor, words=finding.fixed)
    photos = attach_photos(hazard, finding.photos, BEFORE, actor)
    photos |= attach_photos(hazard, finding.after, AFTER, actor)
    changes = {
        name: [None, getattr(hazard, name)] for name in ("code", "text", "kind", "place_name", "state")
    }
    more = (MajorSuspected,) if hazard.suspected else ()
    events = (told(HazardReported, hazard, hazard.found_on), *step_events(hazard, *more))
    return Outcome(hazard, changes | photos, events)


def _on_the_spot(actor: Actor, finding: Finding) -> dict[str, Any]:
    """The columns of what was put right at once: general, and to be confirmed by one other person."""
    if not finding.fixed.strip():
        return {}
    return {
        "state": State.TO_CONFIRM,
        "grade": Grade.GENERAL,
        "rectified_by_id": actor.person_id,
        "rectified_on": finding.found_on,
        "rectified_text": finding.fixed.strip(),
    }


@act(may=may_void_hazard)
def void_hazard(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """作废: reported by mistake, before anybody judged it. Raises `RuleBroken` without a reason."""
    changes = take_step(hazard, "void", actor=actor, ask=ask, words=words)
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_confirm_time)
def confirm_time(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """确认时间: it was found on the day that it says, and counts by that day from now on."""
    changes = take_step(hazard, "confirm_time", actor=actor, ask=ask, words=words, time_in_doubt=False)
    return Outcome(hazard, changes, step_events(hazard))


@act(may=may_suspect_major)
def suspect_major(
    *, actor: Actor, ask: Ask, hazard: Hazard, words: str, control: str = ""
) -> Outcome[Hazard]:
    """疑似重大: anybody says so, and closes it off at once where `control` says how. The centre answers."""
    closed_off: dict[str, Any] = {"controlled": True, "control": control.strip()} if control.strip() else {}
    changes = take_step(hazard, "suspect", actor=actor, ask=ask, words=words, suspected=True, **closed_off)
    return Outcome(hazard, changes, step_events(hazard, MajorSuspected))


@act(may=may_confirm_fix)
def confirm_fix(*, actor: Actor, ask: Ask, hazard: Hazard, words: str = "") -> Outcome[Hazard]:
    """确认: another person confirms what was put right on the spot, and so closes it."""
    rules = rules_of(hazard.pack_version)
    values = closing_values(hazard, rules, actor)
    changes = take_step(
        hazard, "confirm", actor=actor, ask=ask, words=words, verified_by_id=actor.person_id, **values
    )
    plan_looks_back(hazard, rules)
    return Outcome(hazard, changes, step_events(hazard, HazardClosed))


@act(may=may_reject_fix)
def reject_fix(*, actor: Actor, ask: Ask, hazard: Hazard, words: str) -> Outcome[Hazard]:
    """未整改到位: another person says that it was not put right on the spot; it is judged like any other."""
    changes = take_step(
        hazard,
        "reject_fix",
        actor=actor,
        ask=ask,
        words=words,
        grade=Grade.NONE,
        rectified_by_id=None,
        rectified_on=None,
        rectified_text="",
    )
    return Outcome(hazard, changes, step_events(hazard, SentBack))
