"""Screens of hazards: parse, call one act or query, render."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import NotFound, NotPermitted
from xiaoan.foundation.lifecycle import Lifecycle
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.foundation.permissions import Verdict, demand, holds_anywhere
from xiaoan.hazards import acts, queries
from xiaoan.hazards.deeds import DEEDS
from xiaoan.hazards.forms import RemarkForm, ReportForm, UnitForm, WordsForm
from xiaoan.hazards.ledger_layout import ledger_response
from xiaoan.hazards.lifecycle import EXTENSION, HAZARD, REFERRAL
from xiaoan.hazards.lists import FIRST_ORDER, ORDERS, hazard_list, views
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.offering import criteria_of
from xiaoan.hazards.page import HazardPage
from xiaoan.hazards.permissions import may_report_hazard
from xiaoan.hazards.rules import rules_in_force
from xiaoan.hazards.together import offered_together
from xiaoan.organisations.models import INSTITUTIONS, Unit

LEDGER = "ledger"
"""The export in the bureau's own layout."""
ORDER_KEPT = "hazards.order"


def hazards(request: HttpRequest) -> HttpResponseBase:
    """The list, or exactly that as a file. The order that a person chose is kept for the next time."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = queries.hazards(actor)
    listing = hazard_list(actor, order=_order(request))
    if request.GET.get("export") == LEDGER:
        return ledger_response(*listing.narrowed(request, rows), actor)
    if "export" in request.GET:
        return listing.export(request, rows)
    chosen = request.GET.get("view", "")
    context = {
        "shown": listing.show(request, rows),
        "views": [_tab("", _("全部"), chosen), *(_tab(each.code, each.label, chosen) for each in views())],
        "may_report": holds_anywhere(actor, "hazards.report_hazard"),
        "together": offered_together(actor),
        "may_import": holds_anywhere(actor, "hazards.import_hazards"),
        "waiting": len(queries.to_confirm(actor)),
    }
    return render(request, "hazards/hazards.html", context)


def report(request: HttpRequest) -> HttpResponse:
    """随手报: for one's own unit at once; who stands above chooses the unit first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = queries.reporting_unit(actor, request.GET.get("unit", ""))
    if unit is None:
        return _choose_unit(request, actor)
    demand(may_report_hazard(actor, unit))
    rules, places = rules_in_force(unit.district_id), list(queries.places_of(actor, unit))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReportForm(
        rules,
        queries.recent_places(actor, unit),
        places,
        *sent,
        from_above=not actor.belongs_to(unit.path),
        initial={"place": request.GET.get("place", "")},
    )

    def do(ask: Ask) -> Hazard:
        return acts.report_hazard(actor=actor, ask=ask, unit=unit, finding=form.finding())

    return act_by_form(
        request,
        form=form,
        do=do,
        template="hazards/report.html",
        context={"unit": unit},
        done=Hazard.get_absolute_url,
        message=_("已上报，谢谢。后面的办理会在“过程”里写明。"),
    )


def _choose_unit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whose hazard it is."""
    if not holds_anywhere(actor, "hazards.report_hazard"):
        raise NotPermitted
    units = Unit.objects.visible_to(actor).filter(kind__in=INSTITUTIONS, closed_on=None).order_by("code")
    form = UnitForm(list(units))
    return render(request, "hazards/choose_unit.html", {"form": form})


def hazard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One hazard: where it stands, photos, who answers, what may be done, what happened."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.whole_hazards(actor), pk=pk)
    relations = queries.relations_of(actor, found)
    context = {
        "hazard": found,
        "page": HazardPage(found, actor),
        "relations": relations,
        "extensions": [(each, _verdicts(EXTENSION, each, actor)) for each in relations.extensions],
        "referrals": [(each, _verdicts(REFERRAL, each, actor)) for each in relations.referrals],
    }
    return render(request, "hazards/hazard.html", context)


def move(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One move of a hazard: its form, and the act that makes it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.whole_hazards(actor), pk=pk)
    deed = DEEDS.get(verb)
    if deed is None:
        raise NotFound
    label = deed.label or (HAZARD.move_of(found, verb) or HAZARD.move(verb)).label
    if request.method != "POST":
        demand(_verdict(found, verb, actor))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = deed.form(actor, found, *sent)
    return act_by_form(
        request,
        form=form,
        do=lambda ask: deed.do(actor, ask, found, form.cleaned_data),
        template="hazards/move.html",
        context={"hazard": found, "label": label, "note": deed.note, "verb": verb, "seen": found.version}
        | ({"criteria": criteria_of([found])} if verb == "judge" else {}),
        done=lambda _done: found.get_absolute_url(),
        message=_("已办理：%(label)s。") % {"label": label},
    )


def decide_extension(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """批准延期 or 不批准."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.extensions(actor), pk=pk)
    act = {"grant": acts.grant_extension, "refuse": acts.refuse_extension}.get(verb)
    if act is None:
        raise NotFound
    form = (RemarkForm if verb == "grant" else WordsForm)(request.POST or None)

    def do(ask: Ask) -> Any:
        return act(actor=actor, ask=ask, extension=found, words=form.cleaned_data["words"])

    label = EXTENSION.move(verb).label
    note = _("延至 %(day)s，理由：%(reason)s") % {"day": found.due_on, "reason": found.reason}
    return _side_page(request, form, do, found, (label, note))


def end_referral(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """转办办结 or 退回转办."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.referrals(actor), pk=pk)
    act = {"answer": acts.answer_referral, "decline": acts.decline_referral}.get(verb)
    if act is None:
        raise NotFound
    form = WordsForm(request.POST or None)

    def do(ask: Ask) -> Any:
        return act(actor=actor, ask=ask, referral=found, words=form.cleaned_data["words"])

    return _side_page(request, form, do, found, (REFERRAL.move(verb).label, found.reason))


def _side_page(request: HttpRequest, form: Any, do: Any, found: Any, words: tuple[Any, str]) -> HttpResponse:
    """The page of a move of an extension or a referral; it leads back to the hazard."""
    label, note = words
    context = {"hazard": found.hazard, "label": label, "note": note, "seen": found.version}
    return act_by_form(
        request,
        form=form,
        do=do,
        template="hazards/move.html",
        context=context,
        done=lambda _done: found.hazard.get_absolute_url(),
        message=_("已办理：%(label)s。") % {"label": label},
    )


def _order(request: HttpRequest) -> str:
    """The order asked for, else the one kept from the last time. A pile of work comes in its own and is not kept."""
    wanted = request.GET.get("order", "")
    kept = request.session.get(ORDER_KEPT, FIRST_ORDER)
    if wanted in ORDERS and wanted != kept and not request.GET.get("mine"):
        request.session[ORDER_KEPT] = wanted
    return wanted if wanted in ORDERS else str(kept)


def _tab(code: str, label: Any, chosen: str) -> dict[str, Any]:
    """A tab of the list."""
    address = reverse("hazards:hazards")
    return {"label": label, "url": f"{address}?view={code}" if code else address, "current": code == chosen}


def _verdicts(table: Lifecycle, record: Any, actor: Actor) -> dict[str, Verdict]:
    """The moves of a record that hangs on a hazard, by verb."""
    return {move.verb: verdict for move, verdict in table.offers(record, actor)}


def _verdict(hazard: Hazard, verb: str, actor: Actor) -> Verdict | None:
    """The verdict on a move where it begins; None where it does not."""
    return next((verdict for move, verdict in HAZARD.offers(hazard, actor) if move.verb == verb), None)
