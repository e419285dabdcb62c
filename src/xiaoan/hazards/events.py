"""What hazards announce. Each event's day is the day by which it is counted."""

from xiaoan.foundation.events import Event, event


@event("hazards.HazardReported")
class HazardReported(Event):
    """A hazard was reported; its day is the day it was found."""


@event("hazards.HazardsImported")
class HazardsImported(Event):
    """Rows of the old ledger came to a unit, which is the event's record; its day is the first day of any of them."""


@event("hazards.HazardMoved")
class HazardMoved(Event):
    """A hazard took a step, or a flag of it changed; its day is the day of the step."""


@event("hazards.FindingChanged")
class FindingChanged(Event):
    """What became of a hazard counts on the day it was found: it closed, reopened, was dropped or regraded."""


@event("hazards.DeadlineTouched")
class DeadlineTouched(Event):
    """A date was set, moved, kept or missed; its day is that date."""


@event("hazards.LookedBack")
class LookedBack(Event):
    """A closed hazard was looked at again; its day is the day of the look."""


@event("hazards.MajorSuspected")
class MajorSuspected(Event):
    """Somebody thinks that a hazard is major: the centre is told at once."""


@event("hazards.HandedOut")
class HandedOut(Event):
    """A hazard has a holder and a date."""


@event("hazards.Urged")
class Urged(Event):
    """Somebody asks who holds it to go on: they are told."""


@event("hazards.SentBack")
class SentBack(Event):
    """What was said to be put right was not."""


@event("hazards.Dismissed")
class Dismissed(Event):
    """It is no hazard, or part of another: its finder is told."""


@event("hazards.HazardClosed")
class HazardClosed(Event):
    """A hazard was closed: reminders end."""


@event("hazards.ExtensionAsked")
class ExtensionAsked(Event):
    """More time is asked for; its record is the extension's hazard."""
