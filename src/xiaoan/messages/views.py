"""消息: one's inbox on phone and desk. Opening a message marks it read and leads to what it is about."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from xiaoan.foundation.listing import Column, Listing, Order
from xiaoan.foundation.pages import see
from xiaoan.messages.queries import inbox
from xiaoan.messages.reading import mark_all_read, mark_read

INBOX = Listing(
    "messages",
    _("消息"),
    (Column("message", _("消息"), lambda message: message),),
    (Order("state"), Order("arrives_at", descending=True), Order("id", descending=True)),
)
"""What is new comes first, then the latest."""


@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """What has arrived for the reader."""
    rows = inbox(request.actor).select_related("unit")  # type: ignore[attr-defined]
    shown = INBOX.show(request, rows)
    found = [cell.value for (cell,) in shown.rows]
    return render(request, "messages/inbox.html", {"shown": shown, "found": found})


@require_POST
def open_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a message read and go where it leads."""
    message = see(inbox(request.actor), pk=pk)  # type: ignore[attr-defined]
    mark_read(request.actor, message)  # type: ignore[attr-defined]
    return redirect(message.url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """全部已读."""
    mark_all_read(request.actor)  # type: ignore[attr-defined]
    return redirect("messages:inbox")
