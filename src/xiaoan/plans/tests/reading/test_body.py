"""The body: only marks of page and emphasis go, only broken paragraphs close up."""

import pytest

from xiaoan.plans.reading import read_plan_bytes


def body_of(text: str) -> str:
    return read_plan_bytes(text.encode(), name="plan.txt").body


def test_line_feeds_are_unified_and_nothing_else_changes():
    assert body_of("\r\n　　标题１\r\n\r\n正文 甲。 \r乙\n\n") == "\n　　标题１\n\n正文 甲。 \n乙\n\n"


def test_emphasis_and_heading_marks_are_dropped():
    assert body_of("# 某方案\n\n1. **压实责任。**各校*认真*落实。") == "某方案\n\n1. 压实责任。各校认真落实。"


@pytest.mark.parametrize(
    "text", ["面积 3*4*5 米。", "姓名：____ 日期：____", "* 注：见附表。", "#1 楼为宿舍。"]
)
def test_stars_and_lines_that_mark_nothing_stay(text):
    assert body_of(text) == text


@pytest.mark.parametrize("mark", ["— 2 —", "- 2 -", "－２－", "第 2 页", "第2页 共9页", "\f"])
def test_a_page_mark_between_whole_paragraphs_goes(mark):
    assert body_of(f"甲事已办。\n\n{mark}\n\n乙事待办。") == "甲事已办。\n\n乙事待办。"


@pytest.mark.parametrize("mark", ["— 2 —", "第 2 页 共 9 页", "\f"])
def test_a_page_mark_inside_a_sentence_goes_and_the_sentence_closes(mark):
    assert (
        body_of(f"各校要落实责任，加强\n\n{mark}\n\n管理，防范风险。")
        == "各校要落实责任，加强管理，防范风险。"
    )


def test_a_form_feed_inside_a_line_closes_the_sentence():
    assert body_of("各校要落实责任，加强\f管理，防范风险。") == "各校要落实责任，加强管理，防范风险。"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("增强师生安全意识，", "完善常态化机制。"),
        ("1. 加强防护。定期开展轮训，提升安全防", "范和处置水平。加强运维。"),
        ("2. 推进创建。坚持以评促建，把安全要求", "贯穿全过程，形成合力。"),
        ("各校要高度重视安全工作，主要负责同志亲自研究部署，切实推动三年", "行动落地。"),
        ("推进消防、交通、", "食品安全治理。"),
        ("落实责任。做到“四不两直”", "明察暗访，查清问题。"),
    ],
)
def test_a_paragraph_broken_by_a_page_is_joined_without_a_space(before, after):
    assert body_of(f"{before}\n\n{after}") == before + after


def test_a_paragraph_broken_over_three_pages_is_joined():
    assert body_of("一要落实，\n\n二要检查，\n\n三要整改。") == "一要落实，二要检查，三要整改。"


def test_a_numbered_sentence_without_a_stop_is_broken_where_its_kind_carries_sentences():
    items = "1. 甲事。要办好。\n\n2. 乙事。要办好。\n\n3. 加强"
    assert body_of(f"{items}\n\n组织。各校要办好。") == f"{items}组织。各校要办好。"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("某某区教育局文件", "某教〔2030〕5号"),
        ("关于切实做好校园安全工作，进一步压实各方责任、防范重大风险的通知", "为做好工作，特通知如下。"),
        ("某某区教育局", "2030年1月2日"),
        ("各单位：", "现将方案印发，请认真执行。"),
        ("（一）坚持预防为主，压实责任", "各校要落实责任，加强管理。"),
        ("一、工作目标", "到年底，机制健全。"),
        ("（据某教〔2030〕5号整理，以原文为准）", "为加强管理，制定本方案。"),
        ("据某教〔2030〕5号整理，以原文为准", "为加强管理，制定本方案。"),
        ("各校要落实责任，加强管理。", "各校要按时报送，不得迟报。"),
        ("各校要落实以下责任，按时完成：", "组织，检查，整改。"),
        ("各校要落实责任，抓好整改，按时完成，确保各项任务都取得实效并见成效", "　　各校要按时报送。"),
        ("各校要落实责任，抓好整改，按时完成，确保各项任务都取得实效并见成效", "（二）加强检查，按时报送。"),
        ("各校要落实责任，抓好整改，按时完成，确保各项任务都取得实效并见成效", "附件：任务表，共二页。"),
        ("各校要落实责任，抓好整改，按时完成，确保各项任务都取得实效并见成效", "某某区教育局"),
    ],
)
def test_lines_that_stand_for_themselves_are_not_joined(before, after):
    assert body_of(f"{before}\n\n{after}") == f"{before}\n\n{after}"


def test_a_range_in_a_sentence_goes_on_after_a_page():
    assert (
        body_of("组织学生参加演练，\n\n三、四年级增加避险课程。")
        == "组织学生参加演练，三、四年级增加避险课程。"
    )
