"""明确责任人 (S1.4): the unit's duties, who answers for each, and naming somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import NotFound
from xiaoan.foundation.pages import act_by_form
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.organisations.models import Unit
from xiaoan.plans import acts
from xiaoan.plans.forms import HolderForm
from xiaoan.plans.holders import held_duties, people_of
from xiaoan.plans.queries import duty_seen


def _own_unit(actor: Actor) -> Unit:
    """The unit at which the actor holds a post; for who oversees the district there is none."""
    posting = next((each for each in actor.narrowest_first if not each.oversees), None)
    unit = Unit.objects.visible_to(actor).filter(pk=posting.unit_id).first() if posting else None
    if unit is None:
        raise NotFound
    return unit


@require_GET
def holders(request: HttpRequest) -> HttpResponse:
    """The unit's duties with the people who answer for them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = _own_unit(actor)
    return render(
        request,
        "plans/holders.html",
        {
            "unit": unit,
            "rows": held_duties(actor, unit),
            "may_name": holds_anywhere(actor, "plans.name_holder"),
        },
    )


@require_http_methods(["GET", "POST"])
def holder(request: HttpRequest, code: str) -> HttpResponse:
    """Name who answers for one duty."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit, duty = _own_unit(actor), duty_seen(actor, code)
    people = people_of(actor, unit)
    form = HolderForm(request.POST or None, people)
    return act_by_form(
        request,
        form=form,
        do=lambda ask: acts.name_holder(
            actor=actor, ask=ask, unit=unit, duty_code=duty.code, person=form.cleaned_data["person"]
        ),
        template="plans/holder.html",
        context={"duty": duty, "unit": unit},
        done=lambda _record: reverse("plans:holders"),
        message=_("责任人已明确。"),
    )
