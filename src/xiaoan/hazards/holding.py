"""Who must put a hazard right: the post, its holder of the day, and the chain of those before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.errors import RuleBroken
from xiaoan.hazards.models import Hazard, Holding
from xiaoan.organisations.models import Place, Unit
from xiaoan.people.models import Person, Post
from xiaoan.people.queries import heads_on, holders_on, post_named, post_of


@dataclass(frozen=True, slots=True)
class Answering:
    """A post and who answers for it on a day; the unit's head where the post is vacant."""

    post: Post
    person: Person | None
    stands_in: bool


def answering(unit: Unit, code: str, day: date) -> Answering:
    """Who answers for a post of a unit. Raises `RuleBroken` for a post that the catalogue does not have."""
    post = post_of(unit.district_id, code)
    if post is None:
        raise RuleBroken({"post": [_("没有这个岗位，请从列表中选择。")]})
    holder = holders_on(unit.id, [code], day).first()
    if holder:
        return Answering(post, holder.person, stands_in=False)
    head = heads_on(unit.id, day).first()
    return Answering(post, head.person if head else None, stands_in=True)


def proposed_post(place: Place | None) -> Post | None:
    """The post that holds a place, as the register names it."""
    if place is None or not place.post_name:
        return None
    return post_named(place.district_id, place.post_name)


def holder_values(found: Answering) -> dict[str, Any]:
    """The hazard's columns for who answers."""
    return {"post": found.post.code, "holder": found.person}


def write_holding(hazard: Hazard, found: Answering) -> None:
    """Begin a link of the chain where post or person are new; the one before ends today."""
    today = clock.today()
    running = hazard.holdings.filter(until=None).first()
    if running and (running.post, running.person_id) == (found.post.code, getattr(found.person, "pk", None)):
        return
    hazard.holdings.filter(until=None).update(until=today)
    Holding.objects.create(
        hazard=hazard,
        number=hazard.version,
        post=found.post.code,
        post_zh=found.post.name_zh,
        post_en=found.post.name_en,
        person=found.person,
        person_name=found.person.name if found.person else "",
        stands_in=found.stands_in,
        since=today,
    )
