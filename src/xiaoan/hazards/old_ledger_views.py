"""历史导入: template, check, look, apply. A long ledger is checked by the worker, and its page shows how far."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Conflict, NotPermitted
from xiaoan.foundation.import_checking import STEPS, cancel_check, check_upload, is_worker_away
from xiaoan.foundation.imports import DraftState, ImportDraft, may_import
from xiaoan.foundation.listing import EXCEL_TYPE
from xiaoan.foundation.pages import act_by_button, see
from xiaoan.foundation.permissions import Denied
from xiaoan.foundation.sheets import SheetRefused, template_workbook
from xiaoan.hazards import acts
from xiaoan.hazards.imports.ledger import OLD_LEDGER

LATELY = 10
STEP_WORDS = (_("正在读取文件"), _("正在核对内容"), _("正在整理结果"))
ERROR_COLUMNS = ({"label": _("单元格")}, {"label": _("要改的地方")})


class LedgerForm(forms.Form):
    """The file of an old ledger."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("请用模板填写：数据在第一张工作表，列名在第一行。支持 .xlsx 和 CSV，最大 20 MB。"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@require_http_methods(["GET", "POST"])
def import_ledger(request: HttpRequest) -> HttpResponse:
    """Upload an old ledger and have it checked; nothing is changed by that. Below: what one uploaded lately."""
    actor = _importer(request)
    form = LedgerForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                draft = check_upload(OLD_LEDGER, file.read(), file.name, actor)
            except SheetRefused as refused:
                form.add_error("file", str(refused))
                status = refused.status
            else:
                return redirect("hazards:import_draft", draft.id)
    lately = _drafts(actor).defer("rows", "errors", "notes").order_by("-created_at", "-id")[:LATELY]
    context = {"form": form, "columns": OLD_LEDGER.columns, "drafts": lately}
    return render(request, "hazards/import.html", context, status=status)


@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the headings."""
    _importer(request)
    book = template_workbook(OLD_LEDGER.columns, str(OLD_LEDGER.title))
    response = HttpResponse(book, content_type=EXCEL_TYPE)
    response["Content-Disposition"] = 'attachment; filename="old-hazards.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def import_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What a checked ledger would do, every error by its cell; POST applies it."""
    actor = _importer(request)
    draft = see(_drafts(actor), pk=draft_id)
    if request.method == "POST":
        return act_by_button(
            request,
            do=lambda ask: acts.import_hazards(actor=actor, ask=ask, draft=draft),
            done=request.path,
            message=_("导入完成。"),
        )
    context = {"columns": ERROR_COLUMNS} | _standing(draft)
    return render(request, "hazards/import_draft.html", context)


@require_GET
def import_progress(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """How far a check is, as a part of the draft's page; once it is over, the whole page is fetched anew."""
    draft = see(_drafts(_importer(request)), pk=draft_id)
    if draft.state != DraftState.CHECKING:
        return HttpResponseClientRefresh()
    return render(request, "hazards/import_progress.html", _standing(draft))


@require_POST
def cancel_import(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Wait no longer for a check; a check that ended meanwhile is shown as it is."""
    draft = see(_drafts(_importer(request)), pk=draft_id)
    try:
        cancel_check(draft)
    except Conflict as over:
        messages.error(request, str(over))
    return redirect("hazards:import_draft", draft.id)


def _importer(request: HttpRequest) -> Actor:
    """Who asks, where old ledgers are theirs to import."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    verdict = may_import(OLD_LEDGER, actor)
    if isinstance(verdict, Denied):
        raise NotPermitted(verdict.reason)
    return actor


def _drafts(actor: Actor) -> Any:
    """Old ledgers that the actor had checked."""
    return ImportDraft.objects.visible_to(actor).filter(kind=OLD_LEDGER.name)


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
