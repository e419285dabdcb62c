"""Tables out: Excel in constant memory, CSV in a stream, and templates to fill in.

Nothing written here runs: text is text in Excel, and escaped in CSV (8-reliability E5).
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xiaoan.foundation.clock import SHANGHAI
from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.columns import Column, Kind, Value
from xiaoan.foundation.sheets.csv_text import escaped
from xiaoan.foundation.sheets.grid import sheet_name
from xiaoan.foundation.sheets.refusals import SheetTooLarge
from xiaoan.foundation.sheets.values import EARLIEST, EXACT_DIGITS, LONGEST_TEXT

NARROWEST, WIDEST = 8, 60
SHEET_ROWS = 1_048_576
CSV_BATCH = 500
"""Rows joined into one piece of a streamed file."""
_CUT = "…（过长，已截断）"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written. `rows` may be any stream; it is read once."""

    title: str
    headings: Sequence[Words]
    rows: Iterable[Sequence[Value | Words]]
    widths: Sequence[int] = ()
    """Characters per column; without it the headings decide."""
    text_columns: frozenset[int] = frozenset()
    """Columns (from 0) whose empty cells are prepared for text, so that codes typed later keep their zeros."""
    above: Sequence[Words] = ()
    """Lines over the whole width above the headings: a title, what was chosen."""
    groups: Sequence[tuple[Words, int]] = ()
    """Headings of headings, each over so many columns: one more row above them."""


def write_workbook(sheets: Sequence[Sheet], stream: BinaryIO) -> None:
    """Write an .xlsx, one sheet after the other; memory does not grow with the rows.

    Raises `SheetTooLarge` for more rows than a worksheet holds. Instants are shown in Shanghai time.
    """
    with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
        formats = _Formats(workbook)
        for number, sheet in enumerate(sheets, start=1):
            worksheet = workbook.add_worksheet(sheet_name(sheet.title) or f"Sheet{number}")
            _lay_out(worksheet, sheet, formats)
            first = _write_head(worksheet, sheet, formats)
            for row, cells in enumerate(sheet.rows, start=first):
                if row >= SHEET_ROWS:
                    raise SheetTooLarge(_("超过一张工作表能容纳的行数，请缩小范围，或导出为 CSV。"))
                for column, value in enumerate(cells):
                    _write(worksheet, row, column, value, formats)


