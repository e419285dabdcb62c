"""The inbox: what is new first, one press opens and marks read, and nobody else's business."""

import re

import pytest
from django.urls import reverse

from xiaoan.foundation import clock
from xiaoan.foundation.journal import JournalEntry
from xiaoan.messages.models import MessageState
from xiaoan.messages.queries import COUNTED_TO, unread_count
from xiaoan.messages.tests.factories import a_message, all_messages, told

INBOX = "/messages/"
BELL = re.compile(r'<div class="bell">(.*?)</div>', re.DOTALL)


def page(client, person, path=INBOX):
    client.force_login(person.account)
    return client.get(path).content.decode()


def bell(html):
    """The words of the bell."""
    return re.sub(r"<[^>]*>", " ", BELL.search(html)[1]).split()


def opened(client, person, message):
    client.force_login(person.account)
    return client.post(reverse("messages:open", args=[message.pk]))


def test_one_press_opens_what_it_is_about_and_marks_it_read(client, cast):
    message = a_message(cast.shen)
    answer = opened(client, cast.shen, message)
    message.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/me/")
    assert (message.state, message.read_at) == (MessageState.READ, clock.now())


def test_reading_again_keeps_the_first_time(client, cast):
    message = a_message(cast.shen)
    opened(client, cast.shen, message)
    with clock.held_at(clock.at(clock.today(), 15)):
        opened(client, cast.shen, message)
    message.refresh_from_db()
    assert message.read_at == clock.now()


def test_a_page_that_is_only_looked_at_marks_nothing(client, cast):
    message = a_message(cast.shen)
    page(client, cast.shen)
    assert client.get(reverse("messages:open", args=[message.pk])).status_code == 405
    message.refresh_from_db()
    assert message.is_new


@pytest.mark.parametrize("reader", ["lin", "chen", "bai", "tang", "yi"])
def test_another_persons_message_is_not_there(client, cast, reader):
    message = a_message(cast.shen)
    assert opened(client, getattr(cast, reader), message).status_code == 404
    assert "食堂后厨" not in page(client, getattr(cast, reader))
    message.refresh_from_db()
    assert message.is_new


def test_what_waits_for_the_morning_is_not_there(client, cast):
    told([cast.shen], cast.shen)
    assert opened(client, cast.shen, all_messages().get()).status_code == 404
    assert "还没有消息" in page(client, cast.shen)


def test_what_is_new_comes_first_then_the_latest(client, cast):
    hours = (8, 7, 6)
    messages = [a_message(cast.shen, arrives_at=clock.at(clock.today(), hour)) for hour in hours]
    opened(client, cast.shen, messages[0])
    html = page(client, cast.shen)
    order = [html.index(str(messages[place].pk)) for place in (1, 2, 0)]
    assert order == sorted(order)


def test_all_of_ones_own_are_marked_at_once_and_nobody_elses(client, cast):
    for person in (cast.shen, cast.shen, cast.lin):
        a_message(person)
    told([cast.shen], cast.shen)
    client.force_login(cast.shen.account)
    assert client.post(reverse("messages:read_all")).url == INBOX
    new = all_messages().filter(state=MessageState.NEW)
    assert sorted(new.values_list("person__name", flat=True)) == ["林一鸣", "沈知远"]


def test_the_bell_counts_what_is_new_on_every_page(client, cast):
    assert bell(page(client, cast.shen, "/me/")) == ["消息"]
    message = a_message(cast.shen)
    a_message(cast.shen)
    assert bell(page(client, cast.shen, "/me/")) == ["消息", "2", "2", "条未读"]
    opened(client, cast.shen, message)
    assert bell(page(client, cast.shen)) == ["消息", "1", "1", "条未读"]


def test_the_bell_stops_counting_at_a_hundred(client, cast):
    first = a_message(cast.shen)
    for number in range(COUNTED_TO):
        first.pk, first.cause = None, f"00000000-0000-7000-8000-{number:012d}"
        first.id = first._meta.pk.get_default()
        first.save(force_insert=True)
    assert unread_count(cast.actor("shen")) == COUNTED_TO
    assert bell(page(client, cast.shen))[1] == "99+"


def test_reading_leaves_no_trace_that_a_superior_could_find(client, cast):
    message = a_message(cast.shen)
    before = JournalEntry.objects.count()
    opened(client, cast.shen, message)
    client.post(reverse("messages:read_all"))
    assert JournalEntry.objects.count() == before


def test_nothing_is_marked_for_whoever_lost_their_posts(client, cast):
    """Without an appointment there is no inbox."""
    message = a_message(cast.shen)
    cast.shen.appointments.all().delete()
    assert opened(client, cast.shen, message).status_code == 404
    assert "还没有消息" in page(client, cast.shen)


def test_an_urgent_message_says_so(client, cast):
    a_message(cast.shen)
    assert "紧急" in page(client, cast.shen)
