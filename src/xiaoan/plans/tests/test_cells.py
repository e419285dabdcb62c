"""Cells exist where plan, duty and owner do, carry what the measures count, and change only when it does."""

from datetime import date
from decimal import Decimal

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.indicators import Pair, Untold
from xiaoan.organisations.models import Unit, UnitYear
from xiaoan.organisations.queries import units_in_force, with_stage
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.plans.cells import compute_cells, counts, duties_in_force, fill_cells, with_status
from xiaoan.plans.cells.counting import _take
from xiaoan.plans.cells.owners import due_day
from xiaoan.plans.jobs import recompute
from xiaoan.plans.models import Cell, Duty
from xiaoan.plans.tests.factories import FIRST_PACK, load, publish

TODAY = date(2025, 12, 17)
NINE_QUARTERS = ["2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3", "2026Q4"]


def cells(**lookup):
    return Cell.objects.everything("a test").filter(**lookup)


def periods(code: str, unit: Unit) -> list[str]:
    return list(cells(duty__code=code, unit=unit).order_by("first").values_list("period", flat=True))


def test_three_hundred_institutions_and_nine_quarters_owe_2700_meetings(cast):
    for _number in range(298):
        a_unit(cast.bureau)
    version = publish(cast, FIRST_PACK)
    assert cells(duty__code="T1.8").count() == 2_700
    assert periods("T1.8", cast.school) == NINE_QUARTERS
    assert periods("T1.8", cast.centre) == []

    before = set(cells().values_list("id", "version"))
    assert load(cast, None) != version  # another pack may be loaded beside it
    filled = fill_cells(version.district_id, duties_in_force(version.district_id))
    assert (filled.made, filled.removed) == (0, 0)
    assert set(cells().values_list("id", "version")) == before


def test_a_school_owes_from_the_period_that_ends_after_its_opening(cast):
    opened = a_unit(cast.bureau, opened_on=date(2025, 3, 20))
    closed = a_unit(cast.bureau, closed_on=date(2025, 5, 31))
    publish(cast, FIRST_PACK)
    assert periods("T1.8", opened) == NINE_QUARTERS[1:]
    assert periods("T1.8", closed) == ["2024Q4", "2025Q1"]


def test_a_school_year_that_ends_after_the_plan_is_not_owed(cast):
    publish(cast, FIRST_PACK)
    assert periods("T8.9", cast.school) == ["2024-2025", "2025-2026"]
    assert periods("T1.10", cast.school) == ["2024", "2025", "2026"]


def test_a_goal_has_no_cells_and_what_awaits_its_module_has_no_figures(cast):
    publish(cast, FIRST_PACK)
    assert not cells(duty__is_goal=True).exists()
    assert set(cells().exclude(duty__awaits="").values_list("achieved", "expected", "met")) == {
        (None, None, False)
    }


def test_a_stage_owes_by_the_register_of_that_school_year(cast):
    UnitYear.objects.create(district=cast.bureau, unit=cast.school, school_year="2024-2025", stage="primary")
    UnitYear.objects.create(
        district=cast.bureau, unit=cast.school, school_year="2025-2026", stage="kindergarten"
    )
    publish(cast)
    assert periods("B1.1", cast.school) == ["2025Q3", "2025Q4"]


def test_owners_are_those_of_the_register_for_every_duty_and_period(cast):
    UnitYear.objects.create(
        district=cast.bureau, unit=cast.school, school_year="2025-2026", stage="kindergarten"
    )
    a_unit(cast.bureau, opened_on=date(2025, 9, 30), closed_on=date(2026, 3, 31))
    publish(cast)
    for duty in Duty.objects.everything("a test"):
        for period, last in set(cells(duty=duty).values_list("period", "last")):
            owing = units_in_force(cast.bureau.id, last, duty.owner_kinds.split())
            if duty.owner_stages:
                owing = with_stage(owing, last).filter(stage_then__in=duty.owner_stages.split())
            owed = set(cells(duty=duty, period=period).values_list("unit_id", flat=True))
            assert owed == {unit.id for unit in owing}


def test_a_day_of_the_duty_is_the_due_day_inside_the_period(cast):
    publish(cast)
    assert set(cells(duty__code="A2.1").values_list("period", "due")) == {("2025", date(2025, 6, 30))}
    cell = cells(duty__code="A1.1").first()
    assert cell.due == cell.last


def test_a_due_day_of_a_school_year_lies_in_its_own_half(cast):
    publish(cast, FIRST_PACK)
    cell = cells(duty__code="T8.9").select_related("duty").first()
    from xiaoan.foundation.periods import parse_period

    cell.duty.due_day = "10-15"
    assert due_day(cell.duty, parse_period("2024-2025")) == date(2024, 10, 15)
    cell.duty.due_day = "02-29"
    assert due_day(cell.duty, parse_period("2024-2025")) == date(2025, 2, 28)


