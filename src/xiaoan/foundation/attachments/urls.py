from django.urls import path, re_path

from xiaoan.foundation.attachments import views

app_name = "attachments"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

urlpatterns = [
    re_path(rf"^(?P<pk>{UUID})/(?P<size>thumbnail|view)/$", views.copy, name="copy"),
    path("<uuid:pk>/original/", views.original, name="original"),
]
