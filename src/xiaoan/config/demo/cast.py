"""The people of the log-in page get their accounts."""

from xiaoan.config.demo.acting import ask_for
from xiaoan.config.demo.founding import ADMIN
from xiaoan.config.demo.sheet import Sheet
from xiaoan.config.demo.staff import Staff
from xiaoan.foundation.actor import Actor
from xiaoan.people.acts import open_account
from xiaoan.people.models import DemoLogin, Person


def give_accounts(sheet: Sheet, staff: Staff, admin: Actor, stored: str) -> None:
    """Let the cast sign in, and put them on the log-in page."""
    people = {person.staff_no: person for person in Person.objects.visible_to(admin)}
    logins = []
    for position, line in enumerate(sheet.cast, start=1):
        member = staff.cast.get(line.login)
        person = people[member.staff_no if member else line.login]
        if line.role != ADMIN:  # who founded the district came with an account
            ask = ask_for("account", line.login)
            open_account(
                actor=admin,
                ask=ask,
                person=person,
                username=line.login,
                credential=stored,
                must_change=False,
            )
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
