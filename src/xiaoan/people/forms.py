"""Forms of signing in, passwords and accounts: they shape input, rules are elsewhere."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoan.people.models import Account

LONGEST_PASSWORD = 256
MOST_AT_ONCE = 500
"""Accounts that one request opens: some seconds of hashing."""
TOO_MANY = _("一次最多开立 500 个账号，请先按单位筛选。")


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """The present password and the new one, twice."""

    current = forms.CharField(
        label=_("现在的密码"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 12 位，不要用常见的密码，也不要与用户名相近。"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次新密码"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def clean_current(self) -> str:
        """The present password must be right."""
        current: str = self.cleaned_data["current"]
        if not self._account.check_password(current):
            raise ValidationError(_("现在的密码不对，请重新输入。"))
        return current

    def clean_password(self) -> str:
        """The new one must be new."""
        password: str = self.cleaned_data["password"]
        if password == self.cleaned_data.get("current"):
            raise ValidationError(_("新密码与现在的相同，请换一个。"))
        return password

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("两次输入的新密码不一样，请重新输入。"))
        return again


class AccountForm(forms.Form):
    """The user name of a new account."""

    username = forms.CharField(
        label=_("用户名"),
        help_text=_("建议用工号。只用小写字母、数字和 . _ @ -。"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class AccountsForm(forms.Form):
    """For whom accounts are opened: exactly those who stood on the page."""

    people = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """The keys of the people; what is wrong with them is told above the form, for the field is hidden."""
        try:
            keys = [UUID(word) for word in self.cleaned_data["people"].split()]
        except ValueError as wrong:
            raise ValidationError(_("名单不完整，请刷新后再办。")) from wrong
        if not keys:
            raise ValidationError(_("名单是空的，请刷新后再办。"))
        if len(keys) > MOST_AT_ONCE:
            raise ValidationError(TOO_MANY)
        return {"people": keys}


def as_hidden(keys: Collection[UUID]) -> str:
    """People as `AccountsForm` takes them."""
    return " ".join(map(str, keys))
