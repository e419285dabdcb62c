"""Acts on posts, appointments and supervision."""

# ruff: noqa: ARG001 - every act takes `actor` and `ask`, used or not

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken, Words
from xiaoan.foundation.imports import ImportDraft, begin, journalled, register_import
from xiaoan.foundation.packs import Section, register_section
from xiaoan.foundation.permissions import matrix
from xiaoan.foundation.records import change_guarded
from xiaoan.organisations.models import Unit, UnitKind
from xiaoan.organisations.queries import hold_register
from xiaoan.people.accounts import NewAccount, give_credential, make_accounts, set_credential
from xiaoan.people.appointing import faults, homes
from xiaoan.people.appointment_table import APPOINTMENTS, write_appointments
from xiaoan.people.events import AppointmentChanged, PeopleChanged, PersonChanged
from xiaoan.people.models import Appointment, Person, Post, Supervision
from xiaoan.people.pack import PostRow, PostsFile
from xiaoan.people.permissions import (
    PLATFORM_NAMES,
    PLATFORM_POSTS,
    may_appoint,
    may_assign_supervision,
    may_change_password,
    may_change_post_role,
    may_choose_language,
    may_end_appointment,
    may_end_supervision,
    may_import_appointments,
    may_import_people,
    may_open_account,
    may_open_accounts,
    may_open_administration,
    may_publish_posts,
    may_reset_password,
)
from xiaoan.people.person_table import PEOPLE, write_people


@act(may=may_publish_posts)
def publish_posts(*, actor: Actor, ask: Ask, district: Unit, posts: Sequence[PostRow]) -> Outcome[Unit]:
    """Put a pack's catalogue of posts in force. Posts that it no longer names are retired, never removed.

    Raises `RuleBroken` for a platform post or role (三员), an unknown role, and a changed role of a post that
    somebody was appointed to: that is the security officer's act (`13-contracts.md` section 8).
    """
    stored = Post.objects.visible_to(actor).filter(district=district).exclude(code__in=PLATFORM_POSTS)
    old = {post.code: post for post in stored}
    _refuse_roles(actor, district, posts, old)
    changes: dict[str, Any] = {}
    for position, row in enumerate(posts, start=1):
        wanted = asdict(row) | {"position": position, "retired": False}
        post = old.pop(row.code, None)
        changes |= _change_post(post, wanted) if post else _add_post(actor, district, wanted)
    for post in old.values():
        changes |= _change_post(post, {"retired": True})
    return Outcome(district, changes)


def _refuse_roles(actor: Actor, district: Unit, posts: Sequence[PostRow], old: dict[str, Post]) -> None:
    """Words on every line post → role that this act may not write."""
    taken = set(
        Appointment.objects.visible_to(actor).filter(district=district).values_list("post__code", flat=True)
    )
    roles = matrix().roles - set(PLATFORM_POSTS)
    words = []
    for row in posts:
        if row.code in PLATFORM_POSTS or row.role in PLATFORM_POSTS:
            words.append(_("岗位 %(post)s 属于三员，规则库不能授予。"))
        elif row.role not in roles:
            words.append(_("岗位 %(post)s 的角色不存在，请按规则库格式说明改正。"))
        elif row.code in old and old[row.code].role != row.role and row.code in taken:
            words.append(_("岗位 %(post)s 已有人任职，改变其角色须先由安全管理员办理。"))
        else:
            continue
        words[-1] %= {"post": f"{row.code}（{row.name_zh}）"}
    if words:
        raise RuleBroken({"posts": words})


def _add_post(actor: Actor, district: Unit, wanted: dict[str, Any]) -> dict[str, Any]:
    """A new line of the catalogue."""
    Post.objects.create(district_id=district.id, unit_id=district.id, created_by_id=actor.person_id, **wanted)
    return {wanted["code"]: {field: [None, value] for field, value in wanted.items() if field != "code"}}


def _change_post(post: Post, wanted: dict[str, Any]) -> dict[str, Any]:
    """A changed line, or nothing."""
    differing = {field: value for field, value in wanted.items() if getattr(post, field) != value}
    return {post.code: change_guarded(post, seen=None, **differing)} if differing else {}


@act(may=may_change_post_role)
def change_post_role(*, actor: Actor, ask: Ask, post: Post, role: str) -> Outcome[Post]:
    """Change what a post grants. Raises `RuleBroken` for a platform post or role, and an unknown role."""
    if post.code in PLATFORM_POSTS or role not in matrix().roles - set(PLATFORM_POSTS):
        raise RuleBroken({"role": [_("请选择一个角色；三员的岗位和角色不能改变。")]})
    return Outcome(post, change_guarded(post, seen=ask.seen, role=role))


