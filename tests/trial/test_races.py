"""Real threads on a real database: identical sends, and two hands on one record."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.trial.acts import close_note, write_note
from tests.trial.models import Note
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.people.tests.factories import make_cast

HANDS = 8
pytestmark = pytest.mark.django_db(transaction=True)


def together(count: int, deed: Callable[[int], object]) -> list[object]:
    """Run a deed in so many threads that start at one barrier; results or refusals, in order."""
    barrier, results = threading.Barrier(count), [None] * count

    def hand(place: int) -> None:
        barrier.wait()
        try:
            results[place] = deed(place)
        except Conflict as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_eight_identical_sends_make_one_note_and_equal_receipts():
    cast = make_cast()
    actor = cast.actor("shen")
    for round_ in range(5):
        ask = Ask()
        results = together(
            HANDS, lambda _place, ask=ask: write_note(actor=actor, ask=ask, unit=cast.school, text="同一条")
        )
        assert {note.pk for note in results} == {results[0].pk}
        assert Note.objects.everything("a test").count() == round_ + 1
    assert JournalEntry.objects.count() == 5


def test_of_two_hands_one_wins_and_the_other_is_told():
    cast = make_cast()
    note = write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="栏杆松动")
    actors = [cast.actor("lin"), cast.actor("chen")]
    asks = [Ask(seen=note.version), Ask(seen=note.version)]

    def close(place: int) -> object:
        own = Note.objects.visible_to(actors[place]).select_related("unit").get()
        return close_note(actor=actors[place], ask=asks[place], note=own)

    results = together(2, close)

    assert sorted(isinstance(result, Conflict) for result in results) == [False, True]
    assert JournalEntry.objects.filter(act="trial.close_note").count() == 1


def test_parallel_acts_of_a_unit_are_numbered_without_gap():
    cast = make_cast()
    actor = cast.actor("shen")
    together(HANDS, lambda place: write_note(actor=actor, ask=Ask(), unit=cast.school, text=f"第{place}条"))
    numbers = list(JournalEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, HANDS + 1))
    assert first_fault(cast.school.id) is None
