"""Screens of the ledgers: parse, call one act or query, render."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import Malformed, NotFound
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.listing import EXCEL_TYPE
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.foundation.permissions import Denied, demand
from xiaoan.foundation.sheets import SheetRefused, template_workbook
from xiaoan.ledgers import acts, queries
from xiaoan.ledgers.contents import facts_of
from xiaoan.ledgers.filling import CORRECTION_REASON
from xiaoan.ledgers.forms import (
    ROWS_FIELD,
    CorrectForm,
    FinishForm,
    ImportForm,
    RecordForm,
    VoidForm,
    stored_answers,
)
from xiaoan.ledgers.history import history_of
from xiaoan.ledgers.imports import check_file, columns_of, table_of
from xiaoan.ledgers.kinds import KindOfVersion, kind_in_force, kinds_in_force
from xiaoan.ledgers.lifecycle import ENTRY, ITEM
from xiaoan.ledgers.lists import entry_list, entry_sign
from xiaoan.ledgers.models import Entry, Item
from xiaoan.ledgers.permissions import (
    may_correct_entry,
    may_import_entries,
    may_record_by,
    may_record_entry,
    may_void_entry,
)
from xiaoan.organisations.models import Unit

MORE = "more_rows"
MORE_ROWS = 3


def kinds(request: HttpRequest) -> HttpResponse:
    """The ledgers' home: what each kind still wants in its period, and the button that keeps it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = queries.keeping_unit(actor, request.GET.get("unit", ""))
    standings = queries.standings(actor, unit) if unit else []
    others = [] if standings else kinds_in_force(actor.district_id).root
    context = {
        "unit": unit,
        "standings": standings,
        "next": queries.wanted_first(standings),
        "other_kinds": others,
    }
    return render(request, "ledgers/kinds.html", context)


def entries(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list of a kind, or exactly that as a file."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    declared = kind_in_force(actor.district_id, kind).declared
    rows = queries.entries(actor, kind)
    listing = entry_list(declared, across_units=actor.spans_units)
    if "export" in request.GET:
        return listing.export(request, rows)
    unit = queries.keeping_unit(actor)
    context = {
        "kind": declared,
        "shown": listing.show(request, rows),
        "may_record": may_record_by(actor, unit, declared) if unit else Denied(),
    }
    return render(request, "ledgers/entries.html", context)


def record(request: HttpRequest, kind: str) -> HttpResponse:
    """Record one: the form comes from the declaration."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = queries.keeping_unit(actor, request.GET.get("unit", ""))
    if unit is None:
        raise NotFound
    in_force = kind_in_force(unit.district_id, kind)
    declared = in_force.declared
    demand(may_record_entry(actor, unit, in_force))
    offered = queries.candidates(actor, unit)
    day = {"happened_on": _day_of(request)}
    form = _record_form(
        request, lambda data, files, initial: RecordForm(declared, offered, data, files, day | initial)
    )

    def do(ask: Ask) -> Entry:
        return acts.record_entry(actor=actor, ask=ask, unit=unit, kind=in_force, filling=form.filling())

    context = {"kind": declared, "unit": unit, "back_url": reverse("ledgers:kinds")}
    return _fill_in(request, form, do, "ledgers/record.html", context, _("已登记。"))


def _day_of(request: HttpRequest) -> date:
    """The day that a blank form begins with: that of `?on=`, never a coming one; else today."""
    try:
        asked = date.fromisoformat(request.GET["on"]) if request.GET.get("on") else clock.today()
    except ValueError as wrong:
        raise Malformed from wrong
    return min(asked, clock.today())


def import_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file; it is checked, and what it would do is shown before anything is filed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit, in_force = _importing(actor, kind, request.GET.get("unit", ""))
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    status = 422 if is_sent else 200
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = check_file(unit, in_force, file.read(), file.name, actor)
            return redirect(f"{reverse('ledgers:draft', args=[kind, draft.id])}?unit={unit.id}")
        except SheetRefused as refused:
            form.add_error("file", str(refused))
            status = refused.status
    declared = in_force.declared
    context = {"kind": declared, "unit": unit, "form": form, "columns": columns_of(declared)}
    return render(request, "ledgers/import.html", context, status=status)


def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty workbook with the headings of the kind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    declared = kind_in_force(actor.district_id, kind).declared
    book = template_workbook(columns_of(declared), declared.title.zh)
    response = HttpResponse(book, content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{declared.code}.xlsx"'
    return response


def import_draft(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """A checked file: what is wrong, what is new, and the button that files it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit, in_force = _importing(actor, kind, request.GET.get("unit", ""))
    name = table_of(unit, in_force).name
    draft = see(ImportDraft.objects.visible_to(actor), pk=pk, kind=name, unit_id=unit.id)

    def do(ask: Ask) -> ImportDraft:
        return acts.import_entries(actor=actor, ask=ask, unit=unit, kind=in_force, draft=draft)

    return act_by_form(
        request,
        form=Form(request.POST or None),
        do=do,
        template="ledgers/import_draft.html",
        context={"kind": in_force.declared, "draft": draft},
        done=lambda _done: reverse("ledgers:entries", args=[kind]),
        message=_("已导入 %(number)s 条。") % {"number": draft.added},
    )


def _importing(actor: Actor, kind: str, unit_id: str) -> tuple[Unit, KindOfVersion]:
    """The unit and the kind of an import that is granted."""
    unit = queries.keeping_unit(actor, unit_id)
    if unit is None:
        raise NotFound
    in_force = kind_in_force(unit.district_id, kind)
    demand(may_import_entries(actor, unit, in_force))
    return unit, in_force


def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry: what it says, what became of its 议定事项, what it is evidence for, what happened to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.whole_entries(actor), pk=pk)
    kind = found.declared
    for item in found.items.all():
        item.entry = found
    context = {
        "entry": found,
        "sign": entry_sign(found),
        "kind": kind,
        "facts": facts_of(found, kind),
        "items": [(item, _offer(ITEM.offers(item, actor), "finish")) for item in found.items.all()],
        "duties": queries.duties_served(actor, found, kind),
        "history": history_of(found, kind, actor),
        "may_correct": _offer(ENTRY.offers(found, actor), "correct"),
        "may_void": _offer(ENTRY.offers(found, actor), "void"),
    }
    return render(request, "ledgers/entry.html", context)


