"""The URL map of the whole site: one line per module."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from xiaoan.foundation.ui.gallery import gallery

handler400 = "xiaoan.foundation.ui.error_pages.bad_request"
handler403 = "xiaoan.foundation.ui.error_pages.permission_denied"
handler404 = "xiaoan.foundation.ui.error_pages.not_found"
handler500 = "xiaoan.foundation.ui.error_pages.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("xiaoan.portal.urls")),
    path("", include("xiaoan.people.urls")),
    path("", include("xiaoan.insight.urls")),
    path("organisations/", include("xiaoan.organisations.urls")),
    path("messages/", include("xiaoan.messages.urls")),
    path("feedback/", include("xiaoan.feedback.urls")),
    path("plans/", include("xiaoan.plans.urls")),
    path("ledgers/", include("xiaoan.ledgers.urls")),
    path("hazards/", include("xiaoan.hazards.urls")),
    path("risks/", include("xiaoan.risks.urls")),
    path("inspections/", include("xiaoan.inspections.urls")),
    path("views/", include("xiaoan.foundation.saved_view_pages")),
    path("files/", include("xiaoan.foundation.attachments.urls")),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("ui/gallery/", gallery))
