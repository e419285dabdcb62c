"""What people announce."""

from dataclasses import dataclass

from xiaoan.foundation.events import Event, event


@event("people.AppointmentChanged")
@dataclass(frozen=True, kw_only=True)
class AppointmentChanged(Event):
    """An appointment began or ended; `happened_on` is its first day, or the earlier of its old and new last day."""


@event("people.PersonChanged")
@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """A person came into the register or is looked after by another unit; the record is the person."""


@event("people.PeopleChanged")
@dataclass(frozen=True, kw_only=True)
class PeopleChanged(Event):
    """A table of people or appointments was applied: many persons at once; the record is the draft."""
