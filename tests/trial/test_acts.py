"""The act: permitted, atomic, idempotent, journalled, announced; tried on notes."""

import json
from uuid import uuid4

import pytest

from tests.trial.acts import close_note, move_note, write_note, write_pair
from tests.trial.models import Note
from xiaoan.foundation.actor import Ask, robot
from xiaoan.foundation.errors import (
    FasterHand,
    NotFound,
    NotPermitted,
    RuleBroken,
    SameIdOtherContent,
    WrongStep,
)
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.foundation.once import ConflictCopy, Submission, canonical
from xiaoan.foundation.permissions import granted
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import an_appointment, appointed


def everything_stored() -> tuple[int, ...]:
    tables = (Note, JournalEntry, Announcement, Submission)
    return tuple(table._base_manager.count() for table in tables)


def test_an_act_leaves_record_journal_event_and_receipt(cast):
    ask = Ask()
    note = write_note(actor=cast.actor("shen"), ask=ask, unit=cast.school, text="栏杆松动")

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.object_id, entry.number) == ("trial.write_note", str(note.pk), 1)
    assert (entry.unit_id, entry.person_id) == (cast.school.id, cast.shen.id)
    assert entry.appointment_id == cast.shen.appointments.get().id
    assert json.loads(entry.payload.body) == {"changes": {"text": [None, "栏杆松动"]}}
    assert Announcement.objects.get().name == "trial.NoteWritten"
    receipt = Submission.objects.get(pk=ask.submission_id)
    assert (receipt.object_id, receipt.journal_number) == (str(note.pk), 1)


def test_the_same_request_again_gets_the_same_record(cast):
    ask, actor = Ask(), cast.actor("shen")
    first = write_note(actor=actor, ask=ask, unit=cast.school, text="栏杆松动")
    stored = everything_stored()

    again = write_note(actor=actor, ask=ask, unit=cast.school, text="栏杆松动")

    assert again == first
    assert everything_stored() == stored


def test_the_same_id_with_other_content_is_refused_and_the_copy_is_kept(cast):
    ask, actor = Ask(), cast.actor("shen")
    write_note(actor=actor, ask=ask, unit=cast.school, text="栏杆松动")
    stored = everything_stored()

    with pytest.raises(SameIdOtherContent):
        write_note(actor=actor, ask=ask, unit=cast.school, text="灯不亮")

    assert everything_stored() == stored
    assert "灯不亮" in ConflictCopy.objects.get(submission_id=ask.submission_id).content


def test_somebody_elses_id_is_not_answered_with_their_record(cast):
    ask = Ask()
    write_note(actor=cast.actor("shen"), ask=ask, unit=cast.school, text="栏杆松动")
    with pytest.raises(SameIdOtherContent):
        write_note(actor=cast.actor("chen"), ask=ask, unit=cast.school, text="栏杆松动")


@pytest.mark.parametrize("who", ["zhou", "tang", "bai", "yi"])
def test_who_is_not_granted_is_refused_and_nothing_is_stored(cast, who):
    stored = everything_stored()
    with pytest.raises(NotPermitted):
        write_note(actor=cast.actor(who), ask=Ask(), unit=cast.school, text="栏杆松动")
    assert everything_stored() == stored


def test_a_broken_rule_leaves_nothing_so_that_the_id_can_be_used_again(cast):
    ask, actor = Ask(), cast.actor("shen")
    with pytest.raises(RuleBroken) as refusal:
        write_note(actor=actor, ask=ask, unit=cast.school, text="")
    assert list(refusal.value.fields) == ["text"]
    assert write_note(actor=actor, ask=ask, unit=cast.school, text="补上了").text == "补上了"


def test_nobody_moves_a_record_out_of_their_own_sight(cast):
    note = write_note(actor=cast.actor("lin"), ask=Ask(), unit=cast.school, text="栏杆松动")
    with pytest.raises(NotFound):
        move_note(actor=cast.actor("lin"), ask=Ask(), note=note, unit=cast.neighbour)
    assert Note.objects.everything("a test").get().unit_id == cast.school.id


def test_an_act_within_an_act_has_its_own_entry_and_an_id_of_its_place(cast):
    ask = Ask()
    write_pair(actor=cast.actor("shen"), ask=ask, unit=cast.school, first="一", second="二")

    acts = list(JournalEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["trial.write_note", "trial.write_note", "trial.write_pair"]
    inner = {ask.inner("trial.write_note:1").submission_id, ask.inner("trial.write_note:2").submission_id}
    assert set(Submission.objects.values_list("id", flat=True)) == inner | {ask.submission_id}


def test_a_refusal_inside_undoes_the_whole_act(cast):
    stored = everything_stored()
    with pytest.raises(RuleBroken):
        write_pair(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, first="一", second="")
    assert everything_stored() == stored


def test_the_writer_does_not_close_their_own_note(cast):
    note = write_note(actor=cast.actor("lin"), ask=Ask(), unit=cast.school, text="栏杆松动")
    with pytest.raises(NotPermitted, match="由他人办结"):
        close_note(actor=cast.actor("lin"), ask=Ask(), note=note)


def test_a_stale_page_is_told_that_somebody_was_faster(cast):
    note = write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="栏杆松动")
    seen = note.version
    close_note(actor=cast.actor("chen"), ask=Ask(seen=seen), note=note)
    stale = Note.objects.everything("a test").get()
    with pytest.raises(FasterHand):
        close_note(actor=cast.actor("lin"), ask=Ask(seen=seen), note=stale)
    with pytest.raises(WrongStep, match="已办结"):
        close_note(actor=cast.actor("lin"), ask=Ask(seen=stale.version), note=stale)


