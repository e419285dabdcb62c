"""A base of many hazards, written in bulk: what is measured is how pages read it."""

from datetime import date, timedelta

from django.db import connection

from xiaoan.foundation import clock
from xiaoan.hazards.models import Hazard, State, Step
from xiaoan.hazards.tests.factories import District
from xiaoan.organisations.models import Unit
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.plans.queries import published_pack

SCHOOLS = 199
BATCH = 2_000
OPEN_EACH = 10
"""One of so many hazards is open."""
DAYS = 700
FIRST = date(2024, 1, 2)
OWN = 60
"""Hazards of the officer's own school, whatever the rest of the district has."""


class Base:
    """A base that grows: `OWN` hazards at the officer's own school, all others spread over the district."""

    def __init__(self, district: District) -> None:
        self._district = district
        self._others = [a_unit(district.cast.bureau) for _each in range(SCHOOLS)]
        self.own = _written(district, [district.cast.school], 0, OWN)
        self._number = OWN

    def grow(self, number: int) -> None:
        """To so many hazards, with the statistics that the worker has the database take."""
        for first in range(self._number, number, BATCH):
            _written(self._district, self._others, first, min(first + BATCH, number))
        self._number = number
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _written(district: District, units: list[Unit], first: int, beyond: int) -> list[Hazard]:
    """Hazards of these numbers, each with its first step."""
    pack = published_pack(district.cast.bureau.pk)
    rows = [
        Hazard(
            district_id=district.cast.bureau.pk,
            unit=units[number % len(units)],
            pack_version=pack,
            code=f"B-{number:06d}",
            kind="gas",
            text="食堂燃气软管老化",
            place_name="食堂",
            finder="沈知远",
            **_standing(number),
        )
        for number in range(first, beyond)
    ]
    Hazard.objects.bulk_create(rows)
    Step.objects.bulk_create(_first_step(row) for row in rows)
    return rows


def _standing(number: int) -> dict[str, object]:
    """How a hazard stands: one of ten still to be put right, the others closed."""
    found_on = FIRST + timedelta(days=number % DAYS)
    if number % OPEN_EACH:
        return {"found_on": found_on, "state": State.CLOSED, "closed_on": found_on}
    due_on = found_on + timedelta(days=30)
    standing = {"state": State.RECTIFYING, "post": "post_holder", "due_on": due_on, "order_on": due_on}
    return {"found_on": found_on, **standing}


def _first_step(hazard: Hazard) -> Step:
    return Step(
        hazard=hazard,
        number=1,
        verb="report",
        to=hazard.state,
        on=hazard.found_on,
        at=clock.at(hazard.found_on),
        district_id=hazard.district_id,
        unit_id=hazard.unit_id,
        grade=hazard.grade,
        due_on=hazard.due_on,
    )
