"""Every address: signed out, by the wrong method, without a token, with words nobody expects."""

import re
from itertools import cycle
from urllib.parse import quote

import pytest
from django.test import Client

from tests.architecture.source import python_files
from tests.families.routes import CATALOGUES, PUBLIC, RECIPES, address, routes

pytestmark = pytest.mark.django_db
NAMES = sorted(RECIPES)
POST_ONLY = [name for name in NAMES if RECIPES[name].post_only]
PAGES = [name for name in NAMES if not RECIPES[name].post_only]
JUNK = ("zz", "\x00", "9" * 400, "２０２５-02-30")
WORDS_READ = re.compile(r"""GET(?:\.get\(|\[)["'](\w+)["']""")


def path_of(world, name):
    return address(name, RECIPES[name].parts(world.spots["here"]))


def client_of(world, name, **options):
    client = Client(raise_request_exception=False, **options)
    client.force_login(world.people[RECIPES[name].opener].account)
    return client


def test_every_address_has_its_recipe_and_the_other_way_round():
    assert set(RECIPES) == set(routes())


def test_every_changing_part_names_a_thing_or_an_entry_of_a_catalogue(world):
    wrong = []
    for name, route in routes().items():
        recipe = RECIPES[name]
        things = set(recipe.where(world.spots["here"])) if recipe.where else set()
        if things | (set(dict(recipe.fixed)) & set(CATALOGUES)) != route.words or bool(things) != bool(
            recipe.sees
        ):
            wrong.append(name)
    assert wrong == []


def test_what_is_public_has_its_reason():
    assert {name for name, route in routes().items() if not route.needs_sign_in} == set(PUBLIC)


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("name", sorted(set(NAMES) - set(PUBLIC)))
def test_signed_out_leads_to_the_log_in_page(client, world, name, method):
    path = path_of(world, name)
    response = getattr(client, method)(path)
    assert (response.status_code, response["Location"]) == (302, f"/login/?next={quote(path)}")


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", POST_ONLY)
def test_what_changes_something_is_not_fetched(world, name, method):
    assert getattr(client_of(world, name), method)(path_of(world, name)).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_a_post_without_its_token_is_refused(world, name):
    client = client_of(world, name, enforce_csrf_checks=True)
    assert client.post(path_of(world, name)).status_code == 403


def status_of(client, path):
    """The status of a page that was read to its end."""
    response = client.get(path)
    _body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code


@pytest.mark.parametrize("name", PAGES)
def test_the_opener_gets_the_page(world, name):
    assert status_of(client_of(world, name), path_of(world, name)) == (
        302 if name in {"login", "organisations:imports"} else 200
    )


def query_words():
    """Every word of a query that any source reads, and some that none does."""
    texts = [path.read_text(encoding="utf-8") for path in python_files()]
    read = {word for text in texts for word in WORDS_READ.findall(text)}
    filters = {word for text in texts for word in re.findall(r"Filter\(\s*\"(\w+)\"", text)}
    return sorted(read | filters | {"after", "before", "period", "scope", "duty", "page", "zz"})


def junk_from(place):
    """The junk, beginning elsewhere on each page: every word gets one kind of it here, and each kind on some page."""
    turn = place % len(JUNK)
    return JUNK[turn:] + JUNK[:turn]


@pytest.mark.parametrize("name", PAGES)
def test_words_that_nobody_expects_are_no_fault(world, name):
    client, path, faults = client_of(world, name), path_of(world, name), []
    for word, junk in zip(query_words(), cycle(junk_from(PAGES.index(name))), strict=False):
        status = status_of(client, f"{path}?{word}={quote(junk, errors='surrogateescape')}")
        faults += [(word, junk, status)] if status >= 500 else []
    assert faults == []


@pytest.mark.parametrize("name", NAMES)
def test_fields_that_nobody_expects_are_no_fault(world, name):
    client, path = client_of(world, name), path_of(world, name)
    statuses = [client.post(path, {"zz": junk, "submission_id": junk}).status_code for junk in ("zz", "\x00")]
    assert [status for status in statuses if status >= 500] == []
