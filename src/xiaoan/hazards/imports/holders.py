"""Who had to put an old hazard right, and who has to today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaoan.foundation import clock
from xiaoan.hazards.imports.columns import HOLDER
from xiaoan.hazards.imports.old import OldHazard
from xiaoan.hazards.imports.register import Register
from xiaoan.people.models import Appointment


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain of those who answer."""

    person_id: UUID | None
    name: str
    since: date
    stands_in: bool = False


def chain_of(old: OldHazard, register: Register, *, is_open: bool) -> list[Link]:
    """Whom the row names from the day it was handed out; of an open one also who holds the post today.

    Where the row names nobody it is who held the post on that day. Empty where nobody was to answer.
    """
    handed_on = old.handed_on
    if handed_on is None or old.post is None:
        return []
    first = _named(old, register, handed_on)
    if not is_open:
        return [first]
    now = _answering(old, register, clock.today())
    same = first.person_id is not None and first.person_id == now.person_id
    return [first] if same else [first, now]


def _named(old: OldHazard, register: Register, day: date) -> Link:
    """The person of the row's name, or the holder of its post on the day."""
    name = old.names[HOLDER]
    if not name:
        return _answering(old, register, day)
    held = register.person(name, old.unit, day)
    return Link(held.person_id if held else None, name, day)


def _answering(old: OldHazard, register: Register, day: date) -> Link:
    """The holder of the post on a day, or the unit's head in its place (`holding.answering` for many rows)."""
    held: Appointment | None = register.holder(old.unit, old.post, day) if old.post else None
    if held:
        return Link(held.person_id, held.person.name, day)
    head = register.head(old.unit, day)
    return Link(head.person_id if head else None, head.person.name if head else "", day, stands_in=True)
