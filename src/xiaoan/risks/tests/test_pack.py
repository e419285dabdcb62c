"""risks.yaml: what it may hold, how it must fit posts.yaml, and that faults name file and line."""

import pytest
from pydantic import ValidationError

from xiaoan.foundation.errors import Refused
from xiaoan.plans.tests.factories import FIRST_PACK, load, pack_files, pack_files_without, publish
from xiaoan.risks.declarations import RiskRules
from xiaoan.risks.models import Level
from xiaoan.risks.queries import rules_in_force

pytestmark = pytest.mark.django_db
ACCIDENT = {"code": "fire", "title": {"zh": "火灾", "en": "Fire"}}


def a_starter(**changes):
    row = {
        "code": "gas",
        "place_kind": "食堂",
        "point": {"zh": "漏气", "en": "A leak"},
        "level": "red",
        "measures": {"zh": "关总阀", "en": "Close the valve"},
        "post": "safety_clerk",
        "accident": "fire",
        "grade": "B",
    }
    return row | changes


def test_a_starter_point_says_its_level_as_the_list_stores_it():
    rules = RiskRules.model_validate({"accidents": [ACCIDENT], "starters": [a_starter()]})
    assert rules.starters[0].level_value == Level.RED
    assert rules.starters_for("宿舍", "男生宿舍楼") == []
    assert rules.starters_for("食堂", "食堂后厨") == rules.starters
    assert str(rules.accident("fire").title) == "火灾"


def test_a_place_whose_name_says_otherwise_has_no_such_point():
    rules = RiskRules.model_validate(
        {"accidents": [ACCIDENT], "starters": [a_starter(unless_named=["餐厅", "库房"])]}
    )
    names = [
        name for name in ("食堂", "食堂后厨", "食堂餐厅", "食材库房") if rules.starters_for("食堂", name)
    ]
    assert names == ["食堂", "食堂后厨"]


@pytest.mark.parametrize(
    "starters",
    [
        [a_starter(level="purple")],
        [a_starter(accident="flood")],
        [a_starter(), a_starter()],
        [a_starter(point={"zh": "长" * 81, "en": "A leak"})],
        [a_starter(measures={"zh": "关总阀"})],
        [a_starter(grade="D")],
        [a_starter(place_kind="")],
        [a_starter(colour="red")],
        [a_starter(code="Gas")],
    ],
)
def test_a_starter_point_that_does_not_fit_is_refused(starters):
    with pytest.raises(ValidationError):
        RiskRules.model_validate({"accidents": [ACCIDENT], "starters": starters})


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("level: orange", "level: purple", r"risks\.yaml:\d+: "),
        ("post: vice_head", "post: nobody", r"risks\.yaml:\d+: .*kitchen_duct.*nobody"),
    ],
)
def test_a_fault_names_the_file_and_the_line(cast, old, new, words):
    files = pack_files()
    files["risks.yaml"] = files["risks.yaml"].replace(old, new, 1)
    with pytest.raises(Refused, match=words):
        load(cast, files)


def test_the_published_pack_is_the_one_in_force(cast):
    assert rules_in_force(cast.bureau.pk) == RiskRules()
    publish(cast)
    assert [row.code for row in rules_in_force(cast.bureau.pk).starters] == [
        "kitchen_gas",
        "kitchen_duct",
        "stairs",
    ]


def test_a_pack_without_the_file_has_no_starters(cast):
    publish(cast, files=pack_files_without("risks.yaml"))
    assert rules_in_force(cast.bureau.pk) == RiskRules()


def test_the_first_pack_has_points_for_every_kind_of_place_of_a_school(cast):
    publish(cast, FIRST_PACK)
    rules = rules_in_force(cast.bureau.pk)
    assert len(rules.starters) >= 40
    assert {row.level for row in rules.starters} == {"red", "orange", "yellow", "blue"}
    kinds = {
        "食堂",
        "实验室",
        "宿舍",
        "校门",
        "楼梯通道",
        "体育场馆",
        "配电房",
        "校车",
        "幼儿活动场所",
        "教学用房",
    }
    assert kinds <= {row.place_kind for row in rules.starters}
