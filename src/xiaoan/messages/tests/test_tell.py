"""Telling: once for each cause, in both languages, to those who may see the thing, at a decent hour."""

from datetime import date

import pytest
from django.utils import translation

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted
from xiaoan.foundation.journal import JournalEntry
from xiaoan.messages.acts import tell
from xiaoan.messages.models import URGING, Notice
from xiaoan.messages.queries import inbox
from xiaoan.messages.tests.factories import a_notice, all_messages, told
from xiaoan.people.models import Appointment

DAY = date(2025, 12, 17)


def names_told():
    return sorted(all_messages().values_list("person__name", flat=True))


def test_a_cause_that_comes_twice_tells_once(cast):
    ask = Ask()
    for _time in range(2):
        told([cast.shen, cast.lin, cast.shen], cast.shen, ask=ask)
    assert names_told() == ["林一鸣", "沈知远"]
    assert JournalEntry.objects.filter(act="messages.tell").count() == 1


def test_another_cause_tells_again(cast):
    told([cast.shen], cast.shen)
    told([cast.shen], cast.shen)
    assert names_told() == ["沈知远", "沈知远"]


def test_who_may_not_see_the_thing_hears_nothing(cast):
    """Zhou sees himself, Tang her own school, Yi another district; the principal sees everybody of the school."""
    appointment = Appointment.objects.everything("a test").get(person=cast.shen)
    told([cast.lin, cast.zhou, cast.tang, cast.yi], appointment)
    assert names_told() == ["林一鸣"]


def test_nobody_writes_into_an_inbox_by_hand(cast):
    with pytest.raises(NotPermitted):
        tell(
            actor=cast.actor("lin"),
            ask=Ask(),
            unit=cast.school,
            people=[cast.shen],
            about=cast.shen,
            notice=a_notice(),
        )
    assert names_told() == []


def test_a_message_speaks_the_language_of_whoever_reads_it(cast):
    told([cast.shen], cast.shen)
    message = all_messages().get()
    assert message.kind == "催办"
    with translation.override("en"):
        assert message.kind == "Reminder"


def test_a_notice_leads_to_no_other_site():
    for url in ("https://example.org/", "//example.org/", "javascript:alert(1)", ""):
        with pytest.raises(ValueError, match="no path"):
            Notice.of(kind=URGING, title="题", url=url)


def test_a_long_title_is_cut_to_one_line():
    notice = Notice.of(kind=URGING, title="长" * 500, url="/")
    assert (len(notice.title.zh), notice.title.zh[-1]) == (160, "…")


@pytest.mark.parametrize(
    ("told_at", "urgent", "arrives_at"),
    [
        (clock.at(DAY, 9), False, clock.at(date(2025, 12, 18), 7)),
        (clock.at(DAY, 6, 59), False, clock.at(DAY, 7)),
        (clock.at(DAY, 7), False, clock.at(date(2025, 12, 18), 7)),
        (clock.at(DAY, 22), False, clock.at(date(2025, 12, 18), 7)),
        (clock.at(DAY, 9), True, clock.at(DAY, 9)),
        (clock.at(DAY, 22), True, clock.at(DAY, 22)),
        (clock.at(DAY, 3), True, clock.at(DAY, 3)),
    ],
)
def test_only_what_is_urgent_does_not_wait_for_the_morning(cast, told_at, urgent, arrives_at):
    with clock.held_at(told_at):
        told([cast.shen], cast.shen, urgent=urgent)
    assert all_messages().get().arrives_at == arrives_at


def test_what_waits_stands_in_no_inbox_before_its_hour(cast):
    told([cast.shen], cast.shen)
    assert inbox(cast.actor("shen")).count() == 0
    with clock.held_at(clock.at(date(2025, 12, 18), 7)):
        assert inbox(cast.actor("shen")).count() == 1


def test_an_inbox_is_read_by_its_person_only(cast):
    told([cast.shen], cast.shen, urgent=True)
    readers = [
        name for name in ("shen", "lin", "chen", "bai", "gu", "yi") if inbox(cast.actor(name)).exists()
    ]
    assert readers == ["shen"]
