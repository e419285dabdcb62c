"""The tables of the primitives, gathered for Django; each stands in the file of its primitive."""

from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry, JournalHead, JournalPayload
from xiaoan.foundation.once import ConflictCopy, Submission

__all__ = ["Announcement", "ConflictCopy", "JournalEntry", "JournalHead", "JournalPayload", "Submission"]
