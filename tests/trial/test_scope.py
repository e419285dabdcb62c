"""The door: what a person sees follows from today's appointments; nothing else does."""

from datetime import date

import pytest

from tests.trial.acts import write_note
from tests.trial.models import Note
from xiaoan.foundation.actor import Ask
from xiaoan.people.queries import actor_for


@pytest.fixture
def notes(cast):
    mine = write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="本校")
    theirs = write_note(actor=cast.actor("tang"), ask=Ask(), unit=cast.neighbour, text="邻校")
    far = write_note(actor=cast.actor("yi"), ask=Ask(), unit=cast.elsewhere, text="外区")
    return {"mine": mine, "theirs": theirs, "far": far}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("lin", {"mine"}),
        ("shen", {"mine"}),
        ("zhou", set()),
        ("tang", {"theirs"}),
        ("bai", {"mine", "theirs"}),
        ("gu", {"mine", "theirs"}),
        ("yi", {"far"}),
    ],
)
def test_each_sees_what_their_appointments_cover(cast, notes, who, seen):
    visible = set(Note.objects.visible_to(cast.actor(who)))
    assert visible == {notes[name] for name in seen}


def test_sight_ends_with_the_appointment(cast, notes):
    cast.lin.appointments.update(ends_on=date(2025, 12, 16))
    assert list(Note.objects.visible_to(actor_for(cast.lin))) == []
    assert set(Note.objects.visible_to(actor_for(cast.lin, date(2025, 12, 16)))) == {notes["mine"]}


def test_a_centre_that_does_not_oversee_the_district_sees_only_itself(cast, notes):
    cast.centre.oversees = False
    cast.centre.save()
    assert list(Note.objects.visible_to(cast.actor("gu"))) == []
