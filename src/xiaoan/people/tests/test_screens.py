"""Pages of people, opened as those who may and may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from xiaoan.organisations.tests.tables import workbook
from xiaoan.people.tests.factories import appointed

PEOPLE = "/people/"


@pytest.fixture
def as_(client, cast):
    """The client, signed in as a member of the cast."""

    def sign_in(name):
        client.force_login(getattr(cast, name).account)
        return client

    return sign_in


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("bai", {"白清和", "顾明澈", "林一鸣", "温怀瑾", "陈敬之", "沈知远", "周砚秋", "唐若水"}),
        ("lin", {"林一鸣", "温怀瑾", "陈敬之", "沈知远", "周砚秋"}),
        ("zhou", {"周砚秋"}),
        ("yi", {"易安澜"}),
    ],
)
def test_the_list_shows_what_one_may_see(as_, cast, who, seen):
    rows = as_(who).get(PEOPLE).context["shown"].rows
    assert {row[0].value for row in rows} == seen


def test_a_persons_page_tells_present_and_past_posts(as_, cast):
    cast.lin.appointments.update(ends_on="2025-08-31")
    page = as_("bai").get(f"{PEOPLE}{cast.lin.id}/").content.decode()
    assert "目前没有任职" in page
    assert "2020年1月1日至2025年8月31日" in page


def test_a_hidden_person_answers_like_a_missing_one(as_, cast):
    client = as_("lin")
    hidden = client.get(f"{PEOPLE}{cast.tang.id}/")
    missing = client.get(f"{PEOPLE}00000000-0000-7000-8000-000000000000/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_an_ended_appointment_takes_its_sight_away_at_once(as_, cast):
    client = as_("lin")
    assert len(client.get(PEOPLE).context["shown"].rows) == 5
    cast.lin.appointments.update(ends_on="2025-12-16")
    assert client.get(PEOPLE).context["shown"].rows == []


def test_another_persons_draft_is_not_found(as_, cast):
    client = as_("gu")
    file = SimpleUploadedFile("人员.xlsx", workbook("工号 姓名", ["G1", "米"]))
    address = client.post("/organisations/imports/people/", {"file": file})["Location"]
    assert client.get(address).status_code == 200
    client.force_login(appointed(cast.bureau, "system_admin", "贺兰舟").account)
    assert client.get(address).status_code == 404


@pytest.fixture
def english():
    """The language of a request stays with its thread: give it back."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize("address", [PEOPLE, "/password/", "/login/"])
def test_pages_speak_english(as_, cast, english, address):
    client = as_("bai")
    if address == "/login/":
        client.logout()
    client.cookies["django_language"] = "en"
    main = client.get(address).content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    for person in ("bai", "gu", "lin", "wen", "chen", "shen", "zhou", "tang"):
        member = getattr(cast, person)
        main = main.replace(member.name, "").replace(member.unit.name, "")
    assert [letter for letter in main if "\u4e00" <= letter <= "\u9fff"] == []
