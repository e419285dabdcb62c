"""Reads of the shells: where a person stands, what they owe, what a word finds."""

from dataclasses import dataclass

from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.languages import in_language
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.insight.queries import Agenda, agenda_of
from xiaoan.plans import queries as plans

__all__ = ["Agenda", "Standing", "agenda_of", "post_name", "standing_now", "standing_of"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands, as the top bar says it: the first of their appointments, and how many more."""

    post: str
    unit: str
    district: str


def post_name(posting: Posting) -> str:
    """The post in the language of the page."""
    return in_language(posting.post_name_zh, posting.post_name_en)


def standing_of(actor: Actor) -> Standing:
    """The narrowest appointment in words; empty for who holds none."""
    first = next(iter(actor.narrowest_first), None)
    if first is None:
        return Standing("", "", actor.district_name)
    return Standing(post_name(first), first.unit_name, actor.district_name)


def standing_now(actor: Actor) -> plans.Standing | None:
    """How the actor's own unit stands; None where nothing is owed, or nothing of it may be seen."""
    if not holds_anywhere(actor, "plans.read_cells"):
        return None
    found = plans.standing(actor)
    return found if found.owed else None
