"""Who may keep and review the risk list: the matrix says which roles, the unit's kind whether there is one."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import Denied, Verdict, granted
from xiaoan.organisations.models import INSTITUTIONS, Unit
from xiaoan.risks.models import ReviewOutcome, Risk
from xiaoan.risks.reviewing import Answer

NO_LIST_HERE = _("风险清单由学校和直属单位建立，这类单位不建。")
ONLY_OWN_POINTS = _("这里有不归您的岗位管的风险点。请只复核本岗位的风险点。")
ONLY_CONFIRM = _("调整和消除由安全员、分管负责人或校长办理。请选「保持」，并把意见写在说明里。")


def may_add_risk(actor: Actor, unit: Unit) -> Verdict:
    """Who keeps the unit's list."""
    return _may_at(actor, "risks.add_risk", unit)


def may_add_starter_risks(actor: Actor, unit: Unit) -> Verdict:
    """The same."""
    return _may_at(actor, "risks.add_starter_risks", unit)


def may_change_risk(actor: Actor, risk: Risk) -> Verdict:
    """Who keeps the list that it stands on."""
    return granted(actor, "risks.change_risk", risk)


def may_retire_risk(actor: Actor, risk: Risk) -> Verdict:
    """The same."""
    return granted(actor, "risks.retire_risk", risk)


def may_review_risks(actor: Actor, unit: Unit, answers: Collection[Answer]) -> Verdict:
    """Who keeps the list reviews all of it; who holds the post of a point confirms that point."""
    verdict = may_open_review(actor, unit)
    if not verdict or reviews_whole_list(actor, unit):
        return verdict
    own = posts_held(actor, unit)
    if any(answer.risk.post not in own for answer in answers):
        return Denied(ONLY_OWN_POINTS)
    if any(answer.outcome != ReviewOutcome.KEPT for answer in answers):
        return Denied(ONLY_CONFIRM)
    return verdict


def may_open_review(actor: Actor, unit: Unit) -> Verdict:
    """Whether any of a unit's risk points could be the actor's to review."""
    return _may_at(actor, "risks.review_risks", unit)


def reviews_whole_list(actor: Actor, unit: Unit) -> bool:
    """Whether the actor answers for the whole list, and not for own points alone."""
    return bool(granted(actor, "risks.add_risk", unit))


def posts_held(actor: Actor, unit: Unit) -> set[str]:
    """The posts that the actor holds at the unit, or above it."""
    return {posting.post for posting in actor.postings if unit.path.startswith(posting.path)}


def _may_at(actor: Actor, name: str, unit: Unit) -> Verdict:
    """Granted at a unit that has a list at all."""
    if unit.kind not in INSTITUTIONS:
        return Denied(NO_LIST_HERE)
    return granted(actor, name, unit)
