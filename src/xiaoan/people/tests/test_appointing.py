"""Appointing and ending: who grants, who held what when, and the first days of a district."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask, robot
from xiaoan.foundation.errors import FasterHand, NotPermitted, RuleBroken
from xiaoan.foundation.permissions import granted
from xiaoan.organisations.acts import open_district
from xiaoan.organisations.models import UnitKind
from xiaoan.organisations.tests.factories import a_district, a_unit
from xiaoan.people import queries
from xiaoan.people.acts import (
    appoint,
    assign_supervision,
    end_appointment,
    open_account,
    open_administration,
)
from xiaoan.people.models import Account, Appointment, Post
from xiaoan.people.permissions import PLATFORM_POSTS
from xiaoan.people.tests.factories import a_person, a_post, an_appointment, appointed

NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def officer(cast):
    return queries.actor_for(appointed(cast.bureau, "security_officer", "方以南"))


def appointed_by(actor, person, unit, post, **values):
    post = a_post(unit.district, post)
    row = {"starts_on": NEW_YEAR} | values
    return appoint(actor=actor, ask=Ask(), person=person, unit=unit, post=post, **row)


def test_an_appointment_grants_from_its_first_day_to_its_last(cast, officer):
    appointed_by(officer, cast.zhou, cast.school, "safety_lead", ends_on=date(2026, 6, 30))
    days = [date(2025, 12, 31), NEW_YEAR, date(2026, 6, 30), date(2026, 7, 1)]
    roles = [{posting.role for posting in queries.actor_for(cast.zhou, day).postings} for day in days]
    both, one = {"post_holder", "safety_lead"}, {"post_holder"}
    assert roles == [one, both, both, one]


def test_ending_takes_effect_with_the_next_day_and_the_past_stays(cast, officer):
    principal = cast.lin.appointments.get()
    end_appointment(actor=officer, ask=Ask(seen=1), appointment=principal, ends_on=date(2025, 12, 16))
    assert cast.actor("lin").postings == ()
    assert [each.person for each in queries.heads_on(cast.school.id, date(2025, 12, 16))] == [
        cast.lin,
        cast.wen,
    ]
    assert [each.person for each in queries.heads_on(cast.school.id, date(2025, 12, 17))] == [cast.wen]


def test_an_appointment_ended_by_somebody_else_meanwhile_is_told(cast, officer):
    principal = cast.lin.appointments.get()
    end_appointment(actor=officer, ask=Ask(seen=1), appointment=principal, ends_on=clock.today())
    with pytest.raises(FasterHand):
        end_appointment(actor=officer, ask=Ask(seen=1), appointment=principal, ends_on=clock.today())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": date(2025, 12, 31)}, "ends_on"),
        ({"post": "principal", "person": "lin", "starts_on": date(2020, 1, 1)}, "starts_on"),
    ],
)
def test_a_wrong_appointment_is_refused_beside_its_field(cast, officer, values, field):
    person = getattr(cast, values.pop("person", "zhou"))
    with pytest.raises(RuleBroken) as refusal:
        appointed_by(officer, person, cast.school, values.pop("post", "staff"), **values)
    assert list(refusal.value.fields) == [field]


def test_nobody_appoints_or_dismisses_themselves(cast, officer):
    myself = queries.person_of(cast.bureau.id, officer_staff_no(officer))
    with pytest.raises(NotPermitted, match="自己"):
        appointed_by(officer, myself, cast.school, "principal")
    with pytest.raises(NotPermitted, match="自己"):
        end_appointment(
            actor=officer, ask=Ask(), appointment=myself.appointments.get(), ends_on=clock.today()
        )


def officer_staff_no(officer):
    row = Appointment.objects.everything("a test").select_related("person")
    return row.get(person_id=officer.person_id).person.staff_no


@pytest.mark.parametrize("other", PLATFORM_POSTS[1:])
def test_the_three_of_the_platform_are_three_people(cast, officer, other):
    admin = a_person(cast.bureau, "贺兰舟")
    an_appointment(admin, cast.bureau, "system_admin", ends_on=date(2026, 1, 31))
    with pytest.raises(RuleBroken, match="三个不同的人"):
        appointed_by(officer, admin, cast.bureau, other)
    later = appointed_by(officer, admin, cast.bureau, other, starts_on=date(2026, 2, 1))
    assert later.post.code == other


@pytest.mark.parametrize("who", ["lin", "gu", "bai", "yi"])
def test_only_the_security_officer_appoints(cast, officer, who):
    with pytest.raises(NotPermitted):
        appointed_by(cast.actor(who), cast.zhou, cast.school, "safety_lead")


def test_the_security_officer_does_not_reach_another_district(cast, officer):
    with pytest.raises(NotPermitted):
        appointed_by(officer, cast.yi, cast.elsewhere, "principal")


def test_vacant_is_what_was_held_or_must_be_and_is_not(cast):
    an_appointment(cast.zhou, cast.school, "canteen_manager", ends_on=date(2025, 8, 31))
    cast.shen.appointments.update(ends_on=date(2025, 12, 16))

    def vacant(day):
        return {post.code for post in queries.vacant_posts(cast.school, day)}

    assert vacant(date(2025, 12, 17)) == {"canteen_manager", "safety_officer"}
    assert vacant(date(2025, 8, 31)) == set()


def test_persons_of_a_unit_are_those_who_hold_a_post_there_or_below(cast):
    office = a_unit(cast.school, UnitKind.DEPARTMENT)
    clerk = appointed(office, "department_head", "叶清和")
    people = {cast.lin, cast.wen, cast.chen, cast.shen, cast.zhou, clerk}
    assert set(queries.persons_of(cast.school, clock.today())) == people
    assert set(queries.persons_of(office, clock.today())) == {clerk}


days = st.dates(date(2024, 1, 1), date(2024, 2, 15))


@pytest.mark.django_db
@settings(deadline=None)
@given(
    spans=st.lists(st.tuples(days, st.none() | days), max_size=5, unique_by=lambda span: span[0]), day=days
)
def test_on_any_day_exactly_the_appointments_whose_span_holds_it_grant(spans, day):
    """As-of against a plain loop over the same spans."""
    with transaction.atomic():
        school = a_unit(a_district())
        person = a_person(school)
        rows = [
            an_appointment(person, school, "principal", starts_on=first, ends_on=last)
            for first, last in spans
        ]
        expected = {
            row.id for row, (first, last) in zip(rows, spans, strict=True) if first <= day <= (last or day)
        }
        actor = queries.actor_for(person, day)
        assert {posting.appointment_id for posting in actor.postings} == expected
        assert {each.id for each in queries.holders_on(school.id, ["principal"], day)} == expected
        assert bool(granted(actor, "people.read_people", school)) == bool(expected)
        transaction.set_rollback(True)


def a_new_district():
    machine = robot(district_id=uuid4(), cause="xiaoan init")
    root = open_district(actor=machine, ask=Ask(), code="XX", name="新县教育局")
    opened = open_administration(
        actor=machine, ask=Ask(), district=root, username="Admin", credential="!unusable"
    )
    return root, queries.actor_for(opened.person)


def test_a_new_district_has_an_administrator_and_the_three_posts(db):
    root, admin = a_new_district()
    assert Account.named("ADMIN").person_id == admin.person_id
    assert (root.path, root.district_id, root.oversees) == ("XX/", root.id, True)
    codes = list(Post.objects.everything("a test").order_by("code").values_list("code", flat=True))
    assert codes == sorted(PLATFORM_POSTS)
    assert [posting.role for posting in admin.postings] == ["system_admin"]


def test_a_person_cannot_open_a_district(cast):
    with pytest.raises(NotPermitted):
        open_district(actor=cast.actor("gu"), ask=Ask(), code="ZZ", name="又一个教育局")


def test_the_first_administrator_grants_until_a_legal_section_and_a_centre_are_manned(db):
    root, admin = a_new_district()
    security = a_person(root, "方以南")
    appointed_by(admin, security, root, "security_officer", starts_on=clock.today())
    section = a_unit(root, UnitKind.SECTION, oversees=True)
    centre = a_unit(root, UnitKind.CENTRE, oversees=True)
    appointed_by(admin, a_person(root), section, "legal", starts_on=clock.today())
    appointed_by(admin, a_person(root), centre, "centre_head", starts_on=clock.today() + timedelta(days=1))

    appointed_by(admin, a_person(root), root, "bureau_head", starts_on=clock.today())

    with clock.held_at(clock.at(clock.today() + timedelta(days=1))), pytest.raises(NotPermitted):
        appointed_by(admin, a_person(root), root, "bureau_head")


def test_setting_up_one_district_grants_nothing_in_another(cast):
    _root, admin = a_new_district()
    with pytest.raises(NotPermitted):
        appointed_by(admin, cast.zhou, cast.school, "safety_lead")


def test_an_account_is_opened_once_and_its_name_has_no_look_alike(cast):
    admin = queries.actor_for(appointed(cast.bureau, "system_admin", "贺兰舟"))
    newcomer = a_person(cast.school)
    for name in ("аdmin", "ａｄｍｉｎ", "", cast.lin.staff_no):
        with pytest.raises(RuleBroken):
            open_account(actor=admin, ask=Ask(), person=newcomer, username=name, credential="!")
    open_account(actor=admin, ask=Ask(), person=newcomer, username="Newcomer", credential="!")
    assert Account.named("newcomer").person_id == newcomer.id


def test_supervision_is_a_sections_area_of_a_unit_for_some_days(cast):
    legal = cast.bai.appointments.get().unit
    assign_supervision(
        actor=cast.actor("bai"),
        ask=Ask(),
        section=legal,
        area="食品安全",
        supervised=cast.school,
        starts_on=date(2025, 9, 1),
        ends_on=date(2025, 12, 16),
    )
    rows = [(row.area, row.supervised) for row in queries.supervision_on(legal, date(2025, 12, 16))]
    assert rows == [("食品安全", cast.school)]
    assert list(queries.supervision_on(legal, date(2025, 12, 17))) == []


def test_supervision_belongs_to_a_section(cast):
    with pytest.raises(RuleBroken) as refusal:
        assign_supervision(
            actor=cast.actor("bai"),
            ask=Ask(),
            section=cast.centre,
            area=" ",
            supervised=cast.school,
            starts_on=NEW_YEAR,
            ends_on=date(2025, 1, 1),
        )
    assert list(refusal.value.fields) == ["section", "area", "ends_on"]
