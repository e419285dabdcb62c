"""Reads about hazards: lists, one with all that hangs on it, what each person is to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.pages import is_id
from xiaoan.foundation.permissions import granted
from xiaoan.hazards.counted import (
    MonthCount,
    StepCount,
    counted_since,
    open_by_step,
    school_year,
    twelve_months,
)
from xiaoan.hazards.lately import Happening, lately
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Extension, Hazard, Referral, State
from xiaoan.hazards.models.choices import OPEN
from xiaoan.hazards.owing import share
from xiaoan.hazards.piles import District, district, listed
from xiaoan.hazards.signs import standing
from xiaoan.organisations.models import Place, Unit

__all__ = [
    "District",
    "Happening",
    "MonthCount",
    "StepCount",
    "counted_since",
    "district",
    "lately",
    "listed",
    "open_by_step",
    "school_year",
    "share",
    "standing",
    "twelve_months",
]

CONFIRMED_AT_ONCE = 50
PLACES_SHOWN = 5


def hazards(actor: Actor) -> "QuerySet[Hazard]":
    """Hazards that the actor may see, with what a list shows of them."""
    rows: QuerySet[Hazard] = Hazard.objects.visible_to(actor)
    return rows.select_related("unit", "holder", "handled_by")


def whole_hazards(actor: Actor) -> "QuerySet[Hazard]":
    """Hazards that the actor may see, with what the page of one and its moves need."""
    rows = hazards(actor).select_related(
        "pack_version", "place", "risk", "repeats", "merged_into", "rectified_by", "verified_by", "closed_by"
    )
    return rows.prefetch_related("steps", "holdings", "look_backs")


def extensions(actor: Actor) -> "QuerySet[Extension]":
    """Extensions that the actor may see."""
    rows: QuerySet[Extension] = Extension.objects.visible_to(actor)
    return rows.select_related("hazard__unit", "hazard__pack_version", "unit", "created_by", "decided_by")


def referrals(actor: Actor) -> "QuerySet[Referral]":
    """Referrals that the actor may see."""
    rows: QuerySet[Referral] = Referral.objects.visible_to(actor)
    return rows.select_related("hazard__unit", "hazard__pack_version", "unit", "to_unit")


def mergeable(actor: Actor, hazard: Hazard) -> "QuerySet[Hazard]":
    """What a hazard may be merged into: other open ones of its unit, those of the same place first."""
    return (
        hazards(actor).filter(unit=hazard.unit_id, state__in=OPEN).exclude(pk=hazard.pk).order_by("-found_on")
    )


def reporting_unit(actor: Actor, unit_id: str = "") -> Unit | None:
    """The unit that is reported for: the one asked for, else the narrowest that the actor reports for; None to choose."""
    units: QuerySet[Unit] = Unit.objects.visible_to(actor)
    if unit_id:
        return units.filter(pk=unit_id).first() if is_id(unit_id) else None
    own = [posting.whole_path for posting in actor.narrowest_first if not posting.oversees]
    found = {unit.path: unit for unit in units.filter(path__in=own)}
    mine = (found[path] for path in own if path in found)
    return next((unit for unit in mine if granted(actor, "hazards.report_hazard", unit)), None)


def recent_places(actor: Actor, unit: Unit) -> list[Place]:
    """Where hazards of a unit were found lately, then its first places: what a phone offers in one tap."""
    places = Place.objects.visible_to(actor).filter(unit=unit, retired_on=None)
    lately = (
        Hazard.objects.visible_to(actor).filter(unit=unit).exclude(place=None).order_by("-found_on", "-id")
    )
    recent = list(dict.fromkeys(lately.values_list("place_id", flat=True)[: PLACES_SHOWN * 4]))[:PLACES_SHOWN]
    found = places.in_bulk(recent)
    shown = [found[each] for each in recent if each in found]
    if len(shown) < PLACES_SHOWN:
        shown += places.exclude(pk__in=recent).order_by("code")[: PLACES_SHOWN - len(shown)]
    return shown


def places_of(actor: Actor, unit: Unit) -> "QuerySet[Place]":
    """All places of a unit in use, by code."""
    rows: QuerySet[Place] = Place.objects.visible_to(actor).filter(unit=unit, retired_on=None)
    return rows.order_by("code")


def to_confirm(actor: Actor) -> list[Hazard]:
    """What was put right on the spot and waits for this actor's word."""
    rows = (
        hazards(actor)
        .filter(state=State.TO_CONFIRM)
        .select_related("pack_version")
        .order_by("found_on", "id")
    )
    return [hazard for hazard in rows[:CONFIRMED_AT_ONCE] if _may(hazard, actor, "confirm")]


@dataclass(frozen=True, slots=True)
class Relations:
    """What stands beside a hazard: its open or decided extensions and referrals, and what it repeats or is repeated by."""

    extensions: Sequence[Extension]
    referrals: Sequence[Referral]
    repeated_by: Sequence[Hazard]


def relations_of(actor: Actor, hazard: Hazard) -> Relations:
    """Three statements for the page of one."""
    return Relations(
        list(extensions(actor).filter(hazard=hazard).order_by("-number")),
        list(referrals(actor).filter(hazard=hazard).order_by("-number")),
        list(Hazard.objects.visible_to(actor).filter(repeats=hazard).order_by("-found_on")[:PLACES_SHOWN]),
    )


def _may(hazard: Hazard, actor: Actor, verb: str) -> bool:
    """Whether a move is offered and allowed."""
    return any(move.verb == verb and verdict for move, verdict in HAZARD.offers(hazard, actor))
