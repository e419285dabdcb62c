from django.urls import path

from xiaoan.portal import help_views, views

urlpatterns = [
    path("", views.today, name="today"),
    path("me/", views.me, name="me"),
    path("search/", views.search, name="search"),
    path("help/", help_views.help_home, name="help"),
    path("help/<slug:name>/", help_views.guide, name="guide"),
    path("language/", views.set_language, name="set_language"),
]
