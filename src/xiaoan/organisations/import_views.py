"""Importing tables: template, check, look, apply. One set of pages for all kinds of tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import NotFound, NotPermitted
from xiaoan.foundation.imports import Applying, ImportDraft, ImportKind, check, known_imports, may_import
from xiaoan.foundation.pages import act_by_button, see
from xiaoan.foundation.permissions import Denied
from xiaoan.foundation.sheets import SheetRefused, template_workbook
from xiaoan.organisations.forms import ImportForm

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    """Upload a table and have it checked; nothing is changed by that."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    table, _apply = _kind(request, kind)
    form = ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                draft = check(table, file.read(), file.name, actor)
            except SheetRefused as refused:
                form.add_error("file", str(refused))
                status = refused.status
            else:
                return redirect("organisations:import_draft", kind, draft.id)
    context = {"form": form, "kind": table, "kinds": _tabs(actor, kind)}
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
    draft = see(ImportDraft.objects.visible_to(actor), pk=draft_id, kind=kind)
    if request.method == "POST":
        return act_by_button(
            request,
            do=lambda ask: apply(actor=actor, ask=ask, draft=draft),
            done=request.path,
            message=_("导入完成。"),
        )
    context = {"draft": draft, "kind": table, "kinds": _tabs(actor, kind), "columns": ERROR_COLUMNS}
    return render(request, "organisations/import_draft.html", context)


ERROR_COLUMNS = ({"label": _("单元格")}, {"label": _("要改的地方")})
