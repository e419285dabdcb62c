"""The table of people: its headings (`13-contracts.md` section 7) and what its rows mean."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import Entry, ImportKind, Resolution, overwrite, repeated_keys
from xiaoan.foundation.sheets import CellError, Column, Row
from xiaoan.people.models import Person
from xiaoan.people.permissions import may_import_people

COLUMNS = (
    Column("工号", required=True, example="G00001", meaning=gettext_lazy("每人一个，全区不重复")),
    Column("姓名", required=True, example="示例老师"),
    Column("手机", example="", meaning=gettext_lazy("可空着")),
)
NAME_LENGTH = 40
_STAFF_NO = re.compile(r"[A-Za-z0-9._-]{1,32}")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{4,18}")


def resolve_people(actor: Actor, rows: Sequence[Row]) -> Resolution:
    """Compare rows with the people of the district."""
    people = {person.staff_no.upper(): person for person in Person.objects.visible_to(actor)}
    errors = repeated_keys(rows, ["工号"])
    entries = []
    for row in rows:
        wrong = list(_errors(row))
        errors += wrong
        if not wrong:
            entries.append(_entry(row, people))
    return Resolution(entries, errors)


def _errors(row: Row) -> Iterator[CellError]:
    """What is wrong with a row."""
    if not _STAFF_NO.fullmatch(str(row.values["工号"])):
        yield row.error("工号", _("工号只用字母、数字和 . - _，最多 32 位。"))
    if len(str(row.values["姓名"])) > NAME_LENGTH:
        yield row.error("姓名", _("最多 %(limit)s 个字。") % {"limit": NAME_LENGTH})
    phone = row.values.get("手机")
    if phone and not _PHONE.fullmatch(str(phone)):
        yield row.error("手机", _("请填电话号码，只用数字、空格和 -。"))


def _entry(row: Row, people: dict[str, Person]) -> Entry:
    """A row beside the person as they are."""
    wanted = {"name": row.values["姓名"]}
    if "手机" in row.values:
        wanted["phone"] = row.values["手机"]
    person = people.get(str(row.values["工号"]).upper())
    current = {"name": person.name, "phone": person.phone} if person else None
    return Entry(person.staff_no if person else str(row.values["工号"]), wanted, current)


def write_people(actor: Actor, entries: Sequence[Entry]) -> None:
    """New people, looked after by the bureau until they are appointed, and changed ones."""
    people = {person.staff_no.upper(): person for person in Person.objects.visible_to(actor)}
    new: list[Person] = []
    changed: list[Person] = []
    for entry in entries:
        known = people.get(entry.key.upper())
        person = known or Person(
            district_id=actor.district_id,
            unit_id=actor.district_id,
            created_by_id=actor.person_id,
            staff_no=entry.key,
        )
        person.name = entry.wanted["name"]
        person.phone = entry.wanted.get("phone", person.phone)
        (changed if known else new).append(person)
    Person.objects.bulk_create(new)
    overwrite(Person, changed, ("name", "phone"))


PEOPLE = ImportKind("people", gettext_lazy("人员"), COLUMNS, may_import_people, resolve_people)
