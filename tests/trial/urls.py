from django.contrib.auth.views import LoginView
from django.urls import include, path

urlpatterns = [
    path("login/", LoginView.as_view(), name="login"),
    path("attachments/", include("xiaoan.foundation.attachments.urls")),
]
