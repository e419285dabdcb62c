"""历史导入: the old ledger comes along, each row with its steps on their own days."""

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.imports import ImportDraft, begin, journalled, register_import
from xiaoan.hazards.events import HazardsImported
from xiaoan.hazards.imports.ledger import OLD_LEDGER, fresh_rows
from xiaoan.hazards.imports.writing import write_hazards
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.permissions import may_import_hazards
from xiaoan.organisations.queries import hold_register


@act(may=may_import_hazards)
def import_hazards(*, actor: Actor, ask: Ask, draft: ImportDraft) -> Outcome[ImportDraft]:  # noqa: ARG001 - every act takes its ask
    """Apply a checked old ledger: one act, however many rows. Rows that are there already change nothing.

    Raises `RuleBroken` for a draft with errors, `Conflict` for one that was applied or has become outdated,
    `NoRules` where the district has no hazard rules.
    """
    hold_register(actor)
    entries = begin(OLD_LEDGER, actor, draft)
    register, olds = fresh_rows(actor, entries)
    hazards = write_hazards(actor, register, olds)
    return Outcome(draft, journalled(draft, entries), _told(hazards))


def _told(hazards: list[Hazard]) -> tuple[HazardsImported, ...]:
    """One event of each unit, on the first day on which something of it was found: all later days count anew."""
    first = {hazard.unit_id: hazard for hazard in reversed(hazards)}
    return tuple(
        HazardsImported(
            district_id=hazard.district_id,
            unit_id=unit_id,
            record_id=unit_id,
            happened_on=hazard.found_on,
        )
        for unit_id, hazard in sorted(first.items())
    )


register_import(OLD_LEDGER, import_hazards)
