import itertools
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xiaoan.foundation.errors import Refused
from xiaoan.foundation.periods import (
    NO_TERMS,
    PeriodKind,
    TermDates,
    TermsDoNotTile,
    UnknownPeriod,
    parse_period,
    period_name,
    period_of,
    periods_between,
    previous,
    same_period_last_year,
)

TERMS = TermDates.of(
    [
        ("2023-2024T1", date(2023, 9, 1), date(2024, 2, 18)),
        ("2023-2024T2", date(2024, 2, 19), date(2024, 8, 31)),
        ("2024-2025T1", date(2024, 9, 1), date(2025, 2, 16)),
        ("2024-2025T2", date(2025, 2, 17), date(2025, 8, 31)),
    ]
)
KINDS = st.sampled_from(PeriodKind)
KNOWN_DAYS = st.dates(date(2023, 9, 1), date(2025, 8, 31))


@pytest.mark.parametrize(
    ("code", "kind", "first", "last"),
    [
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025H1", "half-year", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-2025", "school-year", date(2024, 9, 1), date(2025, 8, 31)),
        ("2024-2025T1", "term", date(2024, 9, 1), date(2025, 2, 16)),
    ],
)
def test_a_code_names_its_days(code, kind, first, last):
    period = parse_period(code, TERMS)
    assert (period.code, period.kind, period.first, period.last) == (code, kind, first, last)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2025Q5",
        "2025H3",
        "2025q1",
        "2025-3",
        "2025-13",
        "2025-00",
        "2024-2026",
        "2025-2024",
        "2024-2025T0",
        "2025W12",
        " 2025",
        "2025\n",
        "２０２５",
        "1024",
        "9999",
        "2025-03-20",
        "{code}",
    ],
)
def test_nothing_else_is_a_period(code):
    with pytest.raises(UnknownPeriod):
        parse_period(code, TERMS)


def test_the_refusal_is_a_value_error_that_answers_400_and_says_which_forms_exist():
    with pytest.raises(ValueError, match="2025H1（半年）") as refusal:
        parse_period("2025Q5")
    assert isinstance(refusal.value, Refused)
    assert refusal.value.status == 400
    assert str(refusal.value).startswith("“2025Q5”不是周期。")


def test_a_term_beyond_the_calendar_names_the_missing_school_year():
    for ask in (
        lambda: parse_period("2025-2026T1", TERMS),
        lambda: period_of(PeriodKind.TERM, date(2025, 9, 1), TERMS),
        lambda: periods_between(PeriodKind.TERM, date(2025, 1, 1), date(2026, 1, 1), TERMS),
    ):
        with pytest.raises(UnknownPeriod, match="2025-2026 学年"):
            ask()


def test_a_third_term_of_a_year_that_has_two_is_unknown():
    with pytest.raises(UnknownPeriod):
        parse_period("2024-2025T3", TERMS)


@given(KINDS, KNOWN_DAYS)
def test_a_code_reads_back_as_its_period(kind, day):
    period = period_of(kind, day, TERMS)
    assert parse_period(period.code, TERMS) == period


@given(KINDS, KNOWN_DAYS, KNOWN_DAYS)
def test_every_day_lies_in_exactly_one_period_of_a_kind(kind, day, other):
    period = period_of(kind, day, TERMS)
    assert day in period
    assert (other in period) == (period_of(kind, other, TERMS) == period)


@given(KINDS, KNOWN_DAYS, KNOWN_DAYS)
def test_periods_between_are_those_that_end_in_the_span_and_leave_no_gap(kind, first, last):
    found = periods_between(kind, first, last, TERMS)
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    assert found == [period for day in days if (period := period_of(kind, day, TERMS)).last == day]
    assert all(later.first - before.last == timedelta(days=1) for before, later in itertools.pairwise(found))


