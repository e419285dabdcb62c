"""How often and how much, as plans say it: 每季度, 定期, 至少一次, 不低于95%."""

import re
import unicodedata
from decimal import Decimal
from enum import Enum

from xiaoan.plans.reading.numerals import HAN_DIGITS, number_of

_NUMBER = rf"(?:[0-9０-９]{{1,9}}|[{HAN_DIGITS}]{{1,7}})"
_AT_LEAST = r"(?:至少|不少于|不得少于|不低于|不得低于)"
_AT_MOST = r"(?:不超过|不得超过|不多于|不高于|至多|最多)"


class Period(Enum):
    """How often a demand returns."""

    YEAR = "year"
    HALF_YEAR = "half-year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    SCHOOL_YEAR = "school-year"
    TERM = "school-term"
    REGULAR = "regular"


class Measure(Enum):
    """What a minimum counts: times or things, or a share."""

    COUNT = "count"
    RATIO = "ratio"


_NAMES = [
    (Period.SCHOOL_YEAR, "学年"),
    (Period.TERM, "学期"),
    (Period.HALF_YEAR, "半年"),
    (Period.QUARTER, "季度?"),
    (Period.MONTH, "月"),
    (Period.WEEK, "周|星期"),
    (Period.DAY, "日|天"),
    (Period.YEAR, "年"),
]
"""Longer names first: 每学年 is not 每年."""


def _once_in(name: str) -> re.Pattern[str]:
    """半年一次, 一学期至少两次; 三年一次 is none of our periods."""
    return re.compile(rf"(?<![0-9０-９{HAN_DIGITS}])[一1１]?个?(?:{name})内?{_AT_LEAST}?{_NUMBER}次")


_PERIODS = [
    *((period, re.compile(rf"(?:每|逐|按)[一1１]?个?(?:{name})")) for period, name in _NAMES),
    *((period, _once_in(name)) for period, name in _NAMES),
    (Period.YEAR, re.compile("年度")),
    (Period.QUARTER, re.compile(r"(?<![第一二三四1-4])季度")),
    (Period.MONTH, re.compile("月度")),
    (Period.REGULAR, re.compile("(?<!不)定期|经常|常态化")),
]

_TIMES = re.compile(
    rf"(?<![第首0-9０-９{HAN_DIGITS}])(?P<most>{_AT_MOST})?(?P<number>{_NUMBER})\s?[次场遍轮](?!性)"
)
_SHARE = re.compile(
    rf"(?<![0-9０-９.．])(?P<most>{_AT_MOST})?"
    r"(?:(?P<digits>[0-9０-９]{1,3}(?:[.．][0-9０-９]{1,2})?)\s?[%％]"
    rf"|百分之(?P<han>{_NUMBER}))"
)
_THINGS = re.compile(rf"{_AT_LEAST}(?P<number>{_NUMBER})(?![0-9０-９%％.．])")


def period_in(words: str) -> Period | None:
    """The period that the words name, exact ones before 定期; None where they name none of ours."""
    return next((period for period, pattern in _PERIODS if pattern.search(words)), None)


def amount_in(words: str) -> tuple[int | float, Measure] | None:
    """The least number of times or things, or the share, that the words demand. An upper limit is none."""
    if times := _demanded(_TIMES, words):
        return number_of(times["number"]), Measure.COUNT
    if share := _demanded(_SHARE, words):
        return _share(share), Measure.RATIO
    if things := _THINGS.search(words):
        return number_of(things["number"]), Measure.COUNT
    return None


def _demanded(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(words) if not match["most"]), None)


def _share(match: re.Match[str]) -> int | float:
    """95% → 0.95, 百分之九十五 → 0.95, 100% → 1."""
    percent = Decimal(
        number_of(match["han"]) if match["han"] else unicodedata.normalize("NFKC", match["digits"])
    )
    return int(percent / 100) if percent % 100 == 0 else float(percent / 100)
