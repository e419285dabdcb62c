"""Cues: how often, how much, who; and what a part of a sentence inherits."""

import pytest

from xiaoan.plans.reading import read_text


def cues(sentence: str) -> list[tuple[object, ...]]:
    shown = [cue.as_json() for cue in read_text(f"一、要求\n{sentence}").cues]
    return [(cue["text"], cue["period"], cue["minimum"], cue["measure"], cue["actor"]) for cue in shown]


def test_a_part_that_leans_on_another_inherits_its_period():
    assert cues("每季度至少召开一次安全生产会议、参与一次安全生产检查，研究重大问题。") == [
        ("每季度至少召开一次安全生产会议", "quarter", 1, "count", None),
        ("参与一次安全生产检查", "quarter", 1, "count", None),
    ]


def test_a_part_joined_by_a_verb_alone_inherits_the_minimum_too():
    assert cues("每月至少召开一次例会、组织检查。") == [
        ("每月至少召开一次例会", "month", 1, "count", None),
        ("组织检查", "month", 1, "count", None),
    ]


def test_the_actor_is_inherited_inside_a_sentence_and_not_beyond():
    assert cues("各学校要高度重视，定期开展自查；每月报告一次。") == [
        ("定期开展自查", "regular", None, None, "各学校"),
        ("每月报告一次", "month", 1, "count", None),
    ]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("每年开展评估", "year"),
        ("每半年开展评估", "half-year"),
        ("每季度开展评估", "quarter"),
        ("每季开展评估", "quarter"),
        ("每月开展评估", "month"),
        ("按月开展评估", "month"),
        ("每周开展评估", "week"),
        ("每个星期开展评估", "week"),
        ("每天开展评估", "day"),
        ("每日开展评估", "day"),
        ("每学年开展评估", "school-year"),
        ("每学期开展评估", "school-term"),
        ("每个学期开展评估", "school-term"),
        ("定期开展评估", "regular"),
        ("经常开展评估", "regular"),
        ("常态化开展评估", "regular"),
        ("纳入年度述职报告", "year"),
    ],
)
def test_periods_are_named_as_plans_name_them(words, period):
    assert cues(f"{words}。")[0][1] == period


@pytest.mark.parametrize(
    ("words", "period"),
    [("一年一次", "year"), ("半年一次", "half-year"), ("一学期至少两次", "school-term"), ("三年一次", None)],
)
def test_once_in_a_period_names_it(words, period):
    assert cues(f"开展评估，{words}。")[-1][1] == period


@pytest.mark.parametrize(
    "words", ["在安全生产月开展活动", "不定期抽查", "第三季度完成", "三年行动", "开展日常检查", "安全教育周"]
)
def test_names_of_days_and_drives_are_no_period(words):
    assert cues(f"{words}。") == []


@pytest.mark.parametrize(
    ("words", "minimum", "measure"),
    [
        ("演练至少一次", 1, "count"),
        ("演练不少于两次", 2, "count"),
        ("演练12次", 12, "count"),
        ("培训１２次", 12, "count"),
        ("配备至少3名安全员", 3, "count"),
        ("整改率达到95%", 0.95, "ratio"),
        ("整改率不低于98.5％", 0.985, "ratio"),
        ("整改率达到百分之九十", 0.9, "ratio"),
        ("落实“四个100%”要求", 1, "ratio"),
    ],
)
def test_minimums_are_numbers_or_shares(words, minimum, measure):
    assert [(cue[2], cue[3]) for cue in cues(f"{words}。")] == [(minimum, measure)]


@pytest.mark.parametrize(
    "words", ["不超过三次", "第一次全会", "一次性拨付", "事故率不高于5%", "三级责任书", "十五条硬措施"]
)
def test_limits_and_ordinals_are_no_minimum(words):
    assert cues(f"{words}。") == []


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("教育局每年组织轮训。", "教育局"),
        ("每学期各学校组织轮训。", "各学校"),
        ("由校长每月听取汇报。", "校长"),
        ("学校、幼儿园每学期开展演练。", "学校、幼儿园"),
        ("督促保安公司配齐装备，定期开展轮训。", "保安公司"),
        ("强化党政主要负责同志“第一责任人”意识，每季度召开会议。", "党政主要负责同志"),
        ("对各学校每月开展检查。", None),
        ("加强学校检查，每月通报。", None),
    ],
)
def test_the_actor_is_who_the_sentence_says(sentence, actor):
    assert cues(sentence)[-1][4] == actor


def test_quotations_and_brackets_are_not_cut():
    assert [cue[0] for cue in cues("每月检查“人防、组织、技防，物防”（含宿舍，食堂），随时整改。")] == [
        "每月检查“人防、组织、技防，物防”（含宿舍，食堂）"
    ]


def test_a_heading_can_hold_a_cue():
    assert [cue.text for cue in read_text("1. 每学期至少开展一次演练。").cues] == ["每学期至少开展一次演练"]


def test_a_cue_as_json_has_the_keys_of_the_contract():
    assert read_text("一、甲\n各校应每月检查一次。").as_json()["cues"] == [
        {
            "clause": "1",
            "text": "各校应每月检查一次",
            "span": [4, 13],
            "period": "month",
            "minimum": 1,
            "measure": "count",
            "actor": "各校",
        }
    ]
