from django.urls import path

from xiaoan.insight import overview_views, profile_views

app_name = "insight"
urlpatterns = [
    path("overview/", overview_views.overview, name="overview"),
    path("profiles/", profile_views.profiles, name="profiles"),
    path("profiles/<uuid:unit_id>/", profile_views.profile, name="profile"),
    path("profile/", profile_views.own_profile, name="own_profile"),
]
