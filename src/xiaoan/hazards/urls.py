from django.urls import path

from xiaoan.hazards import old_ledger_views, together_views, views

app_name = "hazards"
urlpatterns = [
    path("", views.hazards, name="hazards"),
    path("report/", views.report, name="report"),
    path("confirm/", together_views.several, {"verb": "confirm"}, name="confirm"),
    path("several/<slug:verb>/", together_views.several, name="several"),
    path("import/", old_ledger_views.import_ledger, name="import"),
    path("import/template.xlsx", old_ledger_views.import_template, name="import_template"),
    path("import/<uuid:draft_id>/", old_ledger_views.import_draft, name="import_draft"),
    path("import/<uuid:draft_id>/progress/", old_ledger_views.import_progress, name="import_progress"),
    path("import/<uuid:draft_id>/cancel/", old_ledger_views.cancel_import, name="cancel_import"),
    path("<uuid:pk>/", views.hazard, name="hazard"),
    path("<uuid:pk>/<slug:verb>/", views.move, name="move"),
    path("extensions/<uuid:pk>/<slug:verb>/", views.decide_extension, name="extension"),
    path("referrals/<uuid:pk>/<slug:verb>/", views.end_referral, name="referral"),
]
