"""Puts the actor of the signed-in person on each request, `request.actor`, and speaks their language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from xiaoan.foundation.actor import Actor
from xiaoan.people.queries import actor_for


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


def _actor(request: HttpRequest) -> Actor:
    """The actor of the signed-in account."""
    return actor_for(request.user.person)  # type: ignore[union-attr]
