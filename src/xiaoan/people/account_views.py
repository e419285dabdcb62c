"""Accounts: opened for one person or for all shown, and a new initial password for who forgot theirs.

An initial password is in the answer of the request that made it and nowhere else.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import NotPermitted
from xiaoan.foundation.listing import EXCEL_TYPE
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.foundation.permissions import demand, holds_anywhere
from xiaoan.foundation.sheets import Sheet, write_workbook
from xiaoan.organisations.models import Unit
from xiaoan.people.account_list import WITHOUT_ACCOUNT, Offer
from xiaoan.people.accounts import Initial, initial, proposed_names, still_valid
from xiaoan.people.acts import open_account, open_accounts, reset_password
from xiaoan.people.forms import AccountForm, AccountsForm
from xiaoan.people.models import Person
from xiaoan.people.permissions import BY_ADMINISTRATOR, may_open_account, may_reset_password
from xiaoan.people.queries import people_in_post

DONE = 303


@require_http_methods(["GET", "POST"])
def accounts(request: HttpRequest) -> HttpResponseBase:
    """People in post who cannot sign in yet; POST opens accounts for all shown and answers with their file."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not holds_anywhere(actor, "people.open_accounts"):
        raise NotPermitted(BY_ADMINISTRATOR)
    district = see(Unit.objects.visible_to(actor), pk=actor.district_id)
    rows = people_in_post(actor).filter(account__isnull=True)
    if "export" in request.GET:
        return WITHOUT_ACCOUNT.export(request, rows)
    form = AccountsForm(request.POST or None)
    handed_out: list[Initial] = []

    def do(ask: Ask) -> Unit:
        handed_out.extend(_initials(actor, form.cleaned_data["people"], ask))
        wanted = [each.account for each in handed_out]
        return open_accounts(actor=actor, ask=ask, district=district, accounts=wanted)

    answer = act_by_form(
        request,
        form=form,
        do=do,
        template="people/accounts.html",
        context={"offer": Offer(request, rows)},
        done=lambda _district: request.get_full_path(),
        message=_("账号已开立，名单已经下载。"),
    )
    return _names_file(handed_out) if answer.status_code == DONE else answer


def _initials(actor: Actor, keys: Sequence[UUID], ask: Ask) -> list[Initial]:
    """User names and initial passwords for people whom the actor may see, by staff number."""
    visible = Person.objects.visible_to(actor).filter(pk__in=keys)
    people = list(visible.select_related("unit", "district").order_by("staff_no", "id"))
    names = proposed_names(people)
    return [initial(person, names[person.id], ask.submission_id) for person in people]


def _names_file(handed_out: Sequence[Initial]) -> HttpResponse:
    """Who signs in how, as an Excel file that exists in this answer only."""
    valid, stream = still_valid(handed_out), BytesIO()
    headings = [_("单位"), _("姓名"), _("工号"), _("用户名"), _("初始密码")]
    rows = [
        [
            each.person.unit.name,
            each.person.name,
            each.person.staff_no,
            each.username,
            each.password if each.person.id in valid else _("已更换"),
        ]
        for each in handed_out
    ]
    write_workbook([Sheet(_("账号"), headings, rows, widths=[30, 12, 16, 24, 20])], stream)
    response = HttpResponse(stream.getvalue(), content_type=EXCEL_TYPE)
    response["Content-Disposition"] = 'attachment; filename="accounts.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open a person's account; the answer shows the initial password, once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _person(actor, person_id)
    demand(may_open_account(actor, found))
    proposed = {"username": proposed_names([found])[found.id]}
    form = AccountForm(request.POST or None, initial=proposed)

    def make(ask: Ask) -> Initial:
        made = initial(found, form.cleaned_data["username"].strip().lower(), ask.submission_id)
        open_account(actor=actor, ask=ask, person=found, username=made.username, credential=made.credential)
        return made

    return _hand_out(request, found, form, make, "people/open_account.html")


@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A new initial password for somebody who forgot theirs; the answer shows it, once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _person(actor, person_id)
    demand(may_reset_password(actor, found))

    def make(ask: Ask) -> Initial:
        username = found.account.username if hasattr(found, "account") else ""
        made = initial(found, username, ask.submission_id)
        reset_password(actor=actor, ask=ask, person=found, credential=made.credential)
        return made

    return _hand_out(request, found, Form(request.POST or None), make, "people/reset_password.html")


def _person(actor: Actor, person_id: UUID) -> Person:
    """The person, with everything these pages tell of them."""
    rows = Person.objects.visible_to(actor).select_related("unit", "district", "account")
    return see(rows, pk=person_id)


def _hand_out(request: HttpRequest, person: Person, form: Form, make: Any, template: str) -> HttpResponse:
    """Do the act behind a form, and show what it made in this answer only: no redirect, nothing kept."""
    made: list[Initial] = []

    def do(ask: Ask) -> Person:
        made.append(make(ask))
        return person

    answer = act_by_form(
        request,
        form=form,
        do=do,
        template=template,
        context={"person": person},
        done=lambda done: reverse("people:person", args=[done.id]),
        message=_("初始密码已生成。"),
    )
    if answer.status_code != DONE:
        return answer
    context = {"person": person, "initial": made[0], "is_valid": bool(still_valid(made))}
    return render(request, "people/initial_password.html", context)