def test_counting_again_changes_nothing(cast):
    version = publish(cast)
    stamps = dict(cells().values_list("id", "computed_at"))
    with clock.held_at(clock.at(TODAY, 18)):
        assert recompute(version.district_id) == 0
    assert dict(cells().values_list("id", "computed_at")) == stamps


def test_a_period_that_has_not_begun_is_not_counted(cast):
    with clock.held_at(clock.at(date(2025, 3, 10))):
        publish(cast)
        assert set(cells(duty__code="A1.1", computed_at=None).values_list("period", flat=True)) == {
            f"2025-{month:02d}" for month in range(4, 13)
        }
    with clock.held_at(clock.at(date(2025, 4, 1))):
        assert (
            recompute(cast.bureau.id)
            == cells(duty__code="A1.1", period="2025-04").count()
            + cells(duty__code="A1.2", period="2025-04").count()
        )


def test_a_settled_cell_stands_whatever_is_counted(cast):
    version = publish(cast)
    cell = cells(duty__code="A1.1", unit=cast.school, period="2025-03").get()
    cells(pk=cell.pk).update(settled_at=clock.now(), achieved=Decimal(1), met=True)
    compute_cells(duties_in_force(version.district_id))
    cast.school.closed_on = date(2025, 3, 1)
    cast.school.save()
    fill_cells(version.district_id, duties_in_force(version.district_id))
    assert list(cells(unit=cast.school, last__gte=date(2025, 3, 1)).values_list("pk", "met")) == [
        (cell.pk, True)
    ]


@pytest.mark.parametrize(
    ("pair", "figures"),
    [
        (Pair(Decimal("18.999"), Decimal(20)), ("18.99", "20.00", "", False)),
        (Pair(Decimal(18), Decimal(20)), ("18.00", "20.00", "", True)),
        (Pair(Decimal("17.99"), Decimal(20)), ("17.99", "20.00", "", False)),
        (Pair(Decimal(0), Decimal(0)), ("0.00", "0.00", "", False)),
        (Pair(Decimal(0), Untold("没有计划")), ("0.00", None, "没有计划", False)),
        (None, ("0", "0", "", False)),
    ],
)
def test_a_pair_is_met_when_achieved_reaches_the_target_part_of_expected(pair, figures):
    cell, duty = Cell(), Duty(target=Decimal(90))
    if figures[0] == "18.99":
        duty.target = Decimal(95)
    assert _take(cell, pair, duty)
    expected = None if cell.expected is None else str(cell.expected)
    assert (str(cell.achieved), expected, cell.untold, cell.met) == figures
    assert not _take(cell, pair, duty)


STATUSES = [
    ({"duty__awaits": "education"}, "awaits"),
    ({"duty__must_be_confirmed": True}, "unconfirmed"),
    ({"waived_at": clock.at(TODAY), "met": True}, "waived"),
    ({"expected": 0}, "not_applicable"),
    ({"met": True}, "met"),
    ({"untold": "没有计划"}, "untold"),
    ({"due": TODAY}, "open"),
    ({"due": date(2025, 12, 16)}, "late"),
]


@pytest.mark.parametrize("place", range(len(STATUSES)))
def test_the_first_status_that_fits_is_the_cells(cast, place):
    """Each state together with all that come after it in the list."""
    publish(cast)
    cell = cells(duty__code="A1.1").first()
    changes = {}
    for values, _status in reversed(STATUSES[place:]):
        changes.update(values)
    own = {name: value for name, value in changes.items() if not name.startswith("duty__")}
    of_duty = {
        name.removeprefix("duty__"): value for name, value in changes.items() if name.startswith("duty__")
    }
    cells(pk=cell.pk).update(**{"expected": 1, "untold": "", "met": False, **own})
    if "expected" in own:
        cells(pk=cell.pk).update(untold="")
    Duty.objects.everything("a test").filter(pk=cell.duty_id).update(
        **{"must_be_confirmed": False, **of_duty}
    )
    assert with_status(cells(pk=cell.pk), TODAY).get().status == STATUSES[place][1]


def test_a_figure_counts_cells_met_late_and_untold_after_their_day(cast):
    publish(cast)
    december = cells(duty__code="A1.1", period="2025-12")
    mine, theirs = december.get(unit=cast.school), december.get(unit=cast.neighbour)
    cells(pk=mine.pk).update(met=True, expected=1, achieved=5)
    cells(pk=theirs.pk).update(untold="没有名单", expected=None, due=date(2025, 12, 1))
    found = with_status(december, TODAY).aggregate(**counts(TODAY))
    assert (found["met"], found["due_now"], found["untold"], found["open"]) == (1, 2, 1, 0)
    cells(pk=theirs.pk).update(due=date(2025, 12, 31))
    found = with_status(december, TODAY).aggregate(**counts(TODAY))
    assert (found["met"], found["due_now"], found["untold"]) == (1, 1, 1)
