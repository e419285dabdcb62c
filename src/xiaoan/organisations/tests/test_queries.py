"""Which units, when: asked of any day, answered from rows with from and to."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoan.organisations import queries
from xiaoan.organisations.models import Circle, Membership, Unit, UnitKind, UnitYear
from xiaoan.organisations.tests.factories import a_district, a_unit

DAY = date(2025, 6, 30)
SCHOOLS = ("school", "affiliated")


def a_year(unit, school_year, stage, pupils=None):
    return UnitYear.objects.create(
        district_id=unit.district_id, unit=unit, school_year=school_year, stage=stage, pupils=pupils
    )


def existing(district, kinds=SCHOOLS, day=DAY):
    return list(queries.units_in_force(district.id, day, kinds))


@pytest.fixture
def district(db):
    return a_district()


@pytest.mark.parametrize(
    ("opened", "closed", "exists"),
    [
        (date(2025, 6, 30), None, True),
        (date(2025, 7, 1), None, False),
        (None, None, True),
        (date(2020, 1, 1), date(2025, 7, 1), True),
        (date(2020, 1, 1), date(2025, 6, 30), False),
    ],
)
def test_a_unit_exists_from_its_first_day_to_the_day_before_it_closes(district, opened, closed, exists):
    unit = a_unit(district, opened_on=opened, closed_on=closed)
    assert existing(district) == ([unit] if exists else [])


def test_units_are_found_by_kind_and_one_by_its_code(district):
    school, other = a_unit(district), a_unit(district, UnitKind.AFFILIATED)
    assert existing(district, ["school"]) == [school]
    assert existing(district) == [school, other]
    assert existing(district, ["bureau"]) == [district]
    assert existing(district, ()) == [school, other, district]
    assert queries.unit_of(district.id, other.code.lower()) == other


def test_units_of_another_district_are_never_found_here(district):
    a_unit(a_district("SQ", "松泉县教育局"), code="SAME")
    mine = a_unit(district, code="SAME")
    assert [queries.unit_of(district.id, "SAME")] == existing(district) == [mine]


def test_a_stage_is_that_of_the_school_year_of_the_day(district):
    unit = a_unit(district)
    a_year(unit, "2023-2024", "primary")
    a_year(unit, "2025-2026", "nine_year")

    def stages(day):
        units = queries.units_in_force(district.id, day, ["school"])
        return list(queries.with_stage(units, day).values_list("stage_then", flat=True))

    assert stages(date(2023, 8, 31)) == ["primary"], "before the first row, the first"
    assert stages(date(2025, 8, 31)) == ["primary"], "a year without a row keeps the stage"
    assert stages(date(2025, 9, 1)) == ["nine_year"]


def test_stages_are_one_statement_however_many_units(district, django_assert_num_queries):
    for _place in range(30):
        a_year(a_unit(district), "2024-2025", "kindergarten")
    with django_assert_num_queries(1):
        units = queries.with_stage(queries.units_in_force(district.id, DAY, ["school"]), DAY)
        assert len(units.filter(stage_then="kindergarten")) == 30


def test_facts_name_the_school_year_they_are_of(district):
    unit = a_unit(district)
    assert queries.facts_of(unit, DAY) is None
    year = a_year(unit, "2023-2024", "primary", 800)
    assert queries.facts_of(unit, DAY) == year


def test_a_subtree_is_the_unit_and_what_is_below_it_and_no_namesake(district):
    school = a_unit(district, code="YH-1")
    office = a_unit(school, UnitKind.DEPARTMENT, code="YH-1-D", closed_on=date(2021, 1, 1))
    a_unit(district, code="YH-11")
    assert list(queries.subtree(school)) == [school, office]
    assert list(queries.children(school, DAY)) == []
    assert list(queries.children(school, date(2020, 12, 31))) == [office]


days = st.dates(date(2024, 1, 1), date(2024, 3, 1))


@pytest.mark.django_db
@settings(deadline=None)
@given(spans=st.lists(st.tuples(days, st.none() | days), max_size=6), day=days)
def test_on_any_day_exactly_the_units_whose_span_holds_it_exist(spans, day):
    """As-of against a plain loop over the same spans."""
    from django.db import transaction

    with transaction.atomic():
        district = a_district()
        units = [a_unit(district, opened_on=first, closed_on=closed) for first, closed in spans]
        expected = {
            unit.id
            for unit, (first, closed) in zip(units, spans, strict=True)
            if day in _days_of(first, closed)
        }
        assert {unit.id for unit in existing(district, day=day)} == expected
        transaction.set_rollback(True)


def _days_of(first, closed):
    last = closed or date(2024, 3, 2)
    return {first + timedelta(days=offset) for offset in range(max((last - first).days, 0))}


def test_circles_are_memberships_with_a_beginning_and_an_end(district):
    unit = a_unit(district)
    old, new = (
        Circle.objects.create(district=district, unit=district, kind="group", name=name)
        for name in ("东片协作组", "西片协作组")
    )
    rows = {"district": district, "unit": unit}
    Membership.objects.create(**rows, circle=old, starts_on=date(2020, 1, 1), ends_on=date(2025, 9, 1))
    Membership.objects.create(**rows, circle=new, starts_on=date(2025, 9, 1))

    assert list(queries.circles(district.id, "group")) == [old, new]
    assert list(queries.circles_of(unit, date(2025, 8, 31))) == [old]
    assert list(queries.circles_of(unit, date(2025, 9, 1))) == [new]
    assert list(queries.members(old, date(2025, 9, 1))) == []
    assert queries.circle_by_unit(district.id, "group", date(2025, 8, 31)) == {unit.id: old}


def test_codes_are_found_whatever_their_case(district):
    unit = a_unit(district, code="YH-P3")
    assert queries.unit_of(district.id, "yh-p3") == unit
    assert queries.district_of("yh") == district
    assert queries.district_of("YH-P3") is None
    assert Unit.objects.everything("a test").count() == 2
