"""Reads about people: the actor of a person, holders of a post on a day."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Posting
from xiaoan.people.models import Appointment, Person
from xiaoan.people.permissions import in_force


def actor_for(person: Person, day: date | None = None) -> Actor:
    """The actor that a person is today (or was on a day): all appointments then in force."""
    day = day or clock.today()
    rows = (
        Appointment.objects.everything("an actor is made of its own appointments")
        .filter(in_force(day), person=person)
        .select_related("post", "unit__district")
    )
    postings = tuple(
        Posting(
            appointment_id=row.id,
            post=row.post.code,
            role=row.post.role,
            unit_id=row.unit_id,
            path=row.unit.path,
            oversees=row.unit.oversees,
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
    """Who held one of these posts in a unit on a day; deputies follow holders."""
    return (
        Appointment.objects.everything("responsibility is answered for any day")
        .filter(in_force(day), unit_id=unit_id, post__code__in=posts)
        .select_related("person", "post")
        .order_by("is_deputy", "starts_on")
    )
