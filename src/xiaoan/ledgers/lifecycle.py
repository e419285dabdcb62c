"""The steps of entries and of 议定事项, as tables."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.lifecycle import Lifecycle, Move
from xiaoan.ledgers.models import EntryState, ItemState
from xiaoan.ledgers.permissions import may_correct_entry, may_finish_item, may_void_entry, may_void_item

ENTRY = Lifecycle(
    states=dict(EntryState.choices),
    moves=(
        Move(
            "correct",
            frozenset({EntryState.FILED}),
            EntryState.FILED,
            may_correct_entry,
            _("更正"),
            needs=("reason",),
        ),
        Move(
            "void",
            frozenset({EntryState.FILED}),
            EntryState.VOID,
            may_void_entry,
            _("作废"),
            needs=("reason",),
        ),
    ),
)

ITEM = Lifecycle(
    states=dict(ItemState.choices),
    moves=(
        Move(
            "finish",
            frozenset({ItemState.OPEN}),
            ItemState.DONE,
            may_finish_item,
            _("办结"),
            needs=("done_on",),
        ),
        Move("void", frozenset({ItemState.OPEN}), ItemState.VOID, may_void_item, _("作废")),
    ),
)
