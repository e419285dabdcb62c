"""The table of appointments: its headings (`13-contracts.md` section 7) and what its rows mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import Entry, ImportKind, Resolution, overwrite
from xiaoan.foundation.sheets import CellError, Column, Kind, Row
from xiaoan.organisations.models import Unit
from xiaoan.people.appointing import faults, homes, posts_by_word
from xiaoan.people.models import Appointment, Person, Post
from xiaoan.people.permissions import may_import_appointments

COLUMNS = (
    Column("工号", required=True, example="G00001"),
    Column("单位编码", required=True, example="SL-01"),
    Column(
        "岗位",
        required=True,
        example="校长",
        meaning=gettext_lazy("岗位目录中的名称或别名；代理的写“代理校长”"),
    ),
    Column("起始日期", required=True, kind=Kind.DATE, example=date(2025, 9, 1)),
    Column("结束日期", kind=Kind.DATE, meaning=gettext_lazy("任职的最后一天；在任的空着")),
)
HEADINGS = {"person": "工号", "unit": "单位编码", "post": "岗位", "ends_on": "结束日期"}
DEPUTY_MARK = "代理"


@dataclass(frozen=True, slots=True)
class Register:
    """Whom, where and to what may be appointed, and who is."""

    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    appointments: Mapping[str, Appointment]
    of_person: Mapping[UUID, list[Appointment]]

    @classmethod
    def of(cls, actor: Actor) -> "Register":
        """Four statements, however many rows."""
        rows = list(Appointment.objects.visible_to(actor).select_related("person", "unit", "post"))
        of_person: dict[UUID, list[Appointment]] = {}
        for row in rows:
            of_person.setdefault(row.person_id, []).append(row)
        return cls(
            people={person.staff_no.upper(): person for person in Person.objects.visible_to(actor)},
            units={unit.code.upper(): unit for unit in Unit.objects.visible_to(actor)},
            posts=posts_by_word(Post.objects.visible_to(actor)),
            appointments={key_of(row): row for row in rows},
            of_person=of_person,
        )


def key_of(appointment: Appointment) -> str:
    """What makes an appointment the same: person, unit, post, first day."""
    parts = (
        appointment.person.staff_no.upper(),
        appointment.unit.code.upper(),
        appointment.post.code,
        appointment.starts_on.isoformat(),
    )
    return " ".join(parts)


def resolve_appointments(actor: Actor, rows: Sequence[Row]) -> Resolution:
    """Compare rows with the appointments; people and units of other districts are unknown here."""
    register = Register.of(actor)
    errors: list[CellError] = []
    of_person = {person: list(known) for person, known in register.of_person.items()}
    entries: dict[str, Entry] = {}
    for row in rows:
        unknown = list(_unknown(row, register))
        errors += unknown
        if unknown:
            continue
        wanted = appointment_of(row.values, register)
        own = of_person.setdefault(wanted.person_id, [])
        others = [other for other in own if key_of(other) != key_of(wanted)]
        wrong = [row.error(HEADINGS[field], words) for field, words in faults(actor, wanted, others)]
        if key_of(wanted) in entries:
            wrong.append(row.error("工号", _("这项任职在上面已经有一行，请只留一行。")))
        errors += wrong
        if not wrong:
            of_person[wanted.person_id] = [*others, wanted]
            entries[key_of(wanted)] = _entry(row, wanted, register)
    return Resolution(list(entries.values()), errors)


def _unknown(row: Row, register: Register) -> Iterator[CellError]:
    """What a row names and nobody knows."""
    values = row.values
    if str(values["工号"]).upper() not in register.people:
        yield row.error("工号", _("没有找到工号 %(word)s，请先导入人员。") % _cut(values["工号"]))
    if str(values["单位编码"]).upper() not in register.units:
        words = _("没有找到编码为 %(word)s 的单位，请先补上这个单位。")
        yield row.error("单位编码", words % _cut(values["单位编码"]))
    if _post_of(str(values["岗位"]), register.posts) is None:
        yield row.error(
            "岗位", _("岗位目录中没有“%(word)s”，请改为目录中的岗位名称。") % _cut(values["岗位"])
        )


def _cut(word: Any) -> dict[str, str]:
    """A word of the file, no longer than a message bears."""
    return {"word": str(word)[:40]}


def _post_of(word: str, posts: Mapping[str, Post]) -> Post | None:
    """The post of a word, with or without the mark of a deputy."""
    return posts.get(word) or posts.get(word.removeprefix(DEPUTY_MARK))


def appointment_of(values: Mapping[str, Any], register: Register) -> Appointment:
    """The appointment that a row describes, not stored."""
    person = register.people[values["工号"].upper()]
    word = values["岗位"]
    return Appointment(
        district_id=person.district_id,
        person=person,
        unit=register.units[values["单位编码"].upper()],
        post=_post_of(word, register.posts),
        is_deputy=word not in register.posts,
        starts_on=values["起始日期"],
        ends_on=values.get("结束日期"),
    )


def _entry(row: Row, wanted: Appointment, register: Register) -> Entry:
    """A row beside the appointment as it is."""
    known = register.appointments.get(key_of(wanted))
    fields: dict[str, Any] = {"is_deputy": wanted.is_deputy}
    if "结束日期" in row.values or known is None:
        fields["ends_on"] = wanted.ends_on
    current = {"is_deputy": known.is_deputy, "ends_on": known.ends_on} if known else None
    return Entry(key_of(wanted), fields, current)


def write_appointments(actor: Actor, entries: Sequence[Entry]) -> list[Appointment]:
    """New appointments and changed ones; people move to the unit of their latest. Returns those of the entries."""
    register = Register.of(actor)
    new: list[Appointment] = []
    changed: list[Appointment] = []
    for entry in entries:
        known = register.appointments.get(entry.key)
        appointment = known or _from_key(entry.key, actor, register)
        appointment.is_deputy = entry.wanted["is_deputy"]
        appointment.ends_on = entry.wanted.get("ends_on", appointment.ends_on)
        (changed if known else new).append(appointment)
    Appointment.objects.bulk_create(new)
    overwrite(Appointment, changed, ("is_deputy", "ends_on"))
    touched = {appointment.person_id for appointment in (*new, *changed)}
    _bring_home(touched, [*(row for rows in register.of_person.values() for row in rows), *new])
    return new + changed


def _from_key(key: str, actor: Actor, register: Register) -> Appointment:
    """A new appointment of a key that `key_of` made."""
    staff_no, unit, post, starts_on = key.split(" ")
    return Appointment(
        district_id=actor.district_id,
        created_by_id=actor.person_id,
        person=register.people[staff_no],
        unit=register.units[unit],
        post=register.posts[post],
        starts_on=date.fromisoformat(starts_on),
    )


def _bring_home(touched: set[UUID], appointments: Sequence[Appointment]) -> None:
    """People are looked after by the unit of their latest appointment."""
    persons = {each.person_id: each.person for each in appointments if each.person_id in touched}
    moved = []
    for person_id, unit_id in homes(each for each in appointments if each.person_id in touched).items():
        person = persons[person_id]
        if person.unit_id != unit_id:
            person.unit_id = unit_id
            moved.append(person)
    overwrite(Person, moved, ("unit",))


APPOINTMENTS = ImportKind(
    "appointments", gettext_lazy("任职"), COLUMNS, may_import_appointments, resolve_appointments
)
