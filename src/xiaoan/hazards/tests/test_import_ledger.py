"""The old ledger: checked by cell, applied once, and true about its past days."""

from datetime import date

from xiaoan.hazards.tests.old_ledgers import a_closed_row, brought, hazard


def test_a_closed_row_comes_with_its_steps_on_their_own_days(district):
    brought(district, a_closed_row())
    steps = list(hazard().steps.order_by("number").values_list("verb", "to", "on", "until"))
    day = lambda number: date(2024, 3, number)  # noqa: E731 - short days
    assert steps == [
        ("report", "to_judge", day(4), day(4)),
        ("judge", "to_assign", day(4), day(5)),
        ("dispatch", "rectifying", day(5), day(12)),
        ("submit", "to_verify", day(12), day(13)),
        ("accept", "to_close", day(13), day(14)),
        ("close", "closed", day(14), date(2024, 4, 13)),
        ("archive", "archived", date(2024, 4, 13), None),
    ]
