"""Units are found by name and code; what is found beneath a unit follows it when it moves in the tree."""

from django.db.models import QuerySet

from xiaoan.foundation.events import Delivery, reacts_to
from xiaoan.foundation.search import register_searchable, take_along
from xiaoan.organisations.events import UnitChanged, UnitOpened
from xiaoan.organisations.models import Unit


def _units() -> QuerySet[Unit]:
    """All units, closed ones too: what they did is still asked for."""
    rows: QuerySet[Unit] = Unit.objects.everything("the index knows every unit; who finds it is asked later")
    return rows


UNITS = register_searchable(_units, lambda unit: f"{unit.name} {unit.code}")


@reacts_to(UnitOpened, UnitChanged)
def index_unit(delivery: Delivery) -> None:
    """Index the unit, with everything beneath it where it moved."""
    for unit in _units().filter(pk=delivery.event.record_id):
        take_along(unit)
    UNITS.refresh(delivery.event.record_id)
