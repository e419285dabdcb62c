"""CSV and other separated text as a grid of raw cells (8-reliability, bad input 12 and 13)."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import PurePosixPath

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.grid import EMPTY_ROWS, Grid, RawCell, is_blank, sheet_name, stopped_reading
from xiaoan.foundation.sheets.package import MAX_FILE
from xiaoan.foundation.sheets.refusals import SheetMalformed, file_too_large, too_many_columns, too_many_rows
from xiaoan.foundation.sheets.worksheet import MAX_COLUMNS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DANGEROUS = r"\s*[=+\-@＝＋－＠\0]|[\t\r\n]"
_TO_ESCAPE = re.compile(rf"'*(?:{_DANGEROUS})")
_ESCAPED = re.compile(rf"'+(?:{_DANGEROUS})")


def escaped(text: str) -> str:
    """Text that no table program takes for a formula: an apostrophe goes before it (8-reliability E5)."""
    return f"'{text}" if _TO_ESCAPE.match(text) else text


def unescaped(text: str) -> str:
    """The text that was escaped."""
    return text[1:] if _ESCAPED.match(text) else text


def read_csv(data: bytes, name: str, *, max_rows: int) -> Grid:
    """All rows that are not empty; raises `SheetRefused`, naming the line where one can be named."""
    if len(data) > MAX_FILE:
        raise file_too_large()
    text, encoding = _decoded(data)
    rows: list[tuple[int, list[RawCell]]] = []
    last_filled = 0
    notes: tuple[Words, ...] = ()
    for number, record in enumerate(_records(text), start=1):
        if is_blank(record):
            continue
        if number - last_filled > EMPTY_ROWS:
            notes = (stopped_reading(number),)
            break
        if len(rows) > max_rows:
            raise too_many_rows(max_rows)
        rows.append((number, record))
        last_filled = number
    return Grid(sheet_name(PurePosixPath(name).stem), rows, notes=notes, encoding=encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark, else UTF-8, else GB18030 (what Chinese Excel writes)."""
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise SheetMalformed(_("无法识别文件的文字编码，请另存为“CSV UTF-8”或 .xlsx 再上传。"))


def _separator(text: str) -> str:
    """Comma, tab or semicolon: the one that the first line holds most of."""
    first_line = text[: text.find("\n")] if "\n" in text else text
    return max(",\t;", key=first_line.count)


def _records(text: str) -> Iterator[list[RawCell]]:
    """Records in order; one whose quotes do not fit refuses the file and names the line where it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as broken:
            raise SheetMalformed(
                format_lazy(_("第 {line} 行引号未闭合，请补上引号后再上传。"), line=begins)
            ) from broken
        if record is None:
            return
        if len(record) > MAX_COLUMNS:
            raise too_many_columns(MAX_COLUMNS, format_lazy(_("第 {line} 行"), line=begins))
        yield [unescaped(cell) for cell in record]
