from django.urls import path

from xiaoan.risks import views

app_name = "risks"
urlpatterns = [
    path("", views.risks, name="risks"),
    path("add/", views.add, name="add"),
    path("starter/", views.starter, name="starter"),
    path("review/", views.review, name="review"),
    path("<uuid:pk>/", views.risk, name="risk"),
    path("<uuid:pk>/change/", views.change, name="change"),
    path("<uuid:pk>/retire/", views.retire, name="retire"),
]
