"""Periods of the calendar and of the school year: parsing, naming, enumerating (13-contracts section 2).

Six kinds exist and nothing else is a period. Years, half-years, quarters and months follow from the
date alone; a school year (学年) runs from 1 September to 31 August; terms (学期) come from a district's
calendar and tile the school year, so every day lies in exactly one period of each kind.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Malformed, Words

FIRST_YEAR, LAST_YEAR = 1900, 2199
SCHOOL_YEAR_BEGINS = (9, 1)
ONE_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """The six kinds, in the words of a pack's `every`."""

    YEAR = "year"
    HALF_YEAR = "half-year"
    QUARTER = "quarter"
    MONTH = "month"
    SCHOOL_YEAR = "school-year"
    TERM = "term"


class UnknownPeriod(Malformed, ValueError):  # noqa: N818 - a refusal: answers 400 with these words
    """No such period, or the district's calendar lacks its school year."""


class TermsDoNotTile(Malformed, ValueError):  # noqa: N818 - a refusal: the calendar's words
    """The terms of a calendar leave a gap, overlap, or miss an end of their school year."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days, both ends included."""

    code: str
    kind: PeriodKind
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class TermDates:
    """The terms of a district's calendar, in order; whole school years only.

    Raises `TermsDoNotTile` naming the term that is wrong. A school year may be missing as a whole: asking
    for one of its terms is `UnknownPeriod`.
    """

    terms: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        last_code = ""
        for code, terms in groupby(self.terms, key=lambda term: term.code[:9]):
            _check_tiled(code, list(terms))
            if code <= last_code:
                raise TermsDoNotTile(format_lazy(_("校历中的学年 {code} 应排在更晚的学年之前。"), code=code))
            last_code = code

    @classmethod
    def of(cls, rows: Iterable[tuple[str, date, date]]) -> "TermDates":
        """Terms from (code such as `2024-2025T1`, first day, last day)."""
        return cls(tuple(Period(code, PeriodKind.TERM, first, last) for code, first, last in rows))

    def at(self, day: date) -> Period:
        """The term in which a day lies."""
        for term in self.terms:
            if day in term:
                return term
        raise UnknownPeriod(_calendar_lacks(_school_year_of(day)))

    def named(self, code: str) -> Period:
        """The term of a code."""
        for term in self.terms:
            if term.code == code:
                return term
        raise UnknownPeriod(_calendar_lacks(_school_year(_start_year(code))))


NO_TERMS = TermDates()

_MONTHS = {PeriodKind.YEAR: 12, PeriodKind.HALF_YEAR: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}
_CODES = {
    PeriodKind.YEAR: "{year}",
    PeriodKind.HALF_YEAR: "{year}H{number}",
    PeriodKind.QUARTER: "{year}Q{number}",
    PeriodKind.MONTH: "{year}-{number:02d}",
}
_FORMS = {
    PeriodKind.YEAR: re.compile(r"([0-9]{4})"),
    PeriodKind.HALF_YEAR: re.compile(r"([0-9]{4})H([12])"),
    PeriodKind.QUARTER: re.compile(r"([0-9]{4})Q([1-4])"),
    PeriodKind.MONTH: re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"),
    PeriodKind.SCHOOL_YEAR: re.compile(r"([0-9]{4})-([0-9]{4})"),
    PeriodKind.TERM: re.compile(r"([0-9]{4})-([0-9]{4})T([1-4])"),
}


def parse_period(code: str, terms: TermDates = NO_TERMS) -> Period:
    """The period of a code, written exactly as in 13-contracts section 2; else `UnknownPeriod`."""
    for kind, form in _FORMS.items():
        if found := form.fullmatch(code):
            return _from_groups(kind, code, [int(group) for group in found.groups()], terms)
    raise UnknownPeriod(_no_such_period(code))


def period_of(kind: PeriodKind, day: date, terms: TermDates = NO_TERMS) -> Period:
    """The one period of a kind in which a day lies. `UnknownPeriod` where the calendar has no such term."""
    if kind is PeriodKind.TERM:
        return terms.at(day)
    if kind is PeriodKind.SCHOOL_YEAR:
        return _school_year_of(day)
    return _calendar_span(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)


def periods_between(kind: PeriodKind, first: date, last: date, terms: TermDates = NO_TERMS) -> list[Period]:
    """Periods whose *last* day lies from first to last, in order: those that a span of time owes."""
    found: list[Period] = []
    day = first
    while day <= last:
        period = period_of(kind, day, terms)
        if period.last <= last:
            found.append(period)
        day = period.last + ONE_DAY
    return found


def previous(period: Period, terms: TermDates = NO_TERMS) -> Period:
    """The period of the same kind that ends the day before."""
    return period_of(period.kind, period.first - ONE_DAY, terms)


def same_period_last_year(period: Period, terms: TermDates = NO_TERMS) -> Period:
    """The period of the same name one year (or school year) earlier: `2025Q1` → `2024Q1`."""
    earlier = re.sub(r"[0-9]{4}", lambda year: str(int(year[0]) - 1), period.code)
    return parse_period(earlier, terms)


def period_name(period: Period) -> Words:
    """The name that a person reads: 2025年第一季度, Q1 2025."""
    numbers = [int(number) for number in re.findall("[0-9]+", period.code)]
    pattern = _NAMES[period.kind][numbers[-1] - 1] if period.kind in _NUMBERED else _NAMES[period.kind][0]
    return format_lazy(pattern, first=numbers[0], last=numbers[0] + 1, year=numbers[0])


