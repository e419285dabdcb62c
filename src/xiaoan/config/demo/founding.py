"""The first day: the district, its platform's three, the pack."""

from pathlib import Path
from uuid import uuid5

from xiaoan.config.commands.instance import found_district
from xiaoan.config.commands.terminal import actor_named
from xiaoan.config.demo.acting import NAMESPACE, ask_for
from xiaoan.config.demo.sheet import CastLine, Sheet
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.organisations.models import Unit
from xiaoan.people.accounts import encoded
from xiaoan.people.acts import appoint
from xiaoan.people.models import Person, Post
from xiaoan.plans.acts.packs import confirm_parameter, load_pack, publish_pack
from xiaoan.plans.models import Duty, PackVersion
from xiaoan.plans.pack.files import read_folder

PASSWORD = "xiao-an-demo-2025"  # noqa: S105 - printed on the console: a demo's door stands open
ADMIN, OFFICER, AUDITOR = "system_admin", "security_officer", "auditor"


def platform_of(sheet: Sheet) -> dict[str, CastLine]:
    """The platform's three, by role. Their 工号 is their user name."""
    return {line.role: line for line in sheet.cast if line.role}


def credential() -> str:
    """Everybody's password as it is stored: computed once, since that is slow on purpose."""
    return encoded(PASSWORD, uuid5(NAMESPACE, "password"))


def open_platform(sheet: Sheet) -> Actor:
    """Make the district and its first administrator, as `xiaoan init` does. Returns the administrator."""
    username = platform_of(sheet)[ADMIN].login
    found_district(sheet.bureau.code, sheet.bureau.name, username, PASSWORD)
    return actor_named(username)


def publish(folder: Path, admin: Actor) -> PackVersion:
    """Load a pack and put it in force; the administrator may while the district is being set up."""
    district = Unit.objects.visible_to(admin).get(pk=admin.district_id)
    version = load_pack(actor=admin, ask=ask_for("load pack"), district=district, files=read_folder(folder))
    return publish_pack(actor=admin, ask=ask_for("publish pack"), pack=version)


def appoint_guardians(sheet: Sheet, admin: Actor) -> None:
    """Give security officer and auditor their posts; after the setup only the officer appoints."""
    bureau = Unit.objects.visible_to(admin).get(pk=admin.district_id)
    for role in (OFFICER, AUDITOR):
        person = Person.objects.visible_to(admin).get(staff_no=platform_of(sheet)[role].login)
        post = Post.objects.visible_to(admin).get(code=role)
        appoint(
            actor=admin,
            ask=ask_for("appoint", role),
            person=person,
            unit=bureau,
            post=post,
            starts_on=clock.today(),
        )


def confirm(version: PackVersion, leader: Actor) -> None:
    """The deputy director stands by the parameters of everything that is measured today; the rest waits."""
    duties = Duty.objects.visible_to(leader).filter(pack=version, must_be_confirmed=True)
    codes = duties.exclude(indicator="").order_by("position").values_list("code", flat=True)
    confirm_parameter(actor=leader, ask=ask_for("confirm"), pack=version, codes=list(codes))
