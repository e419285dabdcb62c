"""The list changes by its acts alone: what they do, what they refuse, and that a repeat changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict, FasterHand, NotPermitted, RuleBroken, WrongStep
from xiaoan.foundation.events import Announcement
from xiaoan.organisations.models import UnitKind
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed
from xiaoan.risks.acts import add_risk, add_starter_risks, change_risk, retire_risk, review_risks
from xiaoan.risks.models import Level, ReviewOutcome, Risk, RiskReview, RiskState
from xiaoan.risks.queries import draft_of
from xiaoan.risks.reviewing import kept
from xiaoan.risks.tests.factories import (
    MORNING,
    TODAY,
    a_draft,
    a_place,
    a_risk,
    listed,
    reviewed,
    started,
)

pytestmark = pytest.mark.django_db


def reviews():
    rows = RiskReview.objects.everything("a test").order_by("risk__starter", "id")
    return list(rows.values_list("risk__starter", "term", "happened_on", "outcome", "words"))


def announced():
    return list(
        Announcement.objects.filter(name__startswith="risks.")
        .order_by("sequence")
        .values_list("name", flat=True)
    )


def changed(risk: Risk, **values):
    """An answer that changes a point."""
    return replace(kept(risk), outcome=ReviewOutcome.CHANGED, **values)


def retired(risk: Risk, words: str):
    """An answer that retires a point."""
    return replace(kept(risk), outcome=ReviewOutcome.RETIRED, words=words)


def test_a_point_stands_on_the_list_from_today(here):
    risk = a_risk(here)
    stored = Risk.objects.everything("a test").get(pk=risk.pk)
    assert (stored.point, stored.level, stored.post, stored.post_zh) == (
        "热汤搬运烫伤",
        3,
        "post_holder",
        "post_holder",
    )
    assert (stored.starts_on, stored.ends_on, stored.state) == (TODAY, None, "listed")
    assert (stored.created_by_id, stored.unit_id) == (here.cast.shen.pk, here.cast.school.pk)
    assert announced() == ["risks.RiskAdded"]


def test_a_place_of_a_department_belongs_to_the_schools_list(here):
    department = a_unit(here.cast.school, UnitKind.DEPARTMENT, code="YH-S1-B1", name="总务处")
    place = a_place(department, "仓库", "总务仓库")
    assert a_risk(here, place=place).unit_id == here.cast.school.pk


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("point", {"point": "  "}),
        ("point", {"point": "长" * 81}),
        ("measures", {"measures": ""}),
        ("measures", {"measures": "长" * 401}),
        ("level", {"level": 5}),
        ("kind", {"kind": "flood"}),
    ],
)
def test_a_point_that_does_not_fit_is_refused_beside_its_field(here, field, values):
    with pytest.raises(RuleBroken) as refused:
        a_risk(here, **values)
    assert list(refused.value.fields) == [field]
    assert listed(here.cast.school) == []


def test_a_place_of_another_school_is_refused(here):
    with pytest.raises(RuleBroken) as refused:
        a_risk(here, place=a_place(here.cast.neighbour, "食堂", "邻校食堂"))
    assert list(refused.value.fields) == ["place"]


def test_a_place_out_of_use_is_refused(here):
    here.kitchen.retired_on = TODAY
    here.kitchen.save()
    with pytest.raises(RuleBroken) as refused:
        a_risk(here)
    assert list(refused.value.fields) == ["place"]


def test_a_post_out_of_use_is_refused(here):
    here.post.retired = True
    here.post.save()
    with pytest.raises(RuleBroken) as refused:
        a_risk(here)
    assert list(refused.value.fields) == ["post"]


def test_the_same_point_at_the_same_place_is_listed_once(here):
    first = a_risk(here)
    with pytest.raises(RuleBroken) as refused:
        a_risk(here)
    assert list(refused.value.fields) == ["point"]
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=first, state=RiskState.DISUSED, reason="食堂停办")
    assert a_risk(here).pk != first.pk


def test_starter_points_come_by_the_kind_of_the_place(here):
    risks = started(here)
    assert [(risk.starter, risk.place_id, risk.level, risk.post) for risk in risks] == [
        ("kitchen_duct", here.kitchen.pk, Level.YELLOW, "vice_head"),
        ("kitchen_gas", here.kitchen.pk, Level.ORANGE, "safety_clerk"),
        ("stairs", here.stairs.pk, Level.ORANGE, "vice_head"),
    ]
    assert risks[1].kind == "fire"
    assert risks[1].post_zh == "安全干事"
    assert announced() == ["risks.StarterRisksAdded"]


def test_starter_points_are_added_once_and_what_was_retired_does_not_come_back(here):
    _duct, gas, _stairs = started(here)
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=gas, state=RiskState.ELIMINATED, reason="改用电灶")
    assert len(started(here)) == 3
    assert announced() == ["risks.StarterRisksAdded", "risks.RiskRetired"]
    a_place(here.cast.school, "食堂", "教工食堂")
    assert len(started(here)) == 5


def test_a_repeat_of_the_starter_list_gives_the_same_receipt(here):
    ask = Ask()
    for _time in range(2):
        add_starter_risks(actor=here.actor("shen"), ask=ask, unit=here.cast.school)
    assert len(listed(here.cast.school)) == 3


def test_a_review_records_who_answered_what_in_the_running_term(here):
    duct, gas, stairs = started(here)
    answers = [
        kept(duct, "已清洗"),
        changed(gas, level=Level.RED, measures="报警器与切断阀联动。"),
        retired(stairs, "改为双楼梯"),
    ]
    review_risks(actor=here.actor("shen"), ask=Ask(), unit=here.cast.school, answers=answers)
    assert reviews() == [
        ("kitchen_duct", "2025-2026T1", TODAY, "kept", "已清洗"),
        ("kitchen_gas", "2025-2026T1", TODAY, "changed", ""),
        ("stairs", "2025-2026T1", TODAY, "retired", "改为双楼梯"),
    ]
    after = listed(here.cast.school)
    assert [(risk.level, risk.state, risk.ends_on) for risk in after] == [
        (Level.YELLOW, "listed", None),
        (Level.RED, "listed", None),
        (Level.ORANGE, "eliminated", TODAY),
    ]
    assert after[1].measures == "报警器与切断阀联动。"
    assert announced() == [
        "risks.StarterRisksAdded",
        "risks.RiskChanged",
        "risks.RiskRetired",
        "risks.RisksReviewed",
    ]


def test_a_point_is_reviewed_once_a_term_and_again_in_the_next(here):
    duct, *_others = started(here)
    reviewed(here, duct)
    with pytest.raises(Conflict):
        reviewed(here, duct)
    with clock.held_at(clock.at(date(2026, 3, 2), 9)):
        reviewed(here, duct)
    assert [row[1] for row in reviews()] == ["2025-2026T1", "2025-2026T2"]


def test_a_review_of_a_point_that_was_changed_meanwhile_is_refused_whole(here):
    duct, gas, _stairs = started(here)
    seen = kept(gas)
    draft = replace(draft_of(gas), level=Level.RED)
    change_risk(actor=here.actor("lin"), ask=Ask(), risk=gas, draft=draft, reason="新装灶台")
    with pytest.raises(FasterHand):
        review_risks(
            actor=here.actor("shen"),
            ask=Ask(),
            unit=here.cast.school,
            answers=[kept(duct), replace(seen, risk=gas)],
        )
    assert reviews() == []


def test_a_review_without_an_answer_is_refused(here):
    started(here)
    with pytest.raises(RuleBroken, match="请至少"):
        reviewed(here)


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("words", lambda risk: retired(risk, " ")),
        ("words", lambda risk: kept(risk, "长" * 201)),
        ("outcome", changed),
        ("measures", lambda risk: changed(risk, measures=" ")),
        ("measures", lambda risk: changed(risk, measures="长" * 401)),
        ("level", lambda risk: changed(risk, level=9)),
    ],
)
def test_an_answer_that_cannot_be_taken_is_refused_beside_its_field(here, field, answer):
    duct, *_others = started(here)
    with pytest.raises(RuleBroken) as refused:
        review_risks(actor=here.actor("shen"), ask=Ask(), unit=here.cast.school, answers=[answer(duct)])
    assert list(refused.value.fields) == [f"{field}-{duct.pk}"]
    assert reviews() == []


def test_the_holder_of_a_post_confirms_its_points_and_no_others(here):
    other, *_others = started(here)
    own = a_risk(here)
    reviewed(here, own, who="zhou")
    assert [row[3] for row in reviews()] == ["kept"]
    with pytest.raises(NotPermitted, match="只复核本岗位"):
        reviewed(here, other, who="zhou")


def test_the_holder_of_a_post_does_not_change_or_retire_what_it_confirms(here):
    own = a_risk(here)
    for answer in (changed(own, level=Level.BLUE), retired(own, "没有了")):
        with pytest.raises(NotPermitted, match="请选「保持」"):
            review_risks(actor=here.actor("zhou"), ask=Ask(), unit=here.cast.school, answers=[answer])


def test_a_change_says_why_and_changes_something(here):
    risk = a_risk(here)
    same = draft_of(risk)
    for draft, reason in (
        (same, "复查"),
        (replace(same, point="热油烫伤"), " "),
        (replace(same, point="热油烫伤"), "长" * 201),
    ):
        with pytest.raises(RuleBroken) as refused:
            change_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, draft=draft, reason=reason)
        assert list(refused.value.fields) == ["reason"]
        risk.refresh_from_db()
    change_risk(
        actor=here.actor("shen"),
        ask=Ask(),
        risk=risk,
        draft=replace(same, place=here.stairs),
        reason="换了送餐路线",
    )
    assert (risk.place, risk.version) == (here.stairs, 2)


def test_what_a_point_stands_by_stays_good_when_it_goes_out_of_use(here):
    risk = a_risk(here)
    here.post.retired, here.kitchen.retired_on = True, TODAY
    here.post.save()
    here.kitchen.save()
    risk = Risk.objects.everything("a test").select_related("place", "unit").get(pk=risk.pk)
    draft = replace(draft_of(risk), level=Level.BLUE)
    change_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, draft=draft, reason="已降级")
    assert risk.level == Level.BLUE


def test_of_two_hands_that_saw_the_same_version_one_changes_the_point(here):
    risk = a_risk(here)
    lower, higher = (replace(draft_of(risk), level=level) for level in (Level.BLUE, Level.RED))
    change_risk(actor=here.actor("shen"), ask=Ask(seen=1), risk=risk, draft=lower, reason="已降级")
    with pytest.raises(FasterHand):
        change_risk(actor=here.actor("lin"), ask=Ask(seen=1), risk=risk, draft=higher, reason="未降级")


def test_a_point_leaves_the_list_once_and_says_why(here):
    risk = a_risk(here)
    with pytest.raises(RuleBroken):
        retire_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, state=RiskState.DISUSED, reason="")
    with pytest.raises(RuleBroken):
        retire_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, state=RiskState.LISTED, reason="停办")
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, state=RiskState.DISUSED, reason="食堂停办")
    assert (risk.state, risk.ends_on, risk.end_reason) == ("disused", TODAY, "食堂停办")
    with pytest.raises(WrongStep):
        retire_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, state=RiskState.ELIMINATED, reason="又停")
    with pytest.raises(WrongStep):
        change_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, draft=a_draft(here), reason="改回")


def test_a_retired_point_is_not_reviewed(here):
    risk = a_risk(here)
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, state=RiskState.DISUSED, reason="食堂停办")
    with pytest.raises(FasterHand):
        reviewed(here, risk)


@pytest.mark.parametrize("who", ["zhou", "gu", "bai", "tang", "yi"])
def test_only_who_keeps_the_list_adds_to_it(here, who):
    with pytest.raises(NotPermitted):
        add_risk(actor=here.actor(who), ask=Ask(), unit=here.cast.school, draft=a_draft(here))


def test_only_institutions_have_a_list(here):
    officer = actor_for(appointed(here.cast.centre, "safety_officer", "温中和"))
    place = a_place(here.cast.centre, "食堂", "中心食堂")
    with pytest.raises(NotPermitted, match="由学校和直属单位建立"):
        add_risk(actor=officer, ask=Ask(), unit=here.cast.centre, draft=a_draft(here, place=place))


def test_the_clock_of_the_tests_stands_in_the_first_term(here):
    assert clock.now() == MORNING
