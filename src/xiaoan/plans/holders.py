"""Who answers for what in a unit today: the person named, else the holder of the duty's post."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment, Person
from xiaoan.people.permissions import in_force
from xiaoan.plans.indicators import named_on
from xiaoan.plans.models import Cell, Duty, DutyPost, HolderNaming


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A duty of the unit and who answers for it; nobody where the post is vacant."""

    duty: Duty
    names: tuple[str, ...]
    named: bool


def people_of(actor: Actor, unit: Unit) -> "QuerySet[Person]":
    """The people who hold a post in the unit or beneath it today, as far as the actor sees them."""
    posts = Appointment.objects.visible_to(actor).filter(
        in_force(clock.today()), unit__path__startswith=unit.path
    )
    return Person.objects.visible_to(actor).filter(pk__in=posts.values("person")).order_by("name", "staff_no")


def held_duties(actor: Actor, unit: Unit) -> list[HeldDuty]:
    """The duties that the unit owes today, in the order of the plan; four statements."""
    today = clock.today()
    owed = Cell.objects.visible_to(actor).filter(unit=unit, first__lte=today, last__gte=today)
    duties = Duty.objects.visible_to(actor).filter(pk__in=owed.values("duty")).order_by("position")
    namings = HolderNaming.objects.visible_to(actor).filter(named_on(today), unit=unit)
    named = dict(namings.values_list("duty_code", "person__name"))
    posts = Appointment.objects.visible_to(actor).filter(in_force(today), unit__path__startswith=unit.path)
    held: dict[str, list[str]] = {}
    for post, name in posts.order_by("is_deputy", "starts_on").values_list("post__code", "person__name"):
        held.setdefault(post, []).append(name)
    answering: dict[object, list[str]] = {}
    rows = DutyPost.objects.visible_to(actor).filter(duty__in=duties).order_by("position")
    for duty_id, post in rows.values_list("duty_id", "post_code"):
        answering.setdefault(duty_id, []).append(post)
    return [
        HeldDuty(
            duty,
            (named[duty.code],) if duty.code in named else _holders(answering.get(duty.pk, ()), held),
            duty.code in named,
        )
        for duty in duties
    ]


def _holders(posts: Iterable[str], held: dict[str, list[str]]) -> tuple[str, ...]:
    """The names behind posts, each once."""
    return tuple(dict.fromkeys(name for post in posts for name in held.get(post, ())))