def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put an entry right, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.whole_entries(actor), pk=pk)
    demand(may_correct_entry(actor, found))
    kind = found.declared
    offered = queries.candidates(actor, found.unit, named=[each.person_id for each in found.people.all()])
    stored = stored_answers(found, kind, offered)
    form = _record_form(
        request, lambda data, files, initial: CorrectForm(kind, offered, data, files, stored | initial)
    )

    def do(ask: Ask) -> Entry:
        reason = form.cleaned_data[CORRECTION_REASON]
        return acts.correct_entry(actor=actor, ask=ask, entry=found, filling=form.filling(), reason=reason)

    context = {"kind": kind, "unit": found.unit, "seen": found.version, "back_url": found.get_absolute_url()}
    return _fill_in(request, form, do, "ledgers/correct.html", context, _("已更正，原内容保留在操作记录中。"))


def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Void an entry, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.whole_entries(actor), pk=pk)
    demand(may_void_entry(actor, found))
    form = VoidForm(request.POST or None)

    def do(ask: Ask) -> Entry:
        return acts.void_entry(actor=actor, ask=ask, entry=found, reason=form.cleaned_data["reason"])

    return act_by_form(
        request,
        form=form,
        do=do,
        template="ledgers/void.html",
        context={"entry": found, "kind": found.declared, "seen": found.version},
        done=Entry.get_absolute_url,
        message=_("已作废，记录仍可查阅，不再计入任务完成情况。"),
    )


def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One 议定事项: what was agreed, and the form that says it is done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.items(actor), pk=pk)
    form = FinishForm(request.POST or None)

    def do(ask: Ask) -> Item:
        done_on, note = form.cleaned_data["done_on"], form.cleaned_data["note"]
        return acts.finish_item(actor=actor, ask=ask, item=found, done_on=done_on, note=note)

    context = {
        "item": found,
        "may_finish": _offer(ITEM.offers(found, actor), "finish"),
        "may_open_entry": queries.may_open(actor, found.entry),
        "seen": found.version,
    }
    return act_by_form(
        request,
        form=form,
        do=do,
        template="ledgers/item.html",
        context=context,
        done=Item.get_absolute_url,
        message=_("已办结。"),
    )


def _offer(offers: list[Any], verb: str) -> Any:
    """The verdict on a move that begins where the record stands; None where it does not begin there."""
    return next((verdict for move, verdict in offers if move.verb == verb), None)


def _record_form(request: HttpRequest, make: Callable[..., Any]) -> Any:
    """The form as sent, blank, or with more rows: then what was typed stays and nothing is checked."""
    if request.method != "POST":
        return make(None, None, {})
    if MORE in request.POST:
        sent = make(request.POST, None, {})
        return make(None, None, sent.as_typed() | {ROWS_FIELD: sent.item_rows + MORE_ROWS})
    return make(request.POST, request.FILES, {})


def _fill_in(  # noqa: PLR0913, PLR0917 - a form's journey
    request: HttpRequest,
    form: RecordForm,
    do: Callable[[Ask], Entry],
    template: str,
    context: dict[str, Any],
    message: str,
) -> HttpResponse:
    """Show a form of a kind, with more rows where asked, or do its act."""
    if MORE in request.POST:
        kept = {name: request.POST.get(name, "") for name in ("submission_id", "seen")}
        return render(request, template, context | kept | {"form": form})
    return act_by_form(
        request,
        form=form,
        do=do,
        template=template,
        context=context,
        done=Entry.get_absolute_url,
        message=message,
    )
