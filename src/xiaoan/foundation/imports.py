"""Imports of tables: check a file into a draft, look at what it would do, apply it as one act.

Checking reads and compares outside any transaction and changes nothing but the draft; a long file is checked
by the worker (`import_checking.py`). Applying works the comparison out again inside the act; where it has
become another one, the file is to be checked again. So nobody applies what they did not see
(`13-contracts.md` section 7).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import Conflict, NotPermitted, RuleBroken, Words
from xiaoan.foundation.once import canonical, digest
from xiaoan.foundation.permissions import Denied, Target, Verdict
from xiaoan.foundation.records import change_guarded, new_id
from xiaoan.foundation.scope import Reach, ScopedManager
from xiaoan.foundation.sheets import CellError, Column, Kind, Row, Table, Value, read_table
from xiaoan.foundation.sheets.table import MAX_ROWS

FILE_NAME_LENGTH = 120


class DraftState(models.TextChoices):
    """How far a file has come; applied is told by `applied_at`."""

    CHECKING = "checking", _("检查中")
    CHECKED = "checked", _("已检查")
    REFUSED = "refused", _("没有读取")
    CANCELLED = "cancelled", _("已取消")


class ImportDraft(models.Model):
    """A file and its check: what it holds, what is wrong, what it would add and change. Seen by its maker."""

    reach: ClassVar[Reach] = Reach(reading="foundation.read_imports", path=None, person="person_id")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    district_id = models.UUIDField()
    unit_id = models.UUIDField()
    """The unit for which is imported, in whose journal the act is written: the district's root for master data."""
    person_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=32)
    file_name = models.CharField(max_length=FILE_NAME_LENGTH)
    file_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.CHECKED)
    steps_done = models.PositiveSmallIntegerField(default=0)
    """Of a check in the background: how many of its steps are behind it."""
    refusal = models.TextField(default="")
    """Why a file was not read, in the words of whoever had it checked."""
    sheet = models.CharField(max_length=40, default="")
    rows = models.TextField(default="[]")
    """The rows whose cells fit their columns: JSON list of [row number, {heading: value}]."""
    errors = models.TextField(default="[]")
    """JSON list of [sheet, cell, words]."""
    notes = models.TextField(default="[]")
    """JSON list of words on what was left out of reading."""
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    plan_digest = models.CharField(max_length=64, default="")
    """Of everything that applying would add and change."""
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    applied_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager()

    class Meta:
        db_table = "fnd_import_draft"

    @property
    def journal_unit_id(self) -> UUID:
        """Applying is written in the journal of the unit for which is imported."""
        return self.unit_id

    def reach_target(self) -> Target:
        """An import of master data stands at the district's root."""
        return Target(self.district_id, "", frozenset(filter(None, [self.person_id])))

    @property
    def is_applicable(self) -> bool:
        """Whether the apply button is shown: checked, no errors, not applied, something to do."""
        is_open = self.state == DraftState.CHECKED and self.applied_at is None
        return is_open and not self.wrong and not self.has_nothing_new

    @property
    def has_nothing_new(self) -> bool:
        """Whether the file only says what is there already."""
        return not (self.added or self.changed or self.wrong)

    def error_list(self) -> list[CellError]:
        """The errors, by cell, in the words of whoever checked."""
        return [CellError(*each) for each in json.loads(self.errors)]

    def note_list(self) -> list[str]:
        """What is to be said about the reading."""
        return list(json.loads(self.notes))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a file speaks of. Fields that the file has no column for are left out of `wanted`."""

    key: str
    wanted: Mapping[str, Any]
    current: Mapping[str, Any] | None
    """The same fields as they are now; None when the thing is not there yet."""

    @property
    def is_new(self) -> bool:
        """Whether the file adds it."""
        return self.current is None

    def changes(self) -> dict[str, list[Any]]:
        """Old and new of each field that the file changes."""
        current = self.current or {}
        return {
            field: [current.get(field), value]
            for field, value in self.wanted.items()
            if self.is_new or current.get(field) != value
        }


@dataclass(frozen=True, slots=True)
class Resolution:
    """What rows mean for what is there: entries, errors of meaning, and what deserves a second look."""

    entries: Sequence[Entry]
    errors: Sequence[CellError]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of table: its headings, who may import it, and how its rows compare with what is there."""

    name: str
    title: Words
    columns: tuple[Column, ...]
    may: Callable[[Actor, ImportDraft], Verdict]
    resolve: Callable[[Actor, Sequence[Row]], Resolution]
    """Compares rows with what the actor sees; a few statements, however many rows."""
    parent_heading: str = ""
    """The column in which a row names another row of the same file, by that one's `key_heading`."""
    key_heading: str = ""


