"""A worksheet, checked cell by cell and written anew before any reader builds a table of it.

The reader of cells allocates rows x columns up to the farthest cell: one hostile address would end the
process. And it keeps silent about formulas without a stored result and about error values. Both are seen
here, and nothing of the file's own XML goes further.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.archive import MAX_INFLATED
from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.grid import EMPTY_ROWS, Place, column_letters, column_number
from xiaoan.foundation.sheets.package import DAMAGED
from xiaoan.foundation.sheets.refusals import (
    SheetMalformed,
    SheetTooLarge,
    too_many_columns,
    too_many_rows,
)
from xiaoan.foundation.sheets.shared_parts import MAIN, TOO_MANY_CELLS, escaped_text
from xiaoan.foundation.sheets.values import LONGEST_TEXT
from xiaoan.foundation.sheets.xml_events import Attributes, local_name, parse_all, plain_number, strict_parser

MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
_LAST_ROW = 1_048_576
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_STRINGS = frozenset({"inlineStr", "str"})
_KINDS = frozenset({"n", "s", "b", "d"})


class _Enough(Exception):  # noqa: N818 - a signal out of the parser, not a fault
    """What follows is not read."""


class Worksheet:
    """A worksheet written anew, the cells in it that cannot be trusted, and where reading stopped."""

    def __init__(self, pieces: Iterable[bytes], strings: Sequence[str], max_rows: int) -> None:
        self.broken: dict[Place, Words] = {}
        self.stopped_at: int | None = None
        """The first row that is not read, when more than a thousand empty rows stood before it."""
        self._strings = strings
        self._max_rows = max_rows
        self._row = self._column = self._rows = self._cells = self._weight = self._last_filled = 0
        self._attributes: Attributes = {}
        self._touched = self._formula = self._in_value = self._in_phonetic = False
        self._value = ""
        self._written: list[str] = []
        with suppress(_Enough):
            parse_all(strict_parser(self._start, self._end, self._text), pieces)

    def part(self) -> bytes:
        """The cells that hold something, in the plainest form there is."""
        rows = "".join(self._written)
        closing = "</row>" if rows else ""
        return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}{closing}</sheetData></worksheet>'.encode()

    def _start(self, name: str, attributes: Attributes) -> None:
        match local_name(name):
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self._touched = self._in_value = True
            case "f":
                self._touched = self._formula = True
            case "row":
                self._start_row(attributes)
            case "rPh":
                self._in_phonetic = True

    def _end(self, name: str) -> None:
        match local_name(name):
            case "c":
                self._end_cell()
            case "v" | "t":
                self._in_value = False
            case "rPh":
                self._in_phonetic = False

    def _text(self, data: str) -> None:
        if self._in_value and not self._in_phonetic and len(self._value) <= LONGEST_TEXT:
            self._value += data  # a longer one is an error of its cell whatever follows

    def _start_row(self, attributes: Attributes) -> None:
        """Rows come in order; a far one is where reading stops."""
        number = plain_number(attributes.get("r", str(self._row + 1)))
        if not self._row < number <= _LAST_ROW:
            raise SheetMalformed(DAMAGED)
        if number - self._last_filled > EMPTY_ROWS:
            self.stopped_at = number
            raise _Enough
        self._row, self._column = number, 0

    def _start_cell(self, attributes: Attributes) -> None:
        """A cell stands where its address says, else after the one before it."""
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise SheetTooLarge(TOO_MANY_CELLS)
        if not self._row:
            raise SheetMalformed(DAMAGED)
        self._column += 1
        if address := attributes.get("r"):
            found = _ADDRESS.fullmatch(address)
            if found is None or int(found[2]) != self._row:
                raise SheetMalformed(DAMAGED)
            self._column = column_number(found[1])
        self._attributes, self._value = attributes, ""
        self._touched = self._formula = False

    def _end_cell(self) -> None:
        """Count what the cell holds; a cell with nothing but a format counts for nothing."""
        if not self._touched:
            return
        if self._column > MAX_COLUMNS:
            raise too_many_columns(MAX_COLUMNS, f"{column_letters(self._column)}{self._row}")
        if self._row != self._last_filled:
            self._open_row()
        self._weigh()
        self._note_broken()
        self._written.append(self._plain_cell())

    def _open_row(self) -> None:
        """The first cell of a row that holds something."""
        self._rows += 1
        if self._rows > self._max_rows + 1:
            raise too_many_rows(self._max_rows)
        closing = "</row>" if self._written else ""
        self._written.append(f'{closing}<row r="{self._row}">')
        self._last_filled = self._row

    def _plain_cell(self) -> str:
        """The cell with its address, its style and its value; formulas stay behind."""
        kind = self._attributes.get("t", "n")
        place = f'<c r="{column_letters(self._column)}{self._row}"'
        if (self._row, self._column) in self.broken:
            return f'{place} t="inlineStr"><is><t>?</t></is></c>'
        if kind in _STRINGS:
            return (
                f'{place} t="inlineStr"><is><t xml:space="preserve">{escaped_text(self._value)}</t></is></c>'
            )
        style = plain_number(self._attributes.get("s", "0"))
        if kind not in _KINDS or not self._value:
            return f"{place}/>"
        return f'{place} s="{style}" t="{kind}"><v>{escaped_text(self._value)}</v></c>'

    def _weigh(self) -> None:
        """Shared strings count as often as they are pointed at."""
        kind = self._attributes.get("t")
        self._weight += (
            len(self._strings[plain_number(self._value)]) if self._shared(kind) else len(self._value)
        )
        if self._weight > MAX_INFLATED:
            raise SheetTooLarge(TOO_MANY_CELLS)

    def _shared(self, kind: str | None) -> bool:
        """Whether the value is the number of a shared string; a number that leads nowhere is damage."""
        if kind != "s" or not self._value:
            return False
        if plain_number(self._value) >= len(self._strings):
            raise SheetMalformed(DAMAGED)
        return True

    def _note_broken(self) -> None:
        """What the reader of cells would show as an empty cell."""
        kind = self._attributes.get("t")
        if kind == "e":
            self.broken[self._row, self._column] = format_lazy(
                _("公式出错（{value}），请改正后粘贴为数值。"), value=self._value[:20]
            )
        elif self._formula and not self._value and kind != "str":
            self.broken[self._row, self._column] = _("公式单元格没有结果，请粘贴为数值。")
