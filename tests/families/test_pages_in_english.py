"""Every page in English holds no Chinese but what people wrote and what is marked as Chinese."""

import pytest
from django.test import Client

from tests.families.reading_aloud import words_of
from tests.families.routes import RECIPES, address
from tests.families.sources import CJK
from xiaoan.feedback.models import Remark
from xiaoan.foundation.imports import ImportDraft
from xiaoan.hazards.models import Extension, Hazard, Referral
from xiaoan.inspections.models import Checklist, ChecklistVersion
from xiaoan.ledgers.kinds import kinds_in_force
from xiaoan.ledgers.models import Entry, EntryPerson, EntryValue, Item
from xiaoan.organisations.models import Campus, Circle, Place, Unit
from xiaoan.people.models import Person, Supervision
from xiaoan.plans.models import Cell, PlanDocument
from xiaoan.risks.models import Risk, RiskReview

pytestmark = pytest.mark.django_db
PAGES = sorted(name for name, recipe in RECIPES.items() if not recipe.post_only)
WRITTEN_BY_PEOPLE = (
    (Unit, "name"),
    (Person, "name"),
    (Campus, "name"),
    (Circle, "name"),
    (Place, "name"),
    (Place, "kind"),
    (Supervision, "area"),
    (Entry, "title"),
    (EntryValue, "text"),
    (EntryPerson, "name"),
    (Risk, "point"),
    (Risk, "measures"),
    (RiskReview, "words"),
    (Checklist, "place_kind"),
    (ChecklistVersion, "reason"),
    (Remark, "text"),
    (Item, "text"),
    (Item, "person_name"),
    (Hazard, "text"),
    (Hazard, "place_name"),
    (PlanDocument, "number"),
    (Cell, "reason"),
    (Cell, "waiver"),
    (ImportDraft, "file_name"),
    (Extension, "reason"),
    (Extension, "control"),
    (Referral, "reason"),
)
"""Names and words of records: they are shown as they were written, in every language."""


def written():
    """All such words of the world, and those that cells of a file hold by contract; the longest first."""
    kinds = kinds_in_force(Entry._base_manager.first().district_id).root
    words = {choice.title.zh for kind in kinds for spec in kind.fields for choice in spec.choices}
    for model, field in WRITTEN_BY_PEOPLE:
        for text in model._base_manager.values_list(field, flat=True):
            words |= {line for line in text.splitlines() if CJK.search(line)}
    return sorted(words, key=len, reverse=True)


def chinese_left(page, known):
    """What is said in Chinese beyond words that people wrote."""
    return [rest for said in words_of(page) if CJK.search(rest := without(said, known))]


def without(said, known):
    """What is left of words when those that people wrote are taken away."""
    for word in known if CJK.search(said) else ():
        said = said.replace(word, "")
    return said


def english_page(client, name, spot):
    client.cookies["django_language"] = "en"
    return client.get(address(name, RECIPES[name].parts(spot)), follow=True)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_english_says_nothing_in_chinese(world, name):
    client = Client()
    if name != "login":
        client.force_login(world.people[RECIPES[name].opener].account)
    response = english_page(client, name, world.spots["here"])
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers["Content-Type"].startswith("text/html"):
        assert chinese_left(body.decode(), written()) == []


@pytest.mark.parametrize("query", ["", "小学", "沈知远", "冬季用火", "例会", "没有这样的词", "长" * 61])
def test_search_in_english_says_nothing_in_chinese(world, query):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.people["gu"].account)
    page = client.get("/search/", {"q": query}).content.decode()
    assert [said for said in chinese_left(page, written()) if said != query] == []


@pytest.mark.parametrize("path", ["/no-such-page/", "/ledgers/kinds/none/", "/plans/?period=zz"])
def test_refusals_in_english_say_nothing_in_chinese(world, path):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.people["gu"].account)
    assert chinese_left(client.get(path).content.decode(), written()) == []
