from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from xiaoan.foundation import clock
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import District, fresh, hazard_district
from xiaoan.hazards.tests.moves import SITUATIONS, merged
from xiaoan.people.tests.factories import make_cast


@pytest.fixture
def district(cast) -> District:
    return hazard_district(cast)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[tuple[District, dict[str, Hazard], Hazard]]:
    """A hazard in every situation, and one to merge into: made once, gone after the file."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.held_at(clock.at(date(2025, 12, 17))):
        district = hazard_district(make_cast())
        hazards = {name: situation(district) for name, situation in SITUATIONS.items()}
        hazards["merged"] = merged(district)[0]
        yield district, hazards, fresh(hazards["merged"].merged_into)
        transaction.set_rollback(True)
