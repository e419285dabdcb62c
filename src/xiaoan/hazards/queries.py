"""Reads about hazards: lists, one with all that hangs on it, what each person is to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.pages import is_id
from xiaoan.foundation.permissions import granted, holds_anywhere
from xiaoan.foundation.todo import Todo
from xiaoan.hazards.counted import (
    MonthCount,
    StepCount,
    counted_since,
    open_by_step,
    school_year,
    twelve_months,
)
from xiaoan.hazards.lifecycle import EXTENSION, HAZARD, REFERRAL
from xiaoan.hazards.models import Draft, Extension, ExtensionState, Hazard, Referral, ReferralState, State
from xiaoan.hazards.models.choices import OPEN
from xiaoan.hazards.permissions import CENTRE, LEADS, SCHOOL, may_grant_extension
from xiaoan.hazards.signs import standing
from xiaoan.organisations.models import Place, Unit

__all__ = [
    "MonthCount",
    "StepCount",
    "counted_since",
    "open_by_step",
    "school_year",
    "standing",
    "twelve_months",
]

TODO_SHOWN = 50
PLACES_SHOWN = 5
RUNNING = frozenset({State.RECTIFYING, State.SCHEDULED})
"""Steps whose date is the hazard's own; everything else waits for a word today."""
WAITING = sorted(OPEN | {State.TO_LOOK_BACK})
"""Steps at which anybody is waited for: said apart, so that the index finds these few among all that is closed."""
NEXT_VERBS = (
    "confirm_time",
    "judge",
    "judge_major",
    "dispatch",
    "issue",
    "plan",
    "submit",
    "confirm",
    "accept",
    "recheck",
    "list",
    "lower",
    "draft_lifting",
    "lift",
    "close",
    "sound",
)
"""The moves that carry a hazard on, in the order of its life: of those that a person may make, the first is theirs."""


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
    own = [posting.unit_id for posting in actor.narrowest_first if not posting.oversees]
    found = units.in_bulk(own)
    mine = (found[unit] for unit in own if unit in found)
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
    return [hazard for hazard in rows[:TODO_SHOWN] if _may(hazard, actor, "confirm")]


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


def todo(actor: Actor) -> list[Todo]:
    """The one next step of the actor on each hazard that waits for them, by date."""
    waiting = hazards(actor).filter(_waits_for(actor), state__in=WAITING)
    rows = waiting.select_related("pack_version", "unit")
    things = [_todo(hazard, actor) for hazard in rows.order_by("order_on", "id")[:TODO_SHOWN]]
    return [thing for thing in things if thing] + _asked_of(actor)


def carries_on(hazard: Hazard, verb: str) -> bool:
    """Whether a move is the next step. 判定为重大 is one only while the hazard waits to be judged, or may be major."""
    if verb == "judge_major":
        return hazard.suspected or hazard.state == State.TO_JUDGE
    return verb in NEXT_VERBS


def _todo(hazard: Hazard, actor: Actor) -> Todo | None:
    """The first move that carries it on and that the actor may make."""
    offered = {move.verb: move for move, verdict in HAZARD.offers(hazard, actor) if verdict}
    verb = next((verb for verb in NEXT_VERBS if verb in offered and carries_on(hazard, verb)), None)
    if verb is None:
        return None
    unit = "" if _belongs(actor, hazard.unit) else f"{hazard.unit.name} · "
    return Todo(
        title=hazard.text,
        url=hazard.get_absolute_url(),
        button=offered[verb].label,
        due=hazard.due_on if hazard.state in RUNNING else clock.today(),
        meta=f"{unit}{hazard.place_name} · {_whose(hazard, actor) or hazard.code}",
        state=standing(hazard).signs[0],
    )


def _whose(hazard: Hazard, actor: Actor) -> str:
    """复查 is offered first to who found it: colleagues are told so."""
    others = hazard.state == State.TO_RECHECK and hazard.found_by_id not in {None, actor.person_id}
    return _("%(name)s（原检查人优先）") % {"name": hazard.finder} if others else ""


def _asked_of(actor: Actor) -> list[Todo]:
    """Extensions that wait for this actor's decision, and referrals that wait for an answer."""
    asked = (
        extensions(actor).filter(state=ExtensionState.ASKED, hazard__state=State.RECTIFYING).order_by("id")
    )
    waiting = referrals(actor).filter(state=ReferralState.OPEN, to_unit__in=_units(actor))
    decides = holds_anywhere(actor, "hazards.grant_extension")
    answers = holds_anywhere(actor, "hazards.answer_referral")
    return [
        Todo(each.hazard.text, each.hazard.get_absolute_url(), EXTENSION.move("grant").label, each.old_due_on)
        for each in (asked[:TODO_SHOWN] if decides else ())
        if may_grant_extension(actor, each)
    ] + [
        Todo(each.hazard.text, each.hazard.get_absolute_url(), REFERRAL.move("answer").label, each.due_on)
        for each in (waiting.order_by("due_on", "id")[:TODO_SHOWN] if answers else ())
    ]


def _waits_for(actor: Actor) -> Q:
    """Rows that can wait for this actor at all; the table of moves says which of them do."""
    waits = Q(holder_id=actor.person_id, state__in=[State.RECTIFYING, State.SCHEDULED])
    for posting in actor.postings:
        waits |= _waits_for_posting(posting)
    return waits


def _waits_for_posting(posting: Posting) -> Q:
    """What waits for one appointment."""
    below = Q(unit__path__startswith=posting.path)
    if posting.role in SCHOOL:
        own = Q(state__in=[State.TO_VERIFY, State.TO_CONFIRM]) | Q(state=State.TO_JUDGE, from_above=False)
        if posting.role in LEADS:
            own |= Q(state__in=[State.TO_ASSIGN, State.TO_CLOSE], from_above=False)
            own |= Q(state=State.RECTIFYING, grade="major", planned=False) | Q(time_in_doubt=True)
        return below & own
    if posting.oversees and posting.role in CENTRE:
        above = [State.TO_JUDGE, State.TO_ASSIGN, State.TO_RECHECK, State.TO_CLOSE, State.TO_CONFIRM]
        wanted = Q(state__in=above, from_above=True) | Q(state=State.TO_LOOK_BACK)
        return wanted | Q(suspected=True, state__in=OPEN) | Q(grade="major", state__in=above)
    if posting.oversees and posting.role == "deputy_director":
        return Q(draft__in=[Draft.LIST, Draft.LIFT, Draft.LOWER])
    return Q(pk=None)


def _units(actor: Actor) -> list[UUID]:
    return [posting.unit_id for posting in actor.postings]


def _belongs(actor: Actor, unit: Unit) -> bool:
    """Whether the actor holds a post in the unit, so that its name need not be said."""
    return any(posting.unit_id == unit.pk for posting in actor.postings)


def _may(hazard: Hazard, actor: Actor, verb: str) -> bool:
    """Whether a move is offered and allowed."""
    return any(move.verb == verb and verdict for move, verdict in HAZARD.offers(hazard, actor))
