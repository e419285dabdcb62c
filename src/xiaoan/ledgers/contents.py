"""An entry's content in and out of its typed rows: one way for every kind of record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.attachments.keeping import attach
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.attachments.queries import attached_to
from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui import dates
from xiaoan.ledgers.declarations import FieldSpec, RecordKind
from xiaoan.ledgers.filling import Filling, ItemDraft, is_empty
from xiaoan.ledgers.models import Entry, EntryPerson, EntryValue, Item
from xiaoan.people.models import Appointment

TITLE_LENGTH = 80
_COLUMNS = {
    "date": "day",
    "text": "text",
    "long_text": "text",
    "choice": "choice",
    "number": "number",
    "yes_no": "yes",
}
"""The column of `EntryValue` in which a type is kept; people have rows of their own, files are attachments."""


def title_of(kind: RecordKind, filling: Filling) -> str:
    """One line for lists: the first line of the first text, else the kind's name."""
    for spec in kind.of_type("text", "long_text"):
        if text := str(filling.values.get(spec.name) or "").strip():
            line = text.splitlines()[0].strip()
            return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"
    return kind.title.zh


def write_content(entry: Entry, kind: RecordKind, filling: Filling) -> None:
    """Write values and people of a new or emptied entry: two statements."""
    EntryValue.objects.bulk_create(
        EntryValue(entry=entry, field=spec.name, **{_COLUMNS[spec.type]: filling.values[spec.name]})
        for spec in kind.fields
        if spec.type in _COLUMNS and not is_empty(filling.values.get(spec.name))
    )
    EntryPerson.objects.bulk_create(
        EntryPerson(entry=entry, field=spec.name, person_id=held.person_id, **_copied(held))
        for spec in kind.of_type("person_post", "people")
        for held in _people_in(filling.values.get(spec.name))
    )


def rewrite_content(entry: Entry, kind: RecordKind, filling: Filling) -> None:
    """Replace values and people; the act's journal keeps the old ones."""
    entry.values.all().delete()
    entry.people.all().delete()
    write_content(entry, kind, filling)


def make_items(entry: Entry, drafts: Sequence[ItemDraft], first: int = 1) -> list[Item]:
    """Write 议定事项, numbered from `first`, with names and posts copied."""
    return Item.objects.bulk_create(
        [_item(entry, number, draft) for number, draft in enumerate(drafts, start=first)]
    )


def _item(entry: Entry, number: int, draft: ItemDraft) -> Item:
    """One item of a checked draft."""
    held = draft.holder
    if held is None or draft.due_on is None:
        raise ValueError("a draft is checked before it is written")
    names = _copied(held)
    return Item(
        district_id=entry.district_id,
        unit_id=entry.unit_id,
        created_by_id=entry.created_by_id,
        entry=entry,
        number=number,
        text=draft.text.strip(),
        person_id=held.person_id,
        person_name=names.pop("name"),
        due_on=draft.due_on,
        **names,
    )


def _copied(held: Appointment) -> dict[str, str]:
    """Name and post as they are on the day of writing: copied, they stay true."""
    return {
        "name": held.person.name,
        "post": held.post.code,
        "post_zh": held.post.name_zh,
        "post_en": held.post.name_en,
    }


def _people_in(value: Any) -> list[Appointment]:
    """The appointments of a `people` or `person_post` value."""
    if is_empty(value):
        return []
    return [value] if isinstance(value, Appointment) else list(value)


def attach_files(entry: Entry, kind: RecordKind, filling: Filling, actor: Actor) -> None:
    """Attach what was uploaded, each file for the purpose of its field. Files are added, never replaced."""
    for spec in kind.of_type("file"):
        if uploads := filling.values.get(spec.name):
            attach(actor=actor, owner=entry, uploads=uploads, purpose=spec.name)


@dataclass(frozen=True, slots=True)
class Fact:
    """A declared field with what was filled in: words, or files."""

    spec: FieldSpec
    words: Words
    files: Sequence[Attachment] = ()

    @property
    def title(self) -> str:
        """The field's title in the language of the page."""
        return str(self.spec.title)


def attached_fields(entry: Entry, kind: RecordKind) -> set[str]:
    """The fields of an entry that have files."""
    return {file.purpose for file in attached_to(entry)} if kind.of_type("file") else set()


def facts_of(entry: Entry, kind: RecordKind) -> list[Fact]:
    """The filled fields of an entry in the order of its declaration."""
    values = {value.field: value for value in entry.values.all()}
    people: dict[str, list[EntryPerson]] = {}
    for each in entry.people.all():
        people.setdefault(each.field, []).append(each)
    files: dict[str, list[Attachment]] = {}
    for file in attached_to(entry) if kind.of_type("file") else ():
        files.setdefault(file.purpose, []).append(file)
    found: list[Fact] = []
    for spec in kind.fields:
        if spec.name in people:
            found.append(Fact(spec, _("、").join(each.words for each in people[spec.name])))
        elif spec.name in values:
            found.append(Fact(spec, _value_words(spec, values[spec.name])))
        elif spec.name in files:
            found.append(Fact(spec, "", files[spec.name]))
    return found


def stored_value(spec: FieldSpec, value: EntryValue) -> Any:
    """A stored value in its own type."""
    return getattr(value, _COLUMNS[spec.type])


def _value_words(spec: FieldSpec, value: EntryValue) -> Words:
    """A stored value as a person reads it."""
    stored = stored_value(spec, value)
    match spec.type:
        case "date":
            return dates.full_date(stored)
        case "choice":
            choice = spec.choice(stored)
            return str(choice.title) if choice else stored
        case "number":
            return f"{stored.normalize():f}"
        case "yes_no":
            return _("是") if stored else _("否")
    return str(stored)


def filled_words(kind: RecordKind, filling: Filling) -> dict[str, Any]:
    """What the journal keeps of a filling: by field, people with name and post, files by their names."""
    kept: dict[str, Any] = {"happened_on": filling.happened_on}
    for spec in kind.fields:
        value = filling.values.get(spec.name)
        if not is_empty(value):
            kept[spec.name] = _journal_value(spec, value)
    return kept


def _journal_value(spec: FieldSpec, value: Any) -> Any:
    """One value in the journal's plain terms."""
    if spec.type in {"person_post", "people"}:
        return _people_words((held.person.name, held.post.name_zh) for held in _people_in(value))
    return [file.name for file in value] if spec.type == "file" else value


def stored_words(entry: Entry, kind: RecordKind) -> dict[str, Any]:
    """What is stored of an entry, in the same terms as `filled_words`: the old side of a correction."""
    kept: dict[str, Any] = {"happened_on": entry.happened_on}
    for value in entry.values.all():
        if spec := kind.field(value.field):
            kept[value.field] = stored_value(spec, value)
    people: dict[str, list[tuple[str, str]]] = {}
    for each in entry.people.all():
        people.setdefault(each.field, []).append((each.name, each.post_zh))
    return kept | {name: _people_words(found) for name, found in people.items()}


def _people_words(found: Iterable[tuple[str, str]]) -> list[str]:
    """Sorted, so that the same people compare equal."""
    return sorted(f"{name}（{post}）" for name, post in found)


def item_words(item: Item | ItemDraft) -> str:
    """A 议定事项 in one line of the journal."""
    if isinstance(item, Item):
        return f"{item.text}｜{item.person_name}（{item.post_zh}）｜{item.due_on}"
    held = item.holder
    holder = f"{held.person.name}（{held.post.name_zh}）" if held else ""
    return f"{item.text}｜{holder}｜{item.due_on}"
