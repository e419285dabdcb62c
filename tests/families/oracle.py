"""Who may what, read from the matrix file by other means than the product's: rows, parents, plain loops."""

import csv
from collections.abc import Collection, Iterator
from functools import cache

from django.conf import settings

from xiaoan.foundation import clock
from xiaoan.organisations.models import Unit, UnitKind
from xiaoan.people.models import Appointment, Person


@cache
def lines() -> list[list[str]]:
    """The file without its comments: column names, roles of each column, then the rows."""
    text = settings.MATRIX.read_text(encoding="utf-8")
    return list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))


def codes(name: str, role: str) -> set[str]:
    """The scope codes in the cell of a row and a role."""
    (column,) = [at for at, roles in enumerate(lines()[1]) if role in roles.split()]
    (row,) = [line for line in lines()[2:] if line[0] == name]
    words = [word.partition(":") for word in row[column].split() if word != "·"]
    return {code for code, _colon, roles in words if not roles or role in roles.split(",")}


def today_of(person: Person) -> list[Appointment]:
    """Appointments whose first day has come and whose last day has not gone."""
    rows = Appointment.objects.everything("an oracle").filter(person=person).select_related("unit", "post")
    today = clock.today()
    return [row for row in rows if row.starts_on <= today and (not row.ends_on or today <= row.ends_on)]


def upward(unit: Unit | None) -> Iterator[Unit]:
    """A unit and everything above it."""
    while unit is not None:
        yield unit
        unit = unit.parent


def _institution(unit: Unit) -> Unit:
    """A unit, or the one that it is a department of."""
    return unit.parent if unit.kind == UnitKind.DEPARTMENT and unit.parent else unit


def reaches(
    person: Person,
    name: str,
    *,
    district: object,
    unit: Unit | None = None,
    own: Collection[object] = (),
    handler: object = None,
    common: bool = False,
    posts: Collection[str] = (),
    roles: Collection[str] = (),
) -> bool:
    """Whether any appointment of today reaches a row; `own` are the persons of the row, `handler` the unit it was referred to, `posts` and `roles` narrow it."""
    above = {each.pk for each in upward(unit)}
    for held in today_of(person):
        if held.district_id != district or (posts and held.post.code not in posts):
            continue
        if roles and held.post.role not in roles:
            continue
        granted = codes(name, held.post.role)
        if granted & {"D", "U"} and (common or held.unit_id in above):
            return True
        if "I" in granted and (common or _institution(held.unit).pk in above):
            return True
        if "D" in granted and held.unit.oversees:
            return True
        if "P" in granted and person.pk in own:
            return True
        if "R" in granted and handler is not None and handler == held.unit_id:
            return True
    return False


def sees(person: Person, row) -> bool:
    """Whether a row of any model is in sight of a person."""
    reach = type(row).reach
    return reaches(
        person,
        reach.reading,
        district=row.district_id,
        unit=row if isinstance(row, Unit) else getattr(row, "unit", None),
        own=[getattr(row, column) for column in reach.persons],
        handler=getattr(row, reach.handler) if reach.handler else None,
        common=reach.path is None,
    )
