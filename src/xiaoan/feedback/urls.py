from django.urls import path

from xiaoan.feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.remarks, name="remarks"),
    path("new/", views.new, name="new"),
    path("<uuid:pk>/", views.remark, name="remark"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
]
