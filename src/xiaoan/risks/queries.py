"""Reads of the risk list: the points, the pack's starters for a unit, what is still to be reviewed this term."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.periods import Period
from xiaoan.foundation.permissions import granted, holds_anywhere, matrix
from xiaoan.foundation.todo import Todo
from xiaoan.organisations.models import Place, Term, Unit
from xiaoan.organisations.queries import terms
from xiaoan.people.models import Post
from xiaoan.people.queries import post_of
from xiaoan.plans.queries import section
from xiaoan.risks.declarations import RiskRules, StarterPoint
from xiaoan.risks.drafting import RiskDraft
from xiaoan.risks.models import Risk, RiskReview, RiskState
from xiaoan.risks.permissions import posts_held, reviews_whole_list


def rules_in_force(district_id: UUID) -> RiskRules:
    """What the published pack says about risks; nothing where it says nothing."""
    return cast("RiskRules", section(district_id, "risks") or RiskRules())


def running_term(district_id: UUID) -> Period:
    """The term of today; `UnknownPeriod` where the calendar has none."""
    return terms(district_id).at(clock.today())


def risks(actor: Actor) -> "QuerySet[Risk]":
    """Risk points that the actor may see, with what a list shows of them."""
    rows: QuerySet[Risk] = Risk.objects.visible_to(actor)
    return rows.select_related("unit", "place")


def risks_at(actor: Actor, place: Place) -> "QuerySet[Risk]":
    """Risk points on the list at a place, the gravest first: what a hazard found there may come from."""
    return risks(actor).filter(place=place, state=RiskState.LISTED).order_by("level", "id")


def reviewed_in(term: Period) -> Exists:
    """Whether a risk point was reviewed in a term."""
    rows = RiskReview._default_manager.filter(  # noqa: SLF001 - of risk points already in sight
        risk=OuterRef("pk"), happened_on__range=(term.first, term.last)
    )
    return Exists(rows)


def keeping_unit(actor: Actor, unit_id: str = "") -> Unit | None:
    """The unit whose list the actor works on: the one asked for, else that of the narrowest appointment."""
    units: QuerySet[Unit] = Unit.objects.visible_to(actor)
    if unit_id:
        return _unit_of(units, unit_id)
    found = units.in_bulk([posting.unit_id for posting in actor.postings])
    own = [found[posting.unit_id] for posting in actor.narrowest_first if posting.unit_id in found]
    return next((unit for unit in own if granted(actor, "risks.review_risks", unit)), next(iter(own), None))


def _unit_of(units: "QuerySet[Unit]", unit_id: str) -> Unit | None:
    """The unit of a word of an address; None where it is no key at all."""
    try:
        return units.filter(pk=unit_id).first()
    except (ValueError, ValidationError):
        return None


def hold_list(actor: Actor, unit: Unit) -> None:
    """Hold a unit's row until the transaction ends, so that starters are added by one hand at a time."""
    Unit.objects.visible_to(actor).select_for_update(no_key=True).filter(pk=unit.pk).first()


def places_in_use(actor: Actor) -> "QuerySet[Place]":
    """The places in use that the actor sees, by code."""
    rows: QuerySet[Place] = Place.objects.visible_to(actor)
    return rows.filter(retired_on=None).order_by("code")


def places_of(actor: Actor, unit: Unit) -> list[Place]:
    """The places in use of a unit and beneath it."""
    found = places_in_use(actor).filter(unit__path__startswith=unit.path)
    return list(found.select_related("unit"))


def draft_of(risk: Risk) -> RiskDraft:
    """A risk point as a form would hand it in."""
    post = cast("Post", post_of(risk.district_id, risk.post))
    return RiskDraft(risk.place, risk.point, risk.level, risk.measures, post, risk.kind)


@dataclass(frozen=True, slots=True)
class Offer:
    """A starter point of the pack at one place of a unit."""

    place: Place
    starter: StarterPoint


def offers(actor: Actor, unit: Unit) -> list[Offer]:
    """The starter points that fit a unit's places and never stood on its list, place by place.

    What was taken from the starter list and retired since is not offered again.
    """
    places = places_of(actor, unit)
    taken = set(Risk.objects.visible_to(actor).filter(unit=unit).values_list("place_id", "starter"))
    rules = rules_in_force(unit.district_id)
    return [
        Offer(place, starter)
        for place in places
        for starter in rules.starters_for(place.kind, place.name)
        if (place.pk, starter.code) not in taken
    ]


def own_points(actor: Actor, unit: Unit) -> "QuerySet[Risk]":
    """The listed points of a unit that are the actor's to review: the whole list, or those of own posts."""
    rows = risks(actor).filter(unit=unit, state=RiskState.LISTED)
    return rows if reviews_whole_list(actor, unit) else rows.filter(post__in=posts_held(actor, unit))


def review_sheet(actor: Actor, unit: Unit, term: Period) -> list[Risk]:
    """The actor's points with whether each was `reviewed` in a term, place by place, the gravest first."""
    rows = own_points(actor, unit).annotate(reviewed=reviewed_in(term))
    return list(rows.order_by("place__code", "level", "id"))


def reviews_of(actor: Actor, risk: Risk) -> list[RiskReview]:
    """The reviews of a risk point, the latest first."""
    rows: QuerySet[RiskReview] = RiskReview.objects.visible_to(actor)
    return list(rows.filter(risk=risk).select_related("created_by").order_by("-happened_on", "-id"))


def todo(actor: Actor) -> list[Todo]:
    """本学期风险清单复核 3/12, for each unit where the actor has points to review; one statement."""
    if not holds_anywhere(actor, "risks.review_risks"):
        return []
    return [
        Todo(
            title=_("本学期风险清单复核 %(done)d/%(total)d") % row,
            url=f"{reverse('risks:review')}?unit={row['unit_id']}",
            button=_("去复核"),
            due=row["due"],
            meta=_("每个风险点看一眼：保持、调整或消除。"),
        )
        for row in _review_counts(actor)
        if row["done"] < row["total"]
    ]


def _review_counts(actor: Actor) -> "QuerySet[Risk, dict[str, Any]]":
    """Reviewed and all points of the actor by unit, with the last day of the term that runs today."""
    today = clock.today()
    running = Term.objects.visible_to(actor).filter(first__lte=today, last__gte=today)
    reviewed = RiskReview._default_manager.filter(  # noqa: SLF001 - of risk points already in sight
        risk=OuterRef("pk"), happened_on__gte=Subquery(running.values("first")[:1])
    )
    rows = Risk.objects.visible_to(actor).filter(_owed_by(actor), state=RiskState.LISTED)
    return (
        rows.annotate(reviewed=Exists(reviewed), due=Subquery(running.values("last")[:1], DateField()))
        .filter(due__isnull=False)
        .order_by("unit_id")
        .values("unit_id", "due")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(reviewed=True)))
    )


def _owed_by(actor: Actor) -> Q:
    """The points that are the actor's to review, appointment by appointment."""
    owed = Q(pk__in=[])
    for posting in actor.postings:
        here = Q(unit_id=posting.unit_id)
        owed |= here if matrix().codes("risks.add_risk", posting.role) else here & Q(post=posting.post)
    return owed
