"""The screens of plans: who sees what, how many statements each page costs, and that they read well."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiaoan.plans.models import Cell, PackVersion
from xiaoan.plans.tests.factories import publish

STATEMENTS = {
    "plan": 15,
    "duties": 12,
    "cells": 12,
    "duty": 15,
    "cell": 15,
    "packs": 12,
    "pack": 15,
    "holders": 15,
}
"""The most that each page may ask the database, sign-in included."""


@pytest.fixture
def plan(cast):
    return publish(cast)


def addresses(cell: Cell, pack: PackVersion) -> dict[str, str]:
    return {
        "plan": reverse("plans:plan") + "?duty=A1.1",
        "duties": reverse("plans:duties"),
        "cells": reverse("plans:cells"),
        "duty": reverse("plans:duty", args=["A1.1"]),
        "cell": reverse("plans:cell", args=[cell.id]),
        "packs": reverse("plans:packs"),
        "pack": reverse("plans:pack", args=[pack.id]),
        "holders": reverse("plans:holders"),
    }


@pytest.mark.parametrize(
    ("who", "page"),
    [
        *(("bai", page) for page in STATEMENTS if page != "holders"),
        *(("lin", page) for page in STATEMENTS if page not in {"packs", "pack"}),
    ],
)
def test_each_page_keeps_to_its_statements(cast, plan, client, who, page):
    cell = Cell.objects.everything("a test").filter(unit=cast.school, duty__code="A1.1").earliest("first")
    client.force_login(getattr(cast, who).account)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(addresses(cell, plan)[page])
    assert answer.status_code == 200
    assert len(asked) <= STATEMENTS[page], [query["sql"][:150] for query in asked]
