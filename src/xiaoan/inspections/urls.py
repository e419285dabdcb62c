from django.urls import path

from xiaoan.inspections import views

app_name = "inspections"
urlpatterns = [
    path("checklists/", views.checklists, name="checklists"),
    path("checklists/<uuid:pk>/", views.checklist, name="checklist"),
    path("checklists/<uuid:pk>/paper/", views.paper, name="paper"),
    path("checklists/<uuid:pk>/versions/<int:number>/", views.version, name="version"),
    path("checklists/<uuid:pk>/adapt/", views.adapt, name="adapt"),
    path("checklists/<uuid:pk>/draft/", views.draft, name="draft"),
    path("checklists/<uuid:pk>/drop/", views.drop, name="drop"),
    path("checklists/<uuid:pk>/settle/", views.settle, name="settle"),
]
