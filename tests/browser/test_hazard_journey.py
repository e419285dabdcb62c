"""The story of the house: a loose stair rail, from the corridor to the archive, by everybody's own hands."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hazards_at_work import from_list, from_today, make
from tests.browser.people_at_work import the_day_is, the_worker_works, tick
from tests.browser.test_meeting_journey import margin_of
from tests.trial.pictures import photo
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.journal import first_fault
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard, State
from xiaoan.hazards.tests.factories import District, a_place, hazard_district
from xiaoan.people.tests.factories import an_appointment, make_cast
from xiaoan.plans.cells.statuses import STATUS_SIGNS
from xiaoan.plans.models import Cell
from xiaoan.plans.tests.factories import FIRST_PACK, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TAPS, MOST_TYPED = 5, 2
RAIL = "教学楼二层楼梯扶手松动，摇晃明显"
PICTURE = {"name": "整改后.jpg", "mimeType": "image/jpeg", "buffer": photo()}
MOVES = [
    *("suspect", "judge_major", "issue", "control", "plan", "submit", "send_back", "submit", "accept"),
    *("recheck", "explain", "draft_lifting", "lift", "call_back", "sound", "call_back", "sound"),
]
"""What happens to the rail after it was reported."""


@pytest.fixture
def district(transactional_db) -> District:
    """The cast under the first district's pack, and the corridor that they all walk through."""
    found = hazard_district(make_cast())
    publish(found.cast, FIRST_PACK)
    an_appointment(found.cast.zhou, found.cast.school, "general_affairs_head")
    a_place(found.cast.school, "P-2", "教学楼走廊", post_name="总务主任")
    drain()
    return found


def the_rail() -> Hazard:
    """As the database has it now."""
    return Hazard.objects.everything("a test").get(text=RAIL)


class Thumb:
    """Counts what it does. To type, a field is entered: that is part of the typing."""

    def __init__(self) -> None:
        self.taps = self.typed = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def type(self, target: Locator, words: str) -> None:
        target.fill(words)
        self.typed += 1


def report_in_the_corridor(page: Page) -> Thumb:
    """今日 → 随手报 → where → what → one sentence → sent."""
    thumb = Thumb()
    thumb.tap(page.locator(".tab-bar a[href='/hazards/report/']"))
    thumb.tap(page.locator("label.choice", has_text="教学楼走廊"))
    thumb.tap(tick(page, "kind", "facility"))
    thumb.type(page.locator("textarea[name=text]"), RAIL)
    thumb.tap(page.locator(".form-footer button[type=submit]").first)
    expect(page.locator(".steps")).to_be_visible()
    return thumb


def judged_and_issued(at_work, district: District) -> None:
    """The officer says that it may be major, the centre judges so and hands it out: post and date are proposed."""
    make(at_work.phone(district.cast.shen), "suspect", words="高处，学生经过时可能坠落")
    gu, su = at_work.desk(district.cast.gu), at_work.desk(district.su)
    from_today(gu, RAIL)
    make(gu, "judge_major", criterion="C02", words="扶手立柱脱开")
    from_today(su, RAIL)
    make(su, "issue")


def brought_under_control(at_work, cast) -> None:
    """The officer closes the corridor off, the principal files the five elements."""
    shen, lin = at_work.phone(cast.shen), at_work.phone(cast.lin)
    from_list(shen, RAIL)
    make(shen, "control", control="二层东侧楼梯封闭，课间有人值守")
    from_today(lin, RAIL)
    plan = {"measures": "更换扶手和立柱并加固", "money": "8600", "money_source": "公用经费"}
    make(lin, "plan", **plan, contingency="险情扩大时停用整座楼梯，改走西侧")


def rectified_in_two_attempts(at_work, cast) -> None:
    """The holder submits with a photo, it comes back once, the second time another person accepts it."""
    zhou, shen = at_work.phone(cast.zhou), at_work.phone(cast.shen)
    from_today(zhou, RAIL)
    make(zhou, "submit", words="已更换扶手", after=PICTURE)
    from_today(shen, RAIL)
    make(shen, "send_back", words="立柱还没有固定")
    from_today(zhou, RAIL)
    make(zhou, "submit", words="立柱已重新固定")
    from_today(shen, RAIL)
    make(shen, "accept")


def lifted(at_work, district: District) -> None:
    """Two from above re-check on the spot, the cause is told, 法制科 drafts and 分管局长 lifts."""
    shen, su = at_work.phone(district.cast.shen), at_work.desk(district.su)
    from_today(su, RAIL)
    make(su, "recheck", second=str(district.cast.gu.pk), words="两人现场看过，扶手稳固")
    from_list(shen, RAIL)
    make(shen, "explain", cause="missing", prevention="每月点检扶手，列入部位自查")
    bai, he = at_work.desk(district.cast.bai), at_work.desk(district.he)
    from_today(bai, RAIL)
    make(bai, "draft_lifting", words="整改到位，符合摘牌条件")
    from_today(he, RAIL)
    make(he, "lift")


def found_sound(at_work, district: District, day: date) -> None:
    """The calendar asks for a look back, the centre looks."""
    with the_day_is(day):
        the_worker_works()
        su = at_work.desk(district.su)
        from_today(su, RAIL)
        make(su, "sound", words="扶手稳固，点检有记录")


def zero_major(at_work, district: District) -> tuple[tuple[Decimal, Decimal], str]:
    """O.1 重大事故隐患动态清零 once everything was delivered: the bureau's cell, and the margin of the plan."""
    drain()
    cell = Cell.objects.everything("a test").get(unit=district.cast.bureau, duty__code="O.1", period="2025Q4")
    return (cell.achieved, cell.expected), margin_of(at_work.desk(district.he), "O.1")


def chain_on(page: Page) -> list[str]:
    """The names of the steps in 过程, the first first."""
    return page.locator(".timeline li p").evaluate_all(
        "steps => steps.map(step => [...step.querySelectorAll('b')].at(-1).innerText).reverse()"
    )


@pytest.mark.parametrize("at_work", ["zh", "en"], indirect=True)
def test_a_loose_stair_rail_goes_from_the_corridor_to_the_archive(at_work, district):
    cast = district.cast
    thumb = report_in_the_corridor(at_work.phone(cast.shen))
    assert thumb.taps <= MOST_TAPS
    assert thumb.typed <= MOST_TYPED

    judged_and_issued(at_work, district)
    assert zero_major(at_work, district) == ((0, 1), at_work.words(lambda: STATUS_SIGNS["open"].words))
    brought_under_control(at_work, cast)
    assert zero_major(at_work, district) == ((1, 1), "1 / 1")
    rectified_in_two_attempts(at_work, cast)
    lifted(at_work, district)
    found_sound(at_work, district, date(2026, 1, 3))
    found_sound(at_work, district, date(2026, 3, 4))

    page = at_work.phone(cast.shen)
    page.reload()
    assert chain_on(page)[1:] == [at_work.words(lambda verb=verb: HAZARD.move(verb).label) for verb in MOVES]
    assert the_rail().state == State.ARCHIVED
    assert first_fault(cast.school.id) is None
