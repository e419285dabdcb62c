"""Fixtures of the tests of checklists."""

import pytest

from xiaoan.inspections.tests.factories import kitchen


@pytest.fixture
def here(cast):
    """The cast with the canteen's checklist in force."""
    return kitchen(cast)
