"""What a person fills into a declared form, and every way in which it may not fit the declaration."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.errors import Malformed, RuleBroken, Words
from xiaoan.ledgers.declarations import FieldSpec, RecordKind
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment

LONGEST_LINE = 200
LONGEST_TEXT = 5_000
LARGEST = Decimal(10) ** 12
PLACES = 2
CORRECTION_REASON = "correction-reason"
"""The form's name of the reason for a correction; the hyphen keeps it apart from declared names."""

Faults = dict[str, list[Words]]


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A 议定事项 as it is filled in: what, who answers (person and post are those of the appointment), by when."""

    text: str
    holder: Appointment | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Filling:
    """The content of an entry. Values by declared name: `date` a date, `choice` a code, `number` a Decimal,
    `yes_no` a bool, `person_post` an Appointment, `people` a list of them, `file` a list of uploads, texts a
    str; empty is None or "".
    """

    happened_on: date | None
    values: Mapping[str, Any]
    items: Sequence[ItemDraft] = field(default=())


def refuse_misfit(kind: RecordKind, unit: Unit, filling: Filling, attached: Collection[str] = ()) -> None:
    """Raise `RuleBroken` naming every field that does not fit, `Malformed` for what is not declared.

    `attached` are the fields that have files already: those are not asked for again.
    """
    unknown = set(filling.values) - {spec.name for spec in kind.fields}
    if unknown or (filling.items and not kind.items):
        raise Malformed
    faults: Faults = {}
    _put(faults, "happened_on", _day_fault(unit, filling.happened_on))
    for spec in kind.fields:
        if spec.name not in attached:
            _put(faults, spec.name, _field_fault(spec, unit, filling))
    for number, item in enumerate(filling.items, start=1):
        for name, words in _item_faults(unit, filling, item).items():
            _put(faults, item_field(number, name), words)
    if faults:
        raise RuleBroken(faults)


def item_field(number: int, name: str) -> str:
    """The form's name of a part of the n-th item; the hyphen keeps it apart from declared names."""
    return f"item-{number}-{name}"


def is_empty(value: Any) -> bool:
    """Whether a field was left empty. No and 0 are answers."""
    return value is None or (isinstance(value, str) and not value.strip()) or (value in ([], ()))


def _put(faults: Faults, name: str, words: Words | None) -> None:
    if words is not None:
        faults.setdefault(name, []).append(words)


def _day_fault(unit: Unit, day: date | None) -> Words | None:
    """The day of the event: known, not in the future, and on which the unit existed."""
    if day is None:
        return _("请填写日期。")
    if day > clock.today():
        return _("日期不能晚于今天。")
    if unit.opened_on and day < unit.opened_on:
        return format_lazy(_("日期不能早于本单位启用之日（{day}）。"), day=unit.opened_on)
    if unit.closed_on and day >= unit.closed_on:
        return format_lazy(_("本单位已于 {day} 停用，请填写停用之前的日期。"), day=unit.closed_on)
    return None


def _field_fault(spec: FieldSpec, unit: Unit, filling: Filling) -> Words | None:
    """What is wrong with one declared field."""
    value = filling.values.get(spec.name)
    if is_empty(value):
        return missing(spec) if spec.required else None
    return _CHECKS[spec.type](spec, value, unit, filling.happened_on)


def missing(spec: FieldSpec) -> Words:
    """The words about a required field that is empty."""
    verb = _("请选择{title}。") if spec.type in {"choice", "people", "person_post"} else _("请填写{title}。")
    return format_lazy(verb, title=spec.title)


def _fits(_spec: FieldSpec, _value: Any, _unit: Unit, _day: date | None) -> Words | None:
    """A type whose shape says all."""
    return None


def _text_fault(spec: FieldSpec, value: str, _unit: Unit, _day: date | None) -> Words | None:
    limit = LONGEST_LINE if spec.type == "text" else LONGEST_TEXT
    return format_lazy(_("最多 {limit} 字，请缩短。"), limit=limit) if len(value) > limit else None


def _choice_fault(spec: FieldSpec, value: str, _unit: Unit, _day: date | None) -> Words | None:
    return None if spec.choice(value) else _("请从列出的选项中选择。")


def _number_fault(_spec: FieldSpec, value: Decimal, _unit: Unit, _day: date | None) -> Words | None:
    if not value.is_finite() or abs(value) >= LARGEST or value != round(value, PLACES):
        return _("请填写数字，最多两位小数。")
    return None


def _person_post_fault(spec: FieldSpec, held: Appointment, unit: Unit, day: date | None) -> Words | None:
    """The person held one of the posts, in this very unit, on that day."""
    if held.unit_id != unit.id or held.post.code not in spec.posts:
        return _("请从本单位担任规定岗位的人员中选择。")
    return None if day is None or held_on(held, day) else _("此人当天不在这个岗位，请核对日期或人选。")


def _people_fault(
    _spec: FieldSpec, people: Sequence[Appointment], unit: Unit, day: date | None
) -> Words | None:
    if any(not works_in(held, unit) for held in people):
        return _("请从本单位人员中选择。")
    if day is not None and any(not held_on(held, day) for held in people):
        return _("所选人员中有人当天不在本单位任职，请核对。")
    return None


def _item_faults(unit: Unit, filling: Filling, item: ItemDraft) -> dict[str, Words | None]:
    """What is wrong with one 议定事项, by part."""
    day, due = filling.happened_on, item.due_on
    text: Words | None = None
    if not item.text.strip():
        text = _("请写明要办的事。")
    elif len(item.text) > LONGEST_LINE:
        text = format_lazy(_("最多 {limit} 字，请缩短。"), limit=LONGEST_LINE)
    holder = None if item.holder and works_in(item.holder, unit) else _("请选择本单位的责任人。")
    if due is None:
        by_when: Words | None = _("请填写完成期限。")
    else:
        by_when = _("期限不能早于会议或事项的日期。") if day and due < day else None
    return {"text": text, "holder": holder, "due_on": by_when}


def held_on(held: Appointment, day: date) -> bool:
    """Whether an appointment was in force on a day."""
    return held.starts_on <= day and (held.ends_on is None or held.ends_on >= day)


def works_in(held: Appointment, unit: Unit) -> bool:
    """Whether an appointment is held in a unit or beneath it."""
    return held.district_id == unit.district_id and held.unit.path.startswith(unit.path)


_CHECKS: dict[str, Callable[[FieldSpec, Any, Unit, date | None], Words | None]] = {
    "date": _fits,
    "text": _text_fault,
    "long_text": _text_fault,
    "choice": _choice_fault,
    "people": _people_fault,
    "person_post": _person_post_fault,
    "number": _number_fault,
    "file": _fits,
    "yes_no": _fits,
}
