"""The few lines that every view needs: what is asked, one visible row, one act behind a form."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict, Malformed, NotFound, Refused, RuleBroken, Words

R = TypeVar("R", bound=Model)


def ask_of(request: HttpRequest) -> Ask:
    """The ask that came with a form: its submission id and the version that was on the page."""
    try:
        submission_id = UUID(request.POST.get("submission_id", ""))
        seen = request.POST.get("seen", "")
        return Ask(submission_id=submission_id, seen=int(seen) if seen else None)
    except ValueError as wrong:
        raise Malformed from wrong


def see(rows: "QuerySet[R]", **lookup: Any) -> R:
    """The one row of a lookup inside what the actor may see; `NotFound` otherwise, whatever the cause."""
    try:
        row = rows.filter(**lookup).first()
    except (ValueError, ValidationError) as wrong:
        raise NotFound from wrong
    if row is None:
        raise NotFound
    return row


def act_by_form(  # noqa: PLR0913 - a form's whole journey, named argument by named argument
    request: HttpRequest,
    *,
    form: BaseForm,
    do: Callable[[Ask], R],
    template: str,
    context: dict[str, Any],
    done: Callable[[R], str],
    message: Words,
) -> HttpResponse:
    """Show a form, or do its act and go on to `done(record)`.

    A broken rule puts its words beside the fields (422); a conflict shows the form with everything that
    was typed (409). The submission id stays the same until the act is done, so a repeat changes nothing.
    """
    status = 200
    if request.method == "POST":
        ask = ask_of(request)
        status = 422
        if form.is_valid():
            try:
                record = do(ask)
            except RuleBroken as broken:
                _put_beside_fields(form, broken)
            except Conflict as refused:
                form.add_error(None, str(refused))
                status = refused.status
            else:
                messages.success(request, str(message))
                return _see_other(done(record))
    shown = {"form": form, "submission_id": request.POST.get("submission_id") or uuid4(), **context}
    if request.method == "POST":
        shown["seen"] = request.POST.get("seen", "")
    return render(request, template, shown, status=status)


def act_by_button(
    request: HttpRequest, *, do: Callable[[Ask], Model], done: str, message: Words
) -> HttpResponse:
    """Do an act that needs nothing but its button; a refusal is told on the page that had the button."""
    try:
        do(ask_of(request))
    except Malformed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(message))
    return _see_other(done)


def _put_beside_fields(form: BaseForm, broken: RuleBroken) -> None:
    """Words of a broken rule beside their fields; those of unknown fields above the form."""
    for name, words in broken.fields.items():
        for each in words:
            form.add_error(name if name in form.fields else None, str(each))


def _see_other(url: str) -> HttpResponseRedirect:
    """303: the browser goes on with a GET, so that reloading sends nothing again."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
