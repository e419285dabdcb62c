"""Writing a checked table of places in a few statements."""

from collections.abc import Sequence
from uuid import UUID

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import Entry, overwrite
from xiaoan.organisations.models import Campus, Place, Unit

PLACE_FIELDS = ("name", "unit", "kind", "campus", "post_name")


def write_places(actor: Actor, entries: Sequence[Entry]) -> None:
    """New places and changed ones, with the campuses that they name."""
    units = {unit.code.upper(): unit for unit in Unit.objects.visible_to(actor)}
    places = {place.code.upper(): place for place in Place.objects.visible_to(actor)}
    named = [(units[entry.wanted["unit"]], entry.wanted.get("campus", "")) for entry in entries]
    campuses = _campuses(actor, [(unit, name) for unit, name in named if name])
    new: list[Place] = []
    changed: list[Place] = []
    for entry, (unit, campus) in zip(entries, named, strict=True):
        known = places.get(entry.key.upper())
        place = known or Place(district_id=actor.district_id, created_by_id=actor.person_id, code=entry.key)
        place.name, place.kind, place.unit_id = entry.wanted["name"], entry.wanted["kind"], unit.id
        if "campus" in entry.wanted:
            place.campus = campuses.get((unit.id, campus))
        place.post_name = entry.wanted.get("post", place.post_name)
        (changed if known else new).append(place)
    Place.objects.bulk_create(new)
    overwrite(Place, changed, PLACE_FIELDS)


def _campuses(actor: Actor, named: Sequence[tuple[Unit, str]]) -> dict[tuple[UUID, str], Campus]:
    """The campuses that are named, by unit and name; new ones are made."""
    campuses = {(campus.unit_id, campus.name): campus for campus in Campus.objects.visible_to(actor)}
    new = {
        (unit.id, name): Campus(
            district_id=actor.district_id, unit_id=unit.id, created_by_id=actor.person_id, name=name
        )
        for unit, name in named
        if (unit.id, name) not in campuses
    }
    Campus.objects.bulk_create(new.values())
    return campuses | new
