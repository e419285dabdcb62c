"""What rows of the old ledger name: units, places, posts, kinds, and who held which post on a past day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from xiaoan.foundation.actor import Actor
from xiaoan.hazards.declarations import HazardKind, HazardRules
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.permissions import may_import_into
from xiaoan.hazards.rules import rules_of, version_in_force
from xiaoan.organisations.models import Place, Unit
from xiaoan.people.models import Appointment, Post
from xiaoan.people.queries import posts_by_name
from xiaoan.plans.models import PackVersion

AT_ONCE = 500
"""Keys of one statement."""
FEW_UNITS = 20
"""Beyond that, reading all appointments of the district is the shorter question."""
SAME_NUMBER = "whether an old number is taken is asked of the whole district"
Stored = tuple[UUID, date, str, str]
"""Unit, day, kind and text of a hazard that came with the old ledger before."""


@dataclass(frozen=True)
class Register:
    """What the actor may import into, and everything that rows may name there."""

    version: PackVersion
    rules: HazardRules
    units: Mapping[str, Unit]
    """By code in capitals: those that the actor may import into, and no others."""
    places: Mapping[str, Place]
    """By code in capitals."""
    named_places: Mapping[tuple[UUID, str], Place]
    """By unit and name, where the name is one place's alone."""
    posts: Mapping[str, Post]
    kinds: Mapping[str, str]
    """Title or code of a kind → its code."""
    by_name: Mapping[str, Sequence[Appointment]]
    by_unit: Mapping[UUID, Sequence[Appointment]]
    """In the order in which they answer: holders before deputies, the earlier first."""

    @classmethod
    def of(cls, actor: Actor, codes: Collection[str]) -> "Register":
        """Six statements, however many rows name units of these codes. Raises `NoRules`."""
        version = version_in_force(actor.district_id)
        rules = rules_of(version)
        units = {
            unit.code.upper(): unit
            for unit in Unit.objects.visible_to(actor)
            if unit.code.upper() in codes and may_import_into(actor, unit)
        }
        keys = [unit.pk for unit in units.values()]
        places = list(Place.objects.visible_to(actor).filter(unit__in=keys))
        held = list(_appointments(actor, units.values()))
        return cls(
            version=version,
            rules=rules,
            units=units,
            places={place.code.upper(): place for place in places},
            named_places=_alone(((place.unit_id, place.name), place) for place in places),
            posts=posts_by_name(actor),
            kinds={word: kind.code for kind in rules.kinds for word in _words_of(kind)},
            by_name=_grouped((each.person.name, each) for each in held),
            by_unit=_grouped((each.unit_id, each) for each in held),
        )

    def person(self, name: str, unit: Unit, day: date) -> Appointment | None:
        """The post in which the one person of a name stood in a unit on a day, or else above it.

        None where nobody has the name, or several have.
        """
        held = [each for each in self.by_name.get(name, ()) if each.is_in_force(day)]
        inside = [each for each in held if each.unit.path.startswith(unit.path)]
        found = inside or [each for each in held if each.unit.oversees]
        return found[0] if len({each.person_id for each in found}) == 1 else None

    def holder(self, unit: Unit, post: Post, day: date) -> Appointment | None:
        """Who held a post of a unit on a day."""
        here = self.by_unit.get(unit.pk, ())
        return next((each for each in here if each.post_id == post.pk and each.is_in_force(day)), None)

    def head(self, unit: Unit, day: date) -> Appointment | None:
        """The head of a unit on a day, who answers where a post is vacant."""
        here = self.by_unit.get(unit.pk, ())
        return next((each for each in here if each.post.is_head and each.is_in_force(day)), None)


def stored_numbers(district_id: UUID, numbers: Sequence[str]) -> dict[str, Stored]:
    """The old numbers that are there already, with what their hazards say."""
    found: dict[str, Stored] = {}
    rows = Hazard.objects.everything(SAME_NUMBER).filter(district_id=district_id)
    for at in range(0, len(numbers), AT_ONCE):
        some = rows.filter(old_code__in=numbers[at : at + AT_ONCE])
        for number, *said in some.values_list("old_code", "unit_id", "found_on", "kind", "text"):
            found[number] = (said[0], said[1], said[2], said[3])
    return found


def _appointments(actor: Actor, units: Iterable[Unit]) -> Iterable[Appointment]:
    """Who ever held a post in these units or beneath them, or above them all."""
    at = Q(unit__oversees=True)
    for unit in units:
        at |= Q(unit__path__startswith=unit.path)
    rows = Appointment.objects.visible_to(actor)
    narrowed = rows.filter(at) if len(at) <= FEW_UNITS else rows
    return narrowed.select_related("person", "unit", "post").order_by("is_deputy", "starts_on", "id")


T = TypeVar("T")
K = TypeVar("K")


def _words_of(kind: HazardKind) -> tuple[str, str, str]:
    """What a cell may call a kind."""
    return (kind.code, kind.title.zh, kind.title.en)


def _alone(pairs: Iterable[tuple[K, T]]) -> dict[K, T]:
    """What stands under a key that nothing else has."""
    return {key: found[0] for key, found in _grouped(pairs).items() if len(found) == 1}


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    """Everything under its key, in order."""
    found: dict[K, list[T]] = {}
    for key, each in pairs:
        found.setdefault(key, []).append(each)
    return found
