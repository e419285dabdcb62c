"""The register of units from Excel: one act, every error by its cell, nothing twice."""

import json
from datetime import date

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict, NotPermitted, RuleBroken
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.journal import JournalEntry
from xiaoan.organisations import queries
from xiaoan.organisations.acts import import_units
from xiaoan.organisations.models import Unit, UnitYear
from xiaoan.organisations.tests.tables import checked, counts, imported, told

FULL = "编码* 名称* 类别* 上级编码 学段 协作组 街镇 学生数 寄宿生数 启用日期 停用日期"
SCHOOL = ["N-1", "新街小学", "学校", "", "小学", "东片协作组", "芦汀镇", 800, 20, "2020-09-01", ""]
SHORT = "编码 名称 类别 上级编码"


def put(row, **changes):
    """A row with some cells changed."""
    headings = [heading.rstrip("*") for heading in FULL.split()]
    return [changes.get(heading, cell) for heading, cell in zip(headings, row, strict=True)]


def unit(code):
    return Unit.objects.everything("a test").get(code=code)


def test_a_row_becomes_a_unit_with_its_facts_and_circles(cast):
    draft = imported("units", cast.actor("gu"), FULL, SCHOOL)

    assert counts(draft) == (1, 0, 0, 0)
    school = unit("N-1")
    assert (school.name, school.kind, school.path, school.parent_id, school.oversees) == (
        "新街小学",
        "school",
        "YH/N-1/",
        cast.bureau.id,
        False,
    )
    facts = queries.facts_of(school, date(2025, 12, 17))
    assert (facts.school_year, facts.stage, facts.pupils, facts.boarders) == ("2025-2026", "primary", 800, 20)
    names = [circle.name for circle in queries.circles_of(school, date(2021, 1, 1))]
    assert names == ["东片协作组", "芦汀镇"]
    opened = Announcement.objects.get(name="organisations.UnitOpened")
    assert json.loads(opened.body)["happened_on"] == "2020-09-01"


def test_the_same_file_again_has_nothing_to_do(cast):
    imported("units", cast.actor("gu"), FULL, SCHOOL)
    again = checked("units", cast.actor("gu"), FULL, SCHOOL)
    assert counts(again) == (0, 0, 1, 0)
    assert not again.is_applicable


def test_a_changed_row_changes_what_differs_and_the_journal_tells_it_by_code(cast):
    imported("units", cast.actor("gu"), FULL, SCHOOL)
    draft = imported("units", cast.actor("gu"), FULL, put(SCHOOL, 名称="新街实验小学", 学生数=820))

    assert counts(draft) == (0, 1, 0, 0)
    entry = JournalEntry.objects.filter(act="organisations.import_units").latest("number")
    changes = json.loads(entry.payload.body)["changes"]
    assert changes["changed"] == {"N-1": {"name": ["新街小学", "新街实验小学"], "pupils": [800, 820]}}
    assert (changes["added"], changes["file"]) == ([], [None, draft.file_digest])


def test_columns_that_the_file_lacks_leave_their_fields_alone(cast):
    imported("units", cast.actor("gu"), FULL, SCHOOL)
    draft = imported("units", cast.actor("gu"), "编码 名称 类别", ["n-1", "新街小学（总校）", "学校"])
    assert counts(draft) == (0, 1, 0, 0)
    school = unit("N-1")
    assert (school.opened_on, school.parent_id) == (date(2020, 9, 1), cast.bureau.id)
    assert queries.facts_of(school, clock.today()).pupils == 800


def test_new_facts_belong_to_the_running_school_year(cast):
    with clock.held_at(clock.at(date(2025, 6, 1))):
        imported("units", cast.actor("gu"), FULL, SCHOOL)
    imported("units", cast.actor("gu"), FULL, put(SCHOOL, 学生数=900))

    school = unit("N-1")
    pupils = {
        year.school_year: year.pupils for year in UnitYear.objects.everything("a test").filter(unit=school)
    }
    assert pupils == {"2024-2025": 800, "2025-2026": 900}


def test_changing_circle_keeps_the_past(cast):
    imported("units", cast.actor("gu"), FULL, SCHOOL)
    imported("units", cast.actor("gu"), FULL, put(SCHOOL, 协作组="西片协作组", 街镇=""))

    def names(day):
        return [circle.name for circle in queries.circles_of(unit("N-1"), day)]

    assert names(date(2025, 12, 16)) == ["东片协作组", "芦汀镇"]
    assert names(date(2025, 12, 17)) == ["西片协作组"]


def test_units_may_stand_in_any_order_and_carry_what_is_below_them_along(cast):
    below = ["N-1-D", "总务处", "部门", "N-1"]
    imported(
        "units",
        cast.actor("gu"),
        SHORT,
        below,
        ["N-1", "新街小学", "学校", "N-0"],
        ["N-0", "新街集团", "学校", ""],
    )
    assert unit("N-1-D").path == "YH/N-0/N-1/N-1-D/"

    imported("units", cast.actor("gu"), SHORT, ["N-1", "新街小学", "学校", ""])
    assert (unit("N-1").path, unit("N-1-D").path) == ("YH/N-1/", "YH/N-1/N-1-D/")


