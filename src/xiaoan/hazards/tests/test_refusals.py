"""Bad input and wrong turns (`8-reliability.md` section 9): words beside the field, the right kind of no, nothing stored."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import (
    Conflict,
    NotPermitted,
    Refused,
    RuleBroken,
    SameIdOtherContent,
    WrongStep,
)
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.foundation.once import ConflictCopy
from xiaoan.hazards import acts
from xiaoan.hazards import permissions as words
from xiaoan.hazards.models import Extension, Hazard, Referral, Source
from xiaoan.hazards.rules import NoRules
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    LATER,
    MAJOR,
    PLAN,
    SOON,
    TODAY,
    a_finding,
    a_place,
    do,
    fresh,
    from_above,
    lived,
    reported,
)
from xiaoan.hazards.tests.moves import MACHINE, actor_of, confirmed, referred
from xiaoan.plans.tests.factories import pack_files_without, publish

YESTERDAY = TODAY - timedelta(days=1)
TOO_LONG = "长" * 501


def refused(kind: type[Refused], district, hazard, verb: str, who: str, **nouns: Any) -> Refused:
    """The refusal of an act; the hazard is as it was, and the journal has no word of it."""
    before, entries = fresh(hazard), JournalEntry.objects.count()
    with pytest.raises(kind) as caught:
        do(district, hazard, verb, who, **nouns)
    assert Hazard.objects.everything("a test").filter(pk=hazard.pk).values().get() == {
        name: value for name, value in vars(before).items() if not name.startswith("_")
    }
    assert JournalEntry.objects.count() == entries
    return caught.value


def fields(refusal: Refused) -> list[str]:
    assert isinstance(refusal, RuleBroken)
    return sorted(refusal.fields)


def test_a_step_that_is_skipped_repeated_or_reversed_names_the_present_one(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    for verb, who, nouns in (
        ("accept_hazard", "shen", {}),
        ("close_hazard", "chen", {}),
        ("dispatch_hazard", "chen", {"post": "post_holder", "due_on": SOON}),
        ("judge_hazard", "shen", {}),
    ):
        assert str(refused(WrongStep, district, hazard, verb, who, **nouns)).startswith(
            "现在的步骤是「整改中」"
        )


def test_nobody_accepts_their_own_repair_or_grants_their_own_extension(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    asked = do(district, hazard, "ask_extension", "chen", due_on=LATER, words="配件未到", control="停用")
    with pytest.raises(NotPermitted, match=str(words.ASKER)):
        acts.grant_extension(actor=district.actor("chen"), ask=Ask(), extension=asked)
    do(district, fresh(hazard), "submit_hazard", "chen", words="已换")
    assert refused(NotPermitted, district, fresh(hazard), "accept_hazard", "chen").reason == words.RECTIFIER


def test_a_submission_id_of_another_person_reveals_nothing(district):
    ask, unit = Ask(), district.cast.school
    first = acts.report_hazard(
        actor=district.actor("shen"), ask=ask, unit=unit, finding=a_finding(district.canteen)
    )
    with pytest.raises(SameIdOtherContent) as caught:
        acts.report_hazard(
            actor=district.actor("zhou"), ask=ask, unit=unit, finding=a_finding(district.canteen)
        )
    assert first.code not in str(caught.value)
    assert (Hazard.objects.everything("a test").count(), ConflictCopy.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": TOO_LONG}, "text"),
        ({"kind": "volcano"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"source": "rumour"}, "source"),
        ({"found_on": TODAY + timedelta(days=1)}, "found_on"),
        ({"fixed": TOO_LONG}, "rectified_text"),
        ({"control": "停" * 201}, "control"),
        ({"finder": "名" * 61}, "finder"),
        ({"suspected": True, "fixed": "已拧紧"}, "fixed"),
        ({"source": Source.CENTRE}, "source"),
    ],
)
def test_what_does_not_fit_a_report_is_named_by_its_field(district, values, field):
    finding = a_finding(district.canteen, **values)
    with pytest.raises(RuleBroken) as caught:
        acts.report_hazard(
            actor=district.actor("shen"), ask=Ask(), unit=district.cast.school, finding=finding
        )
    assert field in caught.value.fields
    assert Hazard.objects.everything("a test").count() == 0


def test_a_place_is_the_units_own_and_somewhere(district):
    unit, actor = district.cast.school, district.actor("shen")
    for place in (a_place(district.cast.neighbour, code="N-1"), None):
        with pytest.raises(RuleBroken) as caught:
            acts.report_hazard(actor=actor, ask=Ask(), unit=unit, finding=a_finding(place))
        assert fields(caught.value) == ["place"]


def test_a_finding_older_than_the_unit_is_refused(district):
    unit = district.cast.school
    unit.opened_on = date(2024, 9, 1)
    unit.save()
    finding = a_finding(district.canteen, found_on=date(2024, 8, 31))
    with pytest.raises(RuleBroken) as caught:
        acts.report_hazard(actor=district.actor("shen"), ask=Ask(), unit=unit, finding=finding)
    assert fields(caught.value) == ["found_on"]


@pytest.mark.parametrize(
    ("captured", "doubted"),
    [
        (clock.at(date(2024, 8, 31)), True),
        (clock.at(TODAY, 9, 6), True),
        (clock.at(TODAY, 9, 4), False),
        (clock.at(YESTERDAY), False),
        (None, False),
    ],
)
def test_a_capture_at_an_impossible_time_is_accepted_and_marked(district, captured, doubted):
    unit = district.cast.school
    unit.opened_on = date(2024, 9, 1)
    unit.save()
    hazard = acts.report_hazard(
        actor=district.actor("shen"),
        ask=Ask(captured_at=captured),
        unit=unit,
        finding=a_finding(district.canteen),
    )
    assert (fresh(hazard).time_in_doubt, fresh(hazard).state) == (doubted, "to_judge")


def test_an_order_names_a_known_post_and_a_day_to_come(district):
    hazard = lived(district, reported(district), GENERAL[:1])
    order = {"post": "post_holder", "due_on": SOON}
    for wrong, field in (({"post": "astronaut"}, "post"), ({"due_on": YESTERDAY}, "due_on")):
        assert fields(refused(RuleBroken, district, hazard, "dispatch_hazard", "chen", **order | wrong)) == [
            field
        ]
    assert fields(
        refused(RuleBroken, district, hazard, "dispatch_hazard", "chen", **order, words=TOO_LONG)
    ) == ["words"]


def test_a_criterion_is_one_of_the_pack(district):
    hazard = reported(district)
    nouns = {"words": "报警失效", "criterion": "X99"}
    assert fields(refused(RuleBroken, district, hazard, "judge_major", "gu", **nouns)) == ["criterion"]


@pytest.mark.parametrize("blank", ["", "   "])
def test_a_move_that_must_say_why_says_so(district, blank):
    hazard = reported(district)
    for verb, who in (("void_hazard", "shen"), ("dismiss_hazard", "chen"), ("suspect_major", "shen")):
        assert fields(refused(RuleBroken, district, hazard, verb, who, words=blank)) == ["words"]


def test_a_hazard_is_merged_into_another_open_one_of_its_unit(district):
    hazard = reported(district)
    closed = lived(district, reported(district, kind="fire"), GENERAL)
    theirs = acts.report_hazard(
        actor=district.actor("tang"),
        ask=Ask(),
        unit=district.cast.neighbour,
        finding=a_finding(None, place_name="门厅"),
    )
    for into in (hazard, closed, theirs):
        assert fields(refused(RuleBroken, district, hazard, "merge_hazard", "chen", into=into)) == [
            "merged_into"
        ]


def test_a_major_hazard_is_rechecked_with_a_second_person_from_outside(district):
    hazard = lived(district, reported(district), MAJOR[:6])
    for second in (None, "su", "lin", "zhou"):
        nouns = {"second": second} if second else {}
        assert fields(refused(RuleBroken, district, hazard, "recheck_hazard", "su", **nouns)) == ["second"]
    do(district, hazard, "recheck_hazard", "su", second="gu")


def test_more_time_is_asked_for_twice_at_most_and_one_at_a_time(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    again = {"due_on": LATER, "words": "还是没到", "control": "停用"}
    for days, decider, reason in ((5, "chen", "等待批准"), (10, "lin", "两次")):
        due = SOON + timedelta(days=days)
        asked = do(
            district, fresh(hazard), "ask_extension", "zhou", due_on=due, words="配件未到", control="停用"
        )
        assert reason in str(refused(Conflict, district, fresh(hazard), "ask_extension", "zhou", **again))
        acts.grant_extension(actor=district.actor(decider), ask=Ask(), extension=asked)
    assert "两次" in str(refused(Conflict, district, fresh(hazard), "ask_extension", "zhou", **again))
    assert (fresh(hazard).due_on, fresh(hazard).extended) == (SOON + timedelta(days=10), 2)


@pytest.mark.parametrize(
    ("nouns", "field"),
    [
        ({"due_on": SOON}, "due_on"),
        ({"due_on": SOON + timedelta(days=31)}, "due_on"),
        ({"control": " "}, "control"),
        ({"control": "停" * 201}, "control"),
        ({"words": ""}, "words"),
        ({"words": "等" * 501}, "words"),
    ],
)
def test_an_extension_says_to_when_why_and_what_keeps_people_safe(district, nouns, field):
    hazard = lived(district, reported(district), GENERAL[:2])
    asked = {"due_on": LATER, "words": "配件未到", "control": "停用"} | nouns
    assert fields(refused(RuleBroken, district, hazard, "ask_extension", "zhou", **asked)) == [field]
    assert Extension.objects.everything("a test").count() == 0


def test_what_was_said_of_an_extension_is_kept_whole(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    reason, decision = "等" * 500, "准" * 500
    asked = do(district, hazard, "ask_extension", "zhou", due_on=LATER, words=reason, control="停用")
    acts.grant_extension(actor=district.actor("chen"), ask=Ask(), extension=asked, words=decision)
    found = Extension.objects.everything("a test").get()
    assert (found.reason, found.decision) == (reason, decision)


def test_what_was_said_of_a_referral_is_kept_whole(district):
    hazard = lived(district, from_above(district), ISSUED[:2])
    reason, answer = "缺" * 500, "办" * 500
    nouns = {"to_unit": district.fang.unit, "due_on": LATER}
    refused(RuleBroken, district, hazard, "refer_hazard", "su", words=reason + "缺", **nouns)
    referral = do(district, fresh(hazard), "refer_hazard", "su", words=reason, **nouns)
    acts.answer_referral(actor=district.actor("fang"), ask=Ask(), referral=referral, words=answer)
    found = Referral.objects.everything("a test").get()
    assert (found.reason, found.answer) == (reason, answer)


def test_an_extension_that_a_later_date_has_overtaken_is_not_granted_and_can_be_refused(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    asked = do(district, hazard, "ask_extension", "zhou", due_on=LATER, words="配件未到", control="停用")
    far = LATER + timedelta(days=30)
    do(district, fresh(hazard), "raise_hazard", "lin", words="学校修不了")
    do(district, fresh(hazard), "issue_hazard", "su", post="post_holder", due_on=far)
    asked = Extension.objects.everything("a test").get(pk=asked.pk)
    with pytest.raises(RuleBroken):
        acts.grant_extension(actor=district.actor("gu"), ask=Ask(), extension=asked)
    assert fresh(hazard).due_on == far
    acts.refuse_extension(actor=district.actor("gu"), ask=Ask(), extension=asked, words="已另定期限")
    assert Extension.objects.everything("a test").get().state == "refused"


def test_an_extension_of_what_has_gone_on_meanwhile_ends_without_a_step(district):
    hazard = lived(district, reported(district), GENERAL[:2])
    asked = do(district, hazard, "ask_extension", "zhou", due_on=LATER, words="配件未到", control="停用")
    do(district, fresh(hazard), "submit_hazard", "zhou", words="已换")
    asked = Extension.objects.everything("a test").get(pk=asked.pk)
    with pytest.raises(WrongStep):
        acts.grant_extension(actor=district.actor("chen"), ask=Ask(), extension=asked)
    asked = Extension.objects.everything("a test").get(pk=asked.pk)
    acts.refuse_extension(actor=district.actor("chen"), ask=Ask(), extension=asked, words="已整改")
    assert fresh(hazard).steps.get(until=None).verb == "submit"


@pytest.mark.parametrize("money", [Decimal(-1), Decimal(10) ** 15, Decimal("1.005")])
def test_a_sum_fits_its_column(district, money):
    major = lived(district, reported(district), MAJOR[:3])
    assert fields(refused(RuleBroken, district, major, "file_plan", "lin", **PLAN | {"money": money})) == [
        "money"
    ]
    repair = {"due_on": LATER, "control": "停用", "money_source": "维修经费", "money": money}
    assert fields(refused(RuleBroken, district, major, "schedule_hazard", "gu", **repair)) == ["money"]


def test_a_hazard_is_referred_to_another_unit_of_its_district(district):
    hazard = lived(district, from_above(district), ISSUED[:2])
    for unit in (district.cast.school, district.cast.elsewhere):
        nouns = {"to_unit": unit, "due_on": LATER, "words": "缺资金"}
        assert fields(refused(RuleBroken, district, hazard, "refer_hazard", "su", **nouns)) == ["handled_by"]


def test_what_no_post_ever_had_goes_back_to_be_handed_out(district):
    hazard = referred(district, ISSUED[:1])
    referral = hazard.referrals.get()
    acts.answer_referral(actor=district.actor("fang"), ask=Ask(), referral=referral, words="已修")
    do(district, fresh(hazard), "send_back", "shen", words="没有修好")
    assert fresh(hazard).state == "to_assign"
    fixed = confirmed(district)
    do(district, fixed, "void_closure", "chen", words="又松了", due_on=SOON)
    assert (fresh(fixed).state, fresh(fixed).closure_void) == ("to_assign", True)


def test_a_referral_ends_when_its_hazard_is_judged_major(district):
    hazard = referred(district, ISSUED[:2])
    do(district, hazard, "judge_major", "gu", words="报警失效")
    assert (fresh(hazard).handled_by, hazard.referrals.get().state) == (None, "declined")


def test_a_major_hazard_in_the_works_plan_still_files_its_five_elements(district):
    hazard = lived(district, reported(district), MAJOR[:2])
    do(district, hazard, "schedule_hazard", "gu", due_on=LATER, control="停用", money_source="维修经费")
    do(district, fresh(hazard), "file_plan", "lin", **PLAN)
    do(district, fresh(hazard), "submit_hazard", "zhou", words="已更换")
    assert fresh(hazard).state == "to_verify"


def test_a_school_cannot_take_back_what_the_centre_found(district):
    hazard = from_above(district)
    assert (
        refused(NotPermitted, district, hazard, "void_hazard", "lin", words="误报").reason
        == words.BY_THE_CENTRE
    )


def test_the_machine_hands_over_only_what_a_post_has(district):
    with pytest.raises(WrongStep):
        acts.hand_over_hazard(actor=actor_of(district, MACHINE), ask=Ask(), hazard=reported(district))


def test_without_hazard_rules_nothing_is_reported(cast):
    publish(cast, files=pack_files_without("hazards.yaml"))
    with pytest.raises(NoRules):
        acts.report_hazard(
            actor=cast.actor("shen"), ask=Ask(), unit=cast.school, finding=a_finding(None, place_name="操场")
        )
    assert first_fault(cast.school.pk) is None
