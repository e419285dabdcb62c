"""What people announce."""

from dataclasses import dataclass

from xiaoan.foundation.events import Event, event


@event("people.AppointmentChanged")
@dataclass(frozen=True, kw_only=True)
class AppointmentChanged(Event):
    """An appointment began or ended; `happened_on` is its first day, or the last one."""
