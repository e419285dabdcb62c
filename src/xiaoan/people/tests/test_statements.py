"""What each page of people and accounts costs in statements, sign-in included: the same with one and with fifty."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.people.tests.factories import a_person, an_appointment, appointed

BOOKKEEPING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


def statements(client, address, data=None):
    """Statements that read or write, without the brackets of transactions."""
    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, data) if data else client.get(address)
    assert response.status_code in {200, 303}
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(BOOKKEEPING)]


def shortened(found):
    return "\n".join(sql[:90] for sql in found)


@pytest.fixture(params=[1, 50])
def newcomers(request, cast):
    """So many people with three posts each and no account."""
    people = [a_person(cast.school, "何知秋") for _number in range(request.param)]
    for person in people:
        for post in ("staff", "post_holder", "department_head"):
            an_appointment(person, cast.school, post)
    return people


PAGES = {
    "people": ("system_admin", "/people/", 8),
    "person": ("security_officer", "/people/{person}/", 7),
    "accounts": ("system_admin", "/people/accounts/", 11),
    "open": ("system_admin", "/people/{person}/account/", 7),
    "reset": ("system_admin", "/people/{person}/password/", 6),
    "appoint": ("security_officer", "/people/{person}/appoint/", 8),
    "end": ("security_officer", "/appointments/{held}/end/", 6),
    "supervise": ("legal", "/supervision/{section}/", 8),
    "section": ("legal", "/organisations/units/{section}/", 15),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_what_is_written_here(client, cast, newcomers, page):
    role, address, cost = PAGES[page]
    section = cast.bai.appointments.get().unit
    viewer = cast.bai if role == "legal" else appointed(cast.bureau, role, "唐景行")
    client.force_login(viewer.account)
    held = newcomers[0].appointments.first()
    found = statements(client, address.format(person=newcomers[0].id, held=held.id, section=section.id))
    assert len(found) == cost, shortened(found)


def test_opening_accounts_costs_the_same_for_one_and_for_fifty(client, cast, newcomers):
    client.force_login(appointed(cast.bureau, "system_admin", "贺兰舟").account)
    people = " ".join(str(person.id) for person in newcomers)
    found = statements(client, "/people/accounts/", {"people": people, "submission_id": uuid4()})
    assert len(found) == 19, shortened(found)
