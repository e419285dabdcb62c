from datetime import UTC, date, datetime

import pytest

from xiaoan.foundation import clock

DAY = date(2025, 12, 17)


@pytest.mark.parametrize(
    ("real", "shown"),
    [
        ("2026-11-24T00:00:05+00:00", "08:00:05"),
        ("2026-11-24T13:59:59+00:00", "21:59:59"),
        ("2026-11-24T14:00:00+00:00", "09:00:00"),
        ("2026-11-24T18:59:30+00:00", "09:59:30"),
        ("2026-11-24T23:59:00+00:00", "09:59:00"),
    ],
)
def test_a_pretended_day_keeps_the_time_of_day_and_has_no_night(real, shown):
    moved = clock.on_day(DAY, datetime.fromisoformat(real))
    assert moved.tzinfo is UTC
    assert moved.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") == f"2025-12-17 {shown}"
