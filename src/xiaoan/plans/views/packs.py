"""规则库: versions, what each changes, publishing, confirming the bureau's own values, the official text."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import NotFound
from xiaoan.foundation.pages import act_by_button, act_by_form, see
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.ui.signs import Sign, Tone
from xiaoan.plans import acts
from xiaoan.plans.forms import AttachForm, ConfirmForm
from xiaoan.plans.models import Duty, PackState, PackVersion, PlanDocument
from xiaoan.plans.pack.sections import published_pack, version_changes
from xiaoan.plans.permissions import may_attach_document, may_confirm_parameter, may_publish_pack
from xiaoan.plans.words import percent

STATE_LOOKS: dict[str, tuple[str, Tone]] = {
    PackState.PUBLISHED: ("check-circle", "done"),
    PackState.LOADED: ("clock", "accent"),
}


def _sign(pack: PackVersion) -> Sign:
    """The state of a version."""
    icon, tone = STATE_LOOKS.get(pack.state, ("history", "neutral"))
    return Sign(pack.get_state_display(), icon, tone)


def _seen(request: HttpRequest, pack_id: object) -> PackVersion:
    """The version, for those who work with packs."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not any(holds_anywhere(actor, name) for name in ("plans.load_pack", "plans.confirm_parameter")):
        raise NotFound
    return see(PackVersion.objects.visible_to(actor).select_related("published_by"), pk=pack_id)


@require_GET
def packs(request: HttpRequest) -> HttpResponse:
    """The versions of the district's pack, latest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not any(holds_anywhere(actor, name) for name in ("plans.load_pack", "plans.confirm_parameter")):
        raise NotFound
    rows = PackVersion.objects.visible_to(actor).order_by("-created_at")
    versions = [(row, _sign(row)) for row in rows]
    return render(request, "plans/packs.html", {"versions": versions})


@require_GET
def pack(request: HttpRequest, pack_id: object) -> HttpResponse:
    """One version: what it changes, and what may be done with it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _seen(request, pack_id)
    in_force = published_pack(actor.district_id)
    waiting = Duty.objects.visible_to(actor).filter(pack=seen, must_be_confirmed=True, confirmed_at=None)
    loaded = seen.state == PackState.LOADED
    return render(
        request,
        "plans/pack.html",
        {
            "pack": seen,
            "sign": _sign(seen),
            "changes": list(version_changes(in_force, seen).lines()) if loaded else [],
            "may_publish": may_publish_pack(actor, seen) if loaded else None,
            "waiting": waiting.count(),
            "may_confirm": may_confirm_parameter(actor, seen),
            "may_attach": may_attach_document(actor, seen),
            "documents": PlanDocument.objects.visible_to(actor).filter(pack=seen).order_by("code"),
        },
    )


@require_POST
def publish(request: HttpRequest, pack_id: object) -> HttpResponse:
    """Put a version in force."""
    seen = _seen(request, pack_id)
    return act_by_button(
        request,
        do=lambda ask: acts.publish_pack(actor=request.actor, ask=ask, pack=seen),  # type: ignore[attr-defined]
        done=reverse("plans:pack", args=[seen.pk]),
        message=_("已发布。各单位的任务正在生成，稍后即可看到。"),
    )


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pack_id: object) -> HttpResponse:
    """Stand by the values that the plan does not name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _seen(request, pack_id)
    waiting = Duty.objects.visible_to(actor).filter(pack=seen, must_be_confirmed=True, confirmed_at=None)
    choices = [(duty.code, _value_of(duty)) for duty in waiting.order_by("position")]
    form = ConfirmForm(request.POST or None, choices)
    return act_by_form(
        request,
        form=form,
        do=lambda ask: acts.confirm_parameter(
            actor=actor, ask=ask, pack=seen, codes=form.cleaned_data["codes"]
        ),
        template="plans/confirm.html",
        context={"pack": seen, "waiting": choices},
        done=lambda record: reverse("plans:pack", args=[record.pk]),
        message=_("已确认。"),
    )


def _value_of(duty: Duty) -> str:
    """What is confirmed: T1.6 安全员按时完成规定工作：每月，90%."""
    values = {"name": f"{duty.code} {duty.title}", "every": duty.get_every_display(), "target": percent(duty)}
    return gettext("%(name)s：%(every)s，%(target)s") % values


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pack_id: object) -> HttpResponse:
    """Show the official text in place of the restatement."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _seen(request, pack_id)
    numbers = list(
        PlanDocument.objects.visible_to(actor)
        .filter(pack=seen)
        .order_by("code")
        .values_list("number", flat=True)
    )
    form = AttachForm(request.POST or None, request.FILES or None, numbers)

    def do(ask: Any) -> PlanDocument:
        file = form.cleaned_data["file"]
        return acts.attach_document(
            actor=actor,
            ask=ask,
            pack=seen,
            number=form.cleaned_data["number"],
            data=file.read(),
            name=file.name,
        )

    return act_by_form(
        request,
        form=form,
        do=do,
        template="plans/attach.html",
        context={"pack": seen},
        done=lambda _document: reverse("plans:plan"),
        message=_("官方文本已附上，引用的词都已对上。"),
    )
