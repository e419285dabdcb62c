"""Appointing, ending and supervision on their pages, by those who may and for those who may not."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation

from xiaoan.people.models import Appointment, Supervision
from xiaoan.people.tests.factories import a_post, appointed


@pytest.fixture
def officer(client, cast):
    """The client, signed in as the security officer."""
    client.force_login(appointed(cast.bureau, "security_officer", "唐景行").account)
    return client


@pytest.fixture
def legal(cast):
    """The legal section."""
    return cast.bai.appointments.get().unit


def page_of(client, address):
    return client.get(address).content.decode()


def appointed_by_form(client, person, unit, post, **more):
    form = {"post": a_post(unit.district, post).id, "unit": unit.id, "starts_on": "2025-12-17"}
    return client.post(f"/people/{person.id}/appoint/", form | more | {"submission_id": uuid4(), "seen": ""})


def ended(client, appointment, day, seen=1):
    form = {"ends_on": day, "submission_id": uuid4(), "seen": seen}
    return client.post(f"/appointments/{appointment.id}/end/", form)


def supervised(client, section, unit, **more):
    form = {"area": "食品安全", "supervised": unit.id, "starts_on": "2025-09-01"} | more
    return client.post(f"/supervision/{section.id}/", form | {"submission_id": uuid4(), "seen": ""})


def test_a_person_is_appointed_as_a_deputy_for_some_days(officer, cast):
    more = {"ends_on": "2026-01-31", "is_deputy": "on"}
    answer = appointed_by_form(officer, cast.zhou, cast.school, "safety_officer", **more)
    assert answer["Location"] == f"/people/{cast.zhou.id}/"
    made = Appointment.objects.get(person=cast.zhou, post__code="safety_officer")
    assert (made.unit, made.starts_on, made.ends_on, made.is_deputy) == (
        cast.school,
        date(2025, 12, 17),
        date(2026, 1, 31),
        True,
    )
    page = page_of(officer, answer["Location"])
    assert "2025年12月17日至2026年1月31日" in page
    assert "代理" in page


def test_the_form_begins_with_the_persons_unit_and_today(officer, cast):
    form = officer.get(f"/people/{cast.zhou.id}/appoint/").context["form"]
    assert (form["unit"].value(), form["starts_on"].value()) == (cast.school.id, date(2025, 12, 17))


def test_what_speaks_against_an_appointment_stands_beside_its_field(officer, cast):
    answer = appointed_by_form(officer, cast.zhou, cast.school, "staff", ends_on="2025-12-16")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["ends_on"])


def test_a_unit_of_another_district_is_no_choice(officer, cast):
    form = {"post": a_post(cast.bureau, "staff").id, "unit": cast.elsewhere.id, "starts_on": "2025-12-17"}
    answer = officer.post(f"/people/{cast.zhou.id}/appoint/", form | {"submission_id": uuid4()})
    assert list(answer.context["form"].errors) == ["unit"]


def test_an_appointment_is_ended_after_its_last_day(officer, cast):
    appointment = cast.zhou.appointments.get()
    assert f"/appointments/{appointment.id}/end/" in page_of(officer, f"/people/{cast.zhou.id}/")
    assert ended(officer, appointment, "2025-12-31").status_code == 303
    assert "2020年1月1日至2025年12月31日" in page_of(officer, f"/people/{cast.zhou.id}/")


def test_ending_what_changed_meanwhile_is_a_conflict_and_keeps_what_was_typed(officer, cast):
    appointment = cast.zhou.appointments.get()
    ended(officer, appointment, "2025-12-31")
    answer = ended(officer, appointment, "2025-12-20")
    assert answer.status_code == 409
    assert answer.context["form"]["ends_on"].value() == "2025-12-20"


@pytest.mark.parametrize("who", ["bai", "gu", "lin", "system_admin"])
def test_others_see_the_button_locked_with_its_reason_and_no_page(client, cast, who):
    person = getattr(cast, who, None) or appointed(cast.bureau, who, "贺兰舟")
    client.force_login(person.account)
    page = page_of(client, f"/people/{cast.zhou.id}/")
    assert "任职由安全管理员登记和结束" in page
    assert "/appoint/" not in page
    assert client.get(f"/people/{cast.zhou.id}/appoint/").status_code == 403
    assert ended(client, cast.zhou.appointments.get(), "2025-12-31").status_code == 403


def test_a_hidden_person_or_appointment_is_not_found(client, cast):
    client.force_login(cast.lin.account)
    assert client.get(f"/people/{cast.tang.id}/appoint/").status_code == 404
    assert ended(client, cast.tang.appointments.get(), "2025-12-31").status_code == 404


def test_nobody_appoints_themselves_on_a_page(officer, cast):
    own = Appointment.objects.get(post__code="security_officer").person
    assert officer.get(f"/people/{own.id}/appoint/").status_code == 403
    assert "不能给自己任职" in page_of(officer, f"/people/{own.id}/")


def test_a_sections_page_shows_and_takes_what_it_supervises(client, cast, legal):
    client.force_login(cast.bai.account)
    address = f"/organisations/units/{legal.id}/"
    assert "这一天没有登记分工" in page_of(client, address)
    answer = supervised(client, legal, cast.school, person=cast.bai.id, ends_on="2025-12-31")
    assert answer["Location"] == address
    page = page_of(client, address)
    assert "食品安全 · 2025年9月1日至2025年12月31日" in page
    assert f'href="/organisations/units/{cast.school.id}/"' in page
    assert "食品安全" not in page_of(client, f"{address}?on=2025-08-31")


def test_a_sections_page_ends_what_it_supervises(client, cast, legal):
    client.force_login(cast.bai.account)
    supervised(client, legal, cast.school)
    line, address = Supervision.objects.get(), f"/organisations/units/{legal.id}/"
    end = f"/supervision/lines/{line.id}/end/"
    assert f'href="{end}"' in page_of(client, address)
    form = {"submission_id": uuid4(), "seen": line.version}
    early = client.post(end, form | {"ends_on": "2025-08-31"})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["ends_on"])
    assert client.post(end, form | {"ends_on": "2025-12-16"})["Location"] == address
    assert "食品安全" not in page_of(client, address).split("<main")[1]
    assert "2025年9月1日至2025年12月16日" in page_of(client, f"{address}?on=2025-12-16")


def test_who_may_not_end_an_assignment_has_no_button_and_is_told_who_may(client, cast, legal):
    client.force_login(cast.bai.account)
    supervised(client, legal, cast.school)
    end = f"/supervision/lines/{Supervision.objects.get().id}/end/"
    client.force_login(cast.gu.account)
    assert end not in page_of(client, f"/organisations/units/{legal.id}/")
    answer = client.get(end)
    assert (answer.status_code, "监管分工由法制科登记" in answer.content.decode()) == (403, True)


def test_the_same_assignment_twice_is_told_beside_its_field(client, cast, legal):
    client.force_login(cast.bai.account)
    supervised(client, legal, cast.school)
    answer = supervised(client, legal, cast.school)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["supervised"])
    assert Supervision.objects.count() == 1


def test_only_a_section_has_supervision(client, cast):
    client.force_login(cast.bai.account)
    assert "监管分工" not in page_of(client, f"/organisations/units/{cast.school.id}/").split("<main")[1]
    assert client.get(f"/supervision/{cast.school.id}/").status_code == 404


def test_who_may_not_assign_sees_why(client, cast, legal):
    client.force_login(cast.gu.account)
    page = page_of(client, f"/organisations/units/{legal.id}/")
    assert "监管分工由法制科登记" in page
    assert f"/supervision/{legal.id}/" not in page
    assert supervised(client, legal, cast.school).status_code == 403


@pytest.mark.parametrize("page", ["/people/{zhou}/", "/people/{zhou}/appoint/", "/appointments/{held}/end/"])
def test_pages_speak_english(officer, cast, page):
    officer.cookies["django_language"] = "en"
    address = page.format(zhou=cast.zhou.id, held=cast.zhou.appointments.get().id)
    with translation.override("en"):
        main = page_of(officer, address).split("<main", 1)[1].split("</main>", 1)[0]
    for unit in (cast.bureau, cast.centre, cast.school, cast.neighbour, cast.zhou):
        main = main.replace(unit.name, "")
    main = main.replace("法制科", "")
    assert [letter for letter in main if "\u4e00" <= letter <= "\u9fff"] == []


@pytest.mark.parametrize(
    "page",
    ["/supervision/{section}/", "/supervision/lines/{line}/end/", "/organisations/units/{section}/"],
)
def test_supervision_speaks_english(client, cast, legal, page):
    client.force_login(cast.bai.account)
    line = Supervision.objects.create(
        district=cast.bureau, unit=legal, area="food", supervised=cast.school, starts_on=date(2025, 9, 1)
    )
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        main = (
            page_of(client, page.format(section=legal.id, line=line.id))
            .split("<main", 1)[1]
            .split("</main>", 1)[0]
        )
    for named in (cast.bureau, cast.school, cast.neighbour, legal, cast.bai):
        main = main.replace(named.name, "")
    main = main.replace(cast.bai.name[0], "")
    assert [letter for letter in main if "\u4e00" <= letter <= "\u9fff"] == []
