"""方案原文: the document as it reads, with its living margin."""

from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Malformed
from xiaoan.foundation.periods import Period, period_name
from xiaoan.organisations.models import INSTITUTIONS, Unit
from xiaoan.organisations.queries import in_force
from xiaoan.plans.margin import in_circle, quarters, running_quarter
from xiaoan.plans.models import PackVersion
from xiaoan.plans.pack.sections import published_pack
from xiaoan.plans.plan_page import View, document_views
from xiaoan.plans.scopes import CIRCLE, Choices, circle_choices, oversees

UNIT = "u:"
"""Before the code of an institution in an address."""
SELECT = forms.Select(attrs={"class": "input"})


class Looking(forms.Form):
    """Which quarter, and whose cells."""

    period = forms.ChoiceField(label=gettext_lazy("时段"), required=False, widget=SELECT)
    scope = forms.ChoiceField(label=gettext_lazy("范围"), required=False, widget=SELECT)
    duty = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, periods: list[Period], scopes: Choices, running: Period) -> None:
        super().__init__({"period": running.code, **request.GET.dict()})
        self.fields["period"].choices = [(each.code, period_name(each)) for each in periods]  # type: ignore[attr-defined]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
        if not scopes:
            del self.fields["scope"]


def scope_choices(actor: Actor) -> Choices:
    """The whole district, its circles, its institutions: what somebody who oversees it may choose from."""
    today = clock.today()
    units = Unit.objects.visible_to(actor).filter(in_force(today), kind__in=INSTITUTIONS).order_by("code")
    names = list(units.values_list("code", "name"))
    whole = [("", _("全区 %(number)d 个单位") % {"number": len(names)})]
    single = (
        [(pgettext("plural", "单位"), [(f"{UNIT}{code}", name) for code, name in names])] if names else []
    )
    return [*whole, *circle_choices(actor), *single]


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The plan page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    pack = published_pack(actor.district_id)
    if pack is None:
        return render(request, "plans/no_plan.html")
    scopes = scope_choices(actor) if oversees(actor) else ()
    form = Looking(request, quarters(pack), scopes, running_quarter(pack))
    if not form.is_valid():
        raise Malformed
    view = _view(actor, pack, form)
    return render(
        request,
        "plans/plan.html",
        {
            "pack": pack,
            "form": form,
            "quarter": period_name(view.quarter),
            "documents": document_views(view),
            "own": view.own_unit is not None,
        },
    )


def _view(actor: Actor, pack: PackVersion, form: Looking) -> View:
    """What was chosen."""
    chosen = {name: str(value) for name, value in form.cleaned_data.items()}
    quarter = next(each for each in quarters(pack) if each.code == chosen["period"])
    scope = chosen.get("scope", "")
    own: Q | None = Q(unit__code__iexact=scope.removeprefix(UNIT)) if scope.startswith(UNIT) else None
    if not oversees(actor):
        own = Q(unit_id__in=[posting.unit_id for posting in actor.narrowest_first[:1]])
    units = in_circle(actor, UUID(scope.removeprefix(CIRCLE))) if scope.startswith(CIRCLE) else None
    return View(
        actor=actor,
        pack=pack,
        quarter=quarter,
        units=units,
        own_unit=own,
        open_duty=chosen.get("duty", ""),
        chosen=chosen,
    )
