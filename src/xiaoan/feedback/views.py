"""Screens of feedback."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiaoan.feedback import acts, queries
from xiaoan.feedback.forms import AnswerForm, RemarkForm
from xiaoan.feedback.lifecycle import REMARK
from xiaoan.feedback.lists import STATE_SIGNS, remark_list, writer_of
from xiaoan.feedback.models import Kind, Remark, RemarkState, is_page
from xiaoan.feedback.permissions import may_write_remark
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.pages import act_by_button, act_by_form, see
from xiaoan.foundation.permissions import demand
from xiaoan.people.models import Person


def remarks(request: HttpRequest) -> HttpResponseBase:
    """One's own remarks, and those that one answers; or exactly that as a file."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    listing, rows = remark_list(with_writers=queries.answers(actor)), queries.remarks(actor)
    if "export" in request.GET:
        return listing.export(request, rows)
    return render(request, "feedback/remarks.html", {"shown": listing.show(request, rows)})


def new(request: HttpRequest) -> HttpResponse:
    """Write to the bureau; `?from=` is the page that it is about."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    writer: Person = request.user.person  # type: ignore[union-attr]
    demand(may_write_remark(actor, writer))
    page = request.GET.get("from", "")
    form = RemarkForm(request.POST or None, initial={"page": page if is_page(page) else ""})

    def do(ask: Ask) -> Remark:
        given = form.cleaned_data
        words = {"kind": Kind(given["kind"]), "text": given["text"], "page": given["page"]}
        return acts.write_remark(actor=actor, ask=ask, writer=writer, **words)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="feedback/new.html",
        context={},
        done=Remark.get_absolute_url,
        message=_("已提交，答复后会在消息里告诉您。"),
    )


def remark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was written and what was answered; for who answers the form to do it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.remarks(actor), pk=pk)
    form = AnswerForm(request.POST or None)

    def do(ask: Ask) -> Remark:
        return acts.answer_remark(actor=actor, ask=ask, remark=found, answer=form.cleaned_data["answer"])

    return act_by_form(
        request,
        form=form,
        do=do,
        template="feedback/remark.html",
        context={
            "remark": found,
            "seen": found.version,
            "writer": writer_of(found),
            "sign": STATE_SIGNS[RemarkState(found.state)],
            "moves": {move.verb: verdict for move, verdict in REMARK.offers(found, actor)},
        },
        done=Remark.get_absolute_url,
        message=_("已答复，提交人会在消息里看到。"),
    )


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one's own remark back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = see(queries.remarks(actor), pk=pk)

    def do(ask: Ask) -> Remark:
        return acts.withdraw_remark(actor=actor, ask=ask, remark=found)

    return act_by_button(request, do=do, done=found.get_absolute_url(), message=_("已撤回。"))