@act(may=may_appoint)
def appoint(  # noqa: PLR0913 - person x post x unit x from-to
    *,
    actor: Actor,
    ask: Ask,
    person: Person,
    unit: Unit,
    post: Post,
    starts_on: date,
    ends_on: date | None = None,
    is_deputy: bool = False,
) -> Outcome[Appointment]:
    """Appoint a person to a post of a unit. Several may hold a post at one time.

    Raises `RuleBroken` by field: the rules of `appointing.faults`, and an appointment that is there already.
    """
    appointment = Appointment(
        district_id=unit.district_id,
        unit=unit,
        created_by_id=actor.person_id,
        person=person,
        post=post,
        starts_on=starts_on,
        ends_on=ends_on,
        is_deputy=is_deputy,
    )
    own = list(Appointment.objects.visible_to(actor).filter(person=person).select_related("post"))
    _refuse_faults(actor, appointment, own)
    appointment.save(force_insert=True)
    _take_home(person, [*own, appointment])
    told = (_changed(appointment, starts_on), _person_changed(person))
    return Outcome(appointment, _shown(appointment), told)


def _refuse_faults(actor: Actor, appointment: Appointment, own: Sequence[Appointment]) -> None:
    """The words beside each field of an appointment that may not be."""
    fields: dict[str, list[Words]] = {}
    for field, words in faults(actor, appointment, own):
        fields.setdefault(field, []).append(words)
    wanted = (appointment.unit_id, appointment.post_id, appointment.starts_on)
    if any((other.unit_id, other.post_id, other.starts_on) == wanted for other in own):
        fields.setdefault("starts_on", []).append(_("这项任职已经登记过了。"))
    if fields:
        raise RuleBroken(fields)


def _take_home(person: Person, appointments: Sequence[Appointment]) -> None:
    """The person is looked after by the unit of the latest appointment."""
    home = homes(appointments)[person.id]
    if person.unit_id != home:
        change_guarded(person, seen=None, unit_id=home)


def _shown(appointment: Appointment) -> dict[str, list[Any]]:
    """What the journal keeps of a new appointment."""
    return {
        "person": [None, appointment.person_id],
        "post": [None, appointment.post.code],
        "starts_on": [None, appointment.starts_on],
        "ends_on": [None, appointment.ends_on],
        "is_deputy": [None, appointment.is_deputy],
    }


def _changed(appointment: Appointment, day: date) -> AppointmentChanged:
    """The announcement of a beginning or an end."""
    return AppointmentChanged(
        district_id=appointment.district_id,
        unit_id=appointment.unit_id,
        record_id=appointment.id,
        happened_on=day,
    )


def _person_changed(person: Person) -> PersonChanged:
    """The announcement of a person as they are from today on."""
    return PersonChanged(
        district_id=person.district_id, unit_id=person.unit_id, record_id=person.id, happened_on=clock.today()
    )


def _people_changed(draft: ImportDraft) -> PeopleChanged:
    """The announcement of an applied table."""
    return PeopleChanged(
        district_id=draft.district_id, unit_id=draft.unit_id, record_id=draft.id, happened_on=clock.today()
    )


@act(may=may_end_appointment)
def end_appointment(
    *, actor: Actor, ask: Ask, appointment: Appointment, ends_on: date
) -> Outcome[Appointment]:
    """End an appointment after its last day; what it granted ends with that day, whoever is signed in.

    An end may be put off: then what changes begins after the end that stood before. Raises `RuleBroken` for a
    last day before the first one.
    """
    if ends_on < appointment.starts_on:
        raise RuleBroken({"ends_on": [_("结束日期不能早于起始日期。")]})
    changed_from = min(appointment.ends_on or ends_on, ends_on)
    changes = change_guarded(appointment, seen=ask.seen, ends_on=ends_on)
    return Outcome(appointment, changes, (_changed(appointment, changed_from),))


