"""Voiding: with a reason, by the head or the safety lead; nothing is deleted."""

import json
from datetime import date

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import FasterHand, NotPermitted, RuleBroken, WrongStep
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry
from xiaoan.ledgers.acts import finish_item, void_entry
from xiaoan.ledgers.models import Entry
from xiaoan.ledgers.tests.factories import TODAY, a_meeting, an_item, recorded


def voided(kept, entry, *, who="lin", reason="重复登记", ask=None):
    return void_entry(actor=kept.actor(who), ask=ask or Ask(), entry=entry, reason=reason)


def test_a_void_entry_keeps_its_content_and_says_why(kept):
    entry = recorded(kept, a_meeting(kept))
    voided(kept, entry)
    stored = Entry.objects.everything("a test").get()
    assert (stored.state, stored.void_reason, stored.values.count()) == ("void", "重复登记", 1)
    changes = json.loads(JournalEntry.objects.get(act="ledgers.void_entry").payload.body)["changes"]
    assert changes == {"state": ["filed", "void"], "void_reason": ["", "重复登记"]}


def test_open_items_go_with_it_and_done_ones_stay_done(kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept), an_item(kept, "补签值班表", date(2026, 1, 5))))
    done, _open = entry.items.order_by("number")
    finish_item(actor=kept.actor("shen"), ask=Ask(), item=done, done_on=TODAY, note="")
    Announcement.objects.all().delete()
    voided(kept, entry)
    assert list(entry.items.order_by("number").values_list("state", flat=True)) == ["done", "void"]
    told = [
        (row.name, json.loads(row.body)["happened_on"]) for row in Announcement.objects.order_by("sequence")
    ]
    assert told == [("ledgers.EntryVoided", "2025-12-17"), ("ledgers.ItemVoided", "2026-01-05")]


@pytest.mark.parametrize("reason", ["", " ", "长" * 201])
def test_voiding_says_why(kept, reason):
    entry = recorded(kept, a_meeting(kept))
    with pytest.raises(RuleBroken) as refusal:
        voided(kept, entry, reason=reason)
    assert set(refusal.value.fields) == {"reason"}


def test_it_is_voided_once_and_a_stale_page_is_told(kept):
    entry = recorded(kept, a_meeting(kept))
    seen = entry.version
    voided(kept, entry)
    with pytest.raises(WrongStep, match="已作废"):
        voided(kept, entry)
    with pytest.raises(FasterHand):
        voided(kept, entry, ask=Ask(seen=seen))


@pytest.mark.parametrize("who", ["shen", "tang", "gu", "bai", "zhou", "yi"])
def test_who_keeps_the_ledger_does_not_void_it(kept, who):
    entry = recorded(kept, a_meeting(kept))
    with pytest.raises(NotPermitted, match="校长、书记或分管负责人"):
        voided(kept, entry, who=who)


def test_the_safety_lead_voids_too(kept):
    assert voided(kept, recorded(kept, a_meeting(kept)), who="chen").is_void
