"""Screens of the risk list."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import NotFound
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.foundation.periods import period_name
from xiaoan.foundation.permissions import Denied, demand, holds_anywhere
from xiaoan.organisations.models import Unit
from xiaoan.people.queries import posts_in_use
from xiaoan.risks import acts, queries
from xiaoan.risks.forms import ChangeForm, RetireForm, ReviewForm, RiskForm
from xiaoan.risks.history import history_of
from xiaoan.risks.lifecycle import RISK
from xiaoan.risks.lists import STATE_SIGNS, risk_list
from xiaoan.risks.models import ReviewOutcome, Risk, RiskState
from xiaoan.risks.permissions import (
    may_add_risk,
    may_add_starter_risks,
    may_change_risk,
    may_open_review,
    may_retire_risk,
    reviews_whole_list,
)


def risks(request: HttpRequest) -> HttpResponseBase:
    """The list, or exactly that as a file."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    listing = risk_list(across_units=actor.spans_units)
    if "export" in request.GET:
        return listing.export(request, queries.risks(actor))
    unit = queries.keeping_unit(actor) if holds_anywhere(actor, "risks.review_risks") else None
    context = {
        "shown": listing.show(request, queries.risks(actor)),
        "may_add": may_add_risk(actor, unit) if unit else Denied(),
        "may_review": may_open_review(actor, unit) if unit else Denied(),
    }
    return render(request, "risks/risks.html", context)


def risk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One risk point: what it is, whether it was reviewed, what happened to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.risks(actor), pk=pk)
    accident = queries.rules_in_force(found.district_id).accident(found.kind) if found.kind else None
    context = {
        "risk": found,
        "state": STATE_SIGNS[RiskState(found.state)],
        "accident": accident.title if accident else "",
        "history": history_of(found, actor),
        "moves": {move.verb: verdict for move, verdict in RISK.offers(found, actor)},
    }
    return render(request, "risks/risk.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Put a risk point on the list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = _unit(request)
    demand(may_add_risk(actor, unit))
    form = RiskForm(
        queries.places_of(actor, unit),
        list(posts_in_use(unit.district_id)),
        queries.rules_in_force(unit.district_id),
        request.POST or None,
    )

    def do(ask: Ask) -> Risk:
        return acts.add_risk(actor=actor, ask=ask, unit=unit, draft=form.draft())

    return act_by_form(
        request,
        form=form,
        do=do,
        template="risks/add.html",
        context={"unit": unit},
        done=Risk.get_absolute_url,
        message=_("已列入风险清单。"),
    )


def starter(request: HttpRequest) -> HttpResponse:
    """What the pack suggests for the unit's places, and the button that takes it all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = _unit(request)
    demand(may_add_starter_risks(actor, unit))
    offers = queries.offers(actor, unit)

    def do(ask: Ask) -> Unit:
        return acts.add_starter_risks(actor=actor, ask=ask, unit=unit)

    return act_by_form(
        request,
        form=Form(request.POST or None),
        do=do,
        template="risks/starter.html",
        context={"unit": unit, "offers": offers},
        done=lambda _unit: reverse("risks:risks"),
        message=_("已列入风险清单，请逐条核对等级、措施和岗位。"),
    )


def review(request: HttpRequest) -> HttpResponse:
    """学期复核: every point of the unit that was not looked at this term, one tap each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = _unit(request)
    demand(may_open_review(actor, unit))
    term = queries.running_term(unit.district_id)
    whole = reviews_whole_list(actor, unit)
    outcomes = ReviewOutcome.values if whole else [ReviewOutcome.KEPT.value]
    sheet = queries.review_sheet(actor, unit, term)
    form = ReviewForm(sheet, outcomes, request.POST or None)

    def do(ask: Ask) -> Unit:
        return acts.review_risks(actor=actor, ask=ask, unit=unit, answers=form.answers())

    return act_by_form(
        request,
        form=form,
        do=do,
        template="risks/review.html",
        context={
            "unit": unit,
            "term": period_name(term),
            "due": term.last,
            "done": len(sheet) - len(form.pending),
            "total": len(sheet),
            "whole": whole,
        },
        done=lambda _unit: f"{reverse('risks:review')}?unit={unit.pk}",
        message=_("复核已记录。"),
    )


def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a listed risk point, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.risks(actor), pk=pk)
    demand(may_change_risk(actor, found))
    form = _change_form(request, found)

    def do(ask: Ask) -> Risk:
        reason = form.cleaned_data["reason"]
        return acts.change_risk(actor=actor, ask=ask, risk=found, draft=form.draft(), reason=reason)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="risks/change.html",
        context={"risk": found, "seen": found.version},
        done=Risk.get_absolute_url,
        message=_("已调整，原内容保留在过程中。"),
    )


def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a risk point off the list, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.risks(actor), pk=pk)
    demand(may_retire_risk(actor, found))
    form = RetireForm(request.POST or None)

    def do(ask: Ask) -> Risk:
        state, reason = RiskState(form.cleaned_data["state"]), form.cleaned_data["reason"]
        return acts.retire_risk(actor=actor, ask=ask, risk=found, state=state, reason=reason)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="risks/retire.html",
        context={"risk": found, "seen": found.version},
        done=Risk.get_absolute_url,
        message=_("已从清单中移出，记录仍可查阅。"),
    )


def _unit(request: HttpRequest) -> Unit:
    """The unit of the address, or the actor's own; `NotFound` where there is none in sight."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = queries.keeping_unit(actor, request.GET.get("unit", ""))
    if unit is None:
        raise NotFound
    return unit


def _change_form(request: HttpRequest, found: Risk) -> ChangeForm:
    """The form of a point as it stands; its own place, post and accident stay offered though out of use."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = queries.draft_of(found)
    places = queries.places_of(actor, found.unit)
    posts = list(posts_in_use(found.district_id))
    initial: dict[str, Any] = {
        "place": str(found.place_id),
        "point": found.point,
        "kind": found.kind,
        "level": found.level,
        "measures": found.measures,
        "post": found.post,
    }
    return ChangeForm(
        places if standing.place in places else [standing.place, *places],
        posts if standing.post in posts else [standing.post, *posts],
        queries.rules_in_force(found.district_id),
        request.POST or None,
        initial,
    )
