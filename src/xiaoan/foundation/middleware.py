"""What every answer of the server goes through: caching off for signed-in people, refusals as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

from xiaoan.foundation.errors import Refused
from xiaoan.foundation.ui.error_pages import refusal_page

Respond = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """A page made for one person is never kept for another."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer as private unless a view has said otherwise."""
        response = self.respond(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class BrowserMethodsMiddleware:
    """Pages are fetched and forms are posted; every other method is refused before any view (405)."""

    offered = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what a browser sends."""
        if request.method not in self.offered:
            return HttpResponseNotAllowed(self.offered)
        return self.respond(request)


class RefusalMiddleware:
    """Turns a refusal that a view did not show itself into its page, with the refusal's status."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; other exceptions stay what they are."""
        if not isinstance(exception, Refused):
            return None
        return refusal_page(request, exception)
