"""What each page costs in statements, sign-in included: the same with one record and with fifty."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.ledgers.tests.factories import MEETING, TODAY, a_meeting, an_item, recorded

LIST = f"/ledgers/kinds/{MEETING}/"
BOOKKEEPING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


def statements(client, address, data=None):
    """Statements that read or write, without the brackets of transactions."""
    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, data) if data else client.get(address)
    assert response.status_code in {200, 303}
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(BOOKKEEPING)]


def shortened(found):
    return "\n".join(sql[:60] for sql in found)


@pytest.fixture(params=[1, 50])
def entry(request, kept, client):
    """One of so many records."""
    client.force_login(kept.cast.lin.account)
    for number in range(request.param):
        made = recorded(
            kept, a_meeting(kept, an_item(kept), an_item(kept, "另一件"), day=TODAY - timedelta(days=number))
        )
    return made


PAGES = {
    "home": ("/ledgers/", 10),
    "list": (LIST, 12),
    "blank form": (f"{LIST}record/", 9),
    "entry": ("/ledgers/entries/{entry}/", 13),
    "correct": ("/ledgers/entries/{entry}/correct/", 11),
    "void": ("/ledgers/entries/{entry}/void/", 10),
    "item": ("/ledgers/items/{item}/", 7),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_what_is_written_here(client, kept, entry, page):
    address, cost = PAGES[page]
    address = address.format(entry=entry.id, item=entry.items.first().id)
    found = statements(client, address)
    assert len(found) == cost, shortened(found)


def test_recording_costs_what_is_written_here(client, kept, entry):
    data = {
        "entry-happened_on": "2025-12-16",
        "entry-chaired_by": str(kept.head.id),
        "entry-agenda": "冬季用火用电",
        "entry-item-1-text": "更换软管",
        "entry-item-1-holder": str(kept.clerk.id),
        "entry-item-1-due_on": "2025-12-30",
        "submission_id": str(uuid4()),
    }
    found = statements(client, f"{LIST}record/", data)
    assert len(found) == 20, shortened(found)
