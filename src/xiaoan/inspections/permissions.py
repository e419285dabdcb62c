"""Who may bring, adapt and publish checklists: the matrix says which roles; all of them act for the district."""

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import Verdict, granted
from xiaoan.inspections.models import Checklist, ChecklistDraft
from xiaoan.organisations.models import Unit
from xiaoan.people.permissions import granted_or_in_setup


def may_publish_checklists(actor: Actor, district: Unit) -> Verdict:
    """They come with a published pack."""
    return granted_or_in_setup(actor, "inspections.publish_checklists", district)


def may_save_draft(actor: Actor, checklist: Checklist) -> Verdict:
    """The centre adapts what its inspectors go by."""
    return granted(actor, "inspections.save_draft", checklist)


def may_publish_draft(actor: Actor, draft: ChecklistDraft) -> Verdict:
    """The same."""
    return granted(actor, "inspections.publish_draft", draft)


def may_drop_draft(actor: Actor, draft: ChecklistDraft) -> Verdict:
    """The same."""
    return granted(actor, "inspections.drop_draft", draft)


def may_settle_offer(actor: Actor, checklist: Checklist) -> Verdict:
    """The same."""
    return granted(actor, "inspections.settle_offer", checklist)
