"""Fixtures of the ledgers' tests."""

import pytest

from xiaoan.ledgers.tests.factories import keeping


@pytest.fixture
def kept(cast):
    """The cast in the posts of the published pack."""
    return keeping(cast)
