"""The old ledger: checked by cell, applied once, and true about its past days."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.errors import Conflict, NotPermitted, RuleBroken
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.foundation.search import find
from xiaoan.hazards import acts
from xiaoan.hazards.models import Hazard, Step
from xiaoan.hazards.tests.factories import TODAY, a_place, do, fresh, reported
from xiaoan.hazards.tests.old_ledgers import (
    a_closed_row,
    a_row,
    applied,
    brought,
    checked,
    hazard,
    wrong,
)
from xiaoan.messages.models import Message
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import an_appointment, appointed


def in_march(day: int) -> date:
    return date(2024, 3, day)


def hazards():
    return Hazard.objects.everything("a test")


def stood(number: str, day: date) -> Step:
    """How the hazard of an old number stood at the end of a day."""
    return hazard(number).steps.filter(on__lte=day).order_by("number").last()


def test_checking_writes_nothing_and_says_what_would_come(district):
    draft = checked(district, a_row(), a_closed_row("旧-2"))
    assert (draft.added, draft.changed, draft.unchanged, draft.wrong) == (2, 0, 0, 0)
    assert hazards().count() == 0


def test_a_closed_row_comes_with_its_steps_on_their_own_days(district):
    brought(district, a_closed_row())
    steps = list(hazard().steps.order_by("number").values_list("verb", "to", "on", "until"))
    assert steps == [
        ("report", "to_judge", in_march(4), in_march(4)),
        ("judge", "to_assign", in_march(4), in_march(5)),
        ("dispatch", "rectifying", in_march(5), in_march(12)),
        ("submit", "to_verify", in_march(12), in_march(13)),
        ("accept", "to_close", in_march(13), in_march(14)),
        ("close", "closed", in_march(14), date(2024, 4, 13)),
        ("archive", "archived", date(2024, 4, 13), None),
    ]


def test_a_past_day_is_answered_as_it_was(district):
    brought(district, a_closed_row())
    answers = [
        (step.to, step.grade, step.due_on)
        for step in (stood("旧-1", in_march(day)) for day in (4, 5, 12, 14))
    ]
    assert answers == [
        ("to_assign", "general", None),
        ("rectifying", "general", in_march(20)),
        ("to_verify", "general", in_march(20)),
        ("closed", "general", in_march(20)),
    ]


def test_people_are_kept_as_words_and_known_again_where_one_of_that_name_was_in_post(district):
    twin = appointed(district.cast.school, "staff", "沈知远")
    an_appointment(twin, district.cast.school, "group_member", ends_on=date(2024, 1, 31))
    brought(district, a_closed_row(销号人="早已离校"))
    found = hazard()
    assert (found.finder, found.found_by, found.rectified_by) == ("沈知远", None, district.cast.zhou)
    assert (found.verified_by, found.closed_by) == (None, None)
    close = found.steps.get(verb="close")
    assert (close.person_name, close.person, close.post_zh) == ("早已离校", None, "")
    submit = found.steps.get(verb="submit")
    assert (submit.person, submit.person_name, submit.post_zh) == (
        district.cast.zhou,
        "周砚秋",
        "post_holder",
    )


def test_who_was_not_in_post_yet_on_that_day_is_only_a_name(district):
    appointed(district.cast.school, "staff", "夏木青")
    later = appointed(district.cast.school, "staff", "程见微")
    later.appointments.update(starts_on=date(2025, 1, 1))
    brought(district, a_closed_row(发现人="程见微"), a_closed_row("旧-2", 发现人="夏木青"))
    assert (hazard().found_by, hazard("旧-2").found_by.name) == (None, "夏木青")


def test_a_row_keeps_its_old_number_and_gets_a_new_one_of_the_year_it_was_found(district):
    reported(district)
    brought(
        district,
        a_row("乙", 发现日期=date(2024, 5, 1)),
        a_row("甲", 发现日期=date(2024, 2, 1)),
        a_row("丙", 发现日期=date(2025, 2, 1)),
    )
    codes = dict(hazards().exclude(old_code=None).values_list("old_code", "code"))
    assert codes == {"甲": "YH-S1-2024-0001", "乙": "YH-S1-2024-0002", "丙": "YH-S1-2025-0002"}
    assert reported(district).code == "YH-S1-2025-0003"


def test_open_rows_come_in_at_the_step_where_they_stand(district):
    held = {"交办日期": in_march(5), "责任岗位": "post_holder", "整改期限": date(2026, 1, 9)}
    done = held | {"整改完成日期": in_march(9), "整改人": "周砚秋"}
    accepted = done | {"验收日期": in_march(10), "验收人": "沈知远"}
    brought(
        district,
        a_row("1", 等级="未判定", 状态="待判定"),
        a_row("2", 状态="待交办"),
        a_row("3", **held, 状态="整改中"),
        a_row("4", **done, 状态="待验收"),
        a_row("5", **accepted, 状态="待销号"),
        a_row("6", **accepted | {"来源": "中心检查"}, 状态="待复查"),
        a_row("7", **accepted | {"来源": "中心检查", "复查日期": in_march(11)}, 状态="待销号"),
    )
    states = list(hazards().order_by("old_code").values_list("state", flat=True))
    assert states == [
        "to_judge",
        "to_assign",
        "rectifying",
        "to_verify",
        "to_close",
        "to_recheck",
        "to_close",
    ]
    assert [row.is_overdue() for row in hazards().order_by("old_code")] == [False] * 7


def test_an_imported_hazard_lives_on_here(district):
    held = {"交办日期": in_march(5), "责任岗位": "post_holder", "整改期限": in_march(20)}
    brought(district, a_row(**held))
    row = hazard()
    assert (row.is_overdue(), row.order_on, "historical" in dict(row.flags)) == (True, in_march(20), True)
    do(district, row, "submit_hazard", "zhou", words="已更换软管")
    do(district, fresh(row), "accept_hazard", "shen")
    do(district, fresh(row), "close_hazard", "chen")
    assert (fresh(row).state, fresh(row).closed_on) == ("closed", TODAY)
    numbers = list(row.steps.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_chain_names_who_answered_then_and_who_answers_today(district):
    held = {"交办日期": in_march(5), "责任岗位": "post_holder", "整改期限": date(2026, 1, 9)}
    brought(district, a_row(**held, 责任人="旧时某人"))
    links = list(hazard().holdings.order_by("number").values_list("person_name", "since", "until"))
    assert links == [("旧时某人", in_march(5), TODAY), ("周砚秋", TODAY, None)]
    assert hazard().holder == district.cast.zhou
    assert hazard().steps.order_by("number").last().verb == "hand_over"


def test_a_vacant_post_falls_to_the_head_of_the_unit(district):
    held = {"交办日期": in_march(5), "责任岗位": "sponsor", "整改期限": date(2026, 1, 9)}
    an_appointment(district.cast.tang, district.cast.neighbour, "sponsor")
    brought(district, a_row(**held))
    link = hazard().holdings.get()
    assert (link.person, link.stands_in, link.since) == (hazard().holder, True, in_march(5))
    assert hazard().holder in {district.cast.lin, district.cast.wen}


def test_a_date_to_keep_without_a_day_of_handing_out_runs_from_the_day_found(district):
    brought(district, a_row(责任岗位="post_holder", 整改期限=in_march(20)))
    assert hazard().steps.get(verb="dispatch").on == in_march(4)


def test_a_major_hazard_is_lifted_and_its_look_back_stands(district):
    row = a_closed_row(
        等级="重大",
        判定依据="D05",
        复查日期=in_march(13),
        复查人="苏行之",
        回头看日期=date(2024, 4, 20),
        回头看结果="合格",
        资金=Decimal("8600.50"),
        资金来源="公用经费",
        挂牌=True,
        原因="管控措施缺失",
        防范措施="每月点检",
    )
    brought(district, row)
    found = hazard()
    assert (found.grade, found.criterion, found.state, found.listed) == ("major", "D05", "archived", True)
    assert (found.money, found.cause, found.planned) == (Decimal("8600.50"), "missing", True)
    verbs = list(found.steps.order_by("number").values_list("verb", flat=True))
    assert verbs == [
        "report",
        "judge_major",
        "issue",
        "list",
        "submit",
        "accept",
        "recheck",
        "lift",
        "call_back",
        "sound",
    ]
    assert list(found.steps.order_by("number").values_list("planned", flat=True)) == [False] * 2 + [True] * 8
    assert found.steps.get(verb="recheck").person == district.su
    look = found.look_backs.get()
    assert (look.due_on, look.done_on, look.sound) == (date(2024, 4, 20), date(2024, 4, 20), True)


def test_a_look_back_that_is_still_to_come_is_called_for_here(district):
    brought(district, a_closed_row(销号日期=date(2025, 12, 1), 回头看日期=date(2026, 1, 5), 状态="已销号"))
    found = hazard()
    assert (found.state, found.look_back_on, found.looks_back_left) == ("closed", date(2026, 1, 5), 1)
    assert found.look_backs.get().done_on is None


def test_a_failed_look_back_leaves_it_open_with_its_closure_void(district):
    brought(district, a_closed_row(回头看日期=date(2024, 4, 20), 回头看结果="不合格"))
    found = hazard()
    assert (found.state, found.closure_void, found.closed_on, found.rectified_by) == (
        "rectifying",
        True,
        None,
        None,
    )
    assert (
        stood("旧-1", date(2024, 4, 19)).to == "archived" or stood("旧-1", date(2024, 4, 19)).to == "closed"
    )
    assert (found.look_backs.get().sound, found.is_overdue()) == (False, True)


def test_what_came_again_is_linked_among_the_rows_and_with_what_is_there(district):
    again = date(2024, 9, 2)
    brought(
        district,
        a_closed_row("乙", **_later(again)),
        a_closed_row("甲"),
        a_closed_row("丙", 地点="操场", **_later(date(2024, 10, 8))),
        a_closed_row("丁", 种类="消防", **_later(date(2024, 10, 9))),
    )
    assert (hazard("甲").repeats, hazard("甲").occurrence) == (None, 1)
    assert (hazard("乙").repeats, hazard("乙").occurrence) == (hazard("甲"), 2)
    assert [(hazard(number).repeats, hazard(number).occurrence) for number in "丙丁"] == [(None, 1)] * 2
    brought(district, a_closed_row("戊", 部位编码="P-1", 地点="后厨", **_later(date(2025, 3, 3))))
    assert (hazard("戊").repeats, hazard("戊").occurrence, hazard("戊").place_name) == (
        hazard("乙"),
        3,
        "后厨",
    )


def _later(day: date) -> dict[str, date]:
    """The days of a closed row, as long after their finding as in March 2024."""
    days = ("发现日期", "交办日期", "整改期限", "整改完成日期", "验收日期", "销号日期")
    return {name: day + timedelta(days=gap) for name, gap in zip(days, (0, 1, 16, 8, 9, 10), strict=True)}


def test_an_open_hazard_of_the_place_is_no_recurrence_but_was_known(district):
    brought(
        district,
        a_row("甲"),
        a_row("乙", 来源="中心检查", 发现日期=in_march(20)),
        a_row("丙", 来源="中心检查", 发现日期=in_march(20), 种类="消防"),
    )
    assert [(hazard(n).occurrence, hazard(n).missed) for n in "甲乙丙"] == [(1, False), (1, False), (1, True)]


def test_applying_the_same_ledger_again_changes_nothing(district):
    rows = (a_closed_row(), a_row("旧-2"))
    brought(district, *rows)
    before = list(hazards().order_by("pk").values()), Step.objects.count()
    draft = checked(district, *rows, a_row("旧-3"))
    assert (draft.added, draft.changed, draft.unchanged) == (1, 0, 2)
    again = checked(district, *rows)
    assert again.has_nothing_new
    applied(district, again)
    assert (list(hazards().order_by("pk").values()), Step.objects.count()) == before


def test_a_row_that_says_something_else_by_now_is_told_and_left_alone(district):
    brought(district, a_row())
    draft = checked(district, a_row(隐患描述="另一句话"))
    assert (draft.unchanged, draft.changed, len(draft.note_list())) == (1, 0, 1)
    assert "不会改动" in draft.note_list()[0]


def test_a_draft_is_applied_once_and_not_after_things_changed(district):
    draft, stale = checked(district, a_row()), checked(district, a_row())
    ask = Ask()
    acts.import_hazards(actor=district.actor("gu"), ask=ask, draft=draft)
    stored = ImportDraft.objects.everything("a test").get(pk=draft.pk)
    assert acts.import_hazards(actor=district.actor("gu"), ask=ask, draft=stored) == draft
    for used in (draft, stale):
        with pytest.raises(Conflict):
            applied(district, used)
    assert hazards().count() == 1


def test_the_import_is_one_act_in_the_journal_and_tells_each_unit_from_its_first_day(district):
    a_place(district.cast.neighbour, code="P-2")
    brought(
        district,
        a_row("1", 发现日期=in_march(9)),
        a_row("2"),
        a_row("3", 单位编码="YH-S2", 发现日期=in_march(12)),
    )
    written = JournalEntry.objects.filter(act="hazards.import_hazards")
    assert written.count() == 1
    assert first_fault(district.cast.bureau.pk) is None
    told = Announcement.objects.filter(name="hazards.HazardsImported")
    units = {district.cast.school.pk: in_march(4), district.cast.neighbour.pk: in_march(12)}
    bodies = [json.loads(each.body) for each in told]
    assert {body["unit_id"]: body["happened_on"] for body in bodies} == {
        str(unit): day.isoformat() for unit, day in units.items()
    }


@pytest.mark.parametrize(
    ("cells", "heading"),
    [
        ({"单位编码": "YH-S9"}, "单位编码"),
        ({"部位编码": "P-9"}, "部位编码"),
        ({"种类": "天气"}, "种类"),
        ({"来源": "传闻"}, "来源"),
        ({"等级": "较大"}, "等级"),
        ({"责任岗位": "门神"}, "责任岗位"),
        ({"原因": "不知道"}, "原因"),
        ({"状态": "搁置"}, "状态"),
        ({"状态": "待复查"}, "状态"),
        ({"资金": Decimal(-1)}, "资金"),
        ({"资金": Decimal("1.005")}, "资金"),
        ({"回头看日期": date(2024, 4, 20), "回头看结果": "一般"}, "回头看结果"),
        ({"防范措施": "长" * 201}, "防范措施"),
        ({"发现日期": TODAY + timedelta(days=1)}, "交办日期"),
        ({"交办日期": in_march(3)}, "交办日期"),
        ({"整改期限": in_march(3)}, "整改期限"),
        ({"整改完成日期": in_march(2)}, "整改完成日期"),
        ({"销号日期": in_march(11)}, "销号日期"),
        ({"销号日期": TODAY + timedelta(days=1)}, "销号日期"),
        ({"回头看日期": in_march(13), "回头看结果": "合格"}, "回头看日期"),
        ({"回头看日期": TODAY + timedelta(days=1), "回头看结果": "合格"}, "回头看日期"),
        ({"回头看结果": "合格"}, "回头看日期"),
        ({"整改完成日期": None}, "整改完成日期"),
        ({"销号日期": None, "状态": "已销号"}, "销号日期"),
        ({"销号日期": None}, "销号日期"),
        ({"验收日期": None}, "验收日期"),
        ({"验收人": "周砚秋"}, "验收人"),
        ({"等级": "未判定"}, "等级"),
    ],
)
def test_each_fault_is_told_at_its_cell(district, cells, heading):
    row = a_closed_row(**{"部位编码": "", "回头看日期": None, "回头看结果": "", "状态": ""} | cells)
    assert heading in [name for name, _words in wrong(district, row)]


def test_open_rows_want_a_post_and_a_date(district):
    row = a_row(交办日期=in_march(5), 责任岗位="", 整改期限=None)
    assert sorted(name for name, _words in wrong(district, row)) == ["整改期限", "责任岗位"]


def test_the_same_old_number_twice_is_an_error(district):
    assert wrong(district, a_row(), a_row()) == [("原编号", "与第 2 行重复，请只留一行。")]


def test_an_old_number_of_another_unit_is_refused(district):
    brought(district, a_row(单位编码="YH-S2", 地点="操场"))
    assert wrong(district, a_row()) == [("原编号", "这个原编号已用于另一条隐患，请核对。")]


def test_one_wrong_row_keeps_the_whole_ledger_out(district):
    draft = checked(district, a_row(), a_row("旧-2", 种类="天气"))
    with pytest.raises(RuleBroken):
        applied(district, draft)
    assert hazards().count() == 0


@pytest.mark.parametrize("who", ["chen", "lin"])
def test_a_school_brings_its_own_ledger_and_no_other(district, who):
    strange = a_row("旧-2", 单位编码="YH-S2")
    unknown = a_row("旧-2", 单位编码="YH-S9")
    assert [
        words.replace("YH-S2", "YH-S9") for _cell, words in wrong(district, a_row(), strange, who=who)
    ] == [words for _cell, words in wrong(district, a_row(), unknown, who=who)]
    brought(district, a_row(), who=who)
    assert hazard().unit == district.cast.school


@pytest.mark.parametrize("who", ["shen", "zhou", "su", "bai", "he"])
def test_nobody_else_brings_a_ledger(district, who):
    with pytest.raises(NotPermitted):
        checked(district, a_row(), who=who)


def test_another_district_sees_none_of_it(district):
    far = appointed(district.cast.elsewhere, "safety_lead", "远敬之")
    brought(district, a_row())
    assert list(Hazard.objects.visible_to(actor_for(far))) == []


def test_another_leads_draft_is_not_applied(district):
    draft = checked(district, a_row(), who="chen")
    with pytest.raises(NotPermitted):
        applied(district, draft, who="lin")


def test_where_no_code_is_given_the_place_is_found_by_its_name_in_the_unit(district):
    a_place(district.cast.school, code="P-2", name="操场")
    a_place(district.cast.school, code="P-3", name="操场")
    brought(district, a_row("1"), a_row("2", 地点="操场"), a_row("3", 地点="屋顶"))
    assert [hazard(number).place for number in "123"] == [district.canteen, None, None]


def test_what_came_with_the_old_ledger_is_found_and_told_to_nobody(district):
    brought(district, a_row(), a_row("旧-2", 单位编码="YH-S2", 隐患描述="护栏松动"))
    drain()
    found = find(district.actor("gu"), "软管", [Hazard])
    assert [hits.records for hits in found] == [[hazard()]]
    assert find(district.actor("chen"), "护栏", [Hazard]) == []
    assert Message.objects.everything("a test").count() == 0


def statements(district, many: int) -> int:
    """What applying so many rows costs beside the rows written."""
    rows = [a_closed_row(f"{many}-{n}", **_later(TODAY - timedelta(days=400 + n % 90))) for n in range(many)]
    draft = checked(district, *rows)
    with CaptureQueriesContext(connection) as captured:
        applied(district, draft)
    return sum(not each["sql"].startswith("INSERT") for each in captured.captured_queries)


def test_a_thousand_rows_ask_as_often_as_ten_but_for_their_numbers_and_places(district):
    few, many = statements(district, 10), statements(district, 1_000)
    chunks = 2 * (1_000 // 500 - 1)
    assert many <= few + chunks
