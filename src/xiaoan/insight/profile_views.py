"""学校档案: the institutions that a person may open, and the profile of one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import NotFound
from xiaoan.foundation.pages import see
from xiaoan.insight.profile import Profile, institutions, listed, may_open
from xiaoan.insight.profile_forms import FindForm
from xiaoan.insight.profile_timeline import timeline


@require_GET
def profiles(request: HttpRequest) -> HttpResponse:
    """The institutions by group; `?q=` narrows them to a word of the name or the beginning of the code."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = FindForm(request.GET)
    found = listed(actor, form.cleaned_data["q"] if form.is_valid() else "")
    number = sum(map(len, found.values()))
    context = {"form": form, "groups": list(found.items()), "number": number}
    return render(request, "insight/profiles.html", context)


@require_GET
def profile(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The profile of one institution."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _shown(request, see(institutions(actor), pk=unit_id))


@require_GET
def own_profile(request: HttpRequest) -> HttpResponse:
    """本校档案: of the institution at which the actor holds the narrowest post."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = institutions(actor).in_bulk([posting.unit_id for posting in actor.postings])
    found = [own[posting.unit_id] for posting in actor.narrowest_first if posting.unit_id in own]
    if not found:
        raise NotFound
    return _shown(request, found[0])


def _shown(request: HttpRequest, unit: Any) -> HttpResponse:
    """The page, for who may open it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may_open(actor, unit):
        raise NotFound
    page = Profile(actor, unit)
    return render(request, "insight/profile.html", {"page": page, "unit": unit, "happenings": timeline(page)})
