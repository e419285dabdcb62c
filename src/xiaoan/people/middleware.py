"""Puts the actor of the signed-in person on each request, `request.actor`, and speaks their language.

Whoever still has the password that was made for them meets one page only: the one where they choose their own.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from xiaoan.foundation.actor import Actor
from xiaoan.people.queries import actor_for

OWN_PASSWORD = "people:password"  # noqa: S105 - the name of a page


class ActorMiddleware:
    """`request.actor` is built on first use, from the appointments in force at that moment."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on with an actor, in the language of the account, when somebody is signed in."""
        if request.user.is_authenticated:
            request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
            if language := request.user.language:
                translation.activate(language)
                request.LANGUAGE_CODE = language
        return self.respond(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Any,  # noqa: ARG002 - Django's signature
        kwargs: Any,  # noqa: ARG002 - Django's signature
    ) -> HttpResponse | None:
        """To the password page, unless it is that one or one that is open to everybody (signing out, language)."""
        if not (request.user.is_authenticated and request.user.must_change):
            return None
        is_open = not getattr(view, "login_required", True)
        match = request.resolver_match
        return None if is_open or (match and match.view_name == OWN_PASSWORD) else redirect(OWN_PASSWORD)


def _actor(request: HttpRequest) -> Actor:
    """The actor of the signed-in account."""
    return actor_for(request.user.person)  # type: ignore[union-attr]
