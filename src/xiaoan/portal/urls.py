from django.urls import path

from xiaoan.portal import views

urlpatterns = [
    path("", views.today, name="today"),
    path("me/", views.me, name="me"),
    path("search/", views.search, name="search"),
    path("language/", views.set_language, name="set_language"),
]
