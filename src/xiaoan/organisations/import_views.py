"""Importing tables: template, check, look, apply. One set of pages for all kinds of tables.

A long table is checked in the background: its page shows how far, may be left and found again, or cancelled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Conflict, NotFound, NotPermitted
from xiaoan.foundation.import_checking import STEPS, cancel_check, check_upload, is_worker_away
from xiaoan.foundation.imports import (
    Applying,
    DraftState,
    ImportDraft,
    ImportKind,
    known_imports,
    may_import,
)
from xiaoan.foundation.listing import EXCEL_TYPE
from xiaoan.foundation.pages import act_by_button, see
from xiaoan.foundation.permissions import Denied
from xiaoan.foundation.sheets import SheetRefused, template_workbook
from xiaoan.organisations.drafts import own_drafts
from xiaoan.organisations.forms import ImportForm

ORDER = ("units", "places", "people", "appointments")
"""The order in which a district is filled; other kinds follow."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind of table, as the tabs show it."""

    label: object
    url: str
    current: bool


def _offered(actor: Actor) -> list[ImportKind]:
    """The kinds of tables that the actor may import, in order."""
    kinds = [kind for kind, _apply in known_imports().values() if may_import(kind, actor)]
    return sorted(kinds, key=lambda kind: ORDER.index(kind.name) if kind.name in ORDER else len(ORDER))


def _tabs(actor: Actor, name: str) -> Sequence[Tab]:
    """The tabs above an import."""
    return [
        Tab(kind.title, reverse("organisations:import", args=[kind.name]), kind.name == name)
        for kind in _offered(actor)
    ]


def _kind(request: HttpRequest, name: str) -> tuple[ImportKind, Applying]:
    """The kind of a name; refused for who may not import it, not found where no module offers it."""
    if name not in known_imports():
        raise NotFound
    kind, apply = known_imports()[name]
    verdict = may_import(kind, request.actor)  # type: ignore[attr-defined]
    if isinstance(verdict, Denied):
        raise NotPermitted(verdict.reason)
    return kind, apply


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """To the first kind of table that the actor may import."""
    offered = _offered(request.actor)  # type: ignore[attr-defined]
    if not offered:
        raise NotPermitted
    return redirect("organisations:import", offered[0].name)


@require_http_methods(["GET", "POST"])
def import_table(request: HttpRequest, kind: str) -> HttpResponse:
    """Upload a table and have it checked; nothing is changed by that. Below: what one uploaded lately."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    table, _apply = _kind(request, kind)
    form = ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                draft = check_upload(table, file.read(), file.name, actor)
            except SheetRefused as refused:
                form.add_error("file", str(refused))
                status = refused.status
            else:
                return redirect("organisations:import_draft", kind, draft.id)
    context = {
        "form": form,
        "kind": table,
        "kinds": _tabs(actor, kind),
        "drafts": own_drafts(actor, [each.name for each in _offered(actor)]),
    }
    return render(request, "organisations/import.html", context, status=status)


@require_GET
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty workbook with the headings."""
    table, _apply = _kind(request, kind)
    response = HttpResponse(template_workbook(table.columns, str(table.title)), content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def import_draft(request: HttpRequest, kind: str, draft_id: UUID) -> HttpResponse:
    """What a checked table would do, every error by its cell; POST applies it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    table, apply = _kind(request, kind)
    draft = _draft(actor, kind, draft_id)
    if request.method == "POST":
        return act_by_button(
            request,
            do=lambda ask: apply(actor=actor, ask=ask, draft=draft),
            done=request.path,
            message=_("导入完成。"),
        )
    context = {"kind": table, "kinds": _tabs(actor, kind), "columns": ERROR_COLUMNS} | _standing(draft)
    return render(request, "organisations/import_draft.html", context)


@require_GET
def import_progress(request: HttpRequest, kind: str, draft_id: UUID) -> HttpResponse:
    """How far a check is, as a part of the draft's page; once it is over, the whole page is fetched anew."""
    _kind(request, kind)
    draft = _draft(request.actor, kind, draft_id)  # type: ignore[attr-defined]
    if draft.state != DraftState.CHECKING:
        return HttpResponseClientRefresh()
    return render(request, "organisations/_import_progress.html", _standing(draft))


@require_POST
def cancel_import(request: HttpRequest, kind: str, draft_id: UUID) -> HttpResponse:
    """Wait no longer for a check; a check that ended meanwhile is shown as it is."""
    _kind(request, kind)
    draft = _draft(request.actor, kind, draft_id)  # type: ignore[attr-defined]
    try:
        cancel_check(draft)
    except Conflict as over:
        messages.error(request, str(over))
    return redirect("organisations:import_draft", kind, draft.id)


def _draft(actor: Actor, kind: str, draft_id: UUID) -> ImportDraft:
    """The draft of a kind that the actor may see."""
    return see(ImportDraft.objects.visible_to(actor), pk=draft_id, kind=kind)


def _standing(draft: ImportDraft) -> dict[str, Any]:
    """What is said about a draft and its check."""
    is_checking = draft.state == DraftState.CHECKING
    return {
        "draft": draft,
        "steps": STEPS,
        "step": STEP_WORDS[min(draft.steps_done, STEPS - 1)],
        "is_checking": is_checking,
        "is_waiting": is_checking and is_worker_away(),
    }


STEP_WORDS = (_("正在读取文件"), _("正在核对内容"), _("正在整理结果"))
ERROR_COLUMNS = ({"label": _("单元格")}, {"label": _("要改的地方")})