@act(may=may_assign_supervision)
def assign_supervision(  # noqa: PLR0913 - section x area x unit x from-to
    *,
    actor: Actor,
    ask: Ask,
    section: Unit,
    area: str,
    supervised: Unit,
    starts_on: date,
    ends_on: date | None = None,
    person: Person | None = None,
) -> Outcome[Supervision]:
    """Lay down that a section supervises an area of a unit (监管分工).

    Raises `RuleBroken` for a unit that is no section, an empty area, an end before the beginning, and an
    assignment that is there already.
    """
    fields: dict[str, list[Words]] = {}
    if section.kind != UnitKind.SECTION or section.district_id != supervised.district_id:
        fields["section"] = [_("请选择本局的科室。")]
    if not area.strip():
        fields["area"] = [_("请填写监管的领域。")]
    if ends_on and ends_on < starts_on:
        fields["ends_on"] = [_("结束日期不能早于起始日期。")]
    known = Supervision.objects.visible_to(actor).filter(unit=section, area=area.strip())
    if known.filter(supervised=supervised, starts_on=starts_on).exists():
        fields["supervised"] = [_("这项分工已经登记过了。")]
    if fields:
        raise RuleBroken(fields)
    supervision = Supervision.objects.create(
        district_id=supervised.district_id,
        unit=section,
        created_by_id=actor.person_id,
        area=area.strip(),
        supervised=supervised,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return Outcome(supervision, {"area": [None, area], "supervised": [None, supervised.code]})


@act(may=may_end_supervision)
def end_supervision(
    *, actor: Actor, ask: Ask, supervision: Supervision, ends_on: date
) -> Outcome[Supervision]:
    """End what a section supervises after its last day. Raises `RuleBroken` for a last day before the first one."""
    if ends_on < supervision.starts_on:
        raise RuleBroken({"ends_on": [_("结束日期不能早于起始日期。")]})
    return Outcome(supervision, change_guarded(supervision, seen=ask.seen, ends_on=ends_on))


@act(may=may_open_administration, robot=True)
def open_administration(
    *, actor: Actor, ask: Ask, district: Unit, username: str, credential: str
) -> Outcome[Appointment]:
    """The platform posts of a new district, and its first administrator with an account.

    `credential` is an encoded password (`accounts.encoded`). Raises `RuleBroken` for a user name that is taken
    or not plain.
    """
    posts = [
        Post(district=district, unit=district, kinds=UnitKind.BUREAU, role=code, code=code, **names)
        for code, names in PLATFORM_NAMES.items()
    ]
    Post.objects.bulk_create(posts)
    person = Person.objects.create(district=district, unit=district, staff_no=username, name=username)
    make_accounts([NewAccount(person, username, credential, must_change=False)])
    appointment = Appointment.objects.create(
        district=district, unit=district, person=person, post=posts[0], starts_on=clock.today()
    )
    told = (_changed(appointment, appointment.starts_on), _person_changed(person))
    return Outcome(appointment, _shown(appointment), told)


@act(may=may_open_account)
def open_account(  # noqa: PLR0913 - person, name, password and who made it
    *, actor: Actor, ask: Ask, person: Person, username: str, credential: str, must_change: bool = True
) -> Outcome[Person]:
    """Give a person the means to sign in; `must_change` unless they chose the password themselves.

    Raises `RuleBroken` for a user name that is taken or not plain, and for a person who has an account.
    """
    make_accounts([NewAccount(person, username, credential, must_change=must_change)])
    return Outcome(person, {"username": [None, username]})


@act(may=may_open_accounts)
def open_accounts(*, actor: Actor, ask: Ask, district: Unit, accounts: Sequence[NewAccount]) -> Outcome[Unit]:
    """Give many people of the district the means to sign in. Raises as `open_account` does; then none is opened."""
    make_accounts(accounts)
    return Outcome(district, {"usernames": {each.person.staff_no: each.username for each in accounts}})


@act(may=may_reset_password)
def reset_password(*, actor: Actor, ask: Ask, person: Person, credential: str) -> Outcome[Person]:
    """Give somebody who forgot their password an initial one; every session of theirs ends with it.

    Raises `RuleBroken` for a person without an account.
    """
    if not hasattr(person, "account"):
        raise RuleBroken({"person": [_("这个人还没有账号，请先开立账号。")]})
    give_credential(person, credential)
    return Outcome(person, {"password": []})


@act(may=may_change_password)
def change_password(*, actor: Actor, ask: Ask, person: Person, credential: str) -> Outcome[Person]:
    """Change one's own password; every other session of the account ends with it."""
    set_credential(person, credential)
    return Outcome(person, {"password": []})


@act(may=may_choose_language)
def choose_language(*, actor: Actor, ask: Ask, person: Person, language: str) -> Outcome[Person]:
    """Keep the language of one's pages with the account. Raises `RuleBroken` for one that is not offered."""
    if language not in dict(settings.LANGUAGES):
        raise RuleBroken({"language": [_("请选择列出的语言。")]})
    old = person.account.language
    person.account.language = language
    person.account.save(update_fields=["language"])
    return Outcome(person, {"language": [old, language]})


@act(may=may_import_people)
def import_people(*, actor: Actor, ask: Ask, draft: ImportDraft) -> Outcome[ImportDraft]:
    """Apply a checked table of people. Raises as `imports.begin` does."""
    hold_register(actor)
    entries = begin(PEOPLE, actor, draft)
    write_people(actor, entries)
    return Outcome(draft, journalled(draft, entries), (_people_changed(draft),))


@act(may=may_import_appointments)
def import_appointments(*, actor: Actor, ask: Ask, draft: ImportDraft) -> Outcome[ImportDraft]:
    """Apply a checked table of appointments. Raises as `imports.begin` does."""
    hold_register(actor)
    entries = begin(APPOINTMENTS, actor, draft)
    written = write_appointments(actor, entries)
    happened = tuple(_changed(each, each.starts_on) for each in written)
    return Outcome(draft, journalled(draft, entries), (*happened, _people_changed(draft)))


def publish(*, actor: Actor, ask: Ask, district: Unit, content: Any) -> None:
    """Put a pack's catalogue of posts in force, inside the act of publishing."""
    file = PostsFile.model_validate(content)
    publish_posts(actor=actor, ask=ask, district=district, posts=[line.row() for line in file.root])


register_section(Section(name="posts", schema=PostsFile, title=gettext_lazy("岗位目录"), publish=publish))
register_import(PEOPLE, import_people)
register_import(APPOINTMENTS, import_appointments)
