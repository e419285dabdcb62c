"""Finishing a 议定事项: by who is responsible, on a day that can be."""

from datetime import date

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import FasterHand, NotPermitted, RuleBroken, WrongStep
from xiaoan.ledgers.acts import finish_item
from xiaoan.ledgers.filling import ItemDraft
from xiaoan.ledgers.models import Item
from xiaoan.ledgers.queries import share
from xiaoan.ledgers.tests.factories import TODAY, a_meeting, an_item, recorded
from xiaoan.people.tests.factories import an_appointment


@pytest.fixture
def item(kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept), day=date(2025, 12, 1)))
    return entry.items.select_related("unit", "entry").get()


def finished(kept, item, *, who="shen", done_on=TODAY, note="已换", ask=None):
    return finish_item(actor=kept.actor(who), ask=ask or Ask(), item=item, done_on=done_on, note=note)


def test_it_is_done_on_a_day_with_a_note(kept, item):
    finished(kept, item)
    stored = Item.objects.everything("a test").get()
    assert (stored.state, stored.done_on, stored.done_note) == ("done", TODAY, "已换")


@pytest.mark.parametrize("day", [date(2025, 12, 18), date(2025, 11, 30)])
def test_it_is_done_neither_tomorrow_nor_before_it_was_agreed(kept, item, day):
    with pytest.raises(RuleBroken) as refusal:
        finished(kept, item, done_on=day)
    assert set(refusal.value.fields) == {"done_on"}


def test_a_note_is_a_line(kept, item):
    with pytest.raises(RuleBroken) as refusal:
        finished(kept, item, note="长" * 201)
    assert set(refusal.value.fields) == {"note"}


def test_it_is_finished_once_and_a_stale_page_is_told(kept, item):
    seen = item.version
    finished(kept, item)
    with pytest.raises(WrongStep, match="已办结"):
        finished(kept, item)
    with pytest.raises(FasterHand):
        finished(kept, item, ask=Ask(seen=seen))


@pytest.mark.parametrize("who", ["tang", "gu", "bai", "yi"])
def test_others_do_not_finish_it(kept, item, who):
    with pytest.raises(NotPermitted):
        finished(kept, item, who=who)


@pytest.mark.parametrize("who", ["lin", "chen", "shen"])
def test_who_answers_for_the_units_ledgers_finishes_it(kept, item, who):
    assert finished(kept, item, who=who).state == "done"


def test_who_sees_no_ledger_finishes_their_own_and_nothing_else(kept, item):
    with pytest.raises(NotPermitted):
        finished(kept, item, who="zhou")
    post = an_appointment(kept.cast.zhou, kept.cast.school, "post_holder", starts_on=date(2024, 1, 1))
    entry = recorded(
        kept, a_meeting(kept, ItemDraft("清点灭火器", post, date(2025, 12, 20)), day=date(2025, 12, 1))
    )
    own = entry.items.select_related("unit", "entry").get()
    assert [each.title for each in share(kept.actor("zhou")).things] == ["清点灭火器"]
    assert finished(kept, own, who="zhou").state == "done"
    assert share(kept.actor("zhou")).things == []


def test_what_i_owe_comes_by_due_day_and_follows_my_post(kept):
    recorded(
        kept,
        a_meeting(kept, an_item(kept, "后办", date(2026, 1, 9)), an_item(kept, "先办", date(2025, 12, 20))),
    )
    assert [(each.title, each.due) for each in share(kept.actor("shen")).things] == [
        ("先办", date(2025, 12, 20)),
        ("后办", date(2026, 1, 9)),
    ]
    assert share(kept.actor("lin")).things == []
    an_appointment(kept.cast.chen, kept.cast.school, "safety_clerk")
    assert [each.title for each in share(kept.actor("chen")).things] == ["先办", "后办"]


def test_what_i_gave_to_others_waits_with_them_until_it_is_done(kept):
    post = an_appointment(kept.cast.zhou, kept.cast.school, "post_holder", starts_on=date(2024, 1, 1))
    entry = recorded(kept, a_meeting(kept, ItemDraft("清点灭火器", post, date(2025, 12, 20))))
    (held,) = share(kept.actor("shen")).held
    assert (held.title, held.holder, held.since, held.due) == (
        "清点灭火器",
        kept.cast.zhou.name,
        entry.happened_on,
        date(2025, 12, 20),
    )
    assert share(kept.actor("chen")).held == []
    finished(kept, entry.items.select_related("unit", "entry").get(), who="zhou")
    assert share(kept.actor("shen")).held == []