def test_a_plan_of_nine_quarters_owes_nine():
    codes = [p.code for p in periods_between(PeriodKind.QUARTER, date(2024, 10, 1), date(2026, 12, 31))]
    assert codes == ["2024Q4", *(f"{year}Q{n}" for year in (2025, 2026) for n in (1, 2, 3, 4))]


def test_a_quarter_that_ends_after_the_span_is_not_in_it():
    assert periods_between(PeriodKind.QUARTER, date(2025, 4, 1), date(2025, 5, 31)) == []
    assert [p.code for p in periods_between(PeriodKind.QUARTER, date(2025, 3, 20), date(2025, 5, 31))] == [
        "2025Q1"
    ]


@pytest.mark.parametrize(
    ("code", "before", "last_year"),
    [
        ("2025", "2024", "2024"),
        ("2025H1", "2024H2", "2024H1"),
        ("2025Q1", "2024Q4", "2024Q1"),
        ("2025-03", "2025-02", "2024-03"),
        ("2024-2025", "2023-2024", "2023-2024"),
        ("2024-2025T1", "2023-2024T2", "2023-2024T1"),
    ],
)
def test_the_period_before_and_the_same_one_a_year_ago(code, before, last_year):
    period = parse_period(code, TERMS)
    assert previous(period, TERMS).code == before
    assert same_period_last_year(period, TERMS).code == last_year


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("2024-2025T1", date(2024, 9, 2), date(2025, 8, 31))], "应从 2024-09-01 开始"),
        ([("2024-2025T1", date(2024, 9, 1), date(2025, 8, 30))], "本学年应到 2025-08-31 结束"),
        ([("2024-2025T1", date(2024, 9, 1), date(2025, 9, 1))], "应在 2025-08-31 或之前结束"),
        ([("2024-2025T2", date(2024, 9, 1), date(2025, 8, 31))], "代码应为 2024-2025T1"),
        ([("2024-2026T1", date(2024, 9, 1), date(2026, 8, 31))], "代码应写作 2024-2025T1"),
        (
            [
                ("2024-2025T1", date(2024, 9, 1), date(2025, 2, 16)),
                ("2024-2025T2", date(2025, 2, 18), date(2025, 8, 31)),
            ],
            "应从 2025-02-17 开始",
        ),
        (
            [
                ("2024-2025T1", date(2024, 9, 1), date(2025, 2, 16)),
                ("2024-2025T2", date(2025, 2, 16), date(2025, 8, 31)),
            ],
            "应从 2025-02-17 开始",
        ),
        (
            [
                ("2024-2025T1", date(2024, 9, 1), date(2025, 8, 31)),
                ("2023-2024T1", date(2023, 9, 1), date(2024, 8, 31)),
            ],
            "应排在更晚的学年之前",
        ),
    ],
)
def test_terms_that_do_not_tile_a_school_year_are_refused_with_what_is_wrong(rows, words):
    with pytest.raises(TermsDoNotTile, match=words):
        TermDates.of(rows)


NAMES = {
    "2025": ("2025年", "2025"),
    "2025H1": ("2025年上半年", "first half of 2025"),
    "2025Q1": ("2025年第一季度", "Q1 2025"),
    "2025-03": ("2025年3月", "March 2025"),
    "2025-12": ("2025年12月", "December 2025"),
    "2024-2025": ("2024—2025学年", "school year 2024–2025"),
    "2024-2025T1": ("2024—2025学年第一学期", "first term of 2024–2025"),
}


@pytest.mark.parametrize("code", NAMES)
def test_a_name_follows_the_language_of_its_reader(code):
    name = period_name(parse_period(code, TERMS))
    chinese, english = NAMES[code]
    assert str(name) == chinese
    with translation.override("en"):
        assert str(name) == english


def test_no_terms_are_known_without_a_calendar():
    with pytest.raises(UnknownPeriod, match="校历"):
        period_of(PeriodKind.TERM, date(2025, 3, 1), NO_TERMS)
