"""What the ledgers announce. The day of an event is the day by which its record is counted."""

from xiaoan.foundation.events import Event, event


@event("ledgers.EntryRecorded")
class EntryRecorded(Event):
    """An entry was filed; its day is `happened_on`."""


@event("ledgers.EntryCorrected")
class EntryCorrected(Event):
    """An entry was corrected; announced for the old and the new day where the day was changed."""


@event("ledgers.EntryVoided")
class EntryVoided(Event):
    """An entry was voided and no longer counts on its day."""


@event("ledgers.ItemAgreed")
class ItemAgreed(Event):
    """A 议定事项 is owed; its day is the due day."""


@event("ledgers.ItemFinished")
class ItemFinished(Event):
    """A 议定事项 was finished; its day is the due day, by which it is counted."""


@event("ledgers.ItemVoided")
class ItemVoided(Event):
    """A 议定事项 is owed no more, because its entry was voided; its day is the due day."""
