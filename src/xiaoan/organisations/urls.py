from django.urls import path

from xiaoan.organisations import import_views, views

app_name = "organisations"
urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/<uuid:unit_id>/", views.unit, name="unit"),
    path("imports/", import_views.imports, name="imports"),
    path("imports/<slug:kind>/", import_views.import_table, name="import"),
    path("imports/<slug:kind>/template/", import_views.import_template, name="import_template"),
    path("imports/<slug:kind>/<uuid:draft_id>/", import_views.import_draft, name="import_draft"),
    path(
        "imports/<slug:kind>/<uuid:draft_id>/progress/", import_views.import_progress, name="import_progress"
    ),
    path("imports/<slug:kind>/<uuid:draft_id>/cancel/", import_views.cancel_import, name="cancel_import"),
]
