"""Importing many entries of a kind: the headings are the titles of its declaration, files and 议定事项 left out."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.imports import Entry as ImportEntry
from xiaoan.foundation.imports import ImportDraft, ImportKind, Resolution, check, repeated_keys, stored_rows
from xiaoan.foundation.once import plain
from xiaoan.foundation.sheets import CellError, Column, Kind, Row
from xiaoan.ledgers.contents import title_of
from xiaoan.ledgers.declarations import DATE_HEADING, FieldSpec, FieldType, RecordKind
from xiaoan.ledgers.filling import Filling, held_on, is_empty, refuse_misfit
from xiaoan.ledgers.kinds import KindOfVersion
from xiaoan.ledgers.models import Entry, EntryState
from xiaoan.ledgers.permissions import may_import_entries
from xiaoan.ledgers.queries import candidates
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment

MOST_ROWS = 200
"""Rows of one file: each is an act of its own, and all of them are one transaction."""
BETWEEN_NAMES = "、"
_CELLS: dict[FieldType, Kind] = {
    "date": Kind.DATE,
    "text": Kind.TEXT,
    "long_text": Kind.LONG_TEXT,
    "choice": Kind.TEXT,
    "people": Kind.TEXT,
    "person_post": Kind.TEXT,
    "number": Kind.DECIMAL,
    "yes_no": Kind.YES_NO,
}


class CellMisfit(ValueError):  # noqa: N818 - becomes the error of a cell
    """What a cell says is not among what its field allows."""


def columns_of(declared: RecordKind) -> tuple[Column, ...]:
    """The headings of a kind: its day, then its fields by their Chinese titles."""
    fields = [spec for spec in declared.fields if spec.type in _CELLS]
    return (
        Column(DATE_HEADING, required=True, kind=Kind.DATE, meaning=_("发生的日期")),
        *(Column(spec.title.zh, spec.required, _CELLS[spec.type], meaning=_meaning(spec)) for spec in fields),
    )


def _meaning(spec: FieldSpec) -> str:
    """What to write into a column."""
    match spec.type:
        case "choice":
            return _("填写其中一项：%(choices)s") % {
                "choices": "、".join(each.title.zh for each in spec.choices)
            }
        case "person_post":
            return _("姓名；有同名的填工号")
        case "people":
            return _("姓名，用顿号隔开；有同名的填工号")
    return str(spec.hint or "")


def table_of(unit: Unit, kind: KindOfVersion) -> ImportKind:
    """The import of one kind for one unit."""
    declared = kind.declared

    def may(actor: Actor, _draft: ImportDraft) -> Any:
        return may_import_entries(actor, unit, kind)

    def resolve(actor: Actor, rows: Sequence[Row]) -> Resolution:
        return _Reading(unit, declared, candidates(actor, unit)).resolution(actor, rows)

    return ImportKind(f"ledgers.{declared.code}", declared.title.zh, columns_of(declared), may, resolve)


def check_file(unit: Unit, kind: KindOfVersion, data: bytes, name: str, actor: Actor) -> ImportDraft:
    """Check a file into a draft of the unit. Raises `SheetRefused` and `NotPermitted` as `imports.check` does."""
    draft = check(table_of(unit, kind), data, name, actor)
    draft.unit_id = unit.id
    draft.save(update_fields=["unit_id"])
    return draft


def fillings_of(
    unit: Unit, kind: KindOfVersion, draft: ImportDraft, actor: Actor, keys: Collection[str]
) -> list[Filling]:
    """The fillings of a draft's rows with these keys, in the order of the file."""
    reading = _Reading(unit, kind.declared, candidates(actor, unit))
    fillings = [reading.filling(row, []) for row in stored_rows(table_of(unit, kind), draft)]
    return [filling for filling in fillings if _key(kind.declared, filling) in keys]


def _key(declared: RecordKind, filling: Filling) -> str:
    """By what an entry is known again: its day and its line."""
    return f"{filling.happened_on} {title_of(declared, filling)}"


