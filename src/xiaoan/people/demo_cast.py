"""The cast on the demo's log-in page: who they are, in which group, what is worth looking at."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.errors import Words
from xiaoan.foundation.languages import in_language
from xiaoan.people.models import Account, DemoLogin
from xiaoan.people.queries import demo_cast, latest_appointments

SIDES: dict[str, Words] = {
    "school": _("学校"),
    "bureau": _("教育局和中心"),
    "outside": _("局外单位和协作组"),
    "platform": _("平台三员"),
}


@dataclass(frozen=True, slots=True)
class CastMember:
    """A card: whom one becomes with a click."""

    key: str
    name: str
    post: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class CastGroup:
    """The cards under one heading."""

    title: Words
    people: list[CastMember] = field(default_factory=list)


def cast_by_side() -> list[CastGroup]:
    """The cast under its headings, in order; groups without anybody are left out."""
    logins = demo_cast()
    held = latest_appointments([each.account.person_id for each in logins], clock.today())
    groups = {side: CastGroup(title) for side, title in SIDES.items()}
    for each in logins:
        appointment = held.get(each.account.person_id)
        groups[each.side].people.append(
            CastMember(
                key=each.account.username,
                name=each.account.person.name,
                post=str(appointment.post) if appointment else "",
                unit=appointment.unit.name if appointment else "",
                note=_note(each),
            )
        )
    return [group for group in groups.values() if group.people]


def account_in_cast(username: str) -> Account | None:
    """The account of a member of the cast; nobody else can be entered by a click."""
    return next((each.account for each in demo_cast() if each.account.username == username), None)


def _note(each: DemoLogin) -> str:
    """What is worth looking at, in the language of the page."""
    return in_language(each.note_zh, each.note_en)
