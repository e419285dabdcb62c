from django.urls import path

from xiaoan.insight import overview_views

app_name = "insight"
urlpatterns = [
    path("overview/", overview_views.overview, name="overview"),
]
