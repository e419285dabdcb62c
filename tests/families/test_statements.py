"""What every page costs in statements, sign-in included: the literal of the checked-in file, with one record or fifty."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.families.crowd import fifty
from tests.families.routes import RECIPES, address

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("statements.json")
LITERALS: dict[str, int] = json.loads(FILE.read_text(encoding="utf-8"))
PAGES = sorted(name for name, recipe in RECIPES.items() if not recipe.post_only)
LIMITS = {"list": 12, "detail": 15, "plan": 15, "search": 20}
"""`13-contracts.md` section 9. Search is five lists: one statement for each kind, two more where it has hits."""
BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
QUERIES = {"search": "?q=安全"}


def cost(world, name):
    """The statements of a page that was opened before, without the brackets of transactions."""
    recipe, client = RECIPES[name], Client()
    if name != "login":
        client.force_login(world.people[recipe.opener].account)
    path = address(name, recipe.parts(world.spots["here"])) + QUERIES.get(name, "")
    read(client, path)
    with CaptureQueriesContext(connection) as captured:
        read(client, path)
    return len([each for each in captured.captured_queries if not each["sql"].startswith(BRACKETS)])


def read(client, path):
    response = client.get(path)
    _body = b"".join(response.streaming_content) if response.streaming else response.content


def test_the_file_names_every_page():
    assert sorted(LITERALS) == PAGES


def test_no_page_costs_more_than_its_limit():
    over = {name: number for name, number in LITERALS.items() if number > LIMITS[RECIPES[name].kind]}
    assert over == {}


def test_a_page_with_one_record_costs_its_literal(world):
    assert {name: cost(world, name) for name in PAGES} == LITERALS


def test_a_page_with_fifty_records_costs_the_same(world):
    fifty(world)
    assert {name: cost(world, name) for name in PAGES} == LITERALS
