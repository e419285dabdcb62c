"""What feedback announces."""

from xiaoan.foundation.events import Event, event


@event("feedback.RemarkAnswered")
class RemarkAnswered(Event):
    """A remark was answered on this day; the unit is the district."""
