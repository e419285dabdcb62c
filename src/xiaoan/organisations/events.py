"""What organisations announce. A unit's opening and changes move cells; so does a new calendar."""

from dataclasses import dataclass

from xiaoan.foundation.events import Event, event


@event("organisations.UnitOpened")
@dataclass(frozen=True, kw_only=True)
class UnitOpened(Event):
    """A unit came into the register; `happened_on` is the day from which it exists."""


@event("organisations.UnitChanged")
@dataclass(frozen=True, kw_only=True)
class UnitChanged(Event):
    """A unit's kind, dates, place in the tree, facts or circles changed."""


@event("organisations.CalendarChanged")
@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """Terms, breaks or working days of the district changed; the record is the district's root."""
