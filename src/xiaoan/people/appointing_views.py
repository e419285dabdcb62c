"""Pages that grant: appointing, ending an appointment, laying down what a section supervises."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.foundation.permissions import demand
from xiaoan.organisations.models import INSTITUTIONS, Unit, UnitKind
from xiaoan.organisations.queries import in_force, units_in_force
from xiaoan.people.acts import appoint as appoint_person
from xiaoan.people.acts import assign_supervision, end_appointment, end_supervision
from xiaoan.people.appointing_forms import AppointForm, EndForm, EndSupervisionForm, SupervisionForm
from xiaoan.people.models import Appointment, Person, Supervision
from xiaoan.people.permissions import (
    may_appoint,
    may_assign_supervision,
    may_end_appointment,
    may_end_supervision,
)
from xiaoan.people.queries import persons_of, posts_in_use
from xiaoan.people.tenures import days_of


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Appoint a person: post, unit, from when to when, as a deputy or not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = see(Person.objects.visible_to(actor).select_related("unit"), pk=person_id)
    demand(may_appoint(actor, person, person.unit))
    units = Unit.objects.visible_to(actor).filter(in_force(clock.today())).order_by("code")
    form = AppointForm(person, posts_in_use(actor.district_id), units, request.POST or None)

    def do(ask: Ask) -> Appointment:
        return appoint_person(actor=actor, ask=ask, person=person, **form.cleaned_data)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="people/appoint.html",
        context={"person": person},
        done=_persons_page,
        message=_("任职已登记。"),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """End an appointment after its last day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Appointment.objects.visible_to(actor).select_related("person", "post", "unit")
    found = see(rows, pk=appointment_id)
    demand(may_end_appointment(actor, found))
    form = EndForm(found, request.POST or None)

    def do(ask: Ask) -> Appointment:
        return end_appointment(actor=actor, ask=ask, appointment=found, ends_on=form.cleaned_data["ends_on"])

    return act_by_form(
        request,
        form=form,
        do=do,
        template="people/end_appointment.html",
        context={"appointment": found, "seen": found.version},
        done=_persons_page,
        message=_("结束日期已登记。"),
    )


def _persons_page(appointment: Appointment) -> str:
    """The page of the person who was appointed."""
    return reverse("people:person", args=[appointment.person_id])


@require_http_methods(["GET", "POST"])
def supervise(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Lay down that a section supervises an area of a unit."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    section = see(Unit.objects.visible_to(actor), pk=unit_id, kind=UnitKind.SECTION)
    demand(may_assign_supervision(actor, section))
    today = clock.today()
    units = units_in_force(actor.district_id, today, INSTITUTIONS)
    form = SupervisionForm(units, persons_of(section, today), request.POST or None)

    def do(ask: Ask) -> Supervision:
        return assign_supervision(actor=actor, ask=ask, section=section, **form.cleaned_data)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="people/supervise.html",
        context={"section": section},
        done=lambda _done: reverse("organisations:unit", args=[section.id]),
        message=_("分工已登记。"),
    )


@require_http_methods(["GET", "POST"])
def end_assignment(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """End what a section supervises after its last day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Supervision.objects.visible_to(actor).select_related("unit", "supervised", "person")
    found = see(rows, pk=supervision_id)
    demand(may_end_supervision(actor, found))
    form = EndSupervisionForm(found, request.POST or None)

    def do(ask: Ask) -> Supervision:
        ends_on = form.cleaned_data["ends_on"]
        return end_supervision(actor=actor, ask=ask, supervision=found, ends_on=ends_on)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="people/end_supervision.html",
        context={"supervision": found, "days": days_of(found), "seen": found.version},
        done=lambda done: reverse("organisations:unit", args=[done.unit_id]),
        message=_("结束日期已登记。"),
    )
