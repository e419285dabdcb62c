"""Reading an uploaded table: typed rows, and errors that name their cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.columns import Column, Value, match_headings
from xiaoan.foundation.sheets.csv_text import read_csv
from xiaoan.foundation.sheets.excel import read_excel
from xiaoan.foundation.sheets.grid import Grid, RawCell, column_letters
from xiaoan.foundation.sheets.refusals import SheetMalformed
from xiaoan.foundation.sheets.values import CellRefused, typed

MAX_ROWS = 50_000
MAX_ERRORS = 1_000
"""After so many wrong cells nobody reads on; the file is read no further."""
TEXT_FILES = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with one cell; prints as `表!C7: words` (13-contracts section 7)."""

    sheet: str
    cell: str
    message: Words

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose cells all fit their columns."""

    sheet: str
    number: int
    values: Mapping[str, Value]
    """By declared heading, whatever the file calls it; a column that the file lacks is not in it."""
    cells: Mapping[str, str]
    """Heading → address such as `C7`."""

    def error(self, heading: str, message: Words) -> CellError:
        """An error of meaning, found by whoever takes the row, at the cell of a heading."""
        return CellError(self.sheet, self.cells.get(heading, f"A{self.number}"), message)


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: good rows, errors of the others, notes about what was left out."""

    sheet: str
    headings: tuple[str, ...]
    """Declared headings that the file has, in its order."""
    rows: list[Row]
    errors: list[CellError]
    notes: tuple[Words, ...] = ()
    encoding: str = ""
    faulty: Sequence[Row] = ()
    """Rows with a wrong cell, with the values of their other cells."""


def read_table(data: bytes, name: str, columns: Sequence[Column], *, max_rows: int = MAX_ROWS) -> Table:
    """Read the first sheet of an .xlsx or a CSV; headings stand in its first row.

    Raises `SheetRefused` where the file as a whole is not read: its size, kind, damage or headings. Wrong
    cells are collected in `errors`, and their rows are left out of `rows`.
    """
    if not data:
        raise SheetMalformed(_("文件是空的，请重新选择文件。"))
    text = name.lower().endswith(TEXT_FILES)
    grid = read_csv(data, name, max_rows=max_rows) if text else read_excel(data, max_rows=max_rows)
    if not grid.rows or grid.rows[0][0] != 1:
        raise SheetMalformed(_("第一行应是列名，请把列名放在第一张工作表的第一行。"))
    return _assemble(grid, match_headings(grid.rows[0][1], columns))


def _assemble(grid: Grid, columns: dict[int, Column]) -> Table:
    """Type every row below the headings."""
    rows: list[Row] = []
    faulty: list[Row] = []
    errors: list[CellError] = []
    notes = list(grid.notes)
    for number, cells in grid.rows[1:]:
        values, wrong = _typed_row(grid, number, cells, columns)
        if not wrong and _is_example(values, columns):
            notes.append(format_lazy(_("第 {row} 行是模板中的示例，没有读取。"), row=number))
        else:
            addresses = {column.heading: _address(index, number) for index, column in columns.items()}
            (faulty if wrong else rows).append(Row(grid.sheet, number, values, addresses))
        errors += wrong
        if len(errors) >= MAX_ERRORS:
            notes.append(format_lazy(_("错误很多，读到第 {row} 行为止。请先改正以上各处。"), row=number))
            break
    headings = tuple(column.heading for column in columns.values())
    return Table(grid.sheet, headings, rows, errors, tuple(notes), grid.encoding, faulty)


def _typed_row(
    grid: Grid, number: int, cells: list[RawCell], columns: dict[int, Column]
) -> tuple[dict[str, Value], list[CellError]]:
    """Values by heading, and what is wrong with the row."""
    values: dict[str, Value] = {}
    wrong: list[CellError] = []
    for index, column in columns.items():
        raw = cells[index] if index < len(cells) else ""
        try:
            values[column.heading] = typed(raw, column, grid.broken.get((number, index + 1)))
        except CellRefused as refused:
            wrong.append(CellError(grid.sheet, _address(index, number), refused.words))
    for index, cell in enumerate(cells):
        if index not in columns and str(cell).strip():
            words = _("这一列没有列名，请在第 1 行补上列名，或删去这一格。")
            wrong.append(CellError(grid.sheet, _address(index, number), words))
    return values, wrong


def _address(index: int, number: int) -> str:
    """`C7` for index 2 of row 7."""
    return f"{column_letters(index + 1)}{number}"


def _is_example(values: Mapping[str, Value], columns: dict[int, Column]) -> bool:
    """Whether a row is the template's own example, left standing by whoever filled it in."""
    examples = {column.heading: column.example for column in columns.values()}
    given = {heading for heading, example in examples.items() if example not in {None, ""}}
    return bool(given) and all(
        value == examples[heading] if heading in given else value in {None, ""}
        for heading, value in values.items()
    )
