"""The morning's digest: one for everybody who owes something and can read it, and nothing else."""

from datetime import date

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.delivery import drain
from xiaoan.ledgers.tests.factories import a_meeting, an_item, keeping, recorded
from xiaoan.messages.models import Message
from xiaoan.messages.queries import inbox
from xiaoan.people.models import Account, Appointment
from xiaoan.people.queries import actor_for
from xiaoan.portal.digests import digest_of
from xiaoan.portal.jobs import send_digests
from xiaoan.portal.queries import agenda_of

TODAY = date(2025, 12, 17)
CAST = ("bai", "gu", "lin", "wen", "chen", "shen", "zhou", "tang", "yi")


@pytest.fixture
def kept(cast):
    """A pack in force; the school has recorded a meeting with something for the clerk to do."""
    kept = keeping(cast)
    recorded(kept, a_meeting(kept, an_item(kept, "更换食堂软管", due=date(2025, 12, 19))))
    drain()
    return kept


def run(day: date = TODAY, hour: int = 7) -> None:
    """The job of a day's slot, run at an hour of it."""
    with clock.held_at(clock.at(TODAY, hour)):
        send_digests.body(day.isoformat())


def digests():
    return Message.objects.everything("a test").order_by("created_at", "pk")


def owing(cast):
    """Whoever of the cast has something on their home page this morning."""
    with clock.held_at(clock.at(TODAY, 7)):
        return {getattr(cast, name).pk for name in CAST if agenda_of(cast.actor(name)).number}


def test_whoever_owes_something_gets_one_and_nobody_else(cast, kept):
    run()
    assert set(digests().values_list("person_id", flat=True)) == owing(cast)
    assert digests().count() == len(owing(cast))
    assert 0 < len(owing(cast)) < len(CAST)


def test_a_second_run_of_a_morning_sends_nobody_a_second_one(cast, kept):
    run()
    first = list(digests().values_list("pk", flat=True))
    run(hour=8)
    assert list(digests().values_list("pk", flat=True)) == first


def test_it_names_what_the_home_page_shows_in_both_languages(kept):
    run()
    message = digests().get(person=kept.clerk.person)
    things = agenda_of(actor_for(kept.clerk.person)).things
    assert (len(things), message.title_zh) == (4, "您有 4 件事待办，逾期 3 件")
    assert message.title_en == "4 things to do, 3 overdue"
    assert "更换食堂软管（12月19日前）" in message.body_zh.splitlines()
    assert "更换食堂软管 (by 19 Dec)" in message.body_en.splitlines()
    assert message.url == "/"


def test_whoever_owes_nothing_hears_nothing(cast):
    assert digest_of(cast.actor("zhou")) is None
    run()
    assert list(digests()) == []


def test_nobody_without_an_account_gets_one(kept):
    Account._default_manager.filter(person=kept.clerk.person).update(is_active=False)
    run()
    assert not digests().filter(person=kept.clerk.person).exists()


def test_what_is_no_longer_in_reach_that_morning_is_not_in_it(kept):
    """The clerk's appointments ended yesterday: there is nothing to see, so there is nothing to say."""
    rows = Appointment.objects.everything("a test").filter(person=kept.clerk.person)
    rows.update(ends_on=date(2025, 12, 16))
    run()
    assert not digests().filter(person=kept.clerk.person).exists()


def test_a_late_run_arrives_by_day_but_not_by_night_and_not_for_yesterday(kept):
    run(hour=20)
    run(day=date(2025, 12, 16), hour=9)
    assert list(digests()) == []
    run(hour=11)
    assert set(digests().values_list("arrives_at", flat=True)) == {clock.at(TODAY, 11)}


def test_it_stands_in_the_inbox_of_its_person(kept):
    run()
    with clock.held_at(clock.at(TODAY, 7)):
        assert inbox(actor_for(kept.clerk.person)).count() == 1
