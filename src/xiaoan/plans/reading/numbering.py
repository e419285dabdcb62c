"""Printed numbers at the start of a line: 第一章 第一条 一、（一）1.（1）①, brackets and digits of either width."""

import re
from dataclasses import dataclass
from enum import Enum

from xiaoan.plans.reading.numerals import HAN_DIGITS, number_of

_OPEN, _SHUT = r"[(（]", r"[)）]"
_HAN = rf"[{HAN_DIGITS}]{{1,7}}"
_DIGITS = r"[0-9０-９]{1,3}"
_NO_DIGIT_NEXT = r"(?![0-9０-９])"
_APART = r"(?=[\s、：:]|$)"

_CONTENTS_LINE = re.compile(r"[.…·．]{3,}\s*[0-9０-９]{1,4}\s*$")
"""A line of a table of contents: it repeats a heading and its page, and is no clause."""
_LONGEST_LEADER = 80


class Style(Enum):
    """A kind of printed number. Order inside a family is rank: a chapter holds articles, 一、 holds （一）.

    Between the two families nothing is fixed: an article may hold （一）, and 一、 may hold articles.
    """

    PART = rf"第(?P<number>{_HAN}|{_DIGITS})编{_APART}"
    CHAPTER = rf"第(?P<number>{_HAN}|{_DIGITS})章{_APART}"
    DIVISION = rf"第(?P<number>{_HAN}|{_DIGITS})节{_APART}"
    ARTICLE = rf"第(?P<number>{_HAN}|{_DIGITS})条{_APART}"
    HAN = rf"(?P<number>{_HAN})、"
    HAN_IN_BRACKETS = rf"{_OPEN}(?P<number>{_HAN}){_SHUT}、?"
    DIGIT = rf"(?P<number>{_DIGITS})[.．、]{_NO_DIGIT_NEXT}"
    DIGIT_IN_BRACKETS = rf"{_OPEN}?(?P<number>{_DIGITS}){_SHUT}"
    CIRCLED = r"(?P<number>[①-⑳㉑-㉟㊱-㊿])"

    @property
    def lawlike(self) -> bool:
        """Whether it belongs to the family of laws (编章节条) or to the family of papers (一、（一）1.)."""
        return self.value.startswith("第")

    @property
    def rank(self) -> int:
        """Place in the fixed order of its family; smaller stands higher."""
        return _RANKS[self]

    def within(self, other: "Style") -> bool:
        """Whether a number of this style may stand under one of the other style."""
        return self.lawlike != other.lawlike or self.rank > other.rank


_RANKS = {style: rank for rank, style in enumerate(Style)}
_PATTERNS = {style: re.compile(rf"\s*(?P<label>{style.value})") for style in Style}

_MAY_OPEN = re.compile(rf"\s*[第(（0-9０-９①-㊿{HAN_DIGITS}]")
"""Spares most lines the nine patterns."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number: its style, its value, and where in the line it stands (`line[start:end]`)."""

    style: Style
    number: int
    start: int
    end: int
    doubtful: bool
    """It may be a range in a sentence (三、四年级…), and is a label only where it continues the count."""


def label_at(line: str) -> Label | None:
    """The printed number that opens the line, if one does."""
    if not _MAY_OPEN.match(line):
        return None
    for style, pattern in _PATTERNS.items():
        if match := pattern.match(line):
            return None if _CONTENTS_LINE.search(line[-_LONGEST_LEADER:]) else _label(style, match)
    return None


def _label(style: Style, match: re.Match[str]) -> Label:
    number = number_of(match["number"])
    doubtful = style is Style.HAN and _opens_range(number, match.string[match.end() :])
    return Label(style, number, match.start("label"), match.end("label"), doubtful)


def _opens_range(number: int, rest: str) -> bool:
    """Whether the next number follows at once, as in 一、二年级."""
    following = re.match(_HAN, rest)
    return following is not None and number_of(following[0]) == number + 1
