"""What happened to an entry and its 议定事项, from the journal, in words."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.journal import JournalEntry
from xiaoan.ledgers.declarations import RecordKind
from xiaoan.ledgers.filling import CORRECTION_REASON
from xiaoan.ledgers.models import Entry, Item
from xiaoan.people.models import Person

Changes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline: when, by whom (empty for the machine), what."""

    at: datetime
    who: str
    words: str


def history_of(entry: Entry, kind: RecordKind, actor: Actor) -> list[Happening]:
    """Everything done to an entry that the actor has seen, newest first: two statements."""
    items = {str(item.id): item for item in entry.items.all()}
    notes = list(
        JournalEntry._default_manager.filter(object_id__in=[str(entry.id), *items])  # noqa: SLF001 - of records already seen
        .select_related("payload")
        .order_by("-at", "-number")
    )
    persons = Person.objects.visible_to(actor).in_bulk({note.person_id for note in notes if note.person_id})
    return [_happening(note, kind, items.get(note.object_id), persons) for note in notes]


def _happening(
    note: JournalEntry, kind: RecordKind, item: Item | None, persons: Mapping[Any, Person]
) -> Happening:
    """One journal entry in words; what was redacted leaves its act."""
    payload = getattr(note, "payload", None)
    changes: Changes = json.loads(payload.body).get("changes", {}) if payload else {}
    person = persons.get(note.person_id)
    who = person.name if person else (_("其他人员") if note.person_id else "")
    return Happening(note.at, who, _WORDS.get(note.act, _other)(changes, kind, item))


def _recorded(_changes: Changes, kind: RecordKind, _item: Item | None) -> str:
    return _("登记%(kind)s") % {"kind": kind.title}


def _corrected(changes: Changes, kind: RecordKind, _item: Item | None) -> str:
    """Old and new of each field, then the reason."""
    reason = changes.get(CORRECTION_REASON, [None, ""])[1]
    lines = [
        _("%(title)s由%(old)s改为%(new)s")
        % {"title": _title(kind, name), "old": _shown(old), "new": _shown(new)}
        for name, (old, new) in changes.items()
        if name != CORRECTION_REASON
    ]
    return _("更正：%(lines)s。理由：%(reason)s") % {"lines": _("；").join(lines), "reason": reason}


def _voided(changes: Changes, _kind: RecordKind, _item: Item | None) -> str:
    return _("作废，理由：%(reason)s") % {"reason": changes.get("void_reason", ["", ""])[1]}


def _finished(_changes: Changes, _kind: RecordKind, item: Item | None) -> str:
    return _("办结：%(item)s") % {"item": item.text if item else ""}


def _other(_changes: Changes, _kind: RecordKind, _item: Item | None) -> str:
    return _("改动")


_WORDS: dict[str, Callable[[Changes, RecordKind, Item | None], str]] = {
    "ledgers.record_entry": _recorded,
    "ledgers.correct_entry": _corrected,
    "ledgers.void_entry": _voided,
    "ledgers.finish_item": _finished,
}


def _title(kind: RecordKind, name: str) -> str:
    """A field's title; the common ones have their own."""
    own = {"happened_on": _("日期"), "items": _("议定事项")}
    spec = kind.field(name)
    return str(spec.title) if spec else own.get(name, name)


def _shown(value: Any) -> str:
    """A journal value in words."""
    if value in (None, "", []):
        return _("空")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _("、").join(map(str, value)) if isinstance(value, list) else str(value)
