"""今日 and 工作台: a school is shouted at three times at most, the centre sees kinds of work and not fifty cards."""

import re
from datetime import date

import pytest

from xiaoan.hazards.tests.factories import GENERAL, from_above, hazard_district, lived, reported
from xiaoan.insight.agenda import LOUD, agenda_of
from xiaoan.ledgers.tests.factories import a_meeting, an_item, keeping, recorded

pytestmark = pytest.mark.django_db
LATE, TODAY, WEEK, MONTH, FAR = (
    date(2025, 12, 16),
    date(2025, 12, 17),
    date(2025, 12, 20),
    date(2025, 12, 31),
    date(2026, 2, 1),
)
HEADING = re.compile(r'<h2 class="section-title"[^>]*>([^<]+)<')


def page(client, person):
    client.force_login(person.account)
    return client.get("/").content.decode().split("<main", 1)[1].split("</main", 1)[0]


@pytest.fixture
def district(cast):
    return hazard_district(cast)


@pytest.fixture
def busy(cast):
    """A safety officer with two things of every day, late ones included."""
    kept = keeping(cast)
    for due in (LATE, TODAY, WEEK, MONTH, FAR):
        items = [an_item(kept, f"{due:%m%d}-{each}", due=due) for each in "甲乙"]
        recorded(kept, a_meeting(kept, *items, day=date(2025, 12, 10)))
    return kept


def test_never_more_than_three_things_are_loud_however_many_are_late(busy, client):
    main = page(client, busy.cast.shen)
    cards = re.findall(r'<article class="card task[^>]*>.*?<h3>(?:<a[^>]*>)?([^<]+)', main, re.DOTALL)
    assert len(cards) == LOUD == 3
    assert agenda_of(busy.actor("shen")).late >= 2
    assert main.count("button-primary") == 1


def test_the_rest_stands_quietly_under_the_headings_of_its_days(busy):
    agenda = agenda_of(busy.actor("shen"))
    days = {str(group.title): sorted({thing.due for thing in group.things}) for group in agenda.quiet}
    assert list(days)[:3] == ["逾期", "今天", "本周"]
    assert (days["今天"], days["本周"]) == ([TODAY], [WEEK])
    assert FAR in days["往后"]
    assert sum(len(group.things) for group in agenda.quiet) + LOUD == len(agenda.things)


def test_what_waits_for_a_word_is_not_said_to_be_due_today(district, client):
    for number in range(5):
        reported(district, text=f"隐患{number}")
    agenda = agenda_of(district.actor("shen"))
    assert (agenda.late, agenda.today, agenda.waiting) == (0, 0, 5)
    waiting = next(group for group in agenda.quiet if str(group.title) == "待我处理")
    assert {thing.due for thing in waiting.things} == {None}


def test_the_centre_sees_a_line_for_each_kind_of_work_and_no_card(district, client):
    for number in range(9):
        from_above(district, text=f"隐患{number}")
    main = page(client, district.su)
    assert main.count("<article") == 0
    assert re.findall(r'class="pile-kind"[^>]*><span>([^<]+)</span><b>(\d+)<', main) == [("待判定", "9")]
    address = re.search(r'class="pile-kind" href="([^"]+)"', main)[1].replace("&amp;", "&")
    assert "共 9 条" in client.get(address).content.decode()


def test_what_others_hold_is_said_with_whom_and_since_when(district, client):
    lived(district, reported(district), GENERAL[:3])
    main = page(client, district.cast.zhou)
    assert "待验收：本单位另一位同事，12月17日起" in main.split("在等别人", 1)[1]


def test_a_page_with_nothing_to_do_says_what_was_done_lately(district, client):
    lived(district, reported(district), GENERAL)
    main = page(client, district.cast.zhou)
    assert "眼下没有要您办的事" in main
    assert "最近发生" in HEADING.findall(main)


def test_the_director_is_told_what_is_late_and_in_how_many_units(district, client):
    hazard = lived(district, reported(district), GENERAL[:2])
    type(hazard).objects.everything("a test").update(due_on=LATE)
    assert "涉及 1 个单位" in page(client, district.he)
    assert "涉及" not in page(client, district.cast.lin)


@pytest.mark.parametrize(("who", "leads"), [("gu", True), ("lin", True), ("zhou", False)])
def test_the_page_of_a_school_leads_to_its_profile_for_who_may_open_it(cast, client, who, leads):
    client.force_login(getattr(cast, who).account)
    shown = client.get(f"/organisations/units/{cast.school.pk}/").content.decode()
    address = f"/profiles/{cast.school.pk}/"
    assert (f'href="{address}"' in shown) is leads
    assert (client.get(address).status_code == 200) is leads
