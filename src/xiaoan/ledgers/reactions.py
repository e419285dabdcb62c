"""Entries are found by what they say: kind, texts, people, 议定事项; a voided one is still found, and marked."""

from django.db.models import QuerySet

from xiaoan.foundation.events import Delivery, reacts_to
from xiaoan.foundation.search import register_searchable
from xiaoan.ledgers.events import EntryCorrected, EntryRecorded, EntryVoided
from xiaoan.ledgers.models import Entry


def _entries() -> QuerySet[Entry]:
    """All entries, with what they say."""
    rows = Entry.objects.everything("the index knows every entry; who finds it is asked later")
    return rows.select_related("unit", "pack_version").prefetch_related("values", "people", "items")


def _words(entry: Entry) -> str:
    """Everything that an entry says in words."""
    kind = entry.declared.title
    said = [value.text for value in entry.values.all() if value.text]
    people = [each.name for each in entry.people.all()]
    items = [f"{item.text} {item.person_name}" for item in entry.items.all()]
    return " ".join([kind.zh, kind.en, entry.title, *people, *items, *said, entry.void_reason])


ENTRIES = register_searchable(_entries, _words)


@reacts_to(EntryRecorded, EntryCorrected, EntryVoided)
def index_entry(delivery: Delivery) -> None:
    """Index one entry as it stands now."""
    ENTRIES.refresh(delivery.event.record_id)
