"""Units for tests, without surprises: what you do not name is plain and open since 2020."""

from datetime import date
from itertools import count

from xiaoan.organisations.models import Unit, UnitKind

_numbers = count(1)


def a_district(code: str = "YH", name: str = "云禾县教育局") -> Unit:
    """A district's root: its bureau."""
    unit = Unit(
        code=code, name=name, kind=UnitKind.BUREAU, path=f"{code}/", oversees=True, opened_on=date(2020, 1, 1)
    )
    unit.district = unit
    unit.save(force_insert=True)
    return unit


def a_unit(parent: Unit, kind: str = UnitKind.SCHOOL, **values: object) -> Unit:
    """A unit below another."""
    number = next(_numbers)
    code = str(values.pop("code", f"U{number:05d}")).upper()
    defaults = {"name": f"云禾第{number}小学", "opened_on": date(2020, 1, 1)}
    return Unit.objects.create(
        district_id=parent.district_id,
        parent=parent,
        code=code,
        kind=kind,
        path=f"{parent.path}{code}/",
        **(defaults | values),
    )
