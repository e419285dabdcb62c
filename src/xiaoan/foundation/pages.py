"""The few lines that every view needs: what is asked, one visible row, one act behind a form."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.characters import has_unseen, without_unseen
from xiaoan.foundation.errors import (
    CannotStore,
    Conflict,
    Malformed,
    NotFound,
    Refused,
    RuleBroken,
    SameIdOtherContent,
    TooLarge,
    Words,
)

R = TypeVar("R", bound=Model)
ENVELOPE = frozenset({"csrfmiddlewaretoken", "submission_id", "seen", "captured_at"})
"""What every form may send beside its own fields."""
NAME_SHOWN = 40
LONGEST_TEXT = 50_000
"""Characters; no field takes as many."""


def ask_of(request: HttpRequest) -> Ask:
    """The ask that came with a form: its submission id, the version that was on the page, the phone's own time."""
    try:
        submission_id = UUID(request.POST.get("submission_id", ""))
        seen = request.POST.get("seen", "")
        captured_at = _instant(request.POST.get("captured_at", ""))
        return Ask(submission_id, int(seen) if seen else None, captured_at)
    except ValueError as wrong:
        raise Malformed from wrong


def _instant(text: str) -> datetime | None:
    """An instant with its zone, as a phone writes it; None for nothing. Raises `ValueError`."""
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant


def see(rows: "QuerySet[R]", **lookup: Any) -> R:
    """The one row of a lookup inside what the actor may see; `NotFound` otherwise, whatever the cause."""
    try:
        row = rows.filter(**lookup).first()
    except (ValueError, ValidationError) as wrong:
        raise NotFound from wrong
    if row is None:
        raise NotFound
    return row


def is_id(text: str) -> bool:
    """Whether a word of an address can be a record's id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


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

    A broken rule puts its words beside the fields (422), unseen characters too (400); a field that the form
    does not have (400), a text far too long (413), a conflict (409) and a database that takes nothing (503) show the form with everything
    that was typed. The submission id
    stays the same until the act is done, so a repeat changes nothing.
    """
    if request.method != "POST":
        return render(request, template, {"form": form, "submission_id": uuid4(), **context})
    ask = ask_of(request)
    refused = _fault(request, form)
    if form.is_valid():
        try:
            record = do(ask)
        except RuleBroken as broken:
            _put_beside_fields(form, broken)
        except (Conflict, CannotStore) as no:
            form.add_error(None, str(no))
            refused = no
        else:
            messages.success(request, str(message))
            return _see_other(done(record))
    again = {"form": form, **context, **_hidden(request, refused, context)}
    return render(request, template, again, status=refused.status)


def _hidden(request: HttpRequest, refused: Refused, context: dict[str, Any]) -> dict[str, Any]:
    """The hidden fields of a form that is shown again: as they came, so that a repeat is known as one.

    Who has been told of a conflict may send again on purpose: on the record as it is now, or as another one.
    """
    is_other = isinstance(refused, SameIdOtherContent)
    seen = context.get("seen", "") if isinstance(refused, Conflict) else request.POST.get("seen", "")
    return {"submission_id": uuid4() if is_other else request.POST["submission_id"], "seen": seen}


def _fault(request: HttpRequest, form: BaseForm) -> Refused:
    """What a form that cannot be taken is answered with; its words stand beside the fields."""
    if _mark_overlong(form):
        return TooLarge()
    return Malformed() if _mark_unknown(request, form) | _mark_unseen(form) else RuleBroken({})


def _unknown_names(request: HttpRequest, fields: Iterable[str]) -> Words | None:
    """Words on what was sent that the page does not ask for (`13-contracts.md` section 3); None where nothing is."""
    unknown = sorted({*request.POST, *request.FILES}.difference(ENVELOPE, fields))
    if not unknown:
        return None
    words = _("提交的内容中有本页没有的栏目“%(names)s”，请刷新后重新填报。")
    return words % {"names": "”“".join(name[:NAME_SHOWN] for name in unknown[:3])}


def _mark_unknown(request: HttpRequest, form: BaseForm) -> bool:
    """Whether a field was sent that the form does not have; words above the form."""
    words = _unknown_names(request, map(form.add_prefix, form.fields))
    if words:
        form.add_error(None, str(words))
    return bool(words)


def _texts(form: BaseForm, name: str) -> list[str]:
    """What was typed into a field."""
    return form.data.getlist(form.add_prefix(name))  # type: ignore[attr-defined]


def _mark_overlong(form: BaseForm) -> bool:
    """Whether a text is far longer than any field takes; the limit stands beside its field."""
    marked = [name for name in form.fields if any(len(text) > LONGEST_TEXT for text in _texts(form, name))]
    for name in marked:
        if not form.has_error(name):
            form.add_error(name, format_lazy(_("内容超过 {limit} 字，请缩短。"), limit=LONGEST_TEXT))
    return bool(marked)


def _mark_unseen(form: BaseForm) -> bool:
    """Whether any text holds characters that nobody sees. The form shows it without them, words beside it."""
    marked = [name for name in form.fields if any(map(has_unseen, _texts(form, name)))]
    if marked:
        form.data = form.data.copy()  # type: ignore[attr-defined]
    for name in marked:
        form.data.setlist(form.add_prefix(name), list(map(without_unseen, _texts(form, name))))  # type: ignore[attr-defined]
        form.add_error(name, _("含有看不见或无法保存的字符，已经去掉，请核对后再提交。"))
    return bool(marked)


def act_by_button(
    request: HttpRequest, *, do: Callable[[Ask], Model], done: str, message: Words
) -> HttpResponse:
    """Do an act that needs nothing but its button; a refusal becomes its page, which leads back."""
    if words := _unknown_names(request, ()):
        raise Malformed(words)
    do(ask_of(request))
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
