"""A database that cannot be written to now: 503 in words, what was typed stays, nothing is half stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.trial.acts import write_note
from tests.trial.models import Note
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import CannotStore
from xiaoan.foundation.journal import JournalEntry
from xiaoan.foundation.once import Submission
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import MEETING, keeping
from xiaoan.people.models import SignInDelay
from xiaoan.people.tests.factories import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
IS_SQLITE = connection.vendor == "sqlite"


@contextmanager
def another_writes(table: str = "fnd_submission") -> Iterator[None]:
    """Somebody else holds the database (PostgreSQL: one table) for longer than we wait."""
    other = connection.copy()
    begin = "BEGIN IMMEDIATE" if IS_SQLITE else f"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"
    impatient = "PRAGMA busy_timeout = 50" if IS_SQLITE else "SET lock_timeout = '50ms'"
    patient = "PRAGMA busy_timeout = 20000" if IS_SQLITE else "SET lock_timeout = 0"
    try:
        with other.cursor() as cursor:
            cursor.execute(begin)
        with connection.cursor() as cursor:
            cursor.execute(impatient)
        yield
    finally:
        with other.cursor() as cursor:
            cursor.execute("ROLLBACK")
        other.close()
        with connection.cursor() as cursor:
            cursor.execute(patient)


@contextmanager
def a_full_disk() -> Iterator[None]:
    """The file may not grow by another page."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


def test_an_act_waits_no_longer_than_it_must_and_its_id_stays_free():
    cast = make_cast()
    actor, ask = cast.actor("shen"), Ask()
    with another_writes(), pytest.raises(CannotStore):
        write_note(actor=actor, ask=ask, unit=cast.school, text="栏杆松动")
    assert not Submission.objects.exists()
    assert write_note(actor=actor, ask=ask, unit=cast.school, text="栏杆松动").text == "栏杆松动"


@pytest.mark.skipif(not IS_SQLITE, reason="PostgreSQL tells a full disk by the same kind of error as a lock")
def test_a_full_disk_is_told_in_words_and_leaves_nothing_half_stored():
    cast = make_cast()
    actor = cast.actor("shen")
    with a_full_disk(), pytest.raises(CannotStore):
        _write_in_one_transaction(cast, 1_000)
    assert (Note.objects.everything("a test").count(), JournalEntry.objects.count()) == (0, 0)
    write_note(actor=actor, ask=Ask(), unit=cast.school, text="又能保存了")


def _write_in_one_transaction(cast, number: int) -> None:
    """More than the pages at hand can hold."""
    with transaction.atomic():
        for _each in range(number):
            write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="栏杆松动" * 40)


def test_a_form_keeps_what_was_typed(client):
    kept = keeping(make_cast())
    client.force_login(kept.cast.shen.account)
    typed = {
        "entry-happened_on": "2025-12-16",
        "entry-chaired_by": str(kept.head.id),
        "entry-agenda": "冬季用火用电",
        "submission_id": str(uuid4()),
        "seen": "",
    }
    address = f"/ledgers/kinds/{MEETING}/record/"
    with another_writes():
        answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 503
    words = ("系统暂时无法保存", "冬季用火用电", typed["submission_id"])
    assert [each for each in words if each not in page] == []
    assert Entry.objects.everything("a test").count() == 0
    assert client.post(address, typed).status_code == 303


def test_whatever_cannot_be_stored_beside_an_act_is_told_too(client):
    """The delay of a log-in is written outside any act."""
    client.raise_request_exception = False
    cast = make_cast()
    form = {"username": cast.shen.staff_no, "password": "wrong"}
    with another_writes(SignInDelay._meta.db_table):
        answer = client.post("/login/", form)
    assert (answer.status_code, "系统暂时不能保存" in answer.content.decode()) == (503, True)


def test_a_fault_of_ours_is_no_lack_of_space(client):
    client.raise_request_exception = False
    cast = make_cast()
    client.force_login(cast.shen.account)
    with connection.cursor() as cursor, _renamed(cursor, "ppl_appointment"):
        assert client.get("/").status_code == 500


@contextmanager
def _renamed(cursor, table: str) -> Iterator[None]:
    """A table is missing."""
    cursor.execute(f"ALTER TABLE {table} RENAME TO away")
    yield
    cursor.execute(f"ALTER TABLE away RENAME TO {table}")
