"""The home page: a leader sees how the duties of the quarter stand, a school how it stands itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiaoan.foundation.periods import parse_period
from xiaoan.people.tests.factories import an_appointment
from xiaoan.plans.queries import completion, standing
from xiaoan.plans.tests.factories import load, pack_files, publish

STATEMENTS = 16
"""The most that the home page may ask the database, sign-in included: as the plan page (`13-contracts.md` section 9), and one
for what happened lately.
"""
Q4 = parse_period("2025Q4")


@pytest.fixture
def plan(cast):
    return publish(cast)


def page_of(client, person, **headers) -> str:
    client.force_login(person.account)
    answer = client.get(reverse("today"), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(client, url: str) -> int:
    """How many cells a list says it holds."""
    page = client.get(url.partition("#")[0]).content.decode()
    return int(page.split("共 ")[1].split(" 条")[0]) if "共 " in page else 0


def test_a_leader_sees_the_duties_of_the_quarter_and_every_number_opens_what_it_counts(cast, plan, client):
    client.force_login(cast.bai.account)
    found = completion(cast.actor("bai"))
    assert found.quarter == Q4
    assert [each.duty.code for each in found.duties if each.sum.late] == ["A1.1"]
    for count in [*found.counts, *(each for duty in found.duties for each in duty.undone)]:
        assert listed(client, count.url) == count.number
    assert listed(client, found.late_url) == found.late_ever > 0
    page = page_of(client, cast.bai)
    assert "本季任务完成情况" in page
    assert "眼下没有要您办的事" not in page


def test_a_school_sees_its_own_line_and_every_number_opens_what_it_counts(cast, plan, client):
    client.force_login(cast.lin.account)
    stands = standing(cast.actor("lin"))
    assert completion(cast.actor("lin")) is None
    cells = reverse("plans:cells")
    for status in ("met", "open", "late", "untold"):
        assert listed(client, f"{cells}?period=now&status={status}") == getattr(stands, status)
    page = page_of(client, cast.lin)
    assert "本单位现在应完成" in page
    assert "本季任务完成情况" not in page


def test_who_sees_no_cells_gets_a_kind_empty_page(cast, plan, client):
    page = page_of(client, cast.zhou)
    assert "眼下没有要您办的事" in page
    assert "本单位现在应完成" not in page


def test_the_legal_section_is_told_of_a_version_that_waits(cast, plan, client):
    waiting = load(
        cast, pack_files() | {"pack.yaml": pack_files()["pack.yaml"].replace('2025-01-06"', '2025-06-01"')}
    )
    page = page_of(client, cast.bai)
    assert f"规则库待发布：{waiting}" in page
    assert reverse("plans:pack", args=[waiting.pk]) in page
    assert "规则库待发布" not in page_of(client, cast.gu)


def test_the_home_page_keeps_to_its_statements_however_many_units(cast, plan, client):
    an_appointment(cast.shen, cast.school, "safety_clerk")
    for person in (cast.bai, cast.lin, cast.shen, cast.zhou):
        client.force_login(person.account)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("today")).status_code == 200
        assert len(asked) <= STATEMENTS, [query["sql"][:120] for query in asked]


def test_the_english_home_page_is_english(cast, plan, client):
    assert "Duties this quarter" in page_of(client, cast.bai, **{"accept-language": "en"})
    assert "Your unit now owes" in page_of(client, cast.lin, **{"accept-language": "en"})
