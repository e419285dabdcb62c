"""Addresses for the tests of this package: the gallery, and the language switch that the shell offers."""

from django.urls import include, path

from xiaoan.foundation.ui.gallery import gallery

urlpatterns = [
    path("ui/gallery/", gallery, name="gallery"),
    path("i18n/", include("django.conf.urls.i18n")),
]
