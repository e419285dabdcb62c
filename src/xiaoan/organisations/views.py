"""The list of units and the page of one, as it was on any day."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Malformed
from xiaoan.foundation.pages import see
from xiaoan.foundation.panels import panels_for
from xiaoan.organisations.models import Place, Unit
from xiaoan.organisations.queries import UnitOnDay, children, circles_of, facts_of
from xiaoan.organisations.unit_list import UNIT_LIST, shown_units
from xiaoan.organisations.words import pupil_words

PLACES_SHOWN = 200


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The units that the actor may see; `?export=xlsx` or `csv`."""
    rows = shown_units(request.actor)  # type: ignore[attr-defined]
    if "export" in request.GET:
        return UNIT_LIST.export(request, rows)  # type: ignore[return-value]
    return render(request, "organisations/units.html", {"shown": UNIT_LIST.show(request, rows)})


@require_GET
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A unit: its facts, circles, places and people, on the day of `?on=2026-03-09` or today."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(Unit.objects.visible_to(actor).select_related("parent"), pk=unit_id)
    subject = UnitOnDay(found, _day(request))
    return render(request, "organisations/unit.html", _context(actor, subject))


def _day(request: HttpRequest) -> date:
    """The day that is asked about."""
    try:
        return date.fromisoformat(request.GET["on"]) if request.GET.get("on") else clock.today()
    except ValueError as wrong:
        raise Malformed(_("日期请写成 2025-03-20 这样的形式。")) from wrong


def _context(actor: Actor, subject: UnitOnDay) -> dict[str, Any]:
    """What the page of a unit shows."""
    visible = Unit.objects.visible_to(actor)
    places = Place.objects.visible_to(actor).filter(unit=subject.unit).select_related("campus")
    facts = facts_of(subject.unit, subject.day)
    return {
        "unit": subject.unit,
        "day": subject.day,
        "is_today": subject.day == clock.today(),
        "parent": visible.filter(pk=subject.unit.parent_id).first(),
        "facts": facts,
        "pupils": pupil_words(facts) if facts else "",
        "circles": circles_of(subject.unit, subject.day),
        "places": places.order_by("code")[:PLACES_SHOWN],
        "children": children(subject.unit, subject.day).filter(pk__in=visible.values("pk")),
        "panels": panels_for("organisations.unit", actor, subject),
    }
