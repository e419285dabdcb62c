"""What hazards cost as their base grows: pages over few and over many, an act, the delivery of what it announced."""

from http import HTTPStatus
from time import process_time
from urllib.parse import unquote, urlencode
from uuid import uuid4

import pytest
from django.core import signing
from django.db import transaction
from django.test import Client

from bench.hazards import Base
from bench.ratios import ratio, told
from xiaoan.foundation import acts, events
from xiaoan.foundation.delivery import drain
from xiaoan.hazards.events import HazardMoved
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import hazard_district, reported
from xiaoan.people.models import Person
from xiaoan.people.tests.factories import make_cast

FEW, SOME, MANY = 1_000, 10_000, 100_000
LIST, OTHER = "/hazards/", "/me/"
ROWS_SHOWN, SALT = 50, "cursor:hazards"
DEEP = 1_000
"""The page that `13-contracts.md` section 9 calls deep."""
MOVES, DELIVERED_IN = 1_000, 30


def signed_in(person: Person) -> Client:
    """The browser of a person."""
    client = Client()
    client.force_login(person.account)
    return client


def page_cost(client: Client, path: str) -> float:
    """What a page costs, measured in turn with a page that shows no hazards: so a slow minute of the machine is not ours."""
    assert client.get(path).status_code == HTTPStatus.OK  # noqa: S101 - what is measured is the page
    return ratio(lambda: client.get(path).content, lambda: client.get(OTHER).content, rounds=40)


def page_number(client: Client, number: int) -> str:
    """The address of a page of the list: the cursor of the first page with the key of another row."""
    path, _words, cursor = client.get(LIST).context["shown"].next_url.partition("?after=")
    made_under, _day, _id = signing.loads(unquote(cursor), salt=SALT)
    rows = Hazard.objects.everything("a benchmark").order_by("order_on", "id")
    last = rows[(number - 1) * ROWS_SHOWN - 1]
    key = [made_under, last.order_on.isoformat(), str(last.id)]
    return f"{path}?{urlencode({'after': signing.dumps(key, salt=SALT, compress=True)})}"


@pytest.mark.django_db
def test_pages_of_hazards_cost_the_same_whatever_the_base_holds() -> None:
    """List, one hazard and home; the centre looks at the district, the officer at one school in two hundred."""
    district = hazard_district(make_cast())
    base = Base(district)
    centre, officer = signed_in(district.cast.gu), signed_in(district.cast.shen)
    hazard = base.own[0].get_absolute_url()
    base.grow(FEW)
    page, home, own = page_cost(officer, hazard), page_cost(officer, "/"), page_cost(officer, LIST)
    base.grow(SOME)
    some = page_cost(centre, LIST)
    base.grow(MANY)
    many = page_cost(centre, LIST)
    told("list of hazards, page 1, 100,000 / 10,000", many / some, 1.3)
    told("a hazard's page, 100,000 / 1,000 in the base", page_cost(officer, hazard) / page, 1.3)
    deep = page_cost(centre, page_number(centre, DEEP))
    told("list of hazards, the 1,000th page / page 1, of 100,000", deep / many, 1.3)
    told("list of hazards of one school, 100,000 / 1,000 in the base", page_cost(officer, LIST) / own, 1.3)
    told("home of a safety officer, 100,000 / 1,000 in the base", page_cost(officer, "/") / home, 1.3)


@pytest.mark.django_db(transaction=True)
def test_reporting_with_journal_costs_little_more_than_without() -> None:
    """The act that people do most."""
    district = hazard_district(make_cast())
    write_journal = acts.journal.write

    def without_journal() -> None:
        acts.journal.write = lambda _notes: None
        try:
            reported(district)
        finally:
            acts.journal.write = write_journal

    told("report_hazard with journal / without", ratio(lambda: reported(district), without_journal), 1.35)


@pytest.mark.django_db
def test_a_thousand_moves_are_delivered_within_their_minute() -> None:
    """Cells and reminders follow a step within a minute, also on a day on which a thousand steps are taken."""
    district = hazard_district(make_cast())
    Base(district).grow(MOVES)
    drain()
    moved = [
        HazardMoved(
            district_id=hazard.district_id,
            unit_id=hazard.unit_id,
            record_id=hazard.id,
            happened_on=hazard.found_on,
        )
        for hazard in Hazard.objects.everything("a benchmark")
    ]
    with transaction.atomic():
        events.announce((uuid4(), each) for each in moved)
    before = process_time()
    drain()
    told("delivering 1,000 moves, seconds of processor", process_time() - before, DELIVERED_IN)
