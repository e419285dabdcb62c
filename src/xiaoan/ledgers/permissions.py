"""Who may do what with the ledgers: the matrix says which roles, the record kind which posts and units."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import Denied, Verdict, granted
from xiaoan.ledgers.declarations import RecordKind
from xiaoan.ledgers.kinds import KindOfVersion
from xiaoan.ledgers.models import Entry, EntryState, Item
from xiaoan.organisations.models import Unit

NOT_THIS_UNIT = _("这类台账不由这类单位登记。")
NOT_THIS_POST = _("这类台账由规则库指定的岗位登记，请转告他们登记。")
ONLY_BY_ANOTHER = _("作废由校长、书记或分管负责人办理，请把理由告诉他们。")
WITH_ITS_ENTRY = _("议定事项随所在记录一并作废，不单独作废。")


def may_record_entry(actor: Actor, unit: Unit, kind: KindOfVersion) -> Verdict:
    """Roles by the matrix, posts and unit kinds by the kind's declaration in force."""
    return may_record_by(actor, unit, kind.declared)


def may_record_by(actor: Actor, unit: Unit, declared: RecordKind) -> Verdict:
    """The same by a declaration already in hand."""
    return _may_keep(actor, "ledgers.record_entry", unit, declared)


def may_import_entries(actor: Actor, unit: Unit, kind: KindOfVersion) -> Verdict:
    """Who may record one may record many."""
    return _may_keep(actor, "ledgers.import_entries", unit, kind.declared)


def may_correct_entry(actor: Actor, entry: Entry) -> Verdict:
    """Those who may record such an entry, by the declaration that it was made by."""
    return _by_posts(actor, "ledgers.correct_entry", entry, entry.declared.recorded_by)


def may_void_entry(actor: Actor, entry: Entry) -> Verdict:
    """The head or the safety lead of the unit."""
    verdict = granted(actor, "ledgers.void_entry", entry)
    return verdict or Denied(ONLY_BY_ANOTHER)


def may_finish_item(actor: Actor, item: Item) -> Verdict:
    """The person responsible, or those who answer for the unit's ledgers."""
    return granted(actor, "ledgers.finish_item", item)


def may_void_item(actor: Actor, item: Item) -> Verdict:
    """Nobody by itself: it goes with its entry."""
    if item.entry.state != EntryState.VOID:
        return Denied(WITH_ITS_ENTRY)
    return may_void_entry(actor, item.entry)


def _may_keep(actor: Actor, name: str, unit: Unit, declared: RecordKind) -> Verdict:
    """The rule shared by recording and importing."""
    if unit.kind not in declared.who.kind:
        return Denied(NOT_THIS_UNIT)
    return _by_posts(actor, name, unit, declared.recorded_by)


def _by_posts(actor: Actor, name: str, reachable: Unit | Entry, posts: list[str]) -> Verdict:
    """Granted by an appointment to one of these posts; another appointment of the same actor grants nothing."""
    verdict = granted(actor.by(lambda posting: posting.post in posts), name, reachable)
    if verdict or not granted(actor, name, reachable):
        return verdict
    return Denied(NOT_THIS_POST)
