"""A thing out of reach answers byte for byte as one that is not there; for whoever may see it, it does not."""

import pytest
from django.test import Client

from tests.families.routes import RECIPES, address

pytestmark = pytest.mark.django_db
NAMES = sorted(name for name, recipe in RECIPES.items() if recipe.where)


def answer(client, method, path):
    """Everything that an answer says."""
    response = getattr(client, method)(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.items() if name != "Expires"}  # the second of asking
    return response.status_code, body, headers


def missing(client, name, method, world):
    """The answer to a thing that is not there; from no spot is it another, for one address has them all."""
    paths = {address(name, RECIPES[name].missing(spot)) for spot in world.spots.values()}
    assert len(paths) == 1
    return answer(client, method, paths.pop())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", NAMES)
def test_only_who_may_see_a_thing_learns_that_it_is_there(world, name, method):
    recipe, wrong = RECIPES[name], []
    for who, person in world.people.items():
        client = Client()
        client.force_login(person.account)
        nothing = missing(client, name, method, world)
        for where, spot in world.spots.items():
            told = answer(client, method, address(name, recipe.parts(spot))) != nothing
            may_see, status = recipe.sees(person, spot), nothing[0]
            if (
                status not in {403, 404, 405}
                or (told and not may_see)
                or (method == "get" and told != may_see and not recipe.post_only)
            ):
                wrong.append(f"{who} at {where}: status {status}, told apart {told}, may see {may_see}")
    assert wrong == []
