from django.core.files.uploadedfile import UploadedFile

from tests.trial.models import Note
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.attachments.keeping import StoredFile, attach
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.events import Event, event
from xiaoan.foundation.lifecycle import Lifecycle, Move
from xiaoan.foundation.permissions import Denied, Verdict, granted
from xiaoan.foundation.records import change_guarded
from xiaoan.organisations.models import Unit


@event("trial.NoteWritten")
class NoteWritten(Event):
    """A note was written."""


def may_write_note(actor: Actor, unit: Unit) -> Verdict:
    return granted(actor, "trial.write_note", unit)


def may_write_pair(actor: Actor, unit: Unit) -> Verdict:
    return granted(actor, "trial.write_pair", unit)


def may_close_note(actor: Actor, note: Note) -> Verdict:
    if note.created_by_id == actor.person_id:
        return Denied("自己写的由他人办结。")
    return granted(actor, "trial.close_note", note)


def may_move_note(actor: Actor, note: Note) -> Verdict:
    return granted(actor, "trial.move_note", note)


LIFECYCLE = Lifecycle(
    states={"open": "办理中", "closed": "已办结"},
    moves=(Move("close", frozenset({"open"}), "closed", may_close_note, "办结", robot=True),),
)


@act(may=may_write_note, robot=True)
def write_note(*, actor: Actor, ask: Ask, unit: Unit, text: str) -> Outcome[Note]:
    if not text:
        raise RuleBroken({"text": ["请填写内容。"]})
    note = Note.objects.create(
        district_id=unit.district_id, unit=unit, created_by_id=actor.person_id, text=text
    )
    written = NoteWritten(
        district_id=unit.district_id, unit_id=unit.id, record_id=note.id, happened_on=clock.today()
    )
    return Outcome(note, {"text": [None, text]}, (written,))


@act(may=may_write_pair)
def write_pair(*, actor: Actor, ask: Ask, unit: Unit, first: str, second: str) -> Outcome[Note]:
    """Two notes or none: an act that calls acts."""
    note = write_note(actor=actor, ask=ask, unit=unit, text=first)
    write_note(actor=actor, ask=ask, unit=unit, text=second)
    return Outcome(note)


@act(may=may_write_pair)
def write_in_both(*, actor: Actor, ask: Ask, unit: Unit, other: Unit) -> Outcome[Note]:
    """A note in each of two units, in the order that was asked for."""
    note = write_note(actor=actor, ask=ask, unit=unit, text="一")
    write_note(actor=actor, ask=ask, unit=other, text="二")
    return Outcome(note)


@act(may=may_close_note, robot=True)
def close_note(*, actor: Actor, ask: Ask, note: Note) -> Outcome[Note]:
    return Outcome(note, LIFECYCLE.go(note, "close", actor=actor, ask=ask))


@act(may=may_move_note)
def move_note(*, actor: Actor, ask: Ask, note: Note, unit: Unit) -> Outcome[Note]:
    changes = change_guarded(note, seen=ask.seen, unit=unit)
    return Outcome(note, {name: [str(old), str(new)] for name, (old, new) in changes.items()})


def may_illustrate_note(actor: Actor, note: Note) -> Verdict:
    return granted(actor, "trial.illustrate_note", note)


@act(may=may_illustrate_note)
def illustrate_note(
    *, actor: Actor, ask: Ask, note: Note, uploads: list[UploadedFile | StoredFile], watermark: str = ""
) -> Outcome[Note]:
    photos = attach(actor=actor, owner=note, uploads=uploads, purpose="photo", watermark=watermark)
    return Outcome(note, {"photos": [None, [photo.sha256 for photo in photos]]})
