"""The ledger in the bureau's layout: groups over headings, dates as dates, nothing that runs."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from python_calamine import CalamineWorkbook

from xiaoan.foundation.errors import TooLarge
from xiaoan.hazards import ledger_layout
from xiaoan.hazards.ledger_layout import ledger_workbook
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import GENERAL, MAJOR, SOON, TODAY, do, fresh, lived, reported
from xiaoan.hazards.tests.old_ledgers import a_closed_row, a_row, brought

HEAD = 4
"""Title, what was chosen, groups, headings."""


def rows(district, who="gu"):
    return Hazard.objects.visible_to(district.actor(who)).order_by("found_on", "pk")


def sheet(district, who="gu", words=()):
    """The workbook as a reader sees it."""
    book = ledger_workbook(rows(district, who), district.actor(who), words)
    return CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0)


def lines(district, who="gu"):
    """Heading → cell, of each hazard."""
    table = sheet(district, who).to_python()
    return [dict(zip(table[HEAD - 1], line, strict=True)) for line in table[HEAD:]]


def test_a_title_what_was_chosen_groups_and_headings_stand_above(district):
    reported(district)
    found = sheet(district, words=["未销号", "单位：云禾实验小学"])
    table = found.to_python()
    assert table[0][0] == "云禾县教育局 隐患台账"
    assert table[1][0] == "范围：未销号；单位：云禾实验小学。共 1 条。顾明澈 2025-12-17 导出。"
    groups = [(column, words) for column, words in enumerate(table[2]) if words]
    assert [words for _column, words in groups] == ["基本情况", "整改", "验收销号", "回头看"]
    starts = [column for column, _words in groups]
    assert [table[3][column] for column in starts] == ["编号", "交办日期", "验收日期", "计划日期"]
    merged = {(first, last) for first, last in found.merged_cell_ranges}
    ends = [*[start - 1 for start in starts[1:]], len(table[3]) - 1]
    assert {((2, start), (2, end)) for start, end in zip(starts, ends, strict=True)} <= merged


def test_a_closed_hazard_says_who_did_what_when(district):
    lived(district, reported(district), GENERAL)
    (line,) = lines(district)
    told = {
        name: line[name]
        for name in ("编号", "单位", "种类", "步骤", "责任人", "整改期限", "整改人", "验收人", "销号人")
    }
    assert told == {
        "编号": "YH-S1-2025-0001",
        "单位": "云禾实验小学",
        "种类": "燃气",
        "步骤": "已销号",
        "责任人": "周砚秋",
        "整改期限": SOON,
        "整改人": "周砚秋",
        "验收人": "沈知远",
        "销号人": "陈敬之",
    }
    assert [line[name] for name in ("交办日期", "整改完成日期", "验收日期", "销号日期")] == [TODAY] * 4


def test_a_major_hazard_names_both_who_rechecked_and_its_money(district):
    lived(district, reported(district), MAJOR)
    (line,) = lines(district)
    assert (line["等级"], line["判定依据"], line["复查人"]) == (
        "重大隐患",
        "食堂可燃气体报警失效",
        "苏行之、顾明澈",
    )
    assert (line["资金（元）"], line["资金来源"], line["原因"]) == (8600, "公用经费", "管控措施缺失")


def test_what_was_sent_back_is_no_longer_said_to_be_done(district):
    hazard = lived(district, reported(district), GENERAL[:4])
    do(district, hazard, "send_back", "chen", words="还在漏")
    (line,) = lines(district)
    assert (line["整改人"], line["整改完成日期"], line["验收日期"], line["退回次数"]) == ("", "", "", 1)
    assert fresh(hazard).state == "rectifying"


def test_the_old_ledger_comes_out_with_its_numbers_and_names(district):
    brought(district, a_closed_row(回头看日期=date(2024, 4, 20), 回头看结果="合格", 销号人="早已离校"))
    (line,) = lines(district)
    assert (line["原编号"], line["销号人"], line["销号日期"]) == ("旧-1", "早已离校", date(2024, 3, 14))
    assert (line["回头看日期"], line["回头看结果"], line["标记"]) == (date(2024, 4, 20), "合格", "历史导入")


def test_what_looks_like_a_formula_stays_text(district):
    reported(district, text='=HYPERLINK("http://127.0.0.1","x")', place_name="+1")
    (line,) = lines(district)
    assert (line["隐患描述"], line["部位"]) == ('=HYPERLINK("http://127.0.0.1","x")', "+1")


def test_only_what_the_actor_sees_comes_out(district):
    brought(district, a_row(), a_row("旧-2", 单位编码="YH-S2"))
    assert [line["单位编码"] for line in lines(district, "chen")] == ["YH-S1"]
    assert lines(district, "yi") == []


def test_it_is_in_the_language_of_the_page(district):
    reported(district)
    with translation.override("en"):
        (line,) = lines(district)
    assert (line["Kind"], line["Description"]) == ("Gas", "食堂燃气软管老化")


def test_more_rows_ask_no_more_often(district):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            sheet(district)
        return len(captured.captured_queries)

    brought(district, a_closed_row())
    first = cost()
    brought(district, *[a_closed_row(f"多-{n}") for n in range(60)])
    assert cost() == first


def test_more_than_a_request_bears_is_refused(district, monkeypatch):
    brought(district, a_row("1"), a_row("2"))
    monkeypatch.setattr(ledger_layout, "MOST_ROWS", 1)
    with pytest.raises(TooLarge, match="请先筛选"):
        sheet(district)


def test_the_list_exports_what_it_shows_in_this_layout(client, district):
    brought(district, a_row("1"), a_row("2", 来源="中心检查"))
    client.force_login(district.cast.gu.account)
    answer = client.get("/hazards/?export=ledger&source=centre")
    assert answer["Content-Disposition"] == 'attachment; filename="hazard-ledger.xlsx"'
    table = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [line[1] for line in table[HEAD:]] == ["2"]
    assert "范围：中心检查。共 1 条。" in table[1][0]
    assert client.get("/hazards/?export=ledger&source=nowhere").status_code == 400
