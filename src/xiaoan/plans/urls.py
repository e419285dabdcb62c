"""Addresses of plans."""

from django.urls import URLPattern, path

from xiaoan.plans import views

app_name = "plans"
urlpatterns: list[URLPattern] = [
    path("", views.plan, name="plan"),
    path("duties/", views.duties, name="duties"),
    path("duties/<str:code>/", views.duty, name="duty"),
    path("cells/", views.cells, name="cells"),
    path("cells/<uuid:cell_id>/", views.cell, name="cell"),
    path("cells/<uuid:cell_id>/waive/", views.waive, name="waive"),
    path("cells/<uuid:cell_id>/lift/", views.lift, name="lift"),
    path("cells/<uuid:cell_id>/reason/", views.give_reason, name="reason"),
    path("quarters/<str:code>/settle/", views.settle, name="settle"),
    path("holders/", views.holders, name="holders"),
    path("holders/<str:code>/", views.holder, name="holder"),
    path("packs/", views.packs, name="packs"),
    path("packs/<uuid:pack_id>/", views.pack, name="pack"),
    path("packs/<uuid:pack_id>/publish/", views.publish, name="publish"),
    path("packs/<uuid:pack_id>/confirm/", views.confirm, name="confirm"),
    path("packs/<uuid:pack_id>/attach/", views.attach, name="attach"),
]
