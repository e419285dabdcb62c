"""What the risk list announces. Each carries the day by which the unit's list and reviews are counted."""

from xiaoan.foundation.events import Event, event


@event("risks.RiskAdded")
class RiskAdded(Event):
    """A risk point stands on its unit's list from this day."""


@event("risks.StarterRisksAdded")
class StarterRisksAdded(Event):
    """Points of the pack's starter list stand on a unit's list from this day; the record is the unit."""


@event("risks.RiskChanged")
class RiskChanged(Event):
    """Level, measures, post or words of a risk point changed."""


@event("risks.RiskRetired")
class RiskRetired(Event):
    """A risk point stands on the list no more; the day is the first without it."""


@event("risks.RisksReviewed")
class RisksReviewed(Event):
    """Risk points of a unit were reviewed on this day; the record is the unit."""
