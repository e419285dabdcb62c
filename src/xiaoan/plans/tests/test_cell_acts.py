"""Waiving a cell, saying a line about one, naming who answers for a duty; and the measure of S1.4."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.errors import FasterHand, NotPermitted, RuleBroken
from xiaoan.foundation.indicators import Pair, indicator
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.periods import parse_period
from xiaoan.people.tests.factories import an_appointment
from xiaoan.plans.acts import give_reason, lift_waiver, name_holder, waive_cell
from xiaoan.plans.cells import with_status
from xiaoan.plans.models import Cell, HolderNaming
from xiaoan.plans.tests.factories import FIRST_PACK, publish

TODAY = date(2025, 12, 17)
MEASURE = "plans.duties_with_holder"


@pytest.fixture
def late(cast) -> Cell:
    """A meeting of March that was not held."""
    publish(cast)
    return Cell.objects.everything("a test").get(duty__code="A1.1", unit=cast.school, period="2025-03")


def status(cell: Cell) -> str:
    return with_status(Cell.objects.everything("a test").filter(pk=cell.pk), TODAY).get().status


def test_a_waived_cell_says_why_and_is_owed_no_longer(cast, late):
    waive_cell(actor=cast.actor("bai"), ask=Ask(seen=late.version), cell=late, reason=" 校舍 大修，停课 ")
    assert (status(late), late.waiver) == ("waived", "校舍 大修，停课")
    assert JournalEntry.objects.get(act="plans.waive_cell").object_id == str(late.pk)
    with pytest.raises(RuleBroken, match="免除过"):
        waive_cell(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="再来一次")


@pytest.mark.parametrize("who", ["lin", "shen", "gu", "tang", "yi"])
def test_nobody_but_the_legal_section_waives(cast, late, who):
    with pytest.raises(NotPermitted):
        waive_cell(actor=cast.actor(who), ask=Ask(), cell=late, reason="忙")


def test_a_settled_cell_is_not_waived(cast, late):
    late.settled_at = clock.now()
    late.save()
    with pytest.raises(RuleBroken, match="定账"):
        waive_cell(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="忙")


def test_a_waiver_that_is_lifted_is_owed_again_and_the_journal_says_why(cast, late):
    waive_cell(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="停课")
    lift_waiver(actor=cast.actor("bai"), ask=Ask(seen=late.version), cell=late, reason="并未停课")
    assert (status(late), late.waiver) == ("late", "")
    assert "并未停课" in JournalEntry.objects.get(act="plans.lift_waiver").payload.body
    with pytest.raises(RuleBroken, match="没有免除"):
        lift_waiver(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="再来一次")


@pytest.mark.parametrize("who", ["lin", "gu", "tang", "yi"])
def test_nobody_but_the_legal_section_lifts_a_waiver(cast, late, who):
    waive_cell(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="停课")
    with pytest.raises(NotPermitted):
        lift_waiver(actor=cast.actor(who), ask=Ask(), cell=late, reason="并未停课")


def test_the_waiver_of_a_settled_cell_stands(cast, late):
    waive_cell(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="停课")
    late.settled_at = clock.now()
    late.save()
    with pytest.raises(RuleBroken, match="定账"):
        lift_waiver(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="并未停课")


def test_a_waiver_is_lifted_by_its_button(client, cast, late):
    client.force_login(cast.bai.account)
    page, lift = f"/plans/cells/{late.pk}/", f"/plans/cells/{late.pk}/lift/"
    assert lift not in client.get(page).content.decode()
    waive_cell(actor=cast.actor("bai"), ask=Ask(), cell=late, reason="停课")
    assert lift in client.get(page).content.decode()
    sent = {"reason": "并未停课", "submission_id": uuid4(), "seen": late.version}
    assert client.post(lift, sent)["Location"] == page
    assert status(late) == "late"
    client.force_login(cast.lin.account)
    assert lift not in client.get(page).content.decode()


def test_a_line_about_an_unmet_cell_leaves_it_unmet(cast, late):
    give_reason(actor=cast.actor("shen"), ask=Ask(), cell=late, reason="校长出差，会议改在四月初")
    assert (status(late), late.reason) == ("late", "校长出差，会议改在四月初")


@pytest.mark.parametrize("line", ["", "   ", "长" * 201])
def test_a_line_is_one_line(cast, late, line):
    with pytest.raises(RuleBroken):
        give_reason(actor=cast.actor("shen"), ask=Ask(), cell=late, reason=line)


@pytest.mark.parametrize("who", ["tang", "zhou", "bai", "yi"])
def test_only_the_unit_itself_says_a_line(cast, late, who):
    with pytest.raises(NotPermitted):
        give_reason(actor=cast.actor(who), ask=Ask(), cell=late, reason="忙")


def test_a_met_cell_needs_no_line(cast, late):
    late.met = True
    late.save()
    with pytest.raises(RuleBroken, match="不需要"):
        give_reason(actor=cast.actor("shen"), ask=Ask(), cell=late, reason="忙")


def test_of_two_lines_from_one_page_the_second_is_told(cast, late):
    give_reason(actor=cast.actor("shen"), ask=Ask(seen=1), cell=late, reason="一")
    stale = Cell.objects.everything("a test").get(pk=late.pk)
    with pytest.raises(FasterHand):
        give_reason(actor=cast.actor("lin"), ask=Ask(seen=1), cell=stale, reason="二")


def pair(cast, unit=None, period: str = "2025") -> Pair:
    unit = unit or cast.school
    return indicator(MEASURE).pairs([unit.id], parse_period(period), {})[unit.id]


def test_a_duty_has_a_holder_by_its_post_or_by_name(cast):
    publish(cast)
    assert pair(cast) == Pair(Decimal(0), Decimal(3))  # no head_teacher, no safety_clerk in the cast
    an_appointment(cast.lin, cast.school, "head_teacher", starts_on=date(2025, 3, 1))
    assert pair(cast) == Pair(Decimal(1), Decimal(3))
    name_holder(actor=cast.actor("lin"), ask=Ask(), unit=cast.school, duty_code="A2.1", person=cast.shen)
    assert pair(cast) == Pair(Decimal(2), Decimal(3))


def test_the_answer_for_a_past_day_is_the_one_of_that_day(cast):
    publish(cast)
    an_appointment(
        cast.lin, cast.school, "head_teacher", starts_on=date(2025, 3, 1), ends_on=date(2025, 8, 31)
    )
    assert [pair(cast, period=month).achieved for month in ("2025-02", "2025-03", "2025-08", "2025-09")] == [
        0,
        1,
        1,
        0,
    ]


def test_the_measure_asks_two_statements_for_all_units(cast, django_assert_num_queries):
    publish(cast)
    with django_assert_num_queries(2):
        indicator(MEASURE).pairs([cast.school.id, cast.neighbour.id], parse_period("2025"), {})


def test_naming_another_ends_the_first_and_the_cell_follows(cast):
    publish(cast, FIRST_PACK)
    name_holder(actor=cast.actor("lin"), ask=Ask(), unit=cast.school, duty_code="T1.6", person=cast.shen)
    with clock.held_at(clock.at(date(2025, 12, 18))):
        name_holder(actor=cast.actor("lin"), ask=Ask(), unit=cast.school, duty_code="T1.6", person=cast.chen)
        name_holder(actor=cast.actor("lin"), ask=Ask(), unit=cast.school, duty_code="T1.6", person=cast.wen)
        drain()
    namings = HolderNaming.objects.everything("a test").order_by("starts_on")
    assert [(row.person_id, row.ends_on) for row in namings] == [(cast.shen.id, TODAY), (cast.wen.id, None)]
    cell = Cell.objects.everything("a test").get(duty__code="S1.4", unit=cast.school, period="2025")
    expected = indicator(MEASURE).pairs([cast.school.id], parse_period("2025"), {})[cast.school.id]
    assert (cell.achieved, cell.expected) == (expected.achieved, expected.expected)


def test_only_people_of_the_unit_answer_for_what_it_owes(cast):
    publish(cast)
    actor = cast.actor("lin")
    with pytest.raises(RuleBroken, match="任职"):
        name_holder(actor=actor, ask=Ask(), unit=cast.school, duty_code="A1.1", person=cast.tang)
    with pytest.raises(RuleBroken, match="没有这项任务"):
        name_holder(actor=actor, ask=Ask(), unit=cast.school, duty_code="B1.1", person=cast.shen)
    with pytest.raises(NotPermitted):
        name_holder(actor=cast.actor("tang"), ask=Ask(), unit=cast.school, duty_code="A1.1", person=cast.shen)
