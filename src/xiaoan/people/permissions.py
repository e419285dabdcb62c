"""Who may appoint, publish posts and import people; and the rule of a new district's first days."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import ImportDraft
from xiaoan.foundation.permissions import Allowed, Denied, Reachable, Verdict, granted
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment, Person, Post, Supervision

SYSTEM_ADMIN, SECURITY_OFFICER, AUDITOR = "system_admin", "security_officer", "auditor"
PLATFORM_POSTS = (SYSTEM_ADMIN, SECURITY_OFFICER, AUDITOR)
"""三员: three different people, each in one of these posts and in no other; no pack grants them."""
PLATFORM_NAMES = {
    SYSTEM_ADMIN: {"name_zh": "平台管理员", "name_en": "Platform administrator"},
    SECURITY_OFFICER: {"name_zh": "安全管理员", "name_en": "Security officer of the platform"},
    AUDITOR: {"name_zh": "审计员", "name_en": "Auditor"},
}
BY_SECURITY_OFFICER = _("任职由安全管理员登记和结束，请把依据转给他们。")
BY_ADMINISTRATOR = _("账号和密码由平台管理员办理，请与他们联系。")
BY_LEGAL = _("监管分工由法制科登记，请把依据转给他们。")
CENTRE_ROLES = ("centre_head", "centre_staff", "centre_inspector")


def in_force(day: date) -> Q:
    """Appointments in force on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _is_being_set_up(administrator: Actor) -> bool:
    """Whether a legal section and an affairs centre do not both hold appointments yet (初始化)."""
    roles = set(
        Appointment.objects.visible_to(administrator)
        .filter(in_force(clock.today()), unit__oversees=True)
        .filter(post__role__in=("legal", *CENTRE_ROLES))
        .values_list("post__role", flat=True)
        .distinct()
    )
    return not ("legal" in roles and roles.intersection(CENTRE_ROLES))


def granted_or_in_setup(actor: Actor, name: str, reachable: Reachable) -> Verdict:
    """As the matrix says; while the district is being set up also to its first administrator.

    `13-contracts.md` section 7: until a legal section and a centre hold appointments, the administrator may
    publish packs and import master data.
    """
    verdict = granted(actor, name, reachable)
    if verdict or reachable.reach_target().district_id != actor.district_id:
        return verdict
    first = next((posting for posting in actor.postings if posting.role == SYSTEM_ADMIN), None)
    return Allowed(first) if first and _is_being_set_up(actor) else verdict


def may_open_administration(actor: Actor) -> Verdict:  # noqa: ARG001 - whoever asks
    """The first administrator is made by the command line's machine only."""
    return Denied()


def may_publish_posts(actor: Actor, district: Unit) -> Verdict:
    """Posts come with a published pack."""
    return granted_or_in_setup(actor, "people.publish_posts", district)


def may_change_post_role(actor: Actor, post: Post) -> Verdict:
    """What a post grants is the security officer's to change."""
    return granted(actor, "people.change_post_role", post)


def may_import_people(actor: Actor, draft: ImportDraft) -> Verdict:
    """The register of people."""
    return granted_or_in_setup(actor, "people.import_people", draft)


def may_import_appointments(actor: Actor, draft: ImportDraft) -> Verdict:
    """Appointments grant: the security officer's import."""
    return granted_or_in_setup(actor, "people.import_appointments", draft)


def may_appoint(actor: Actor, person: Person, unit: Unit) -> Verdict:
    """The security officer appoints, and never themselves."""
    if person.id == actor.person_id:
        return Denied(_("不能给自己任职，请由他人办理。"))
    return granted_or_in_setup(actor, "people.appoint", unit) or Denied(BY_SECURITY_OFFICER)


def may_end_appointment(actor: Actor, appointment: Appointment) -> Verdict:
    """The security officer ends an appointment, never an own one."""
    if appointment.person_id == actor.person_id:
        return Denied(_("不能免去自己的任职，请由他人办理。"))
    return granted(actor, "people.end_appointment", appointment) or Denied(BY_SECURITY_OFFICER)


def may_assign_supervision(actor: Actor, supervised: Unit) -> Verdict:
    """监管分工 is laid down by the legal section."""
    return granted(actor, "people.assign_supervision", supervised) or Denied(BY_LEGAL)


def may_end_supervision(actor: Actor, supervision: Supervision) -> Verdict:
    """The legal section, as it lays it down."""
    return granted(actor, "people.end_supervision", supervision) or Denied(BY_LEGAL)


def may_open_account(actor: Actor, person: Person) -> Verdict:
    """Accounts are the platform administrator's; they grant nothing."""
    return granted(actor, "people.open_account", person) or Denied(BY_ADMINISTRATOR)


def may_open_accounts(actor: Actor, district: Unit) -> Verdict:
    """Many at once."""
    return granted(actor, "people.open_accounts", district) or Denied(BY_ADMINISTRATOR)


def may_reset_password(actor: Actor, person: Person) -> Verdict:
    """The platform administrator, for somebody else who forgot theirs."""
    if person.id == actor.person_id:
        return Denied(_("自己的密码请在“更换密码”页更换。"))
    return granted(actor, "people.reset_password", person) or Denied(BY_ADMINISTRATOR)


def may_change_password(actor: Actor, person: Person) -> Verdict:
    """Everybody changes their own password only."""
    return Allowed() if actor.person_id == person.id else Denied()


def may_choose_language(actor: Actor, person: Person) -> Verdict:
    """Everybody chooses for themselves."""
    return Allowed() if actor.person_id == person.id else Denied()