def test_the_machine_acts_only_where_an_act_lists_it_and_names_its_cause(cast):
    machine = robot(district_id=cast.bureau.id, cause="nightly 2025-12-17")
    write_note(actor=machine, ask=Ask(), unit=cast.school, text="自动")
    entry = JournalEntry.objects.get()
    assert (entry.person_id, entry.appointment_id) == (None, None)
    assert json.loads(entry.payload.body)["cause"] == "nightly 2025-12-17"
    with pytest.raises(NotPermitted):
        move_note(actor=machine, ask=Ask(), note=Note.objects.everything("a test").get(), unit=cast.neighbour)


def test_a_journal_verifies_and_names_the_first_entry_that_was_changed(cast):
    for text in "一二三四":
        write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text=text)
    assert first_fault(cast.school.id) is None

    payload = JournalEntry.objects.get(number=3).payload
    assert first_fault(uuid4()) is None
    payload.body = payload.body.replace("三", "五")
    from xiaoan.foundation.guards import journal_unguarded

    with journal_unguarded():
        payload.save()
    assert first_fault(cast.school.id) == "payload of entry 3 was changed"


def test_the_machine_reaches_no_other_district(cast):
    stored = everything_stored()
    machine = robot(district_id=cast.bureau.id, cause="nightly 2025-12-17")
    with pytest.raises(NotFound):
        write_note(actor=machine, ask=Ask(), unit=cast.elsewhere, text="自动")
    assert everything_stored() == stored


def test_the_machine_does_not_act_without_a_cause(cast):
    with pytest.raises(ValueError, match="cause"):
        robot(district_id=cast.bureau.id, cause="")


def test_the_narrowest_appointment_that_covers_the_record_grants_and_is_named(cast):
    """By depth in the tree, whatever the length of a unit's code and the order of appointing."""
    department = a_unit(cast.school, "department", code="D")
    neighbour = a_unit(cast.bureau, code="YH-A-VERY-LONG-CODE-OF-A-SCHOOL")
    person = appointed(neighbour, "safety_officer", "多任职")
    of_department = an_appointment(person, department, "safety_officer")
    of_school = an_appointment(person, cast.school, "principal")
    an_appointment(person, cast.bureau, "principal")
    write_note(actor=actor_for(person), ask=Ask(), unit=department, text="一")
    write_note(actor=actor_for(person), ask=Ask(), unit=cast.school, text="二")
    granting = dict(JournalEntry.objects.values_list("unit_id", "appointment_id"))
    assert granting == {department.id: of_department.id, cast.school.id: of_school.id}


def test_an_appointment_above_the_record_is_narrower_than_oversight_of_the_district(cast):
    an_appointment(cast.gu, cast.school, "principal")
    verdict = granted(cast.actor("gu"), "foundation.read_originals", cast.school)
    assert verdict.posting.post == "principal"
    assert (
        granted(cast.actor("gu"), "foundation.read_originals", cast.neighbour).posting.post == "centre_head"
    )


def test_a_repeat_tells_nothing_to_who_no_longer_sees_the_record(cast):
    ask, actor = Ask(), cast.actor("shen")
    note = write_note(actor=actor, ask=ask, unit=cast.school, text="栏杆松动")
    Note.objects.everything("a test").filter(pk=note.pk).update(unit=cast.neighbour, created_by=cast.tang)
    stored = everything_stored()
    with pytest.raises(NotFound):
        write_note(actor=actor, ask=ask, unit=cast.school, text="栏杆松动")
    assert everything_stored() == stored


def test_an_inner_id_that_was_used_before_is_refused_as_other_content(cast):
    ask, actor = Ask(), cast.actor("shen")
    write_note(actor=actor, ask=ask.inner("trial.write_note:1"), unit=cast.school, text="别的")
    stored = everything_stored()
    with pytest.raises(SameIdOtherContent):
        write_pair(actor=actor, ask=ask, unit=cast.school, first="一", second="二")
    assert everything_stored() == stored


def test_content_without_an_order_is_written_in_one():
    assert canonical({"b", "a", "c"}) == canonical(frozenset({"c", "b", "a"})) == '["a","b","c"]'
