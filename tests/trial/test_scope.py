"""The door: what a person sees follows from today's appointments; nothing else does."""

from datetime import date

import pytest

from tests.trial.acts import close_note, write_note
from tests.trial.models import Note
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted
from xiaoan.organisations.models import UnitKind
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed


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


def a_partner(district, name):
    """Somebody of a unit that works with the bureau, and that unit."""
    unit = a_unit(district, UnitKind.PARTNER, name=f"{name}所")
    return actor_for(appointed(unit, "partner", name)), unit


def referred(note, unit):
    note.handled_by = unit
    note.save()


def test_a_record_referred_to_a_unit_is_in_its_sight_and_in_its_hands_until_it_goes_back(cast, notes):
    market, its_unit = a_partner(cast.bureau, "市场监管")
    fire, _other = a_partner(cast.bureau, "消防")
    referred(notes["mine"], its_unit)
    assert list(Note.objects.visible_to(market)) == [notes["mine"]]
    assert list(Note.objects.visible_to(fire)) == []
    with pytest.raises(NotPermitted):
        close_note(actor=fire, ask=Ask(), note=notes["mine"])

    closed = close_note(actor=market, ask=Ask(), note=notes["mine"])
    assert closed.state == "closed"
    referred(notes["mine"], None)
    assert list(Note.objects.visible_to(market)) == []


def test_what_is_referred_by_another_district_stays_there(cast, notes):
    partner, its_unit = a_partner(cast.bureau, "市场监管")
    referred(notes["far"], its_unit)
    assert list(Note.objects.visible_to(partner)) == []
    with pytest.raises(NotPermitted):
        close_note(actor=partner, ask=Ask(), note=notes["far"])


def test_a_record_referred_to_a_unit_is_not_its_units_above_or_below(cast, notes):
    partner, its_unit = a_partner(cast.bureau, "市场监管")
    below = actor_for(appointed(a_unit(its_unit, UnitKind.PARTNER, name="一科"), "partner", "科员"))
    referred(notes["mine"], its_unit)
    assert list(Note.objects.visible_to(below)) == []
    assert list(Note.objects.visible_to(partner)) == [notes["mine"]]
