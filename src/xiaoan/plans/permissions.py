"""Who may do what with plans, packs and cells. The matrix decides; what it cannot say stands here."""

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import Verdict, granted
from xiaoan.organisations.models import Unit
from xiaoan.people.permissions import granted_or_in_setup
from xiaoan.plans.models import Cell, PackVersion


def may_load_pack(actor: Actor, district: Unit) -> Verdict:
    """Loading stores a version; it puts nothing in force."""
    return granted_or_in_setup(actor, "plans.load_pack", district)


def may_publish_pack(actor: Actor, pack: PackVersion) -> Verdict:
    """The legal section; while a district is being set up, its first administrator (section 7)."""
    return granted_or_in_setup(actor, "plans.publish_pack", pack)


def may_attach_document(actor: Actor, pack: PackVersion) -> Verdict:
    """The legal section brings the official text."""
    return granted(actor, "plans.attach_document", pack)


def may_confirm_parameter(actor: Actor, pack: PackVersion) -> Verdict:
    """The bureau stands by a value that the plan does not name."""
    return granted(actor, "plans.confirm_parameter", pack)


def may_waive_cell(actor: Actor, cell: Cell) -> Verdict:
    """Nobody waives a cell of their own institution: the bureau does, with a reason."""
    return granted(actor, "plans.waive_cell", cell)


def may_lift_waiver(actor: Actor, cell: Cell) -> Verdict:
    """Who frees a unit of a duty also takes that back."""
    return granted(actor, "plans.lift_waiver", cell)


def may_settle_period(actor: Actor, district: Unit) -> Verdict:
    """The legal section settles for the whole district (`docs/decisions/0015`); units never settle their own."""
    return granted(actor, "plans.settle_period", district)


def may_give_reason(actor: Actor, cell: Cell) -> Verdict:
    """The unit itself."""
    return granted(actor, "plans.give_reason", cell)


def may_name_holder(actor: Actor, unit: Unit) -> Verdict:
    """The unit itself."""
    return granted(actor, "plans.name_holder", unit)
