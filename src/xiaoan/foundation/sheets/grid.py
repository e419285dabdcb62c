"""Rows of raw cells, whatever file they came from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words

EMPTY_ROWS = 1_000
"""After so many empty rows in a row nothing more is read."""

SHEET_NAME = 31
"""Characters of a worksheet's name."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f\x7f]")

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""

RawCell = str | float | int | bool | date | datetime | time | timedelta
"""A cell as the file holds it; `""` is an empty one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The first sheet of a file: numbered rows that are not empty, and what is to be said about them."""

    sheet: str
    rows: list[tuple[int, list[RawCell]]]
    broken: Mapping[Place, Words] = field(default_factory=dict)
    notes: tuple[Words, ...] = ()
    encoding: str = ""
    """Of a text file: how it was read, for the preview that asks to confirm."""


def is_blank(cells: list[RawCell]) -> bool:
    """Whether a row holds nothing but spaces."""
    return all(isinstance(cell, str) and not cell.strip() for cell in cells)


def stopped_reading(row: int) -> Words:
    """What is said when a long stretch of empty rows ended the reading."""
    words = _("连续 {count} 行为空，第 {row} 行起不再读取。后面如有内容，请删去空行后重新上传。")
    return format_lazy(words, count=f"{EMPTY_ROWS:,}", row=row)


def sheet_name(title: str) -> str:
    """A title as a worksheet may be called, and as errors call it; empty when nothing of it is left."""
    return _NOT_IN_A_NAME.sub(" ", title).strip()[:SHEET_NAME]


def column_number(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is `A`, 27 is `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
