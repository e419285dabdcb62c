"""What the shell around every page needs: who is signed in, the menu, the demo banner."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.ui.navigation import Viewer
from xiaoan.portal.navigation import MENU, TABS, bell_for, menu_for
from xiaoan.portal.queries import standing_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the shell templates: banner for everybody, menu and person for who is signed in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not request.user.is_authenticated:
        return {"demo": settings.DEMO}
    standing = standing_of(actor)
    return {
        "demo": settings.DEMO,
        "district_name": standing.district,
        "navigation": menu_for(request, MENU, actor),
        "tabs": menu_for(request, TABS, actor),
        "bell": SimpleLazyObject(lambda: bell_for(request, actor)),
        "search_url": reverse("search"),
        "opens_profiles": holds_anywhere(actor, "plans.read_cells"),
        "feedback_url": _feedback_url(request, actor),
        "help_url": reverse("help"),
        "viewer": Viewer(
            key=str(actor.person_id),
            name=actor.name,
            post=standing.post,
            unit=standing.unit,
            page_url=reverse("me"),
            log_out_url=reverse("logout"),
        ),
    }


def _feedback_url(request: HttpRequest, actor: Actor) -> str:
    """Where to write about this page; empty for who holds no post."""
    if not holds_anywhere(actor, "feedback.write_remark"):
        return ""
    return f"{reverse('feedback:new')}?from={quote(request.path)}"
