import pytest

from xiaoan.hazards.tests.factories import District, hazard_district


@pytest.fixture
def district(cast) -> District:
    return hazard_district(cast)
