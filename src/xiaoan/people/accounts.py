"""Accounts: user names that nobody can mistake, and passwords that no journal and no receipt ever holds."""

import re
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import RuleBroken
from xiaoan.people.models import Account, Person

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,59}")


def encoded(password: str, submission_id: UUID, account: Account | None = None) -> str:
    """The password as it is stored. Salted by the submission, so that a repeat is the same request.

    Raises `RuleBroken` for a password that is too short, too common or too like the user name.
    """
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise RuleBroken({"password": list(weak.messages)}) from weak
    return make_password(password, salt=submission_id.hex)


def make_account(person: Person, username: str, credential: str) -> Account:
    """An account for a person who has none. Only plain letters: no look-alike of another name."""
    name = username.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise RuleBroken({"username": [_("用户名只用小写字母、数字和 . _ @ -，最多 60 位。")]})
    if Account.named(name) or hasattr(person, "account"):
        raise RuleBroken({"username": [_("这个用户名已有人使用，或这个人已有账号。")]})
    account = Account(username=name, person=person, password=credential)
    account.save(force_insert=True)
    return account


def set_credential(person: Person, credential: str) -> None:
    """Store a new password."""
    person.account.password = credential
    person.account.save(update_fields=["password"])
