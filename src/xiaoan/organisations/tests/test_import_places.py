"""The register of places from Excel."""

import pytest

from xiaoan.organisations.models import Campus, Place
from xiaoan.organisations.tests.tables import checked, counts, imported, told

FULL = "编码* 名称* 单位编码* 类别* 校区 责任岗位"
KITCHEN = ["S1-CF", "食堂后厨", "yh-s1", "食堂", "东校区", "食堂负责人"]


def place():
    return Place.objects.everything("a test").select_related("unit", "campus").get(code="S1-CF")


def test_a_row_becomes_a_place_with_its_campus(cast):
    assert counts(imported("places", cast.actor("gu"), FULL, KITCHEN)) == (1, 0, 0, 0)
    found = place()
    assert (found.name, found.unit_id, found.kind, found.campus.name, found.post_name) == (
        "食堂后厨",
        cast.school.id,
        "食堂",
        "东校区",
        "食堂负责人",
    )


def test_the_same_file_again_has_nothing_to_do(cast):
    imported("places", cast.actor("gu"), FULL, KITCHEN)
    assert counts(checked("places", cast.actor("gu"), FULL, KITCHEN)) == (0, 0, 1, 0)
    assert Campus.objects.everything("a test").count() == 1


def test_a_place_may_move_to_another_unit_and_lose_its_campus(cast):
    imported("places", cast.actor("gu"), FULL, KITCHEN)
    imported("places", cast.actor("gu"), FULL, ["S1-CF", "食堂", "YH-S2", "食堂", "", ""])
    found = place()
    assert (found.name, found.unit_id, found.campus, found.post_name) == ("食堂", cast.neighbour.id, None, "")


def test_columns_that_the_file_lacks_leave_their_fields_alone(cast):
    imported("places", cast.actor("gu"), FULL, KITCHEN)
    imported("places", cast.actor("gu"), "编码 名称 单位编码 类别", ["S1-CF", "一食堂", "YH-S1", "食堂"])
    found = place()
    assert (found.name, found.campus.name, found.post_name) == ("一食堂", "东校区", "食堂负责人")


@pytest.mark.parametrize("code", ["SQ-S1", "NOBODY"])
def test_a_unit_of_another_district_is_not_found(cast, code):
    draft = checked("places", cast.actor("gu"), FULL, ["S1-CF", "食堂", code, "食堂", "", ""])
    assert told(draft) == [f"表!C2: 没有找到编码为 {code} 的单位，请先补上这个单位。"]


def test_every_error_of_a_file_is_told(cast):
    draft = checked(
        "places",
        cast.actor("gu"),
        FULL,
        ["食堂", "长" * 61, "YH-S1", "食堂", "", ""],
        KITCHEN,
        ["s1-cf", "", "YH-S1", "食堂", "", ""],
        ["s1-cf", "又一处", "YH-S1", "食堂", "", ""],
    )
    assert [error.cell for error in draft.error_list()] == ["A2", "B2", "B4", "A5"]
