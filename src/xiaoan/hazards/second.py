"""The second person on the spot: a major hazard is re-checked by two, neither of them from its unit."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import RuleBroken
from xiaoan.hazards.models import Hazard
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for


def refuse_second(hazard: Hazard, actor: Actor, second: Person | None) -> None:
    """Raise `RuleBroken` where the rule wants a second person and there is none, or not a fitting one."""
    if not hazard.is_major:
        return
    if second is None:
        raise RuleBroken({"second": [_("重大隐患须两人以上现场复查，请选择同行人员。")]})
    if second.pk == actor.person_id:
        raise RuleBroken({"second": [_("同行人员应是您以外的另一人。")]})
    postings = actor_for(second, clock.today()).postings
    inside = any(posting.path.startswith(hazard.unit.path) for posting in postings)
    if inside or not any(posting.oversees for posting in postings):
        raise RuleBroken({"second": [_("同行人员不能来自本单位，请选择局机关或中心的人员。")]})
