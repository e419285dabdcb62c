"""Taking a step: the move by its table, the step's own row, and what the step announces."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask, Posting, robot
from xiaoan.foundation.errors import RuleBroken, Words
from xiaoan.foundation.events import Event
from xiaoan.hazards.events import DeadlineTouched, FindingChanged, HazardMoved
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Cause, Hazard, Step
from xiaoan.hazards.models.choices import OPEN
from xiaoan.hazards.models.hazard import LONGEST_TEXT, NO_DAY

Changes = dict[str, list[Any]]

REPORTED = "report"
"""The verb of the first step: not a move, since nothing stood before."""
MOST_MONEY = Decimal(10) ** 10
FOLLOWING = frozenset({"extend", "keep_date", "referral_answered", "referral_declined"})


def take_step(  # noqa: PLR0913 - a step's parts, named
    hazard: Hazard, verb: str, *, actor: Actor, ask: Ask, words: str = "", second: str = "", **values: Any
) -> Changes:
    """Move a hazard by its table and write the step; the journal's old and new come back.

    A step that follows the move of a record of its own (延期、转办) is the machine's in the table, since the
    person was asked there; the step still names the person.

    Raises what `Lifecycle.go` does, and `RuleBroken` naming what the move must bring and did not.
    """
    before = hazard.state
    _refuse_lacking(hazard, verb, {"words": words.strip(), **values})
    mover = robot(district_id=hazard.district_id, cause=verb) if verb in FOLLOWING else actor
    values["order_on"] = _order_on(hazard, verb, values)
    changes = HAZARD.go(hazard, verb, actor=mover, ask=ask, **values)
    changes.pop("order_on", None)
    write_step(hazard, verb, before=before, actor=actor, words=words, second=second)
    if words.strip():
        changes["words"] = [None, words.strip()]
    if second:
        changes["second"] = [None, second]
    return {name: [_plain(old), _plain(new)] for name, (old, new) in changes.items()}


def write_step(  # noqa: PLR0913 - a step's parts, named
    hazard: Hazard, verb: str, *, actor: Actor, before: str = "", words: str = "", second: str = ""
) -> Step:
    """Write the row of a step that was made; the one before it ends. The hazard's version numbers it."""
    today = clock.today()
    hazard.steps.filter(until=None).update(until=today)
    posting = _standing(actor, hazard)
    return Step.objects.create(
        hazard=hazard,
        number=hazard.version,
        verb=verb,
        frm=before,
        to=hazard.state,
        on=today,
        at=clock.now(),
        person_id=actor.person_id,
        person_name="" if actor.is_robot else actor.name,
        post_zh=posting.post_name_zh if posting else "",
        post_en=posting.post_name_en if posting else "",
        words=words.strip(),
        second_name=second,
        district_id=hazard.district_id,
        unit_id=hazard.unit_id,
        grade=hazard.grade,
        due_on=hazard.due_on,
        controlled=hazard.controlled,
        planned=hazard.planned,
    )


def step_events(hazard: Hazard, *more: type[Event]) -> tuple[Event, ...]:
    """What a step announces: itself today, and the days on which its outcome is counted."""
    today = clock.today()
    days = [(HazardMoved, today), (FindingChanged, hazard.found_on)]
    if hazard.due_on:
        days.append((DeadlineTouched, hazard.due_on))
    days += [(event, today) for event in more]
    return tuple(told(event, hazard, day) for event, day in days)


def told(event: type[Event], hazard: Hazard, day: Any) -> Event:
    """An event about a hazard on a day."""
    return event(district_id=hazard.district_id, unit_id=hazard.unit_id, record_id=hazard.id, happened_on=day)


def refuse_long(values: Mapping[str, Any]) -> None:
    """Raise `RuleBroken` for words that are longer than their column."""
    faults = {name: [words] for name, value in values.items() if (words := _length_fault(name, value))}
    if faults:
        raise RuleBroken(faults)


def refuse_money(money: Decimal | None) -> None:
    """Raise `RuleBroken` for a sum in yuan that is negative, has more than two decimals or is beyond its column."""
    if money is None:
        return
    if money < 0:
        raise RuleBroken({"money": [_("金额不能是负数。")]})
    if money >= MOST_MONEY or money != round(money, 2):
        raise RuleBroken({"money": [_("金额最多十位整数、两位小数，请核对。")]})


def _refuse_lacking(hazard: Hazard, verb: str, brought: Mapping[str, Any]) -> None:
    """What the move's row says it must bring, and words no longer than their column."""
    move = HAZARD.move_of(hazard, verb)
    empty: tuple[Any, ...] = (None, "", Cause.NONE)
    needs = move.needs if move else ()  # where it is not the step for it, the table's own refusal comes first
    lacking = {name: [_("请填写这一栏。")] for name in needs if brought.get(name) in empty}
    if lacking:
        raise RuleBroken(lacking)
    refuse_long(brought)


def _order_on(hazard: Hazard, verb: str, values: Mapping[str, Any]) -> date:
    """The day by which lists will sort it after the move."""
    move = HAZARD.move_of(hazard, verb)
    state = (move.to if move else "") or hazard.state
    return (values.get("due_on", hazard.due_on) or NO_DAY) if state in OPEN else NO_DAY


def _length_fault(name: str, value: Any) -> Words | None:
    """Words on a text that is too long for its place."""
    if not isinstance(value, str):
        return None
    columns = {field.name: field for field in Hazard._meta.get_fields()}  # noqa: SLF001 - Django's public description
    limit = getattr(columns.get(name), "max_length", None) or LONGEST_TEXT
    return format_lazy(_("最多 {limit} 字，请缩短。"), limit=limit) if len(value) > limit else None


def _standing(actor: Actor, hazard: Hazard) -> Posting | None:
    """The appointment under which a person is named: the narrowest one, in the hazard's unit where they have one."""
    postings = sorted(
        actor.narrowest_first, key=lambda posting: not posting.path.startswith(hazard.unit.path)
    )
    return postings[0] if postings else None


def _plain(value: Any) -> Any:
    """A journal value: a record by its words' key."""
    return str(value.pk) if hasattr(value, "pk") else value
