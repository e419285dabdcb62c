"""Events reach their reactions: at least once, in order per record, effects in the database exactly once."""

import signal
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tests.trial import reactions
from tests.trial.acts import NoteWritten, write_note
from tests.trial.models import Echo, Note
from tests.trial.processes import a_worker, killed, stopped, wait_for
from tests.trial.test_races import together
from xiaoan.foundation import delivery
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.events import Announcement, Event, announce, event
from xiaoan.foundation.journal import JournalEntry
from xiaoan.people.tests.factories import make_cast


class Grade(StrEnum):
    GENERAL = "general"


@event("trial.Measured")
@dataclass(frozen=True, kw_only=True)
class Measured(Event):
    """An event with a value of each kind."""

    at: datetime
    until: date | None
    amount: Decimal
    grade: Grade
    places: tuple[UUID, ...]
    urgent: bool = False


@pytest.fixture(autouse=True)
def _nothing_is_broken():
    yield
    reactions.BROKEN.clear()


def said(record_id: UUID, times: int = 1) -> list[UUID]:
    """Announce so many events of a record, as acts would; their ids in order."""
    ids = [uuid4() for _ in range(times)]
    written = NoteWritten(
        district_id=uuid4(), unit_id=uuid4(), record_id=record_id, happened_on=date(2025, 12, 17)
    )
    announce([(event_id, written) for event_id in ids])
    return ids


def echoes() -> list[UUID]:
    rows = Echo.objects.filter(place="reaction").order_by("id")
    return list(rows.values_list("event_id", flat=True))


def make_due() -> None:
    """Let the waits of failed announcements pass."""
    Announcement.objects.filter(try_after__isnull=False).update(
        try_after=machine_now() - timedelta(seconds=1)
    )


def test_an_event_comes_back_from_the_outbox_as_it_was_announced(db):
    measured = Measured(
        district_id=uuid4(),
        unit_id=uuid4(),
        record_id=uuid4(),
        happened_on=date(2025, 12, 17),
        at=datetime(2025, 12, 17, 1, 0, tzinfo=UTC),
        until=None,
        amount=Decimal("12.50"),
        grade=Grade.GENERAL,
        places=(uuid4(), uuid4()),
    )
    announce([(uuid4(), measured)])
    assert delivery.rebuilt(Announcement.objects.get()) == measured


def test_a_reaction_acts_in_the_name_of_the_machine_with_an_id_of_its_event(cast):
    note = write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="请办结")
    assert delivery.deliver_pending() == 1
    note.refresh_from_db()
    assert note.state == "closed"
    entry = JournalEntry.objects.get(act="trial.close_note")
    announcement = Announcement.objects.get()
    assert f"trial.NoteWritten {announcement.event_id}" in entry.payload.body


def test_a_second_delivery_changes_nothing_that_an_act_did(cast):
    write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="请办结")
    delivery.deliver_pending()
    Announcement.objects.update(delivered_at=None)
    delivery.deliver_pending()
    assert JournalEntry.objects.filter(act="trial.close_note").count() == 1


def test_what_is_delivered_is_not_delivered_again(db):
    said(uuid4(), 3)
    assert delivery.deliver_pending() == 3
    assert delivery.deliver_pending() == 0


def test_an_act_that_is_undone_announces_nothing(cast):
    with transaction.atomic():
        write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="不算数")
        transaction.set_rollback(True)
    assert delivery.deliver_pending() == 0
    assert Note.objects.everything("a test").count() == 0


def test_a_failing_reaction_keeps_nothing_and_holds_back_its_own_record_only(db):
    broken, sound = uuid4(), uuid4()
    reactions.BROKEN.add(broken)
    first, second = said(broken, 2)
    (other,) = said(sound)

    assert delivery.deliver_pending() == 2

    assert echoes() == [other]
    row = Announcement.objects.get(event_id=first)
    assert (row.attempts, row.delivered_at) == (1, None)
    assert "this record's reaction is broken" in row.last_error
    assert row.try_after > machine_now()
    assert Announcement.objects.get(event_id=second).attempts == 0


def test_after_the_repair_the_record_goes_on_in_order(db):
    broken = uuid4()
    reactions.BROKEN.add(broken)
    ids = said(broken, 3)
    delivery.deliver_pending()
    reactions.BROKEN.clear()
    assert delivery.deliver_pending() == 0  # its time has not come
    make_due()
    assert delivery.deliver_pending() == 3
    assert echoes() == ids


def test_waits_grow_and_end_within_an_hour():
    from xiaoan.foundation.job_queue import wait_after

    waits = [wait_after(attempts).total_seconds() for attempts in (1, 2, 3, 20)]
    assert waits == [2, 4, 8, 3600]


def test_an_event_that_never_succeeds_is_given_up_loudly_and_not_lost(db, caplog):
    broken = uuid4()
    reactions.BROKEN.add(broken)
    poison, after = said(broken, 2)
    for _ in range(delivery.MOST_ATTEMPTS):
        make_due()
        delivery.deliver_pending()

    assert [row.event_id for row in delivery.given_up()] == [poison]
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors == [f"event given up after 12 tries: trial.NoteWritten {poison}"]
    assert Announcement.objects.get(event_id=after).attempts == 1  # the record goes on without it
    reactions.BROKEN.clear()
    make_due()
    assert delivery.deliver_pending() == 1
    delivery.try_again(delivery.given_up().get().sequence)
    assert delivery.deliver_pending() == 1
    assert echoes() == [after, poison]


def test_an_event_that_nobody_declares_is_a_failure_in_words(db):
    said(uuid4())
    Announcement.objects.update(name="trial.Forgotten")
    delivery.deliver_pending()
    assert "UnknownEventError: trial.Forgotten" in Announcement.objects.get().last_error


def test_draining_is_loud_about_a_failure(db):
    broken = uuid4()
    reactions.BROKEN.add(broken)
    said(broken)
    with pytest.raises(delivery.ReactionFailedError):
        delivery.drain()


@pytest.mark.django_db(transaction=True)
def test_four_workers_deliver_each_event_once_and_in_order():
    records = [uuid4() for _ in range(5)]
    ids = {record: [] for record in records}
    for _ in range(6):
        for record in records:
            ids[record] += said(record)

    def deliver(_place: int) -> None:
        while Announcement.objects.filter(delivered_at=None).exists():
            delivery.deliver_pending()

    together(4, deliver)

    arrived = {record: [] for record in records}
    for echo in Echo.objects.order_by("id"):
        arrived[echo.record_id].append(echo.event_id)
    assert arrived == ids


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_during_a_reaction_loses_nothing_and_doubles_nothing():
    cast = make_cast()
    note = write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="请办结")
    assert killed(a_worker(dies_at="reaction")) == -signal.SIGKILL
    assert echoes() == []
    assert Announcement.objects.get().delivered_at is None

    successor = a_worker()
    wait_for(lambda: not Announcement.objects.filter(delivered_at=None).exists())
    assert stopped(successor) == 0
    assert echoes() == [Announcement.objects.get().event_id]
    note.refresh_from_db()
    assert note.state == "closed"