def _from_groups(kind: PeriodKind, code: str, numbers: list[int], terms: TermDates) -> Period:
    """The period that the numbers of a well-formed code name."""
    if kind in _MONTHS:
        return _calendar_span(kind, numbers[0], numbers[1] if numbers[1:] else 1)
    if numbers[1] != numbers[0] + 1:
        raise UnknownPeriod(_no_such_period(code))
    return terms.named(code) if kind is PeriodKind.TERM else _school_year(numbers[0])


def _calendar_span(kind: PeriodKind, year: int, number: int) -> Period:
    """The n-th month, quarter or half of a calendar year, or the year."""
    _check_year(year)
    end = number * _MONTHS[kind]
    begin = end - _MONTHS[kind] + 1
    last_day = calendar.monthrange(year, end)[1]
    code = _CODES[kind].format(year=year, number=number)
    return Period(code, kind, date(year, begin, 1), date(year, end, last_day))


def _school_year(year: int) -> Period:
    """The school year that begins in September of a year."""
    _check_year(year)
    first, following = date(year, *SCHOOL_YEAR_BEGINS), date(year + 1, *SCHOOL_YEAR_BEGINS)
    return Period(f"{year}-{year + 1}", PeriodKind.SCHOOL_YEAR, first, following - ONE_DAY)


def _school_year_of(day: date) -> Period:
    """The school year in which a day lies."""
    return _school_year(day.year if (day.month, day.day) >= SCHOOL_YEAR_BEGINS else day.year - 1)


def _start_year(code: str) -> int:
    """The first year of a school year's or term's code."""
    return int(code[:4])


def _check_year(year: int) -> None:
    """A year out of reach is a slip of the pen."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownPeriod(
            format_lazy(
                _("年份应在 {first} 至 {last} 之间，而不是 {year}。"),
                first=FIRST_YEAR,
                last=LAST_YEAR,
                year=year,
            )
        )


def _check_tiled(code: str, terms: list[Period]) -> None:
    """The terms of one school year follow each other without gap or overlap, from its first to its last day."""
    form = _FORMS[PeriodKind.SCHOOL_YEAR].fullmatch(code)
    if form is None or int(form[2]) != int(form[1]) + 1:
        raise TermsDoNotTile(_broken_term(terms[0], _("代码应写作 2024-2025T1")))
    school_year = _school_year(int(form[1]))
    opens = school_year.first
    for number, term in enumerate(terms, start=1):
        if term.code != f"{code}T{number}":
            raise TermsDoNotTile(
                _broken_term(term, format_lazy(_("代码应为 {code}T{number}"), code=code, number=number))
            )
        if term.first != opens:
            raise TermsDoNotTile(_broken_term(term, format_lazy(_("应从 {day} 开始"), day=opens)))
        if not term.first <= term.last <= school_year.last:
            raise TermsDoNotTile(
                _broken_term(term, format_lazy(_("应在 {day} 或之前结束"), day=school_year.last))
            )
        opens = term.last + ONE_DAY
    if opens <= school_year.last:
        raise TermsDoNotTile(
            _broken_term(terms[-1], format_lazy(_("本学年应到 {day} 结束"), day=school_year.last))
        )


def _broken_term(term: Period, reason: Words) -> Words:
    """The words about a term that does not fit."""
    return format_lazy(
        _(
            "校历中的学期 {code}（{first} 至 {last}）不对：{reason}。假期归入前一学期，学期之间不留空、不重叠。"
        ),
        code=term.code,
        first=term.first,
        last=term.last,
        reason=reason,
    )


def _calendar_lacks(school_year: Period) -> Words:
    """The words where a calendar has no such term."""
    return format_lazy(
        _("校历中没有这个学期（{code} 学年），请先在校历中补上该学年的学期。"), code=school_year.code
    )


def _no_such_period(code: str) -> Words:
    """The words about a code that is none."""
    return format_lazy(
        _(
            "“{code}”不是周期。周期只有这几种写法：2025（年）、2025H1（半年）、2025Q1（季度）、"
            "2025-03（月）、2024-2025（学年）、2024-2025T1（学期）。"
        ),
        code=code[:40],
    )


_NUMBERED = {PeriodKind.HALF_YEAR, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.TERM}
_NAMES = {
    PeriodKind.YEAR: [_("{year}年")],
    PeriodKind.HALF_YEAR: [_("{year}年上半年"), _("{year}年下半年")],
    PeriodKind.QUARTER: [
        _("{year}年第一季度"),
        _("{year}年第二季度"),
        _("{year}年第三季度"),
        _("{year}年第四季度"),
    ],
    PeriodKind.MONTH: [
        _("{year}年1月"),
        _("{year}年2月"),
        _("{year}年3月"),
        _("{year}年4月"),
        _("{year}年5月"),
        _("{year}年6月"),
        _("{year}年7月"),
        _("{year}年8月"),
        _("{year}年9月"),
        _("{year}年10月"),
        _("{year}年11月"),
        _("{year}年12月"),
    ],
    PeriodKind.SCHOOL_YEAR: [_("{first}—{last}学年")],
    PeriodKind.TERM: [
        _("{first}—{last}学年第一学期"),
        _("{first}—{last}学年第二学期"),
        _("{first}—{last}学年第三学期"),
        _("{first}—{last}学年第四学期"),
    ],
}