class Applying(Protocol):
    """The act that applies a draft of a kind."""

    def __call__(self, *, actor: Actor, ask: Ask, draft: ImportDraft) -> ImportDraft:
        """Apply, or refuse with a reason."""


_kinds: dict[str, tuple[ImportKind, Applying]] = {}


def register_import(kind: ImportKind, apply: Applying) -> None:
    """Offer a kind of table with its act: the import page and the command line show what is offered."""
    if kind.name in _kinds:
        raise ValueError(f"two kinds of import are called {kind.name}")
    _kinds[kind.name] = (kind, apply)


def known_imports() -> dict[str, tuple[ImportKind, Applying]]:
    """All kinds of tables with their acts, by name."""
    return dict(_kinds)


def check(
    kind: ImportKind, data: bytes, name: str, actor: Actor, *, most_rows: int = MAX_ROWS
) -> ImportDraft:
    """Read and compare a file here and now; the draft tells every error by its cell.

    Raises `SheetRefused` for a file that is not read at all, `NotPermitted` for who may not import. Who may
    not, but oversees the district, is told where a file says nothing new: sending it twice harms nobody.
    """
    verdict = may_import(kind, actor)
    if isinstance(verdict, Denied) and not actor.oversees:
        raise NotPermitted(verdict.reason)
    draft = draft_of(kind, data, name, actor)
    table = read_table(data, name, kind.columns, max_rows=most_rows)
    fill(draft, kind, table, kind.resolve(actor, table.rows))
    if isinstance(verdict, Denied) and not (draft.unchanged and draft.has_nothing_new):
        raise NotPermitted(verdict.reason)
    draft.save(force_insert=True)
    return draft


def fill(draft: ImportDraft, kind: ImportKind, table: Table, resolution: Resolution) -> None:
    """Write down in a draft what a file holds and what it means."""
    misled = _misled_cells(kind, table)
    meant = [error for error in resolution.errors if error.cell not in misled]
    errors = sorted([*table.errors, *meant], key=_place)
    draft.sheet = table.sheet
    draft.rows = canonical([[row.number, row.values] for row in table.rows])
    draft.errors = canonical([[each.sheet, each.cell, str(each.message)] for each in errors])
    draft.notes = canonical([str(note) for note in (*table.notes, *resolution.notes)])
    draft.wrong = len(errors)
    draft.plan_digest = _plan_digest(resolution)
    draft.added, draft.changed, draft.unchanged = _counts(resolution)


def _misled_cells(kind: ImportKind, table: Table) -> set[str]:
    """Cells that name a row of the file which is itself wrong: only that row's own error is worth telling."""
    faulty = {str(row.values.get(kind.key_heading, "")).upper() for row in table.faulty} - {""}
    named = ((row, str(row.values.get(kind.parent_heading, "")).upper()) for row in table.rows)
    return {row.cells[kind.parent_heading] for row, key in named if key in faulty}


def may_import(kind: ImportKind, actor: Actor) -> Verdict:
    """Whether the actor may import tables of a kind into their district."""
    return kind.may(actor, ImportDraft(district_id=actor.district_id, person_id=actor.person_id))


def _place(error: CellError) -> tuple[int, int, str]:
    """Errors in reading order: row by row, A before B before AA."""
    letters = error.cell.rstrip("0123456789")
    return int(error.cell[len(letters) :]), len(letters), letters


