"""hazards.yaml: what it may hold, each fault with its file and line, and that a hazard keeps its version's rules."""

import re
from datetime import date

import pytest
from pydantic import ValidationError

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import RuleBroken
from xiaoan.hazards import acts
from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.rules import NoRules, rules_in_force, rules_of
from xiaoan.hazards.tests.factories import a_finding, do, fresh, hazard_district, reported
from xiaoan.plans.pack.checks import check_pack
from xiaoan.plans.pack.files import read_pack
from xiaoan.plans.tests.factories import FIRST_PACK, pack_files, pack_files_without, publish

KIND = {"code": "gas", "title": {"zh": "燃气", "en": "Gas"}}
CRITERION = {"code": "G01", "kinds": ["gas"], "title": {"zh": "漏气", "en": "A leak"}, "grade": "B"}
WHOLE = {
    "kinds": [KIND],
    "criteria": [CRITERION],
    "deadlines": {"general": 15, "major": 90, "most": 60},
    "extensions": {"most_days": 30},
    "reminders": {"general": [3, 0], "major": [7, 0]},
    "looks_back": {"share": 10, "general": 30, "major": [30, 90], "ahead": 14},
    "archive_after": 30,
    "repeats_within": 365,
    "protects_self_reports": True,
}


def test_a_whole_file_is_read():
    rules = HazardRules.model_validate(WHOLE)
    assert (rules.kind("gas").title.zh, rules.kind("fire")) == ("燃气", None)
    assert (rules.criterion("G01").grade, rules.criterion("F01")) == ("B", None)
    assert [each.code for each in rules.criteria_for("gas")] == ["G01"]
    assert rules.criteria_for("fire") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"kinds": []},
        {"kinds": [KIND, KIND]},
        {"kinds": [KIND | {"code": "Gas"}]},
        {"kinds": [KIND | {"campaign": "yes"}]},
        {"kinds": [KIND | {"title": {"zh": "燃气"}}]},
        {"kinds": [KIND | {"title": {"zh": "气" * 201, "en": "Gas"}}]},
        {"criteria": [CRITERION, CRITERION]},
        {"criteria": [CRITERION | {"code": "g01"}]},
        {"criteria": [CRITERION | {"kinds": []}]},
        {"criteria": [CRITERION | {"kinds": ["fire"]}]},
        {"criteria": [CRITERION | {"grade": "C"}]},
        {"deadlines": {"general": 15, "major": 90}},
        {"deadlines": {"general": -1, "major": 90, "most": 60}},
        {"deadlines": {"general": "15", "major": 90, "most": 60}},
        {"extensions": {"most_days": 367}},
        {"reminders": {"general": [], "major": [7]}},
        {"looks_back": {"share": 101, "general": 30, "major": [30], "ahead": 14}},
        {"looks_back": {"share": 10, "general": 30, "major": [], "ahead": 14}},
        {"archive_after": 30.5},
        {"protects_self_reports": "yes"},
    ],
)
def test_what_the_format_does_not_allow_is_refused(changes):
    with pytest.raises(ValidationError):
        HazardRules.model_validate(WHOLE | changes)


@pytest.mark.parametrize("key", sorted(set(WHOLE)))
def test_nothing_may_be_left_out(key):
    with pytest.raises(ValidationError):
        HazardRules.model_validate({name: value for name, value in WHOLE.items() if name != key})


def faults(old: str, new: str) -> list[str]:
    """Faults of the county's pack after one replacement in its hazards.yaml."""
    files = pack_files()
    assert old in files["hazards.yaml"]
    files["hazards.yaml"] = files["hazards.yaml"].replace(old, new, 1)
    return [str(fault) for fault in check_pack(read_pack(files))]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("code: fire", "code: Fire", "hazards.yaml:3: "),
        ("campaign: true", "campaign: yes", "hazards.yaml:5: "),
        ("title: {zh: 燃气, en: Gas}", "title: {zh: 燃气}", "hazards.yaml:7: 缺少“en”"),
        ("grade: A", "grade: C", "hazards.yaml:15: “grade”只能写"),
        ("general: 15", "general: 400", "hazards.yaml:20: "),
        ("most_days: 30", "most: 30", "hazards.yaml:21: "),
        ("share: 10", "share: 110", "hazards.yaml:23: "),
        ("archive_after: 30\n", "", "hazards.yaml:2: 缺少“archive_after”"),
        ("kinds: [gas]", "kinds: [gaz]", "hazards.yaml:2: criteria 用了 kinds 里没有的种类：gaz。"),
        ("code: D05", "code: F04", "hazards.yaml:2: “F04”写了不止一次，请改正。"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(old, new, fault):
    found = faults(old, new)
    assert [words for words in found if words.startswith(fault)] != [], found


# ── The first district's file ──

PUBLISHED_TEXTS = re.compile(r"F(0[1-9]|10)|T0[1-5]|G01")
"""Criteria for which the facts name a published text: the fire section of the guide, GB 45067, the gas standard."""


@pytest.fixture(scope="module")
def first_rules() -> HazardRules:
    return read_pack(pack_files(FIRST_PACK)).sections["hazards"]


def test_the_campaigns_count_five_kinds(first_rules):
    counted = {kind.title.zh for kind in first_rules.kinds if kind.campaign}
    assert counted == {"消防", "燃气", "校舍", "拥挤踩踏", "物体打击"}


def test_only_what_a_published_text_says_is_graded_a(first_rules):
    graded = {each.code for each in first_rules.criteria if each.grade == "A"}
    assert graded == {each.code for each in first_rules.criteria if PUBLISHED_TEXTS.fullmatch(each.code)}
    assert len(graded) == 16


def test_a_kind_has_a_short_name_of_its_own(first_rules):
    names = [kind.title.zh for kind in first_rules.kinds]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 4


def test_the_file_says_that_its_days_are_no_law():
    assert "没有一部法规规定这些数字" in pack_files(FIRST_PACK)["hazards.yaml"]


# ── In force ──


def test_without_the_file_nothing_can_be_reported(cast):
    district = hazard_district(cast)
    files = pack_files_without("hazards.yaml")
    files["pack.yaml"] = files["pack.yaml"].replace('version: "2025-01-06"', 'version: "2025-09-01"')
    publish(cast, files=files)
    with pytest.raises(NoRules):
        reported(district)


def test_a_kind_that_the_pack_does_not_have_is_refused(district):
    with pytest.raises(RuleBroken, match="请选择隐患种类"):
        acts.report_hazard(
            actor=district.actor("shen"),
            ask=Ask(),
            unit=district.cast.school,
            finding=a_finding(district.canteen, kind="vehicle"),
        )


def test_a_hazard_is_handled_by_the_version_in_force_when_it_was_reported(district):
    hazard = reported(district)
    files = pack_files_without("checklists/")
    files["hazards.yaml"] = (
        files["hazards.yaml"].replace("code: D05", "code: D99").replace("general: 15", "general: 5")
    )
    files["pack.yaml"] = files["pack.yaml"].replace('version: "2025-01-06"', 'version: "2025-09-01"')
    publish(district.cast, files=files)
    hazard = fresh(hazard)
    assert rules_of(hazard.pack_version).deadlines.general == 15
    assert rules_in_force(district.cast.bureau.id).deadlines.general == 5
    with pytest.raises(RuleBroken):
        do(district, hazard, "judge_major", "gu", words="报警失效", criterion="D99")
    do(district, hazard, "judge_major", "gu", words="报警失效", criterion="D05")
    assert fresh(hazard).criterion == "D05"
    assert hazard.found_on == date(2025, 12, 17)
