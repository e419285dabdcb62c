from django.urls import path

from xiaoan.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.messages, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("<uuid:pk>/open/", views.open_message, name="open"),
]
