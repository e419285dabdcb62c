"""From a raw cell to a typed value, or to words that say what is wrong with the cell."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.characters import has_unseen
from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.columns import Column, Kind, Value
from xiaoan.foundation.sheets.grid import RawCell

LONGEST_TEXT = 32_767
"""Characters in a cell of any table program."""
EXACT_DIGITS = 15
"""Digits that a table program keeps of a number."""
EARLIEST, LATEST = date(1901, 1, 1), date(2199, 12, 31)
"""Outside lie only slips of the pen, and the days that table programs miscount (1900-02-29)."""

_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]{1,3}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月)([0-9]{1,2})日?"
)
_YES = frozenset({"是", "yes", "y", "true", "1"})
_NO = frozenset({"否", "no", "n", "false", "0"})


class CellRefused(ValueError):  # noqa: N818 - becomes a `CellError` of the table, never an answer
    """A cell's value does not fit its column."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words


def typed(raw: RawCell, column: Column, broken: Words | None = None) -> Value:
    """The value of a cell in a column. Raises `CellRefused`; never guesses.

    `broken` are the words about a cell that the file's reader could not trust.
    """
    if broken:
        raise CellRefused(broken)
    if isinstance(raw, str):
        if len(raw) > LONGEST_TEXT:
            raise CellRefused(format_lazy(_("内容超过 {limit} 字，请缩短。"), limit=LONGEST_TEXT))
        if not raw.strip():
            return _empty(column)
        if has_unseen(raw):
            raise CellRefused(_("含有看不见的字符，请删去后重新填写。"))
    return _READERS[column.kind](raw, column)


def _empty(column: Column) -> Value:
    """An empty cell."""
    if column.required:
        raise CellRefused(format_lazy(_("“{heading}”必填，请补上。"), heading=column.heading))
    return "" if column.kind in {Kind.TEXT, Kind.LONG_TEXT} else None


def _long_text(raw: RawCell, column: Column) -> str:
    """Text as it stands, line ends made alike; a number as its digits, where none are lost."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, (date, time, timedelta)):
        raise CellRefused(_("被表格软件改成了日期，请把单元格设为文本后重新填写。"))
    if isinstance(raw, (int, float)):
        return _digits(raw, column)
    return unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))


def _text(raw: RawCell, column: Column) -> str:
    """One line without spaces around it."""
    text = _long_text(raw, column).strip()
    if _SCIENTIFIC.fullmatch(text):
        raise CellRefused(_lost_digits(column))
    if "\n" in text:
        raise CellRefused(_("含有换行，请删去后重新填写。"))
    return text


def _digits(number: float, column: Column) -> str:
    """The digits of a number in a text column."""
    if abs(number) >= 10**EXACT_DIGITS:
        raise CellRefused(_lost_digits(column))
    text = str(int(number)) if number == int(number) else format(number, f".{EXACT_DIGITS}g")
    if column.digits and len(text) < column.digits:
        words = _("“{heading}”应为 {digits} 位，开头的 0 可能丢失，请把单元格设为文本后重新填写。")
        raise CellRefused(format_lazy(words, heading=column.heading, digits=column.digits))
    return text


def _lost_digits(column: Column) -> Words:
    """The words about a code that a table program rounded."""
    words = _("“{heading}”被表格软件改成了科学计数，请把单元格设为文本后重新填写。")
    return format_lazy(words, heading=column.heading)


def _decimal(raw: RawCell, column: Column) -> Decimal:
    """A number, as exact as the table program keeps it."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if abs(raw) >= 10**EXACT_DIGITS:
            raise CellRefused(_("数字过大，请核对。"))
        return Decimal(format(raw, f".{EXACT_DIGITS}g"))
    text = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else ""
    if not _NUMBER.fullmatch(text) or len(text) > 2 * EXACT_DIGITS:
        raise CellRefused(format_lazy(_("“{heading}”应为数字，不带单位。"), heading=column.heading))
    return Decimal(text.replace(",", ""))


def _integer(raw: RawCell, column: Column) -> int:
    """A whole number."""
    number = _decimal(raw, column)
    if number != int(number):
        raise CellRefused(format_lazy(_("“{heading}”应为整数。"), heading=column.heading))
    return int(number)


def _date(raw: RawCell, _column: Column) -> date:
    """A real date, or text such as 2025-03-20. A bare number is refused: nobody sees a date in it."""
    if isinstance(raw, datetime):
        day = raw.date()
    elif isinstance(raw, date):
        day = raw
    elif isinstance(raw, str):
        day = _written_day(unicodedata.normalize("NFKC", raw).strip())
    else:
        raise CellRefused(_HOW_TO_WRITE_A_DAY)
    if not EARLIEST <= day <= LATEST:
        raise CellRefused(format_lazy(_("日期 {day} 不在合理范围内，请核对。"), day=day))
    return day


_HOW_TO_WRITE_A_DAY = _("日期请写成 2025-03-20 这样的形式。")


def _written_day(text: str) -> date:
    """The day that a text names."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise CellRefused(_HOW_TO_WRITE_A_DAY)
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        words = _("没有 {year} 年 {month} 月 {day} 日这一天，请核对。")
        raise CellRefused(format_lazy(words, year=year, month=month, day=day)) from None


def _yes_no(raw: RawCell, column: Column) -> bool:
    """是 or 否."""
    word = unicodedata.normalize("NFKC", _long_text(raw, column)).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefused(format_lazy(_("“{heading}”请填“是”或“否”。"), heading=column.heading))


_READERS: dict[Kind, Callable[[RawCell, Column], Value]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
}
