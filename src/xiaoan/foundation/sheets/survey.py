"""One pass over a worksheet's XML before any reader builds a table of it.

The reader of cells allocates rows x columns up to the farthest cell: one hostile address would end the
process. So addresses are checked here first, and what the reader keeps silent about is noted: formulas
without a stored result, and error values.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from xml.parsers import expat

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.grid import EMPTY_ROWS, Place, column_letters, column_number
from xiaoan.foundation.sheets.package import DAMAGED, MAX_INFLATED
from xiaoan.foundation.sheets.refusals import (
    SheetMalformed,
    SheetTooLarge,
    too_many_columns,
    too_many_rows,
)

MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
MAX_DEPTH = 64
MAX_STRINGS = 2_000_000
_LAST_ROW = 1_048_576
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TOO_MANY_CELLS = _("表中单元格过多（含只有格式的空单元格），请把数据复制到一个新工作簿再上传。")

Attributes = dict[str, str]


class _Enough(Exception):  # noqa: N818 - a signal out of the parser, not a fault
    """What follows is not read."""


def strict_parser(
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that reads UTF-8 whatever the file declares, as the reader of cells does.

    Every open element costs memory, so deep nesting is refused.
    """
    depth = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise SheetMalformed(DAMAGED)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    return parser


def local_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def string_lengths(pieces: Iterable[bytes]) -> list[int]:
    """Length of each shared string: cells point at them, and a short file can repeat a long one."""
    lengths: list[int] = []

    def start(name: str, _attributes: Attributes) -> None:
        if local_name(name) == "si":
            lengths.append(0)
            if len(lengths) > MAX_STRINGS:
                raise SheetTooLarge(_TOO_MANY_CELLS)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parse_all(strict_parser(start, text=text), pieces)
    return lengths


def parse_all(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Feed a parser; XML that is none refuses the file."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as broken:
        raise SheetMalformed(DAMAGED) from broken


class SheetSurvey:
    """What a worksheet holds: its safe content, the cells that cannot be trusted, and where reading stopped."""

    def __init__(self, pieces: Iterable[bytes], lengths: Sequence[int], max_rows: int) -> None:
        self.broken: dict[Place, Words] = {}
        self.stopped_at: int | None = None
        """The first row that is not read, when more than a thousand empty rows stood before it."""
        self._lengths = lengths
        self._max_rows = max_rows
        self._row = self._column = self._rows = self._cells = self._weight = self._last_filled = 0
        self._attributes: Attributes = {}
        self._touched = self._formula = self._in_value = False
        self._value = ""
        self._open: list[str] = []
        self.content = self._survey(pieces)

    def _survey(self, pieces: Iterable[bytes]) -> bytes:
        """The worksheet's XML, cut before a long stretch of empty rows."""
        kept: list[bytes] = []

        def keeping() -> Iterable[bytes]:
            for piece in pieces:
                kept.append(piece)
                yield piece

        parser = strict_parser(self._start, self._end, self._text)
        try:
            parse_all(parser, keeping())
        except _Enough:
            closing = "".join(f"</{name}>" for name in reversed(self._open))
            return b"".join(kept)[: parser.CurrentByteIndex] + closing.encode()
        return b"".join(kept)

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
            case "worksheet" | "sheetData":
                self._open.append(name)

    def _end(self, name: str) -> None:
        match local_name(name):
            case "c":
                self._end_cell()
            case "v" | "t":
                self._in_value = False
            case "sheetData":
                self._open.pop()

    def _text(self, data: str) -> None:
        if self._in_value:
            self._value += data

    def _start_row(self, attributes: Attributes) -> None:
        """Rows come in order; a far one is where reading stops."""
        number = _number(attributes.get("r", str(self._row + 1)))
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
            raise SheetTooLarge(_TOO_MANY_CELLS)
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
            self._last_filled = self._row
            self._rows += 1
            if self._rows > self._max_rows + 1:
                raise too_many_rows(self._max_rows)
        self._weigh()
        self._note_broken()

    def _weigh(self) -> None:
        """Shared strings count as often as they are pointed at."""
        kind = self._attributes.get("t")
        self._weight += self._lengths[_number(self._value)] if self._shared(kind) else len(self._value)
        if self._weight > MAX_INFLATED:
            raise SheetTooLarge(_TOO_MANY_CELLS)

    def _shared(self, kind: str | None) -> bool:
        """Whether the value is the number of a shared string; a number that leads nowhere is damage."""
        if kind != "s" or not self._value:
            return False
        if _number(self._value) >= len(self._lengths):
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


def _number(digits: str) -> int:
    """A plain number of the file's own bookkeeping."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > 8:  # noqa: PLR2004 - more than any sheet has
        raise SheetMalformed(DAMAGED)
    return int(digits)
