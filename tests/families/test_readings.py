"""`visible_to` of every table equals a brute-force look at every row, for everybody."""

import pytest

from tests.families.oracle import sees
from tests.families.world import records

pytestmark = pytest.mark.django_db
MODELS = {model._meta.label: model for model in records()}


@pytest.mark.parametrize("label", MODELS)
def test_everybody_sees_exactly_what_the_file_says(world, label):
    model = MODELS[label]
    rows = list(model.objects.everything("the oracle looks at every row"))
    wrong = []
    for name, person in world.people.items():
        shown = set(model.objects.visible_to(world.actor(name)).values_list("pk", flat=True))
        expected = {row.pk for row in rows if sees(person, row)}
        wrong += [f"{name}: {pk} {'shown' if pk in shown else 'hidden'}" for pk in shown ^ expected]
    assert wrong == []


@pytest.mark.parametrize("label", MODELS)
def test_every_table_has_rows_in_both_districts(world, label):
    """Without rows to hide, the test above would say nothing."""
    rows = MODELS[label].objects.everything("the oracle looks at every row")
    districts = {spot.district.pk for spot in world.spots.values()}
    assert set(rows.values_list("district_id", flat=True)) == districts