@dataclass(frozen=True)
class _Reading:
    """Rows of a file as fillings of one kind for one unit."""

    unit: Unit
    declared: RecordKind
    offered: Sequence[Appointment]

    def resolution(self, actor: Actor, rows: Sequence[Row]) -> Resolution:
        """New entries, those that are there already, and what is wrong."""
        errors = repeated_keys(
            rows, [column.heading for column in columns_of(self.declared) if column.required]
        )
        if len(rows) > MOST_ROWS:
            errors.append(rows[MOST_ROWS].error(DATE_HEADING, _("一次最多导入 200 行，请分成几个文件。")))
        fillings = [self._checked(row, errors) for row in rows[:MOST_ROWS]]
        there = self._there(actor)
        return Resolution([self._entry(filling, there) for filling in fillings], errors)

    def _checked(self, row: Row, errors: list[CellError]) -> Filling:
        """One row, with everything that is wrong with it."""
        found: list[CellError] = []
        filling = self.filling(row, found)
        if not found:
            found = self._misfits(row, filling)
        errors += found
        return filling

    def _misfits(self, row: Row, filling: Filling) -> list[CellError]:
        """What the rules of recording say of a row."""
        headings = {spec.name: spec.title.zh for spec in self.declared.fields} | {"happened_on": DATE_HEADING}
        try:
            refuse_misfit(self.declared, self.unit, filling)
        except RuleBroken as broken:
            return [
                row.error(headings.get(name, DATE_HEADING), str(words))
                for name, notes in broken.fields.items()
                for words in notes
            ]
        return []

    def filling(self, row: Row, errors: list[CellError]) -> Filling:
        """One row as a filling; cells that say nothing known are errors."""
        day = row.values[DATE_HEADING]
        if not isinstance(day, date):
            raise TypeError("the day's column is required and holds dates")
        values = {}
        for spec in self.declared.fields:
            if spec.type in _CELLS and (cell := row.values.get(spec.title.zh)) not in (None, ""):
                try:
                    values[spec.name] = _READERS.get(spec.type, _as_it_is)(self, spec, cell, day)
                except CellMisfit as misfit:
                    errors.append(row.error(spec.title.zh, str(misfit)))
        return Filling(day, values)

    def _there(self, actor: Actor) -> set[str]:
        """The keys of the unit's valid entries of this kind."""
        rows = Entry.objects.visible_to(actor).filter(
            unit=self.unit, kind=self.declared.code, state=EntryState.FILED
        )
        return {f"{day} {title}" for day, title in rows.values_list("happened_on", "title")}

    def _entry(self, filling: Filling, there: set[str]) -> ImportEntry:
        """A filling beside what is there: an entry of the same day and line is not filed again."""
        key = _key(self.declared, filling)
        wanted = {"happened_on": filling.happened_on, **filling.values}
        kept = {name: plain(value) for name, value in wanted.items() if not is_empty(value)}
        return ImportEntry(key, kept, kept if key in there else None)

    def person(self, text: str, day: date, posts: Sequence[str]) -> Appointment:
        """The one person of a name or staff number, in post on the day (in one of these posts, if any are named)."""
        named = [held for held in self.offered if text in {held.person.name, held.person.staff_no}]
        fitting = [held for held in named if held_on(held, day) and (not posts or held.post.code in posts)]
        if len({held.person_id for held in fitting}) > 1:
            raise CellMisfit(_("有同名的人员，请改填工号。"))
        if not fitting:
            raise CellMisfit(_("当天本单位这些岗位上没有“%(name)s”，请核对。") % {"name": text})
        return fitting[0]


def _as_it_is(_reading: _Reading, _spec: FieldSpec, cell: Any, _day: date) -> Any:
    return cell


def _number(_reading: _Reading, _spec: FieldSpec, cell: Any, _day: date) -> Decimal:
    """A draft keeps numbers as their digits."""
    return Decimal(cell)


def _choice(_reading: _Reading, spec: FieldSpec, cell: str, _day: date) -> str:
    for choice in spec.choices:
        if cell in {choice.title.zh, choice.title.en, choice.code}:
            return choice.code
    raise CellMisfit(
        _("请从这些选项中填写：%(choices)s。") % {"choices": "、".join(c.title.zh for c in spec.choices)}
    )


def _person_post(reading: _Reading, spec: FieldSpec, cell: str, day: date) -> Appointment:
    return reading.person(cell, day, spec.posts)


def _people(reading: _Reading, _spec: FieldSpec, cell: str, day: date) -> list[Appointment]:
    names = [
        name.strip()
        for name in cell.replace("，", BETWEEN_NAMES).replace(",", BETWEEN_NAMES).split(BETWEEN_NAMES)
    ]
    return [reading.person(name, day, ()) for name in dict.fromkeys(names) if name]


_READERS: dict[FieldType, Callable[[_Reading, FieldSpec, Any, date], Any]] = {
    "choice": _choice,
    "number": _number,
    "person_post": _person_post,
    "people": _people,
}
