"""Addresses for the tests of this package: the gallery, log-in, a form that is taken or refused, errors."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from xiaoan.foundation.ui.error_pages import error_page
from xiaoan.foundation.ui.gallery import gallery

FORM_PAGE = """{% extends "shell/page.html" %}
{% block heading %}{% page_head title="随手报" %}{% endpage_head %}{% endblock %}
{% block main %}<form method="post" data-draft="report">{% csrf_token %}
{% field bound=form.note %}{% field bound=form.kind %}{% field bound=form.secret %}
{% form_footer label="提交" keeps_draft=True %}{% endform_footer %}</form>{% endblock %}"""
FRAGMENT_PAGE = """{% extends "shell/page.html" %}
{% block heading %}{% page_head title="台账" %}{% endpage_head %}{% endblock %}
{% block main %}<div id="rows">旧</div>
{% for status in statuses %}<button class="button" id="ask-{{ status }}" hx-get="/fragment/{{ status }}/" hx-target="#rows">{{ status }}</button>{% endfor %}{% endblock %}"""
posted: list[str] = []


class Report(forms.Form):
    note = forms.CharField(label="说明", required=False)
    kind = forms.ChoiceField(
        label="什么", choices=[("fire", "消防"), ("gas", "燃气")], widget=forms.RadioSelect, required=False
    )
    secret = forms.CharField(label="口令", widget=forms.PasswordInput, required=False)


class LogIn(forms.Form):
    name = forms.CharField(label="工号")
    password = forms.CharField(
        label="密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


@login_not_required
def report(request: HttpRequest) -> HttpResponse:
    """Takes a report and redirects, unless its note is 错: then it is shown again."""
    form = Report(request.POST or None)
    if request.method == "POST":
        posted.append(request.POST["submission_id"])
        if request.POST["note"] != "错":
            return HttpResponseRedirect("/ui/gallery/")
    page = engines["django"].from_string(FORM_PAGE)
    return HttpResponse(page.render({"form": form}, request), status=422 if form.is_bound else 200)


@login_not_required
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page with a cast of one."""
    person = {"key": "1", "name": "沈知远", "post": "安全员", "unit": "芦汀镇第三小学", "note": "逾期 1 件"}
    cast = [{"title": "学校", "people": [person]}]
    return render(request, "shell/login.html", {"form": LogIn(), "cast": cast, "cast_url": "/as/"})


@login_not_required
def error(request: HttpRequest, status: int) -> HttpResponse:
    """An error page."""
    return error_page(request, status)


@login_not_required
def fragments(request: HttpRequest) -> HttpResponse:
    """A page that fetches a part of itself."""
    page = engines["django"].from_string(FRAGMENT_PAGE)
    return HttpResponse(page.render({"statuses": [200, 409, 422, 403, 500]}, request))


@login_not_required
def fragment(request: HttpRequest, status: int) -> HttpResponse:
    """The part, answered with a status."""
    return HttpResponse("新", status=status)


urlpatterns = [
    path("fragments/", fragments),
    path("fragment/<int:status>/", fragment),
    path("ui/gallery/", gallery, name="gallery"),
    path("report/", report),
    path("login/", log_in, name="login"),
    path("error/<int:status>/", error),
    path("i18n/", include("django.conf.urls.i18n")),
]
