"""季度定账: the act, what it closes and leaves open, its page and the words beside a settled figure."""

from datetime import date
from uuid import uuid4

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted, RuleBroken
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.periods import UnknownPeriod
from xiaoan.plans.acts import settle_period, waive_cell
from xiaoan.plans.models import Cell, Duty
from xiaoan.plans.tests.factories import publish

Q3_MONTHS = {"2025-07", "2025-08", "2025-09"}
PAGE = "/plans/quarters/2025Q3/settle/"


@pytest.fixture
def plan(cast):
    return publish(cast)


def settle(cast, who: str = "bai", period: str = "2025Q3"):
    return settle_period(actor=cast.actor(who), ask=Ask(), district=cast.bureau, period=period)


def settled() -> list[Cell]:
    return list(Cell.objects.everything("a test").filter(settled_at__isnull=False).select_related("duty"))


def test_settling_closes_what_was_counted_and_ends_in_the_quarter(cast, plan):
    settle(cast)
    assert {(cell.duty.code, cell.period) for cell in settled()} == {
        (code, month) for code in ("A1.1", "A1.2") for month in Q3_MONTHS
    }
    assert {cell.settled_at for cell in settled()} == {clock.now()}


def test_what_waits_for_its_module_stays_open(cast, plan):
    Duty.objects.everything("a test").filter(code="A1.1").update(awaits="training")
    settle(cast)
    assert {cell.duty.code for cell in settled()} == {"A1.2"}


def test_what_ends_with_the_last_quarter_of_a_year_is_settled_with_it(cast, plan):
    with clock.held_at(clock.at(date(2026, 1, 8))):
        settle(cast, period="2025Q4")
    assert {cell.period for cell in settled()} == {"2025-10", "2025-11", "2025-12", "2025"}


def test_the_journal_keeps_quarter_and_number_of_cells(cast, plan):
    settle(cast)
    body = JournalEntry.objects.get(act="plans.settle_period").payload.body
    assert '"2025Q3"' in body
    assert f'"cells":[0,{len(settled())}]' in body


def test_what_was_never_counted_stays_open(cast, plan):
    cell = Cell.objects.everything("a test").get(duty__code="A1.1", unit=cast.school, period="2025-08")
    Cell.objects.everything("a test").filter(pk=cell.pk).update(computed_at=None)
    settle(cast)
    cell.refresh_from_db()
    assert cell.settled_at is None


def test_another_district_is_not_settled_along(cast, plan):
    Cell.objects.everything("a test").filter(unit=cast.neighbour).update(
        district_id=cast.elsewhere.district_id
    )
    settle(cast)
    assert {cell.unit_id for cell in settled()} == {cast.school.pk}


@pytest.mark.parametrize(
    ("period", "words"), [("2025Q4", "还没有结束"), ("2025-09", "按季度"), ("2031Q1", "没有结束")]
)
def test_what_is_no_finished_quarter_is_not_settled(cast, plan, period, words):
    with pytest.raises(RuleBroken, match=words):
        settle(cast, period=period)
    with pytest.raises(UnknownPeriod):
        settle(cast, period="2025Q5")
    assert settled() == []


def test_a_quarter_is_settled_once(cast, plan):
    settle(cast)
    with pytest.raises(RuleBroken, match="已经定账"):
        settle(cast)
    with pytest.raises(RuleBroken, match="没有可以定账"):
        settle(cast, period="2020Q1")


@pytest.mark.parametrize("who", ["gu", "lin", "shen", "yi"])
def test_nobody_but_the_legal_section_settles(cast, plan, who):
    with pytest.raises(NotPermitted):
        settle(cast, who)


def test_what_is_settled_is_waived_no_more_and_has_no_button_for_it(client, cast, plan):
    cell = Cell.objects.everything("a test").get(duty__code="A1.1", unit=cast.school, period="2025-08")
    client.force_login(cast.bai.account)
    page, waive = f"/plans/cells/{cell.pk}/", f"/plans/cells/{cell.pk}/waive/"
    assert waive in client.get(page).content.decode()
    settle(cast)
    cell.refresh_from_db()
    text = client.get(page).content.decode()
    assert waive not in text
    assert "12月17日 09:00 已定账" in text
    with pytest.raises(RuleBroken, match="定账"):
        waive_cell(actor=cast.actor("bai"), ask=Ask(), cell=cell, reason="停课")


def test_the_page_says_what_settling_does_and_its_button_settles(client, cast, plan):
    client.force_login(cast.bai.account)
    assert PAGE in client.get("/plans/cells/?period=2025Q3").content.decode()
    text = client.get(PAGE).content.decode()
    assert "定账不能撤回" in text
    number = Cell.objects.everything("a test").filter(duty__awaits="", period__in=Q3_MONTHS).count()
    assert f"共 {number} 项" in text
    answer = client.post(PAGE, {"submission_id": uuid4()})
    assert (answer.status_code, answer["Location"], len(settled())) == (303, PAGE, number)
    text = client.get(PAGE).content.decode()
    assert "12月17日 09:00 已定账" in text
    assert "确认定账" not in text


def test_the_button_stands_on_finished_quarters_for_who_settles(client, cast, plan):
    client.force_login(cast.bai.account)
    for period in ("2025Q4", "now", ""):
        assert "/settle/" not in client.get(f"/plans/cells/?period={period}").content.decode()
    assert "还不能定账" in client.get("/plans/quarters/2025Q4/settle/").content.decode()
    assert client.get("/plans/quarters/2020Q1/settle/").status_code == 404
    client.force_login(cast.gu.account)
    assert PAGE not in client.get("/plans/cells/?period=2025Q3").content.decode()
    assert "确认定账" not in client.get(PAGE).content.decode()


def test_the_margin_says_when_a_figure_was_settled(client, cast, plan):
    client.force_login(cast.bai.account)
    address = "/plans/?period=2025Q3&duty=A1.1"
    assert "已定账" not in client.get(address).content.decode()
    settle(cast)
    assert "12月17日 09:00 已定账" in client.get(address).content.decode()
