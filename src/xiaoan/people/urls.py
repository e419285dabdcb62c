from django.urls import include, path

from xiaoan.people import account_views, appointing_views, sign_in_views, views

people = [
    path("people/", views.people, name="people"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/accounts/", account_views.accounts, name="accounts"),
    path("people/<uuid:person_id>/account/", account_views.open_one, name="open_account"),
    path("people/<uuid:person_id>/password/", account_views.reset, name="reset_password"),
    path("people/<uuid:person_id>/appoint/", appointing_views.appoint, name="appoint"),
    path("appointments/<uuid:appointment_id>/end/", appointing_views.end, name="end_appointment"),
    path("supervision/<uuid:unit_id>/", appointing_views.supervise, name="supervise"),
    path(
        "supervision/lines/<uuid:supervision_id>/end/",
        appointing_views.end_assignment,
        name="end_supervision",
    ),
    path("password/", sign_in_views.password, name="password"),
    path("demo/sign-in/", sign_in_views.demo_sign_in, name="demo_sign_in"),
]
urlpatterns = [
    path("login/", sign_in_views.log_in, name="login"),
    path("logout/", sign_in_views.log_out, name="logout"),
    path("", include((people, "people"))),
]