def test_sections_and_the_first_centre_answer_for_the_district(cast):
    imported(
        "units",
        cast.actor("gu"),
        SHORT,
        ["K-1", "安全科", "科室", ""],
        ["C-2", "实践中心", "中心", ""],
        ["YH", "云禾县教育局", "教育局", ""],
    )
    assert [unit(code).oversees for code in ("K-1", "C-2", "YH-C", "YH", "YH-S1")] == [
        True,
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"编码": "新一"}, "A2"),
        ({"名称": ""}, "B2"),
        ({"名称": "长" * 61}, "B2"),
        ({"类别": "城堡"}, "C2"),
        ({"类别": "教育局"}, "C2"),
        ({"上级编码": "SQ-S1"}, "D2"),
        ({"上级编码": "NOBODY"}, "D2"),
        ({"上级编码": "N-1"}, "D2"),
        ({"学段": "大学"}, "E2"),
        ({"学生数": -1}, "H2"),
        ({"学生数": "许多"}, "H2"),
        ({"寄宿生数": 801}, "I2"),
        ({"启用日期": "2020-02-30"}, "J2"),
        ({"停用日期": "2020-09-01"}, "K2"),
    ],
)
def test_a_wrong_cell_is_named(cast, changes, error):
    draft = checked("units", cast.actor("gu"), FULL, put(SCHOOL, **changes))
    assert [each.cell for each in draft.error_list()] == [error]
    assert told(draft)[0].startswith(f"表!{error}: ")


def test_another_districts_unit_is_answered_like_one_that_does_not_exist(cast):
    words = {
        told(checked("units", cast.actor("gu"), SHORT, ["N-1", "新街小学", "学校", code]))[0].replace(
            code, "…"
        )
        for code in ("SQ-S1", "NOBODY")
    }
    assert len(words) == 1


def test_every_error_of_a_file_is_told(cast):
    draft = checked(
        "units",
        cast.actor("gu"),
        SHORT,
        ["N-1", "甲", "城堡", "NOBODY"],
        ["N-2", "乙", "学校", "N-3"],
        ["N-3", "丙", "学校", "N-2"],
        ["n-2", "丁", "学校", ""],
        ["YH", "云禾县教育局", "学校", "N-1"],
    )
    cells = [error.cell for error in draft.error_list()]
    assert cells == ["C2", "D2", "D3", "D4", "A5", "D5", "C6", "D6"]


def test_units_of_one_name_are_pointed_out(cast):
    draft = checked("units", cast.actor("gu"), SHORT, ["N-1", "柳湾小学", "学校", ""])
    assert draft.note_list() == ["名称相同的单位：柳湾小学（N-1、YH-S2），请核对是否重复。"]


def test_a_draft_with_errors_is_not_applied(cast):
    draft = checked("units", cast.actor("gu"), SHORT, ["N-1", "甲", "城堡", ""], ["N-2", "乙", "学校", ""])
    with pytest.raises(RuleBroken):
        import_units(actor=cast.actor("gu"), ask=Ask(), draft=draft)
    assert not Unit.objects.everything("a test").filter(code="N-2").exists()


def test_a_draft_is_applied_once(cast):
    draft = imported("units", cast.actor("gu"), FULL, SCHOOL)
    with pytest.raises(Conflict, match="已经导入"):
        import_units(actor=cast.actor("gu"), ask=Ask(), draft=draft)


def test_the_same_request_again_gets_the_same_draft(cast):
    draft, ask = checked("units", cast.actor("gu"), FULL, SCHOOL), Ask()
    first = import_units(actor=cast.actor("gu"), ask=ask, draft=draft)
    assert import_units(actor=cast.actor("gu"), ask=ask, draft=draft) == first
    assert JournalEntry.objects.filter(act="organisations.import_units").count() == 1


def test_a_draft_is_outdated_once_the_register_has_changed(cast):
    draft = checked("units", cast.actor("gu"), FULL, SCHOOL)
    imported("units", cast.actor("gu"), FULL, put(SCHOOL, 名称="抢先小学"))
    with pytest.raises(Conflict, match="重新上传"):
        import_units(actor=cast.actor("gu"), ask=Ask(), draft=draft)
    assert unit("N-1").name == "抢先小学"


@pytest.mark.parametrize("who", ["lin", "bai", "yi"])
def test_who_may_not_import_cannot_even_check(cast, who):
    with pytest.raises(NotPermitted):
        checked("units", cast.actor(who), SHORT, ["N-1", "甲", "学校", ""])


def test_a_draft_is_seen_by_its_maker_only(cast):
    draft = checked("units", cast.actor("gu"), FULL, SCHOOL)
    seen = {
        name: list(ImportDraft.objects.visible_to(cast.actor(name))) for name in ("gu", "lin", "bai", "yi")
    }
    assert seen == {"gu": [draft], "lin": [], "bai": [], "yi": []}


def test_a_row_with_a_wrong_cell_is_told_once_and_not_again_by_the_rows_below_it(cast):
    draft = checked(
        "units",
        cast.actor("gu"),
        FULL,
        put(SCHOOL, 学生数="很多"),
        put(SCHOOL, 编码="N-1-A", 类别="部门", 学段="", 上级编码="n-1"),
        put(SCHOOL, 编码="N-1-B", 类别="部门", 学段="", 上级编码="N-1-A"),
        put(SCHOOL, 编码="N-2", 上级编码="N-9"),
    )
    assert [each.split(":")[0] for each in told(draft)] == ["表!H2", "表!D5"]
