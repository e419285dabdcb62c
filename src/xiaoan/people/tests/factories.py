"""Persons with appointments, and the cast: named people with known posts in two districts."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from xiaoan.foundation.actor import Actor
from xiaoan.organisations.models import Unit, UnitKind
from xiaoan.organisations.tests.factories import a_district, a_unit
from xiaoan.people.models import Account, Appointment, Person, Post
from xiaoan.people.queries import actor_for

_numbers = count(1)
HEADS = {"principal", "secretary"}
ROLES = {"secretary": "principal"}
"""Posts whose role has another name than the post itself."""


def a_post(district: Unit, code: str) -> Post:
    """A post of the district's catalogue; its role has the post's name unless `ROLES` says otherwise."""
    post, _made = Post.objects.everything("a factory").get_or_create(
        district=district,
        code=code,
        defaults={
            "unit": district,
            "name_zh": code,
            "name_en": code,
            "role": ROLES.get(code, code),
            "is_head": code in HEADS,
        },
    )
    return post


def a_person(unit: Unit, name: str = "何知秋", **values: object) -> Person:
    """A person of a unit."""
    staff_no = values.pop("staff_no", f"P{next(_numbers):05d}")
    return Person.objects.create(
        district_id=unit.district_id, unit=unit, staff_no=staff_no, name=name, **values
    )


def an_appointment(person: Person, unit: Unit, post: str, **values: object) -> Appointment:
    """An appointment since 2020 unless dates are given."""
    row = {"starts_on": date(2020, 1, 1)} | values
    return Appointment.objects.create(
        district_id=unit.district_id, unit=unit, person=person, post=a_post(unit.district, post), **row
    )


def appointed(unit: Unit, post: str, name: str) -> Person:
    """A new person who holds a post, with an account named after their staff number."""
    person = a_person(unit, name)
    an_appointment(person, unit, post)
    account = Account(username=person.staff_no, person=person)
    account.set_password("a long enough password")
    account.save()
    return person


@dataclass(frozen=True)
class Cast:
    """The people of the tests. Lu's school, its neighbour, the bureau above both, and another district."""

    bureau: Unit
    centre: Unit
    school: Unit
    neighbour: Unit
    elsewhere: Unit
    bai: Person
    """法制科 of the bureau."""
    gu: Person
    """综合事务中心主任."""
    lin: Person
    """校长 of the school."""
    wen: Person
    """书记 of the school."""
    chen: Person
    """分管副校长 of the school."""
    shen: Person
    """安全员 of the school."""
    zhou: Person
    """岗位责任人 of the school."""
    tang: Person
    """校长 of the neighbour."""
    yi: Person
    """安全员 of a school in the other district: sees nothing here."""

    def actor(self, name: str) -> Actor:
        """The actor of a member of the cast, today."""
        return actor_for(getattr(self, name))


def make_cast() -> Cast:
    """Two districts with the people of the tests."""
    bureau = a_district()
    centre = a_unit(bureau, UnitKind.CENTRE, code="YH-C", name="云禾综合事务中心", oversees=True)
    legal = a_unit(bureau, UnitKind.SECTION, code="YH-L", name="法制科", oversees=True)
    school = a_unit(bureau, code="YH-S1", name="云禾实验小学")
    neighbour = a_unit(bureau, code="YH-S2", name="柳湾小学")
    far = a_district("SQ", "松泉县教育局")
    elsewhere = a_unit(far, code="SQ-S1", name="松泉小学")
    return Cast(
        bureau=bureau,
        centre=centre,
        school=school,
        neighbour=neighbour,
        elsewhere=elsewhere,
        bai=appointed(legal, "legal", "白清和"),
        gu=appointed(centre, "centre_head", "顾明澈"),
        lin=appointed(school, "principal", "林一鸣"),
        wen=appointed(school, "secretary", "温怀瑾"),
        chen=appointed(school, "safety_lead", "陈敬之"),
        shen=appointed(school, "safety_officer", "沈知远"),
        zhou=appointed(school, "post_holder", "周砚秋"),
        tang=appointed(neighbour, "principal", "唐若水"),
        yi=appointed(elsewhere, "safety_officer", "易安澜"),
    )
