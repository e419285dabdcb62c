"""The tables of the primitives, gathered for Django; each stands in the file of its primitive."""

from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.import_checking import ImportFile
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.journal import JournalEntry, JournalHead, JournalPayload
from xiaoan.foundation.once import ConflictCopy, Submission
from xiaoan.foundation.saved_views import SavedView
from xiaoan.foundation.schedule import JobSlot
from xiaoan.foundation.search import SearchTerm
from xiaoan.foundation.worker import WorkerBeat

__all__ = [
    "Announcement",
    "Attachment",
    "ConflictCopy",
    "ImportDraft",
    "ImportFile",
    "JobSlot",
    "JournalEntry",
    "JournalHead",
    "JournalPayload",
    "SavedView",
    "SearchTerm",
    "Submission",
    "WorkerBeat",
]
