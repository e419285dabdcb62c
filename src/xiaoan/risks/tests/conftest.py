"""Fixtures of the risk list's tests."""

import pytest

from xiaoan.risks.tests.factories import listing


@pytest.fixture
def here(cast):
    """The cast's school with its places, the pack in force."""
    return listing(cast)
