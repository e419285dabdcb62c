"""全区总览: one page, on a desk, on A4, on a wall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import NotPermitted
from xiaoan.insight.permissions import may_open_overview


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The district on one page, for who oversees it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not (verdict := may_open_overview(actor)):
        raise NotPermitted(verdict.reason)
    return render(request, "insight/overview.html", {})
