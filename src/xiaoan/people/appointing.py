"""The rules of an appointment, the same for a form and for a table."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.people.models import Appointment, Post
from xiaoan.people.permissions import PLATFORM_POSTS

ENDLESS = date.max


def faults(actor: Actor, wanted: Appointment, others: Iterable[Appointment]) -> Iterator[tuple[str, Words]]:
    """Field and words of everything that speaks against an appointment; `others` are the person's own."""
    if wanted.person_id == actor.person_id:
        yield "person", _("不能给自己任职，请由他人办理。")
    if wanted.ends_on and wanted.ends_on < wanted.starts_on:
        yield "ends_on", _("结束日期不能早于起始日期。")
    if wanted.post.retired:
        yield "post", _("这个岗位已经停用，请选择岗位目录中的其他岗位。")
    if wanted.post.kinds and wanted.unit.kind not in wanted.post.kinds.split():
        yield "post", _("这类单位不设这个岗位，请核对岗位或单位。")
    if any(_are_apart(wanted, other) for other in others):
        yield "post", _("平台管理员、安全管理员、审计员应由三个不同的人担任。")


def _are_apart(wanted: Appointment, other: Appointment) -> bool:
    """Whether two appointments of one person break the separation of the three (三员分立)."""
    posts = {wanted.post.code, other.post.code}
    return len(posts & set(PLATFORM_POSTS)) > 1 and _overlap(wanted, other)


def _overlap(one: Appointment, other: Appointment) -> bool:
    """Whether there is a day in both."""
    return one.starts_on <= (other.ends_on or ENDLESS) and other.starts_on <= (one.ends_on or ENDLESS)


def posts_by_word(posts: Iterable[Post]) -> dict[str, Post]:
    """Every name by which a post may be called in a table: code, Chinese name, aliases. Retired ones last."""
    found: dict[str, Post] = {}
    for post in sorted(posts, key=lambda post: post.retired):
        for word in (post.code, post.name_zh, *post.aliases.split()):
            found.setdefault(word, post)
    return found


def homes(appointments: Iterable[Appointment]) -> dict[UUID, UUID]:
    """Person → unit of their latest appointment: where they are looked after."""
    latest: dict[UUID, Appointment] = {}
    for each in appointments:
        known = latest.get(each.person_id)
        if known is None or (each.starts_on, each.pk) > (known.starts_on, known.pk):
            latest[each.person_id] = each
    return {person: each.unit_id for person, each in latest.items()}
