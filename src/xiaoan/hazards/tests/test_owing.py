"""What a person at a school owes of hazards, and what they wait for from others."""

from datetime import date, timedelta

import pytest

from xiaoan.foundation import clock
from xiaoan.hazards.lately import lately
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.queries import share
from xiaoan.hazards.tests.factories import GENERAL, ISSUED, MAJOR, from_above, lived, reported

pytestmark = pytest.mark.django_db


def asked(district, who):
    """The next step of each thing, its date, and since when it waits."""
    return [(str(each.button), each.due, each.since) for each in share(district.actor(who)).things]


def held(district, who):
    """Who has what at which step."""
    return [(str(each.state), str(each.holder), each.since) for each in share(district.actor(who)).held]


@pytest.mark.parametrize(
    ("steps", "who", "button"), [(0, "shen", "判定为一般"), (1, "chen", "派单"), (3, "shen", "验收通过"), (4, "lin", "销号")]
)  # fmt: skip
def test_what_waits_for_a_word_has_no_date_and_says_since_when(district, steps, who, button):
    with clock.held_at(clock.at(date(2025, 12, 15))):
        hazard = lived(district, reported(district), GENERAL[:steps])
    assert asked(district, who) == [(button, None, date(2025, 12, 15))]
    assert hazard.is_open


def test_what_is_being_put_right_keeps_its_own_date(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    assert asked(district, "zhou") == [("提交整改", hazard.due_on, clock.today())]


def test_who_may_submit_for_the_holder_is_not_asked_to_but_told_who_has_it(district):
    lived(district, reported(district), GENERAL[:2])
    assert asked(district, "shen") == []
    assert held(district, "shen") == [("整改中", district.cast.zhou.name, clock.today())]


def test_who_put_it_right_sees_with_whom_it_lies_until_it_is_closed(district):
    hazard = lived(district, reported(district), GENERAL[:3])
    assert held(district, "zhou") == [("待验收", "本单位另一位同事", clock.today())]
    lived(district, hazard, GENERAL[3:4])
    assert held(district, "zhou") == [("待销号", "本单位分管负责人", clock.today())]
    lived(district, hazard, GENERAL[4:])
    assert held(district, "zhou") == []


def test_a_school_is_told_what_lies_above_it(district):
    hazard = from_above(district)
    assert held(district, "lin") == [("待判定", "中心", clock.today())]
    lived(district, hazard, ISSUED[:4])
    assert [words[:2] for words in held(district, "lin")] == [("待复查", "中心")]


def test_nobody_elses_waiting_is_told(district):
    lived(district, reported(district), GENERAL[:3])
    assert held(district, "tang") == []
    assert held(district, "gu") == []


def test_several_fixes_on_the_spot_are_one_thing_to_confirm(district):
    for number in range(3):
        reported(district, fixed="已拧紧", text=f"螺丝松动 {number}")
    (thing,) = share(district.actor("chen")).things
    assert (str(thing.title), thing.url, thing.due) == (
        "当场已整改，请您确认：3 条",
        "/hazards/confirm/",
        None,
    )


def test_the_plan_of_a_major_hazard_is_asked_of_the_head(district):
    lived(district, reported(district), MAJOR[:2])
    assert [words[0] for words in asked(district, "lin")] == ["填报五要素"]


def test_lately_a_school_sees_the_last_steps_of_its_own_and_the_district_those_of_major_ones(district):
    lived(district, reported(district), GENERAL[:2])
    told = [str(each.what) for each in lately(district.actor("shen"))]
    assert sorted(told) == sorted(["派单", "判定为一般", "上报"])
    assert lately(district.actor("tang")) == []
    assert lately(district.actor("he")) == []
    lived(district, reported(district), MAJOR[:2])
    assert sorted(str(each.what) for each in lately(district.actor("he"))) == ["交办", "判定为重大"]


def test_the_day_since_which_it_waits_is_that_of_the_step_and_not_of_a_flag(district):
    start = clock.today() - timedelta(days=4)
    with clock.held_at(clock.at(start)):
        hazard = lived(district, reported(district), GENERAL[:2])
    lived(district, hazard, [("control_hazard", "shen", {"control": "停用"})])
    assert held(district, "chen")[0][2] == start
    assert Hazard.objects.everything("a test").get().controlled
