"""One world for all families of a file: made once, gone after it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from tests.families.world import World, make_world
from xiaoan.foundation import clock


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The world, in a transaction around the tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.held_at(clock.at(date(2025, 12, 17))):
        yield make_world()
        transaction.set_rollback(True)
