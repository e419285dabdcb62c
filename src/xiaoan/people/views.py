"""The list of people and the page of one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.pages import see
from xiaoan.people.models import Person
from xiaoan.people.people_list import PEOPLE_LIST, shown_people
from xiaoan.people.queries import appointments_of
from xiaoan.people.tenures import tenures_of


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom the actor may see, by staff number; `?export=xlsx` or `csv`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = shown_people(actor)
    if "export" in request.GET:
        return PEOPLE_LIST.export(request, rows)  # type: ignore[return-value]
    return render(request, "people/people.html", {"shown": PEOPLE_LIST.show(request, rows)})


@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A person: where they belong, which posts they hold and held."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(Person.objects.visible_to(actor).select_related("unit"), pk=person_id)
    appointments = list(appointments_of(actor, found))
    today = clock.today()
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "present": tenures_of(each for each in appointments if each.is_in_force(today)),
            "other": tenures_of(each for each in appointments if not each.is_in_force(today)),
        },
    )
