from django.urls import path

from xiaoan.ledgers import views

app_name = "ledgers"
urlpatterns = [
    path("", views.kinds, name="kinds"),
    path("kinds/<slug:kind>/", views.entries, name="entries"),
    path("kinds/<slug:kind>/record/", views.record, name="record"),
    path("kinds/<slug:kind>/import/", views.import_file, name="import"),
    path("kinds/<slug:kind>/import/template.xlsx", views.import_template, name="template"),
    path("kinds/<slug:kind>/import/<uuid:pk>/", views.import_draft, name="draft"),
    path("entries/<uuid:pk>/", views.entry, name="entry"),
    path("entries/<uuid:pk>/correct/", views.correct, name="correct"),
    path("entries/<uuid:pk>/void/", views.void, name="void"),
    path("items/<uuid:pk>/", views.item, name="item"),
]
