from django.urls import include, path

from xiaoan.people import sign_in_views, views

people = [
    path("people/", views.people, name="people"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("password/", sign_in_views.password, name="password"),
    path("demo/sign-in/", sign_in_views.demo_sign_in, name="demo_sign_in"),
]
urlpatterns = [
    path("login/", sign_in_views.log_in, name="login"),
    path("logout/", sign_in_views.log_out, name="logout"),
    path("", include((people, "people"))),
]
