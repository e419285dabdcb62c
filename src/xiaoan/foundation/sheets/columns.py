"""What a table is to hold: declared columns, and how the headings of a file are matched with them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.grid import RawCell, column_letters
from xiaoan.foundation.sheets.refusals import SheetMalformed

Value = str | int | Decimal | bool | date | datetime | None
"""A typed cell. An empty cell is `""` in a text column and None in any other."""

LONGEST_HEADING = 100
REQUIRED_MARK = "*"


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    """One line: names and codes. Spaces around it go, invisible characters are refused."""
    LONG_TEXT = "long-text"
    """Sentences and paragraphs, kept as they are."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class Column:
    """A declared column. The heading is contract, so it is no translated word."""

    heading: str
    required: bool = False
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    meaning: Words = ""
    """For the explaining sheet of the template."""
    example: Value = None
    digits: int | None = None
    """Of a code of fixed length: a shorter number has lost its leading zeros, and is not padded by guess."""

    @property
    def marked_heading(self) -> str:
        """The heading as a template shows it: a star when the column is required."""
        return f"{self.heading}{REQUIRED_MARK}" if self.required else self.heading


def plain_heading(heading: str) -> str:
    """A heading without what people change by accident: width of letters, spaces, case, the star."""
    if len(heading) > LONGEST_HEADING:  # length first: normalising a long text is slow
        return heading
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", heading)).rstrip(REQUIRED_MARK).casefold()


def match_headings(first_row: Sequence[RawCell], columns: Sequence[Column]) -> dict[int, Column]:
    """Index of a cell → its column. Refuses missing, doubled and unknown headings, all in one answer."""
    known = {plain_heading(name): column for column in columns for name in (column.heading, *column.aliases)}
    found: dict[int, Column] = {}
    problems: list[Words] = []
    for index, cell in enumerate(first_row):
        heading = str(cell).strip()
        column = known.get(plain_heading(heading))
        if column is not None:
            found[index] = column
        elif heading:
            problems.append(_unknown(index, heading, columns))
    problems += _doubled(found)
    problems += [_missing(column) for column in columns if column.required and column not in found.values()]
    if problems:
        raise SheetMalformed(format_lazy("{}" * len(problems), *problems))
    return found


def _unknown(index: int, heading: str, columns: Sequence[Column]) -> Words:
    """The words about a heading that is not declared."""
    return format_lazy(
        _("{cell}：没有“{heading}”这一列，请改为下列列名之一或删去该列：{known}。"),
        cell=f"{column_letters(index + 1)}1",
        heading=heading[:40],
        known="、".join(column.heading for column in columns),
    )


def _doubled(found: dict[int, Column]) -> list[Words]:
    """The words about each column that stands twice."""
    times = Counter(column.heading for column in found.values())
    return [
        format_lazy(
            _("{cells}：列名重复：{heading}，请只留一列。"),
            cells="、".join(
                f"{column_letters(index + 1)}1"
                for index, column in found.items()
                if column.heading == heading
            ),
            heading=heading,
        )
        for heading, count in times.items()
        if count > 1
    ]


def _missing(column: Column) -> Words:
    """The words about a required column that the first row lacks."""
    return format_lazy(_("第 1 行缺少必填列“{heading}”，请补上这一列。"), heading=column.heading)
