"""What messages announce."""

from dataclasses import dataclass
from datetime import date

from xiaoan.foundation.events import Event, event


@event("messages.StepReached")
@dataclass(frozen=True, kw_only=True)
class StepReached(Event):
    """The day of a reminder's step has come. `record_id` is the subject, `happened_on` the day of the run."""

    subject_type: str
    """The subject's model as Django labels it: `hazards.Hazard`."""
    step: int
    """Days before the due day, negative after it. Of several missed steps only the last is announced."""
    due: date
