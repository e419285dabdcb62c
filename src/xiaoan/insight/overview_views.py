"""全区总览: one page, on a desk, on A4, on a wall (`?face=wall`)."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import demand
from xiaoan.foundation.ui.dates import day_of_week
from xiaoan.insight.overview import overview_of
from xiaoan.insight.permissions import may_open_overview
from xiaoan.organisations.models import CircleKind

WALL = "wall"


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The district on one page, for who oversees it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    demand(may_open_overview(actor))
    kind = CircleKind.TOWN if request.GET.get("by") == CircleKind.TOWN else CircleKind.GROUP
    page = overview_of(actor, kind)
    by_town = kind == CircleKind.TOWN
    context = {
        "page": page,
        "wall": request.GET.get("face") == WALL,
        "note": _("%(day)s，数据截至 %(time)s")
        % {"day": day_of_week(clock.today()), "time": f"{page.at.astimezone(clock.SHANGHAI):%H:%M}"},
        "other_url": _address(by=CircleKind.GROUP if by_town else CircleKind.TOWN),
        "other_label": _("按协作组看") if by_town else _("按街镇看"),
        "wall_url": _address(by=kind, face=WALL),
    }
    return render(request, "insight/overview.html", context)


def _address(**words: str) -> str:
    """The same page in another way."""
    return f"?{urlencode(words)}"
