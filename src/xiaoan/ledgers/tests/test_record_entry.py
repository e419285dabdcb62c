"""Recording: by the declaration, in typed rows, journalled and announced, or refused naming the fields."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Malformed, NotFound, NotPermitted, RuleBroken, SameIdOtherContent
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry
from xiaoan.ledgers.acts import record_entry
from xiaoan.ledgers.filling import Filling, ItemDraft
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.models import Entry, EntryPerson, EntryValue, Item
from xiaoan.ledgers.tests.factories import (
    MEETING,
    REVIEW,
    TODAY,
    WATCH,
    a_meeting,
    a_review,
    an_item,
    recorded,
)
from xiaoan.people.tests.factories import a_person, an_appointment


def everything_stored():
    tables = (Entry, EntryValue, EntryPerson, Item, JournalEntry, Announcement)
    return tuple(table._base_manager.count() for table in tables)


def broken(kept, filling, kind=MEETING):
    """The fields that a refusal names; and that it leaves nothing behind."""
    stored = everything_stored()
    with pytest.raises(RuleBroken) as refusal:
        recorded(kept, filling, kind)
    assert everything_stored() == stored
    return set(refusal.value.fields)


def test_an_entry_has_its_day_its_title_and_the_version_it_was_made_by(kept):
    entry = recorded(kept, a_meeting(kept, day=date(2025, 12, 3)))
    assert (entry.kind, entry.happened_on, entry.title) == (MEETING, date(2025, 12, 3), "冬季用火用电")
    assert entry.created_by_id == kept.cast.shen.id
    assert entry.pack_version.edition == "2025-01-06"


def test_every_type_is_kept_in_its_own_column(kept):
    entry = recorded(kept, a_review(kept), REVIEW)
    values = {row.field: (row.text, row.number, row.day, row.choice, row.yes) for row in entry.values.all()}
    assert values == {
        "result": ("", None, None, "passed", None),
        "reviewed": ("", Decimal(4), None, "", None),
        "next_on": ("", None, date(2026, 6, 1), "", None),
        "parents_heard": ("", None, None, "", False),
        "remark": ("夜班加一人", None, None, "", None),
    }
    people = {(row.field, row.name, row.post, row.post_zh) for row in entry.people.all()}
    assert people == {
        ("present", "沈知远", "safety_clerk", "安全干事"),
        ("present", "陈敬之", "vice_head", "副校长"),
    }


def test_a_name_that_was_copied_stays_when_the_person_is_renamed(kept):
    entry = recorded(kept, a_meeting(kept))
    kept.cast.lin.name = "林某"
    kept.cast.lin.save()
    assert entry.people.get().name == "林一鸣"


def test_items_are_numbered_with_post_person_and_due_day(kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept), an_item(kept, "补签值班表", date(2026, 1, 5))))
    rows = entry.items.order_by("number").values_list(
        "number", "text", "person_name", "post", "due_on", "state"
    )
    assert list(rows) == [
        (1, "更换食堂软管", "沈知远", "safety_clerk", date(2025, 12, 31), "open"),
        (2, "补签值班表", "沈知远", "safety_clerk", date(2026, 1, 5), "open"),
    ]


def test_the_journal_keeps_what_was_filled_in(kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept)))
    note = JournalEntry.objects.get(act="ledgers.record_entry")
    assert (note.unit_id, note.object_id) == (kept.cast.school.id, str(entry.id))
    assert json.loads(note.payload.body)["changes"] == {
        "happened_on": [None, "2025-12-17"],
        "chaired_by": [None, ["林一鸣（校长）"]],
        "agenda": [None, "冬季用火用电\n食堂燃气"],
        "items": [None, ["更换食堂软管｜沈知远（安全干事）｜2025-12-31"]],
    }


def test_entry_and_items_are_announced_on_the_days_by_which_they_count(kept):
    Announcement.objects.all().delete()
    recorded(kept, a_meeting(kept, an_item(kept), day=date(2025, 11, 28)))
    told = [
        (row.name, json.loads(row.body)["happened_on"]) for row in Announcement.objects.order_by("sequence")
    ]
    assert told == [("ledgers.EntryRecorded", "2025-11-28"), ("ledgers.ItemAgreed", "2025-12-31")]


def test_required_fields_are_asked_for_all_at_once(kept):
    assert broken(kept, Filling(None, {})) == {"happened_on", "chaired_by", "agenda"}
    assert broken(kept, Filling(TODAY, {"reviewed": None}), REVIEW) == {"result", "reviewed"}


def test_no_and_zero_are_answers(kept):
    entry = recorded(kept, a_review(kept, reviewed=Decimal(0), parents_heard=False), REVIEW)
    assert entry.values.get(field="reviewed").number == 0
    assert entry.values.get(field="parents_heard").yes is False


def test_what_may_stay_empty_leaves_no_row(kept):
    entry = recorded(
        kept, Filling(TODAY, {"result": "failed", "reviewed": Decimal(1), "remark": " "}), REVIEW
    )
    assert set(entry.values.values_list("field", flat=True)) == {"result", "reviewed"}
    assert entry.title == "门卫考核"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("result", "excellent"),
        ("reviewed", Decimal("1.005")),
        ("reviewed", Decimal(10) ** 12),
        ("reviewed", Decimal("NaN")),
        ("remark", "长" * 201),
    ],
)
def test_a_value_that_does_not_fit_its_type_is_named(kept, field, value):
    assert broken(kept, a_review(kept, **{field: value}), REVIEW) == {field}


def test_a_day_is_neither_in_the_future_nor_outside_the_life_of_the_unit(kept):
    school = kept.cast.school
    assert broken(kept, a_meeting(kept, day=date(2025, 12, 18))) == {"happened_on"}
    school.opened_on = date(2025, 3, 20)
    assert broken(kept, a_meeting(kept, day=date(2025, 3, 19))) == {"happened_on"}
    recorded(kept, a_meeting(kept, day=date(2025, 3, 20)))
    school.closed_on = date(2025, 6, 1)
    assert broken(kept, a_meeting(kept, day=date(2025, 6, 1))) == {"happened_on"}
    recorded(kept, a_meeting(kept, day=date(2025, 5, 31)))


def test_who_chairs_held_the_post_here_on_that_day(kept):
    school = kept.cast.school
    former = an_appointment(
        a_person(school, "章又新"),
        school,
        "head_teacher",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 8, 31),
    )
    assert broken(kept, a_meeting(kept, chaired_by=kept.clerk)) == {"chaired_by"}
    assert broken(kept, a_meeting(kept, chaired_by=kept.neighbour_head)) == {"chaired_by"}
    assert broken(kept, a_meeting(kept, chaired_by=former, day=date(2025, 9, 1))) == {"chaired_by"}
    recorded(kept, a_meeting(kept, chaired_by=former, day=date(2025, 8, 31)))


def test_people_are_of_the_unit_on_that_day(kept):
    assert broken(kept, a_review(kept, present=[kept.clerk, kept.neighbour_head]), REVIEW) == {"present"}
    late = an_appointment(
        a_person(kept.cast.school), kept.cast.school, "vice_head", starts_on=date(2025, 12, 1)
    )
    assert broken(kept, a_review(kept, date(2025, 11, 30), present=[late]), REVIEW) == {"present"}


def test_an_item_wants_words_somebody_of_the_unit_and_a_day_not_before_the_meeting(kept):
    wrong = ItemDraft("", kept.neighbour_head, date(2025, 12, 16))
    named = broken(kept, a_meeting(kept, an_item(kept), wrong))
    assert named == {"item-2-text", "item-2-holder", "item-2-due_on"}
    assert broken(kept, a_meeting(kept, ItemDraft("办", None, None))) == {"item-1-holder", "item-1-due_on"}


def test_what_the_kind_does_not_declare_is_malformed(kept):
    with pytest.raises(Malformed):
        recorded(kept, a_meeting(kept, weather="晴"))
    with pytest.raises(Malformed):
        recorded(kept, replace(a_review(kept), items=[an_item(kept)]), REVIEW)


def test_an_unknown_kind_is_not_found(kept):
    with pytest.raises(NotFound):
        recorded(kept, a_meeting(kept), "no_such_kind")


def test_only_the_declared_posts_record(kept):
    """The vice-principal may record by role, but this kind is the clerk's and the head's."""
    with pytest.raises(NotPermitted, match="规则库指定的岗位"):
        recorded(kept, a_meeting(kept), actor=kept.actor("chen"))
    with pytest.raises(NotPermitted, match="规则库指定的岗位"):
        recorded(kept, Filling(TODAY, {"seen": "河水上涨"}), WATCH, actor=kept.actor("lin"))
    recorded(kept, a_meeting(kept), actor=kept.actor("lin"))


@pytest.mark.parametrize("who", ["tang", "gu", "bai", "zhou", "yi"])
def test_nobody_records_for_another_unit(kept, who):
    with pytest.raises(NotPermitted):
        recorded(kept, a_meeting(kept), actor=kept.actor(who))


def test_a_unit_of_another_kind_keeps_no_such_record(kept):
    with pytest.raises(NotPermitted, match="这类单位"):
        recorded(kept, a_meeting(kept), actor=kept.actor("gu"), unit=kept.cast.centre)


def test_the_same_form_twice_is_one_entry_and_other_content_is_refused(kept):
    ask, actor, school = Ask(), kept.actor("shen"), kept.cast.school

    def send(filling):
        kind = kind_in_force(school.district_id, MEETING)
        return record_entry(actor=actor, ask=ask, unit=school, kind=kind, filling=filling)

    first = send(a_meeting(kept))
    assert send(a_meeting(kept)) == first
    with pytest.raises(SameIdOtherContent):
        send(a_meeting(kept, agenda="另一件事"))
    assert Entry.objects.everything("a test").get().title == "冬季用火用电"