def draft_of(kind: ImportKind, data: bytes, name: str, actor: Actor) -> ImportDraft:
    """A file before it is read: not stored."""
    return ImportDraft(
        district_id=actor.district_id,
        unit_id=actor.district_id,
        person_id=actor.person_id,
        kind=kind.name,
        file_name="".join(letter for letter in name if letter.isprintable())[-FILE_NAME_LENGTH:],
        file_digest=file_digest_of(data),
    )


def file_digest_of(data: bytes) -> str:
    """The hash by which the journal names a file."""
    return hashlib.sha256(data).hexdigest()


def _counts(resolution: Resolution) -> tuple[int, int, int]:
    """新增, 变更, 未变."""
    added = sum(entry.is_new for entry in resolution.entries)
    changed = sum(bool(entry.changes()) for entry in resolution.entries if not entry.is_new)
    return added, changed, len(resolution.entries) - added - changed


def _plan_digest(resolution: Resolution) -> str:
    """One value for everything that applying would do."""
    return digest(canonical([[entry.key, entry.is_new, entry.changes()] for entry in resolution.entries]))


def begin(kind: ImportKind, actor: Actor, draft: ImportDraft) -> list[Entry]:
    """Inside the applying act: take the draft, work its comparison out again; entries that do something.

    Raises `RuleBroken` for a draft with errors or without a finished check, `Conflict` for one that was applied
    or has become outdated.
    """
    if draft.kind != kind.name or draft.wrong or draft.state != DraftState.CHECKED:
        raise RuleBroken({"file": [_("文件中还有错误，请改正后重新上传检查。")]})
    if draft.applied_at is not None:
        raise Conflict(_("这份文件已经导入过了。"))
    resolution = kind.resolve(actor, list(stored_rows(kind, draft)))
    if resolution.errors or _plan_digest(resolution) != draft.plan_digest:
        raise Conflict(_("检查之后，系统中的资料有了变动。请重新上传这份文件检查一遍。"))
    change_guarded(draft, seen=None, applied_at=clock.now())
    return [entry for entry in resolution.entries if entry.changes()]


def stored_rows(kind: ImportKind, draft: ImportDraft) -> Iterator[Row]:
    """The checked rows of a draft, typed again."""
    dates = {column.heading for column in kind.columns if column.kind is Kind.DATE}

    def typed(heading: str, value: Any) -> Value:
        return date.fromisoformat(value) if value and heading in dates else value

    for number, values in json.loads(draft.rows):
        yield Row(
            draft.sheet, number, {heading: typed(heading, value) for heading, value in values.items()}, {}
        )


def journalled(draft: ImportDraft, entries: Iterable[Entry]) -> dict[str, Any]:
    """What the journal keeps of an import: file, counts, the keys added, old and new of what changed."""
    listed = list(entries)
    return {
        "file": [None, draft.file_digest],
        "counts": {"added": draft.added, "changed": draft.changed, "unchanged": draft.unchanged},
        "added": [entry.key for entry in listed if entry.is_new],
        "changed": {entry.key: entry.changes() for entry in listed if not entry.is_new},
    }


def repeated_keys(rows: Sequence[Row], headings: Sequence[str]) -> list[CellError]:
    """An error at each row whose key already stood in a row above."""
    first_row: dict[tuple[str, ...], int] = {}
    errors: list[CellError] = []
    for row in rows:
        key = tuple(str(row.values[heading]).upper() for heading in headings)
        if key in first_row:
            words = _("与第 %(row)s 行重复，请只留一行。") % {"row": first_row[key]}
            errors.append(row.error(headings[0], words))
        first_row.setdefault(key, row.number)
    return errors


def overwrite(model: type[models.Model], rows: Sequence[Any], fields: Sequence[str]) -> None:
    """Write fields of many stored rows in a few statements, and count their versions on."""
    for row in rows:
        row.version += 1
    model.objects.bulk_create(  # type: ignore[attr-defined]
        rows, update_conflicts=True, unique_fields=["id"], update_fields=[*fields, "version"]
    )
