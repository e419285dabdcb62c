"""Reads about people: the actor of a person, holders of a post on a day."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Posting
from xiaoan.organisations.models import Unit, UnitKind
from xiaoan.people.appointing import posts_by_word
from xiaoan.people.models import Appointment, DemoLogin, Person, Post, Supervision
from xiaoan.people.permissions import in_force

ANY_DAY = "responsibility is answered for any day"


def actor_for(person: Person, day: date | None = None) -> Actor:
    """The actor that a person is today (or was on a day): all appointments then in force."""
    day = day or clock.today()
    rows = (
        Appointment.objects.everything("an actor is made of its own appointments")
        .filter(in_force(day), person=person)
        .select_related("post", "unit__district", "unit__parent")
    )
    postings = tuple(
        Posting(
            appointment_id=row.id,
            post=row.post.code,
            role=row.post.role,
            unit_id=row.unit_id,
            path=row.unit.path,
            oversees=row.unit.oversees,
            department_of=row.unit.parent.path if row.unit.kind == UnitKind.DEPARTMENT else "",
            unit_name=row.unit.name,
            post_name_zh=row.post.name_zh,
            post_name_en=row.post.name_en,
        )
        for row in rows
    )
    return Actor(
        person_id=person.id,
        name=person.name,
        district_id=person.district_id,
        postings=postings,
        day=day,
        district_name=next((row.unit.district.name for row in rows), ""),
    )


def holders_on(unit_id: UUID, posts: list[str], day: date) -> QuerySet[Appointment]:
    """Who held one of these posts in a unit, its departments included, on a day; deputies follow holders."""
    here = Q(unit_id=unit_id) | Q(unit__parent_id=unit_id, unit__kind=UnitKind.DEPARTMENT)
    return _held_on(day).filter(here, post__code__in=posts)


def _held_on(day: date) -> QuerySet[Appointment]:
    """Appointments in force on a day, in the order of the catalogue; deputies follow holders."""
    rows = Appointment.objects.everything(ANY_DAY).filter(in_force(day))
    return rows.select_related("person", "post").order_by(
        "is_deputy", "post__position", "post__code", "starts_on", "id"
    )


def heads_on(unit_id: UUID, day: date) -> QuerySet[Appointment]:
    """党政主要负责人 of a unit on a day; deputies follow holders."""
    return _held_on(day).filter(unit_id=unit_id, post__is_head=True)


def appointments_on(actor: Actor, unit: Unit, day: date) -> QuerySet[Appointment]:
    """Who held which post in a unit on a day, as far as the actor may see, in the order of the catalogue."""
    rows = Appointment.objects.visible_to(actor).filter(in_force(day), unit=unit)
    order = ("post__position", "post__code", "is_deputy", "starts_on")
    return rows.select_related("person", "post").order_by(*order)


def appointments_of(actor: Actor, person: Person) -> QuerySet[Appointment]:
    """A person's appointments, past and present, as far as the actor may see; the latest first."""
    rows = Appointment.objects.visible_to(actor).filter(person=person)
    return rows.select_related("unit", "post").order_by("-starts_on", "id")


def vacant_posts(unit: Unit, day: date) -> QuerySet[Post]:
    """Posts that nobody holds in a unit on a day, though somebody should.

    An institution should have a principal and a safety officer; and whoever's post was once held and is
    held no more leaves it vacant.
    """
    here = Appointment.objects.everything(ANY_DAY).filter(unit=unit)
    held = here.filter(in_force(day)).values("post")
    held_before = here.filter(ends_on__lt=day).values("post")
    needed = Q(pk__in=held_before)
    if unit.kind in {UnitKind.SCHOOL, UnitKind.AFFILIATED}:
        needed |= Q(role="safety_officer") | Q(role="principal", code="principal")
    posts = Post.objects.everything(ANY_DAY).filter(needed, district=unit.district_id, retired=False)
    return posts.exclude(pk__in=held).order_by("position", "code")


def persons_of(unit: Unit, day: date) -> QuerySet[Person]:
    """Everybody who holds a post in a unit or below it on a day, by staff number."""
    held = Appointment.objects.everything(ANY_DAY).filter(in_force(day), unit__path__startswith=unit.path)
    rows = Person.objects.everything(ANY_DAY).filter(district=unit.district_id, pk__in=held.values("person"))
    return rows.order_by("staff_no")


def person_of(district_id: UUID, staff_no: str) -> Person | None:
    """The person of a staff number (工号)."""
    people = Person.objects.everything("a staff number is unique in its district")
    return people.filter(district_id=district_id, staff_no__iexact=staff_no).first()


def post_of(district_id: UUID, code: str) -> Post | None:
    """The post of a code."""
    posts = Post.objects.everything("the district's own catalogue")
    return posts.filter(district_id=district_id, code=code).first()


def post_named(district_id: UUID, name: str) -> Post | None:
    """The post that a register calls by this name: its Chinese name or one of its aliases, in use before retired."""
    posts = Post.objects.everything("the district's own catalogue").filter(district_id=district_id)
    called = posts.filter(Q(name_zh=name) | Q(aliases__contains=name)).order_by("retired", "position", "code")
    return next((post for post in called if name in {post.name_zh, *post.aliases.split()}), None)


def posts_by_name(actor: Actor) -> dict[str, Post]:
    """Every word by which a table may call a post, retired ones last: `post_named` for many rows at once."""
    return posts_by_word(Post.objects.visible_to(actor))


def posts_in_use(district_id: UUID) -> QuerySet[Post]:
    """The catalogue without what is retired, in its order."""
    posts = Post.objects.everything("the district's own catalogue")
    return posts.filter(district_id=district_id, retired=False).order_by("position", "code")


def supervision_on(section: Unit, day: date) -> QuerySet[Supervision]:
    """What a section supervises on a day: area and unit."""
    rows = Supervision.objects.everything(ANY_DAY).filter(in_force(day), unit=section)
    return rows.select_related("supervised", "person").order_by("area", "supervised__code")


def find_people(rows: QuerySet[Person], word: str) -> QuerySet[Person]:
    """Those whose staff number begins with a word or whose name holds it."""
    return rows.filter(Q(staff_no__istartswith=word) | Q(name__contains=word))


def demo_cast() -> list[DemoLogin]:
    """The accounts that the demo's log-in page offers, in order."""
    rows = DemoLogin._default_manager.select_related("account__person__unit")  # noqa: SLF001 - no scope before sign-in
    return list(rows.order_by("position"))


def latest_appointments(person_ids: Collection[UUID], day: date) -> dict[UUID, Appointment]:
    """The appointment of each person in force on a day, the latest begun where there are several."""
    rows = Appointment.objects.everything(ANY_DAY).filter(in_force(day), person__in=person_ids)
    return {row.person_id: row for row in rows.select_related("post", "unit").order_by("starts_on", "id")}


def people_in_post(actor: Actor) -> QuerySet[Person]:
    """Whom the actor may see and who hold a post today, with their units."""
    held = Appointment.objects.visible_to(actor).filter(in_force(clock.today()))
    rows = Person.objects.visible_to(actor).filter(pk__in=held.values("person"))
    return rows.select_related("unit")


def person_signing_in_as(username: str) -> Person | None:
    """The person of a user name, whatever its case: the command line's `--as`."""
    people = Person.objects.everything("a user name is unique in the installation")
    return people.filter(account__username=username.strip().lower()).first()
