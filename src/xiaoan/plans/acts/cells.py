"""Acts on cells: waiving one, saying a line about one, naming who answers for a duty."""

# ruff: noqa: ARG001 - every act takes `actor` and `ask`, used or not

from datetime import timedelta

from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.records import change_guarded
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment, Person
from xiaoan.people.permissions import in_force
from xiaoan.plans.events import HolderNamed
from xiaoan.plans.indicators import named_on
from xiaoan.plans.models import Cell, HolderNaming
from xiaoan.plans.permissions import may_give_reason, may_lift_waiver, may_name_holder, may_waive_cell

LONGEST_LINE = 200
ONE_DAY = timedelta(days=1)
REASON = "the act's own look at the unit's duty"


@act(may=may_waive_cell)
def waive_cell(*, actor: Actor, ask: Ask, cell: Cell, reason: str) -> Outcome[Cell]:
    """Free a unit of a duty in one period, with a reason that stays. A settled cell stands."""
    if cell.settled_at:
        raise RuleBroken({"reason": [_("这一季度已经定账，不能再免除。")]})
    if cell.waived_at:
        raise RuleBroken({"reason": [_("这一项已经免除过。")]})
    line = _one_line(reason)
    return Outcome(cell, change_guarded(cell, seen=ask.seen, waived_at=clock.now(), waiver=line))


@act(may=may_lift_waiver)
def lift_waiver(*, actor: Actor, ask: Ask, cell: Cell, reason: str) -> Outcome[Cell]:
    """Let a unit owe again what it was freed of; why stays in the journal. A settled cell stands."""
    if cell.settled_at:
        raise RuleBroken({"reason": [_("这一季度已经定账，不能再撤销免除。")]})
    if cell.waived_at is None:
        raise RuleBroken({"reason": [_("这一项没有免除。")]})
    line = _one_line(reason)
    changes = change_guarded(cell, seen=ask.seen, waived_at=None, waiver="")
    return Outcome(cell, changes | {"lifted_because": [None, line]})


@act(may=may_give_reason)
def give_reason(*, actor: Actor, ask: Ask, cell: Cell, reason: str) -> Outcome[Cell]:
    """Say one line about an unmet cell. It stays unmet, and nobody is asked for the line."""
    if cell.met:
        raise RuleBroken({"reason": [_("这一项已经完成，不需要说明。")]})
    return Outcome(cell, change_guarded(cell, seen=ask.seen, reason=_one_line(reason)))


def _one_line(text: str) -> str:
    """A line of text; `RuleBroken` where there is none or too much."""
    line = " ".join(text.split())
    if not line:
        raise RuleBroken({"reason": [_("请用一句话写明理由。")]})
    if len(line) > LONGEST_LINE:
        raise RuleBroken({"reason": [_("请写短些，不超过 200 字。")]})
    return line


@act(may=may_name_holder)
def name_holder(
    *, actor: Actor, ask: Ask, unit: Unit, duty_code: str, person: Person
) -> Outcome[HolderNaming]:
    """Name who answers for a duty of the unit from today on (S1.4); the earlier naming ends yesterday."""
    _check_holder(unit, duty_code, person)
    today = clock.today()
    namings = HolderNaming.objects.everything(REASON).filter(unit=unit, duty_code=duty_code)
    running = namings.filter(named_on(today)).first()
    if running and running.starts_on == today:
        changed = change_guarded(running, seen=None, person_id=person.id)
        return Outcome(running, changed, (_named(unit, running),))
    if running:
        change_guarded(running, seen=None, ends_on=today - ONE_DAY)
    naming = HolderNaming.objects.create(
        district_id=unit.district_id,
        unit=unit,
        created_by_id=actor.person_id,
        duty_code=duty_code,
        person=person,
        starts_on=today,
    )
    old = str(running.person_id) if running else None
    return Outcome(naming, {"person": [old, str(person.id)]}, (_named(unit, naming),))


def _check_holder(unit: Unit, duty_code: str, person: Person) -> None:
    """The unit owes the duty today, and the person holds a post there or beneath."""
    today = clock.today()
    owed = Cell.objects.everything(REASON).filter(
        unit=unit, duty__code=duty_code, first__lte=today, last__gte=today
    )
    if not owed.exists():
        raise RuleBroken({"duty_code": [_("本单位现在没有这项任务。")]})
    posts = Appointment.objects.everything(REASON).filter(
        in_force(today), person=person, district_id=unit.district_id, unit__path__startswith=unit.path
    )
    if not posts.exists():
        raise RuleBroken({"person": [_("请选择现在本单位任职的人。")]})


def _named(unit: Unit, naming: HolderNaming) -> HolderNamed:
    """What is announced."""
    return HolderNamed(
        district_id=unit.district_id,
        unit_id=unit.id,
        record_id=naming.id,
        happened_on=naming.starts_on,
    )
