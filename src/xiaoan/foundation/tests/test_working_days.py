from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xiaoan.foundation.working_days import WorkingDays

# The week of the National Day of 2025: 1-8 October off, Sunday 28 September and Saturday 11 October worked.
HOLIDAY = {date(2025, 10, day): False for day in range(1, 9)}
DAYS = WorkingDays({**HOLIDAY, date(2025, 9, 28): True, date(2025, 10, 11): True}, date(2025, 12, 31))
SOME_DAY = st.dates(date(2025, 8, 1), date(2026, 3, 1))


def test_a_holiday_is_off_and_a_make_up_day_is_worked():
    assert [day for day in range(1, 13) if DAYS.is_working(date(2025, 10, day))] == [9, 10, 11]
    assert DAYS.is_working(date(2025, 9, 28)) is True


def test_five_working_days_after_the_eve_of_a_holiday():
    assert DAYS.add_working_days(date(2025, 9, 30), 5) == date(2025, 10, 14)


def test_counting_back_finds_the_working_day_before():
    assert DAYS.add_working_days(date(2025, 10, 9), -1) == date(2025, 9, 30)


def test_beyond_the_published_calendar_monday_to_friday_is_assumed_and_said():
    monday = date(2026, 1, 5)
    assert [DAYS.is_working(monday + timedelta(days=n)) for n in range(7)] == [True] * 5 + [False] * 2
    assert DAYS.is_assumed(monday) is True
    assert DAYS.is_assumed(date(2025, 12, 31)) is False


@given(SOME_DAY, st.integers(min_value=1, max_value=60))
def test_adding_days_and_counting_them_agree(day, count):
    due = DAYS.add_working_days(day, count)
    assert DAYS.is_working(due)
    assert DAYS.working_days_between(day + timedelta(days=1), due) == count


def test_nothing_lies_in_a_span_that_ends_before_it_begins():
    assert DAYS.working_days_between(date(2025, 10, 10), date(2025, 10, 9)) == 0
