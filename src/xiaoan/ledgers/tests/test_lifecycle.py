"""Every state, every verb, every member of the cast: the table decides, and what it refuses changes nothing."""

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict, NotPermitted
from xiaoan.ledgers.acts import correct_entry, finish_item, void_entry
from xiaoan.ledgers.lifecycle import ENTRY, ITEM
from xiaoan.ledgers.models import Entry, Item
from xiaoan.ledgers.permissions import WITH_ITS_ENTRY
from xiaoan.ledgers.tests.factories import TODAY, a_meeting, an_item, recorded

CAST = ["bai", "gu", "lin", "wen", "chen", "shen", "zhou", "tang", "yi"]
MAY = {
    "correct": {"lin", "shen"},
    "void": {"lin", "wen", "chen"},
    "finish": {"lin", "wen", "chen", "shen"},
}


def the_entry():
    return Entry.objects.everything("a test").select_related("unit").get()


def the_item():
    return Item.objects.everything("a test").select_related("unit", "entry__unit").get()


def do(kept, verb, who):
    actor, ask = kept.actor(who), Ask()
    if verb == "correct":
        filling = a_meeting(kept, agenda="改过")
        return correct_entry(actor=actor, ask=ask, entry=the_entry(), filling=filling, reason="理由")
    if verb == "void":
        return void_entry(actor=actor, ask=ask, entry=the_entry(), reason="理由")
    return finish_item(actor=actor, ask=ask, item=the_item(), done_on=TODAY, note="")


def states():
    return the_entry().state, the_item().state


PATHS = {
    ("filed", "open"): [],
    ("filed", "done"): ["finish"],
    ("void", "void"): ["void"],
    ("void", "done"): ["finish", "void"],
}
STARTS = {"correct": {"filed"}, "void": {"filed"}, "finish": {"open"}}
ENDS = {"correct": lambda _entry, item: ("filed", item), "finish": lambda entry, _item: (entry, "done")}
ENDS["void"] = lambda _entry, item: ("void", "void" if item == "open" else item)


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("verb", ["correct", "void", "finish"])
@pytest.mark.parametrize("before", PATHS)
def test_each_move_begins_where_the_table_says_and_for_whom_it_says(kept, before, verb, who):
    recorded(kept, a_meeting(kept, an_item(kept)))
    for step in PATHS[before]:
        do(kept, step, "lin")
    assert states() == before

    subject = before[1] if verb == "finish" else before[0]
    allowed = who in MAY[verb]
    if allowed and subject in STARTS[verb]:
        do(kept, verb, who)
        assert states() == ENDS[verb](*before)
    else:
        with pytest.raises(Conflict if allowed else NotPermitted):
            do(kept, verb, who)
        assert states() == before


def test_the_buttons_of_a_page_are_the_moves_of_the_table(kept):
    entry = recorded(kept, a_meeting(kept, an_item(kept)))
    assert [(move.verb, bool(may)) for move, may in ENTRY.offers(entry, kept.actor("shen"))] == [
        ("correct", True),
        ("void", False),
    ]
    offers = {move.verb: may for move, may in ITEM.offers(the_item(), kept.actor("lin"))}
    assert bool(offers["finish"])
    assert offers["void"].reason == WITH_ITS_ENTRY


def test_every_move_is_a_row_of_the_matrix_of_this_test():
    assert {move.verb for move in (*ENTRY.moves, *ITEM.moves)} == set(MAY)
