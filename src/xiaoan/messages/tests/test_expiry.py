"""Read messages expire after 180 days, and the journal keeps how many."""

from datetime import timedelta

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.messages import acts
from xiaoan.messages.acts import delete_read_messages
from xiaoan.messages.jobs import expire
from xiaoan.messages.models import MessageState
from xiaoan.messages.tests.factories import a_message, all_messages


def read_days_ago(person, days):
    """A message that its person read so many days ago."""
    return a_message(person, state=MessageState.READ, read_at=clock.now() - timedelta(days=days))


def counts():
    entries = JournalEntry.objects.filter(act="messages.delete_read_messages").order_by("at", "number")
    return [entry.payload.body for entry in entries]


def test_only_what_was_read_long_ago_goes(cast):
    read_days_ago(cast.shen, 182)
    kept = {
        read_days_ago(cast.shen, 179).pk,
        a_message(cast.shen, created_at=clock.at(clock.today()) - timedelta(days=400)).pk,
    }
    expire.body("2025-12-17")
    assert set(all_messages().values_list("pk", flat=True)) == kept


def test_each_district_keeps_its_own_count_and_its_journal_verifies(cast):
    for person in (cast.shen, cast.lin, cast.yi):
        read_days_ago(person, 200)
    expire.body("2025-12-17")
    entries = JournalEntry.objects.filter(act="messages.delete_read_messages")
    assert sorted((entry.unit_id, "[0,2]" in entry.payload.body) for entry in entries) == sorted(
        [(cast.bureau.pk, True), (cast.elsewhere.district_id, False)]
    )
    assert first_fault(cast.bureau.pk) is None


def test_a_night_with_nothing_to_delete_writes_nothing(cast):
    read_days_ago(cast.shen, 10)
    expire.body("2025-12-17")
    assert counts() == []


def test_many_go_in_several_short_acts(cast, monkeypatch):
    monkeypatch.setattr(acts, "MOST_DELETED", 2)
    for _number in range(5):
        read_days_ago(cast.shen, 200)
    expire.body("2025-12-17")
    assert all_messages().count() == 0
    assert len(counts()) == 3


def test_nobody_deletes_by_hand(cast):
    with pytest.raises(NotPermitted):
        delete_read_messages(actor=cast.actor("lin"), ask=Ask(), district=cast.bureau, before=clock.now())
