"""Correcting: a new act with a reason; what stood there stays in the journal."""

import json
from datetime import date

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import FasterHand, NotPermitted, RuleBroken, WrongStep
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry
from xiaoan.ledgers.acts import correct_entry, void_entry
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import REVIEW, a_meeting, a_review, an_item, recorded


def corrected(kept, entry, filling, *, reason="日期写错", who="shen", ask=None):
    return correct_entry(actor=kept.actor(who), ask=ask or Ask(), entry=entry, filling=filling, reason=reason)


def test_the_entry_says_the_new_and_the_journal_the_old(kept):
    entry = recorded(kept, a_meeting(kept))
    corrected(kept, entry, a_meeting(kept, day=date(2025, 12, 10), agenda="用电检查"))

    stored = Entry.objects.everything("a test").get()
    assert (stored.happened_on, stored.title, stored.version) == (date(2025, 12, 10), "用电检查", 2)
    assert stored.values.get().text == "用电检查"
    changes = json.loads(JournalEntry.objects.get(act="ledgers.correct_entry").payload.body)["changes"]
    assert changes == {
        "happened_on": ["2025-12-17", "2025-12-10"],
        "agenda": ["冬季用火用电\n食堂燃气", "用电检查"],
        "correction-reason": [None, "日期写错"],
    }


def test_every_type_can_be_corrected_and_emptied(kept):
    entry = recorded(kept, a_review(kept), REVIEW)
    corrected(kept, entry, a_review(kept, remark="", present=[kept.clerk], parents_heard=True))
    assert entry.values.get(field="parents_heard").yes is True
    assert not entry.values.filter(field="remark").exists()
    assert [row.name for row in entry.people.all()] == ["沈知远"]
    changes = json.loads(JournalEntry.objects.get(act="ledgers.correct_entry").payload.body)["changes"]
    assert set(changes) == {"remark", "present", "parents_heard", "correction-reason"}


def test_both_days_are_announced_when_the_day_moves(kept):
    entry = recorded(kept, a_meeting(kept))
    Announcement.objects.all().delete()
    corrected(kept, entry, a_meeting(kept, day=date(2025, 9, 30)))
    days = [json.loads(row.body)["happened_on"] for row in Announcement.objects.order_by("sequence")]
    assert days == ["2025-09-30", "2025-12-17"]


def test_items_may_be_added_and_go_on_counting(kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept)))
    corrected(kept, entry, a_meeting(kept, an_item(kept, "补签值班表")), reason="漏记一件")
    assert list(entry.items.order_by("number").values_list("number", "text")) == [
        (1, "更换食堂软管"),
        (2, "补签值班表"),
    ]


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_correction_says_why(kept, reason):
    entry = recorded(kept, a_meeting(kept))
    with pytest.raises(RuleBroken) as refusal:
        corrected(kept, entry, a_meeting(kept, agenda="用电检查"), reason=reason)
    assert set(refusal.value.fields) == {"correction-reason"}


def test_a_correction_changes_something(kept):
    entry = recorded(kept, a_review(kept), REVIEW)
    with pytest.raises(RuleBroken, match="没有改动"):
        corrected(kept, entry, a_review(kept))
    assert Entry.objects.everything("a test").get().version == 1


def test_a_correction_fits_the_declaration_as_a_record_does(kept):
    entry = recorded(kept, a_meeting(kept))
    with pytest.raises(RuleBroken) as refusal:
        corrected(kept, entry, a_meeting(kept, day=date(2025, 12, 18), agenda=""))
    assert set(refusal.value.fields) == {"happened_on", "agenda"}


def test_a_stale_page_is_told_and_a_void_entry_stays_as_it_is(kept):
    entry = recorded(kept, a_meeting(kept))
    seen = entry.version
    corrected(kept, entry, a_meeting(kept, agenda="甲"))
    with pytest.raises(FasterHand):
        corrected(kept, entry, a_meeting(kept, agenda="乙"), ask=Ask(seen=seen))
    void_entry(actor=kept.actor("lin"), ask=Ask(), entry=entry, reason="重复登记")
    with pytest.raises(WrongStep, match="已作废"):
        corrected(kept, entry, a_meeting(kept, agenda="丙"))


@pytest.mark.parametrize("who", ["chen", "tang", "gu", "zhou", "yi"])
def test_only_the_declared_posts_of_the_unit_correct(kept, who):
    entry = recorded(kept, a_meeting(kept))
    with pytest.raises(NotPermitted):
        corrected(kept, entry, a_meeting(kept, agenda="甲"), who=who)
