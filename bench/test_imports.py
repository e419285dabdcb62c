"""What an import of 5,000 rows costs, in seconds of this machine's processor."""

from time import process_time

import pytest

from bench.ratios import told
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.imports import known_imports
from xiaoan.organisations.tests.tables import checked
from xiaoan.people.tests.factories import make_cast

ROWS, LIMIT = 5_000, 5


@pytest.mark.django_db(transaction=True)
def test_five_thousand_units_are_applied_in_five_seconds() -> None:
    """One act, some two hundred statements; the act of a whole district stays far below its limit."""
    cast = make_cast()
    rows = [
        [f"N-{number}", f"第{number}小学", "学校", "小学", f"第{number % 15}组", 800]
        for number in range(ROWS)
    ]
    draft = checked("units", cast.actor("gu"), "编码 名称 类别 学段 协作组 学生数", *rows)
    before = process_time()
    known_imports()["units"][1](actor=cast.actor("gu"), ask=Ask(), draft=draft)
    told("applying 5,000 units, seconds of processor", process_time() - before, LIMIT)
