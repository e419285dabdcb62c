"""Accounts: user names that nobody can mistake, and passwords that no journal and no receipt ever holds.

An initial password is made here, told once to whoever opens the account, and to be changed at first sign-in. It
follows from the request and the installation's key, so that a repeated request tells the same one, and nothing
has to keep it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.contrib.auth.hashers import get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from xiaoan.foundation.errors import RuleBroken
from xiaoan.people.models import Account, Person

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that looks like something else in print."""
GROUPS, GROUP_LENGTH = 3, 4
INITIAL_ROUNDS = 20_000
"""59 random bits need no slow hash; hundreds are made in one request. At sign-in it is hashed in full."""
SHOWN = 5
"""Names told in a refusal."""
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


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be opened; `credential` is an encoded password."""

    person: Person
    username: str
    credential: str
    must_change: bool = True


@dataclass(frozen=True, slots=True)
class Initial:
    """An account with its initial password in clear: shown once, stored nowhere."""

    person: Person
    username: str
    password: str
    credential: str

    @property
    def account(self) -> NewAccount:
        """What the act takes: without the password."""
        return NewAccount(self.person, self.username, self.credential)


def initial(person: Person, username: str, submission_id: UUID) -> Initial:
    """A person's initial password in a request: the same in a repeat, another one in any other request."""
    seed = salted_hmac("xiaoan.people.initial", f"{submission_id} {person.id}", algorithm="sha256").digest()
    number, letters = int.from_bytes(seed), ""
    for _letter in range(GROUPS * GROUP_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    password = "-".join(letters[at : at + GROUP_LENGTH] for at in range(0, len(letters), GROUP_LENGTH))
    hasher = type(get_hasher())()
    hasher.iterations = INITIAL_ROUNDS  # type: ignore[attr-defined]  # a hasher without rounds ignores it
    salt = uuid5(submission_id, str(person.id)).hex
    return Initial(person, username, password, make_password(password, salt=salt, hasher=hasher))


def still_valid(handed_out: Sequence[Initial]) -> set[UUID]:
    """Those whose account still has the password told here: in a repeat, somebody may have changed theirs."""
    held = _accounts().filter(person__in=[each.person for each in handed_out])
    stored = dict(held.values_list("person", "password"))
    return {each.person.id for each in handed_out if stored.get(each.person.id) == each.credential}


def proposed_names(people: Sequence[Person]) -> dict[UUID, str]:
    """Person → a user name that nobody else has: the staff number, where that is taken with the district's code."""
    wishes = {person.id: _wishes(person) for person in people}
    wanted = {name for names in wishes.values() for name in names}
    held = _accounts().filter(username__in=wanted).exclude(person__in=people)
    taken = set(held.values_list("username", flat=True))
    return {key: next(name for name in names if name not in taken) for key, names in wishes.items()}


def _wishes(person: Person) -> tuple[str, ...]:
    """User names for a person, the best first; the last is taken by nobody."""
    number = person.staff_no.lower().lstrip("._-@") or person.id.hex
    return number, f"{number}@{person.district.code.lower()}", f"{number}.{person.id.hex}"[:60]


def make_accounts(new: Sequence[NewAccount]) -> None:
    """Accounts for people who have none, all or none. Only plain letters: no look-alike of another name."""
    names = [each.username.strip().lower() for each in new]
    if not all(_USERNAME.fullmatch(name) for name in names):
        raise RuleBroken({"username": [_("用户名只用小写字母、数字和 . _ @ -，最多 60 位。")]})
    held = _accounts().filter(Q(username__in=names) | Q(person__in=[each.person for each in new]))
    taken = sorted({*held.values_list("username", flat=True), *_repeated(names)})
    if taken:
        words = _("用户名已有人使用，或这个人已有账号：%(names)s。")
        raise RuleBroken({"username": [words % {"names": "、".join(taken[:SHOWN])}]})
    Account.objects.bulk_create(
        Account(username=name, person=each.person, password=each.credential, must_change=each.must_change)
        for name, each in zip(names, new, strict=True)
    )


def _repeated(names: Sequence[str]) -> set[str]:
    """Names that stand more than once in a list."""
    return {name for name, times in Counter(names).items() if times > 1}


def set_credential(person: Person, credential: str) -> None:
    """Store a password that the person chose."""
    _store(person.account, credential, must_change=False)


def give_credential(person: Person, credential: str) -> None:
    """Store a password that was made for the person."""
    _store(person.account, credential, must_change=True)


def _store(account: Account, credential: str, *, must_change: bool) -> None:
    """Write both; a new password ends every session that was begun with the old one."""
    account.password, account.must_change = credential, must_change
    account.save(update_fields=["password", "must_change"])


def _accounts() -> QuerySet[Account]:
    """All accounts: user names are unique in the installation, so they are compared with everybody's."""
    return Account._default_manager.all()  # noqa: SLF001 - accounts have no scope
