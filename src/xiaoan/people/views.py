"""The list of people and the page of one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.pages import see
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.people.models import Person
from xiaoan.people.people_list import PEOPLE_LIST, shown_people
from xiaoan.people.permissions import may_appoint, may_end_appointment, may_open_account, may_reset_password
from xiaoan.people.queries import appointments_of
from xiaoan.people.tenures import tenures_of


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom the actor may see, by staff number; `?export=xlsx` or `csv`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = shown_people(actor)
    if "export" in request.GET:
        return PEOPLE_LIST.export(request, rows)  # type: ignore[return-value]
    context = {
        "shown": PEOPLE_LIST.show(request, rows),
        "opens_accounts": holds_anywhere(actor, "people.open_accounts"),
    }
    return render(request, "people/people.html", context)


@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A person: where they belong, which posts they hold and held."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(Person.objects.visible_to(actor).select_related("unit", "account"), pk=person_id)
    appointments = list(appointments_of(actor, found))
    today = clock.today()
    context = {
        "person": found,
        "present": tenures_of(each for each in appointments if each.is_in_force(today)),
        "other": tenures_of(each for each in appointments if not each.is_in_force(today)),
        "endable": {each.id for each in appointments if may_end_appointment(actor, each)},
        "may_appoint": may_appoint(actor, found, found.unit),
        "account": getattr(found, "account", None),
        "may_open_account": may_open_account(actor, found),
        "may_reset_password": may_reset_password(actor, found),
        "is_own": found.id == actor.person_id,
    }
    return render(request, "people/person.html", context)
