"""Screens of checklists."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.foundation.permissions import demand
from xiaoan.inspections import acts, queries
from xiaoan.inspections.contents import Content
from xiaoan.inspections.differences import differences
from xiaoan.inspections.forms import AdaptForm, PublishForm, SettleForm
from xiaoan.inspections.lists import ORIGIN_SIGNS, checklist_list, origin_signs
from xiaoan.inspections.models import Checklist, ChecklistDraft, ChecklistVersion, Origin
from xiaoan.inspections.permissions import (
    may_drop_draft,
    may_publish_draft,
    may_save_draft,
    may_settle_offer,
)
from xiaoan.inspections.shown import cited, shown_points


def checklists(request: HttpRequest) -> HttpResponseBase:
    """The list, or exactly that as a file."""
    rows, listing = queries.checklists(_actor(request)), checklist_list()
    if "export" in request.GET:
        return listing.export(request, rows)
    return render(request, "inspections/checklists.html", {"shown": listing.show(request, rows)})


def checklist(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A checklist as it is in force, its versions, and what the centre may do with it."""
    actor, found = _actor(request), _checklist(request, pk)
    context = {
        "checklist": found,
        "signs": origin_signs(found),
        "versions": list(queries.versions_of(actor, found)),
        "draft": queries.drafts(actor).filter(checklist=found).first(),
        "may_adapt": may_save_draft(actor, found),
        "may_settle": may_settle_offer(actor, found),
        **_points(actor, found.in_force),
    }
    return render(request, "inspections/checklist.html", context)


def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One version as it was published, in force or not."""
    actor, found = _actor(request), _checklist(request, pk)
    seen = see(queries.versions_of(actor, found), number=number)
    sign = ORIGIN_SIGNS[Origin(seen.origin)]
    context = {"checklist": found, "version": seen, "sign": sign, **_points(actor, seen)}
    return render(request, "inspections/version.html", context)


def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The version in force as a form on paper, to be filled in by hand."""
    found = _checklist(request, pk)
    context = {"checklist": found, "printed_at": clock.now(), **_points(_actor(request), found.in_force)}
    return render(request, "inspections/paper.html", context)


def adapt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole list as one form, from the draft or else from the version in force."""
    actor, found = _actor(request), _checklist(request, pk)
    demand(may_save_draft(actor, found))
    kept = queries.drafts(actor).filter(checklist=found).first()
    vocabulary = queries.vocabulary_in_force(found.district_id)
    form = AdaptForm(_standing(actor, found, kept), vocabulary, request.POST or None)

    def do(ask: Ask) -> ChecklistDraft:
        return acts.save_draft(actor=actor, ask=ask, checklist=found, content=form.content())

    return act_by_form(
        request,
        form=form,
        do=do,
        template="inspections/adapt.html",
        context={
            "checklist": found,
            "seen": kept.version if kept else "",
            "is_behind": kept is not None and kept.based_on_id != found.in_force_id,
            "cited": cited(vocabulary),
        },
        done=ChecklistDraft.get_absolute_url,
        message=_("草稿已保存，还没有发布。"),
    )


def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The draft as it would be read, what it changes, and the act that publishes it."""
    actor, found = _actor(request), _draft(request, pk)
    demand(may_publish_draft(actor, found))
    content = queries.draft_content(found)
    form = PublishForm(request.POST or None)

    def do(ask: Ask) -> ChecklistVersion:
        reason = form.cleaned_data["reason"]
        return acts.publish_draft(actor=actor, ask=ask, draft=found, reason=reason)

    return act_by_form(
        request,
        form=form,
        do=do,
        template="inspections/draft.html",
        context={
            "draft": found,
            "seen": found.version,
            "points": shown_points(content, queries.vocabulary_in_force(found.district_id)),
            "scored": content.scored,
            "changes": differences(queries.content_of(actor, found.based_on), content),
        },
        done=lambda done: done.checklist.get_absolute_url(),
        message=_("已发布。学校现在看到的是新版本。"),
    )


def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw the draft away, after a question."""
    actor, found = _actor(request), _draft(request, pk)
    demand(may_drop_draft(actor, found))
    return act_by_form(
        request,
        form=Form(request.POST or None),
        do=lambda ask: acts.drop_draft(actor=actor, ask=ask, draft=found),
        template="inspections/drop.html",
        context={"draft": found, "seen": found.version},
        done=Checklist.get_absolute_url,
        message=_("草稿已放弃，检查表没有变。"),
    )


def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pack's version or the district's own: what differs, and the choice."""
    actor, found = _actor(request), _checklist(request, pk)
    demand(may_settle_offer(actor, found))
    form = SettleForm(found, request.POST or None)

    def do(ask: Ask) -> Checklist:
        return acts.settle_offer(actor=actor, ask=ask, checklist=found, chosen=form.version())

    return act_by_form(
        request,
        form=form,
        do=do,
        template="inspections/settle.html",
        context={"checklist": found, "seen": found.version, "changes": _offered_changes(actor, found)},
        done=Checklist.get_absolute_url,
        message=_("已按您的选择办理。"),
    )


def _actor(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _checklist(request: HttpRequest, pk: UUID) -> Checklist:
    """The checklist of the address."""
    return see(queries.checklists(_actor(request)), pk=pk)


def _draft(request: HttpRequest, pk: UUID) -> ChecklistDraft:
    """The draft of the checklist of the address."""
    return see(queries.drafts(_actor(request)), checklist=pk)


def _standing(actor: Actor, found: Checklist, kept: ChecklistDraft | None) -> Content:
    """What the form begins with."""
    if kept is not None:
        return queries.draft_content(kept)
    return queries.content_of(actor, found.in_force) if found.in_force else Content(())


def _points(actor: Actor, version: ChecklistVersion | None) -> dict[str, Any]:
    """The points of a version, for the templates."""
    content = queries.content_of(actor, version) if version else Content(())
    vocabulary = queries.vocabulary_in_force(actor.district_id)
    return {"points": shown_points(content, vocabulary), "scored": content.scored}


def _offered_changes(actor: Actor, found: Checklist) -> list[str]:
    """What the pack's version would change against the district's own."""
    if not (found.in_force and found.offered):
        return []
    own, offered = (queries.content_of(actor, each) for each in (found.in_force, found.offered))
    return differences(own, offered)
