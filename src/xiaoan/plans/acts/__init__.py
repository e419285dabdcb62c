"""Acts of plans: on packs and documents (`packs`), on cells and their holders (`cells`), on quarters (`quarters`)."""

from xiaoan.plans.acts.cells import give_reason, lift_waiver, name_holder, waive_cell
from xiaoan.plans.acts.packs import attach_document, confirm_parameter, load_pack, publish_pack
from xiaoan.plans.acts.quarters import settle_period

__all__ = [
    "attach_document",
    "confirm_parameter",
    "give_reason",
    "lift_waiver",
    "load_pack",
    "name_holder",
    "publish_pack",
    "settle_period",
    "waive_cell",
]
