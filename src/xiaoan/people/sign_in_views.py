"""Signing in and out, the own password, and the demo's one click."""

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotFound, TooMany
from xiaoan.foundation.pages import act_by_form
from xiaoan.people.accounts import encoded
from xiaoan.people.acts import change_password
from xiaoan.people.demo_cast import account_in_cast, cast_by_side
from xiaoan.people.forms import PasswordForm, SignInForm
from xiaoan.people.models import Account, Person
from xiaoan.people.sign_in import sign_in

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page. Wrong name and wrong password are told in the same words."""
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    form = SignInForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            account = sign_in(request, form.cleaned_data["username"], form.cleaned_data["password"])
        except TooMany as wait:
            form.add_error(None, str(wait))
            return _log_in_page(request, form, wait.status, {"Retry-After": str(wait.wait_seconds)})
        if account is not None:
            login(request, account, backend=BACKEND)
            return redirect(_next_page(request))
        form.add_error(None, _("用户名或密码不对，请重新输入。"))
    return _log_in_page(request, form, status)


def _log_in_page(
    request: HttpRequest, form: SignInForm, status: int, headers: dict[str, str] | None = None
) -> HttpResponse:
    """The page with the form and, in the demo, the cast."""
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "cast": cast_by_side() if settings.DEMO else [],
        "cast_url": reverse("people:demo_sign_in"),
    }
    response = render(request, "shell/login.html", context, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def _next_page(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is a page of this site; else the home page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else reverse(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponseRedirect:
    """End the session."""
    logout(request)
    return redirect(settings.LOGIN_URL)


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Sign in as somebody of the demo's cast. Outside the demo this page does not exist."""
    account = account_in_cast(request.POST.get("as", "")) if settings.DEMO else None
    if account is None:
        raise NotFound
    logout(request)
    login(request, account, backend=BACKEND)
    return redirect(_next_page(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password; other sessions of the account end."""
    account: Account = request.user  # type: ignore[assignment]
    form = PasswordForm(account, request.POST or None)

    def do(ask: Ask) -> Person:
        credential = encoded(form.cleaned_data["password"], ask.submission_id, account)
        person = change_password(
            actor=request.actor,  # type: ignore[attr-defined]
            ask=ask,
            person=account.person,
            credential=credential,
        )
        update_session_auth_hash(request, account.person.account)
        return person

    return act_by_form(
        request,
        form=form,
        do=do,
        template="people/password.html",
        context={"is_first": account.must_change},
        done=lambda _person: reverse("me"),
        message=gettext_lazy("密码已更换，其他设备上的登录已退出。"),
    )
