"""The people of the log-in page: their accounts, and who they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from xiaoan.config.demo.acting import ask_for
from xiaoan.config.demo.founding import ADMIN
from xiaoan.config.demo.sheet import Sheet
from xiaoan.config.demo.staff import Staff
from xiaoan.foundation.actor import Actor
from xiaoan.people.acts import open_account
from xiaoan.people.models import DemoLogin, Person
from xiaoan.people.queries import actor_for, demo_cast


@dataclass(frozen=True, slots=True)
class Caller:
    """One line of the console: who can sign in."""

    name: str
    post_zh: str
    post_en: str
    unit: str
    username: str
    side: str


def give_accounts(sheet: Sheet, staff: Staff, admin: Actor, stored: str) -> None:
    """Let the cast sign in, and put them on the log-in page."""
    people = {person.staff_no: person for person in Person.objects.visible_to(admin)}
    logins = []
    for position, line in enumerate(sheet.cast, start=1):
        member = staff.cast.get(line.login)
        person = people[member.staff_no if member else line.login]
        if line.role != ADMIN:  # who founded the district came with an account
            ask = ask_for("account", line.login)
            open_account(actor=admin, ask=ask, person=person, username=line.login, credential=stored)
        note = line.look_at
        logins.append(
            DemoLogin(
                account=person.account,
                position=position,
                side=line.side,
                note_zh=note.zh,
                note_en=note.en,
            )
        )
    DemoLogin.objects.bulk_create(logins)


def callers() -> Iterator[Caller]:
    """Who can sign in, as the console tells it."""
    for login in demo_cast():
        account = login.account
        posting = actor_for(account.person).postings[0]
        yield Caller(
            name=account.person.name,
            post_zh=posting.post_name_zh,
            post_en=posting.post_name_en,
            unit=posting.unit_name,
            username=account.username,
            side=login.side,
        )
