"""季度定账: the page that says what settling a quarter does, and its button."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.organisations.models import Unit
from xiaoan.plans import acts
from xiaoan.plans.completion import listed_at
from xiaoan.plans.permissions import may_settle_period
from xiaoan.plans.settling import settlement


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """Settle a finished quarter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = settlement(actor, code)
    district = see(Unit.objects.visible_to(actor), pk=actor.district_id)
    return act_by_form(
        request,
        form=forms.Form(request.POST or None),
        do=lambda ask: acts.settle_period(actor=actor, ask=ask, district=district, period=code),
        template="plans/settle.html",
        context={
            "settlement": found,
            "may_settle": may_settle_period(actor, district),
            "list_url": listed_at(found.quarter),
        },
        done=lambda _district: reverse("plans:settle", args=[code]),
        message=_("已定账。这一季度的完成情况不再变动。"),
    )