def csv_pieces(sheet: Sheet) -> Iterator[bytes]:
    """A CSV file as a stream: UTF-8 with mark, so that table programs read it right; headings come first."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([escaped(str(heading)) for heading in sheet.headings])
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode()
    buffer.seek(buffer.truncate(0))
    for number, row in enumerate(sheet.rows, start=1):
        writer.writerow([_csv_cell(value) for value in row])
        if number % CSV_BATCH == 0:
            yield buffer.getvalue().encode()
            buffer.seek(buffer.truncate(0))
    if buffer.tell():
        yield buffer.getvalue().encode()


def write_csv(sheet: Sheet, stream: BinaryIO) -> None:
    """Write a CSV file, piece by piece."""
    stream.writelines(csv_pieces(sheet))


def template_workbook(columns: Sequence[Column], title: str) -> bytes:
    """A workbook to fill in: headings with stars, one example row, and a sheet that explains each column.

    The example row may stay: `read_table` knows it and leaves it out.
    """
    text = frozenset(n for n, column in enumerate(columns) if column.kind in {Kind.TEXT, Kind.LONG_TEXT})
    data = Sheet(
        title,
        [column.marked_heading for column in columns],
        [[column.example for column in columns]],
        [max(len(str(column.example or "")), 2 * len(column.marked_heading)) + 4 for column in columns],
        text,
    )
    explained = Sheet(
        str(_("填写说明")),
        [_("列名"), _("是否必填"), _("填写格式"), _("说明")],
        [[c.heading, c.required, _KINDS[c.kind], str(c.meaning)] for c in columns],
        [16, 10, 30, 60],
    )
    stream = BytesIO()
    write_workbook([data, explained], stream)
    return stream.getvalue()


_KINDS: dict[Kind, Words] = {
    Kind.TEXT: _("文字或编码"),
    Kind.LONG_TEXT: _("文字"),
    Kind.INTEGER: _("整数"),
    Kind.DECIMAL: _("数字"),
    Kind.DATE: _("日期，如 2025-03-20"),
    Kind.YES_NO: _("是或否"),
}


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._decimals: dict[int, Format] = {}
        self.heading: Format = workbook.add_format({"bold": True, "num_format": "@", "bg_color": "#EEF2F6"})
        self.title: Format = workbook.add_format({"bold": True, "num_format": "@", "font_size": 14})
        self.group: Format = workbook.add_format(
            {"bold": True, "num_format": "@", "bg_color": "#DCE4EC", "align": "center"}
        )
        self.text: Format = workbook.add_format({"num_format": "@"})
        self.date: Format = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.instant: Format = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def decimal(self, places: int) -> Format:
        """A number shown with so many decimal places."""
        if places not in self._decimals:
            pattern = f"0.{'0' * places}" if places else "0"
            self._decimals[places] = self._workbook.add_format({"num_format": pattern})
        return self._decimals[places]


def _write_head(worksheet: Worksheet, sheet: Sheet, formats: _Formats) -> int:
    """The lines above, the groups and the headings; the row below them."""
    row, width = 0, len(sheet.headings)
    for number, line in enumerate(sheet.above):
        _span(worksheet, row, (0, width), str(line), formats.text if number else formats.title)
        row += 1
    column = 0
    for title, columns in sheet.groups:
        _span(worksheet, row, (column, columns), str(title), formats.group)
        column += columns
    row += bool(sheet.groups)
    for place, heading in enumerate(sheet.headings):
        worksheet.write_string(row, place, str(heading), formats.heading)
    return row + 1


def _span(worksheet: Worksheet, row: int, over: tuple[int, int], text: str, style: Format) -> None:
    """Text over several columns (the first, and how many)."""
    first, columns = over
    if columns > 1:
        worksheet.merge_range(row, first, row, first + columns - 1, "", style)
    worksheet.write_string(row, first, text, style)


def _lay_out(worksheet: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    """Everything down to the headings frozen, columns wide enough."""
    worksheet.freeze_panes(len(sheet.above) + bool(sheet.groups) + 1, 0)
    for column, heading in enumerate(sheet.headings):
        wanted = sheet.widths[column] if column < len(sheet.widths) else 2 * len(str(heading)) + 4
        width = min(max(wanted, NARROWEST), WIDEST)
        worksheet.set_column(column, column, width, formats.text if column in sheet.text_columns else None)


def _write(worksheet: Worksheet, row: int, column: int, value: Any, formats: _Formats) -> None:
    """One cell by the type of its value; what is no number or date is text."""
    writer = _WRITERS.get(type(value), _write_text)
    writer(worksheet, row, column, value, formats)


def _write_text(worksheet: Worksheet, row: int, column: int, value: Any, formats: _Formats) -> None:
    """Text, never a formula; the text format keeps it so when somebody edits the cell."""
    text = _shown(value)
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - len(_CUT)] + _CUT
    if text:
        worksheet.write_string(row, column, text, formats.text)


def _write_integer(worksheet: Worksheet, row: int, column: int, value: int, formats: _Formats) -> None:
    """A number, or text where a table program would round it."""
    if abs(value) < 10**EXACT_DIGITS:
        worksheet.write_number(row, column, value)
    else:
        _write_text(worksheet, row, column, value, formats)


def _write_decimal(worksheet: Worksheet, row: int, column: int, value: Decimal, formats: _Formats) -> None:
    """A number with its places, or text where a table program would round it."""
    _sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, int) and len(digits) <= EXACT_DIGITS and -EXACT_DIGITS <= exponent <= 0:
        worksheet.write_number(row, column, float(value), formats.decimal(-exponent))
    else:
        _write_text(worksheet, row, column, value, formats)


def _write_date(worksheet: Worksheet, row: int, column: int, value: date, formats: _Formats) -> None:
    """A real date; before the calendar of table programs, text."""
    if value < EARLIEST:
        _write_text(worksheet, row, column, value, formats)
    else:
        worksheet.write_datetime(row, column, datetime.combine(value, time()), formats.date)


def _write_instant(worksheet: Worksheet, row: int, column: int, value: datetime, formats: _Formats) -> None:
    """An instant on the clocks of Shanghai."""
    worksheet.write_datetime(row, column, _local(value), formats.instant)


_WRITERS: dict[type, Callable[[Worksheet, int, int, Any, _Formats], None]] = {
    int: _write_integer,
    Decimal: _write_decimal,
    date: _write_date,
    datetime: _write_instant,
}


def _local(instant: datetime) -> datetime:
    """An instant without its zone, as table programs hold it."""
    return instant.astimezone(SHANGHAI).replace(tzinfo=None)


def _shown(value: Any) -> str:
    """A value as text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, datetime):
        return format(_local(value), "%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _csv_cell(value: Any) -> Any:
    """A cell of a CSV file: numbers as they are, anything else escaped."""
    if type(value) is int:
        return value
    return _shown(value) if isinstance(value, Decimal) else escaped(_shown(value))
