"""The table of the old ledger: what its rows mean for what is there. Rows that are there already change nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import Entry, ImportKind, Resolution, repeated_keys
from xiaoan.foundation.sheets import CellError, Row
from xiaoan.hazards.imports.columns import COLUMNS, NUMBER, STATE, UNIT
from xiaoan.hazards.imports.faults import faults
from xiaoan.hazards.imports.old import OldHazard
from xiaoan.hazards.imports.reading import read
from xiaoan.hazards.imports.register import Register, Stored, stored_numbers
from xiaoan.hazards.permissions import may_import_hazards


def resolve_hazards(actor: Actor, rows: Sequence[Row]) -> Resolution:
    """New rows, those that are there already, and what is wrong, cell by cell. Raises `NoRules`."""
    register = register_for(actor, [row.values for row in rows])
    stored = stored_numbers(actor.district_id, [str(row.values[NUMBER]) for row in rows])
    errors = repeated_keys(rows, [NUMBER])
    entries, changed = [], 0
    for row in rows:
        wrong: list[CellError] = []
        old = _understood(row, register, wrong)
        there = stored.get(str(row.values[NUMBER]))
        if old and there and there[0] != old.unit.pk:
            wrong.append(row.error(NUMBER, _("这个原编号已用于另一条隐患，请核对。")))
        errors += wrong
        if old and not wrong:
            changed += bool(there and there != _said(old))
            entries.append(Entry(old.number, row.values, row.values if there else None))
    return Resolution(entries, errors, _notes(changed))


def register_for(actor: Actor, values: Sequence[Mapping[str, Any]]) -> Register:
    """What rows with these cells name."""
    return Register.of(actor, {str(each[UNIT]).upper() for each in values})


def fresh_rows(actor: Actor, entries: Sequence[Entry]) -> tuple[Register, list[OldHazard]]:
    """The rows of entries that are to be written, understood once more, and what they name."""
    register = register_for(actor, [entry.wanted for entry in entries])
    rows = [Row("", 0, entry.wanted, {}) for entry in entries]
    read_again = [read(row, register, []) for row in rows]
    return register, [old for old in read_again if old is not None]


def _understood(row: Row, register: Register, wrong: list[CellError]) -> OldHazard | None:
    """A row in which everything is known and fits together; what does not is added to `wrong`."""
    old = read(row, register, wrong)
    if old is not None:
        wrong += [
            row.error(heading, words) for heading, words in faults(old, str(row.values.get(STATE) or ""))
        ]
    return old


def _said(old: OldHazard) -> Stored:
    """A row as `stored_numbers` tells of a hazard."""
    return (old.unit.pk, old.found_on, old.kind, old.text)


def _notes(changed: int) -> list[str]:
    """Rows that say something else than what they became: an import does not rewrite what lives on here."""
    if not changed:
        return []
    words = _("%(number)s 行导入过，内容与系统中的不同，不会改动。需要更正的，请在隐患页面办理。")
    return [words % {"number": changed}]


OLD_LEDGER = ImportKind("hazards", gettext_lazy("历史隐患台账"), COLUMNS, may_import_hazards, resolve_hazards)
