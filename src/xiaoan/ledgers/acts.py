"""The only ways in which the ledgers change: record, correct, void, finish; import records many."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import Conflict, RuleBroken, Words
from xiaoan.foundation.events import Event
from xiaoan.foundation.imports import ImportDraft, begin, journalled
from xiaoan.ledgers.contents import (
    attach_files,
    attached_fields,
    filled_words,
    item_words,
    make_items,
    rewrite_content,
    stored_words,
    title_of,
    write_content,
)
from xiaoan.ledgers.events import (
    EntryCorrected,
    EntryRecorded,
    EntryVoided,
    ItemAgreed,
    ItemFinished,
    ItemVoided,
)
from xiaoan.ledgers.filling import CORRECTION_REASON, LONGEST_LINE, Filling, refuse_misfit
from xiaoan.ledgers.imports import fillings_of, table_of
from xiaoan.ledgers.kinds import KindOfVersion
from xiaoan.ledgers.lifecycle import ENTRY, ITEM
from xiaoan.ledgers.models import Entry, Item, ItemState
from xiaoan.ledgers.permissions import (
    may_correct_entry,
    may_finish_item,
    may_import_entries,
    may_record_entry,
    may_void_entry,
)
from xiaoan.ledgers.queries import hold_unit
from xiaoan.organisations.models import Unit


@act(may=may_record_entry)
def record_entry(
    *,
    actor: Actor,
    ask: Ask,  # noqa: ARG001 - every act takes its ask
    unit: Unit,
    kind: KindOfVersion,
    filling: Filling,
) -> Outcome[Entry]:
    """File a record of a kind of the published pack, with its 议定事项.

    Raises `RuleBroken` naming the fields that do not fit the declaration.
    """
    declared = kind.declared
    refuse_misfit(declared, unit, filling)
    entry = Entry.objects.create(
        district_id=unit.district_id,
        unit=unit,
        created_by_id=actor.person_id,
        kind=declared.code,
        pack_version=kind.version,
        happened_on=filling.happened_on,
        title=title_of(declared, filling),
    )
    write_content(entry, declared, filling)
    attach_files(entry, declared, filling, actor)
    items = make_items(entry, filling.items)
    changes = {name: [None, value] for name, value in filled_words(declared, filling).items()}
    return Outcome(
        entry, changes | _agreed(items), (_told(EntryRecorded, entry, entry.happened_on), *_items_told(items))
    )


@act(may=may_correct_entry)
def correct_entry(
    *,
    actor: Actor,
    ask: Ask,
    entry: Entry,
    filling: Filling,
    reason: str,
) -> Outcome[Entry]:
    """Put an entry right, with a reason; 议定事项 may be added. The journal keeps what stood there before.

    Raises `RuleBroken` for a missing reason, a field that does not fit, or when nothing would change.
    """
    declared = entry.declared
    refuse_misfit(declared, entry.unit, filling, attached_fields(entry, declared))
    old_day, old = entry.happened_on, stored_words(entry, declared)
    new = filled_words(declared, filling)
    changes = {name: [old.get(name), new.get(name)] for name in (old | new) if old.get(name) != new.get(name)}
    _refuse_idle(reason, changed=bool(changes or filling.items))
    day, title = filling.happened_on, title_of(declared, filling)
    ENTRY.go(entry, "correct", actor=actor, ask=ask, happened_on=day, title=title)
    rewrite_content(entry, declared, filling)
    attach_files(entry, declared, filling, actor)
    items = make_items(entry, filling.items, first=entry.items.count() + 1)
    days = {old_day, entry.happened_on}
    told = (*(_told(EntryCorrected, entry, day) for day in sorted(days)), *_items_told(items))
    return Outcome(entry, changes | _agreed(items) | {CORRECTION_REASON: [None, reason.strip()]}, told)


@act(may=may_void_entry)
def void_entry(*, actor: Actor, ask: Ask, entry: Entry, reason: str) -> Outcome[Entry]:
    """Void an entry with a reason; its open 议定事项 go with it. Nothing is deleted.

    Raises `RuleBroken` without a reason, `WrongStep` when it is void already.
    """
    _refuse_bad_reason("reason", reason)
    changes = ENTRY.go(entry, "void", actor=actor, ask=ask, void_reason=reason.strip())
    dropped = list(entry.items.filter(state=ItemState.OPEN).select_related("unit").order_by("number"))
    for item in dropped:
        item.entry = entry
        ITEM.go(item, "void", actor=actor, ask=Ask(seen=item.version))
    if dropped:
        changes["items"] = [[item_words(item) for item in dropped], None]
    told = (
        _told(EntryVoided, entry, entry.happened_on),
        *(_told(ItemVoided, item, item.due_on) for item in dropped),
    )
    return Outcome(entry, changes, told)


@act(may=may_finish_item)
def finish_item(*, actor: Actor, ask: Ask, item: Item, done_on: date, note: str) -> Outcome[Item]:
    """Say that a 议定事项 is done, and on which day. In time is what was done by the due day.

    Raises `RuleBroken` for a day in the future or before the entry, `WrongStep` when it is not open.
    """
    if fault := _done_fault(item, done_on):
        raise RuleBroken({"done_on": [fault]})
    if len(note) > LONGEST_LINE:
        raise RuleBroken({"note": [format_lazy(_("最多 {limit} 字，请缩短。"), limit=LONGEST_LINE)]})
    changes = ITEM.go(item, "finish", actor=actor, ask=ask, done_on=done_on, done_note=note.strip())
    return Outcome(item, changes, (_told(ItemFinished, item, item.due_on),))


@act(may=may_import_entries)
def import_entries(
    *, actor: Actor, ask: Ask, unit: Unit, kind: KindOfVersion, draft: ImportDraft
) -> Outcome[ImportDraft]:
    """File the new rows of a checked draft, each by its own act. Rows that are there already change nothing.

    Raises `RuleBroken` for a draft with errors, `Conflict` for one that was applied or has become outdated.
    """
    if draft.unit_id != unit.id:
        raise Conflict
    hold_unit(actor, unit)
    new = begin(table_of(unit, kind), actor, draft)
    for filling in fillings_of(unit, kind, draft, actor, {entry.key for entry in new}):
        record_entry(actor=actor, ask=ask, unit=unit, kind=kind, filling=filling)
    return Outcome(draft, journalled(draft, new))


def _done_fault(item: Item, done_on: date) -> Words | None:
    """What is wrong with the day on which something is said to be done."""
    if done_on > clock.today():
        return _("办结日期不能晚于今天。")
    if done_on < item.entry.happened_on:
        return _("办结日期不能早于议定的日期。")
    return None


def _refuse_idle(reason: str, *, changed: bool) -> None:
    """A correction says why, and changes something."""
    _refuse_bad_reason(CORRECTION_REASON, reason)
    if not changed:
        raise RuleBroken({CORRECTION_REASON: [_("没有改动任何内容，请改正后再提交，或返回。")]})


def _refuse_bad_reason(field: str, reason: str) -> None:
    """A reason is words, and not a treatise."""
    if not reason.strip():
        raise RuleBroken({field: [_("请说明理由。")]})
    if len(reason.strip()) > LONGEST_LINE:
        raise RuleBroken({field: [format_lazy(_("最多 {limit} 字，请缩短。"), limit=LONGEST_LINE)]})


def _agreed(items: list[Item]) -> dict[str, list[object]]:
    """The journal's line on new 议定事项."""
    return {"items": [None, [item_words(item) for item in items]]} if items else {}


def _items_told(items: list[Item]) -> tuple[Event, ...]:
    return tuple(_told(ItemAgreed, item, item.due_on) for item in items)


def _told(event: type[Event], record: Entry | Item, day: date) -> Event:
    """An event about an entry or an item, on the day by which it counts."""
    return event(
        district_id=record.district_id,
        unit_id=record.unit_id,
        record_id=record.id,
        happened_on=day,
    )
