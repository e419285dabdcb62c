"""帮助: the guide of one's own role first, then all; each printed is two pages of A4."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiaoan.portal.help import guide_named, guides, own_guides


@require_GET
def help_home(request: HttpRequest) -> HttpResponse:
    """The guides: those for what I hold today, then the others."""
    own = own_guides(request.actor)  # type: ignore[attr-defined]
    all_guides = guides().guides
    context = {
        "own": [(name, all_guides[name]) for name in own],
        "others": [(name, all_guides[name]) for name in guides().order if name not in own],
    }
    return render(request, "portal/help.html", context)


@require_GET
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One guide: a day in the system, and what to do when something is unusual."""
    found, shared = guide_named(name), guides()
    context = {
        "guide": found,
        "situations": [shared.situations[each] for each in found.unusual],
        "terms": [shared.terms[each] for each in found.terms],
    }
    return render(request, "portal/help_guide.html", context)
