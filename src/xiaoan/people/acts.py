"""Acts on posts, appointments and supervision."""

# ruff: noqa: ARG001 - every act takes `actor` and `ask`, used or not

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.packs import Section, register_section
from xiaoan.foundation.permissions import matrix
from xiaoan.foundation.records import change_guarded
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment, Post
from xiaoan.people.pack import PostRow, PostsFile
from xiaoan.people.permissions import PLATFORM_POSTS, may_change_post_role, may_publish_posts


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


def publish(*, actor: Actor, ask: Ask, district: Unit, content: Any) -> None:
    """Put a pack's catalogue of posts in force, inside the act of publishing."""
    file = PostsFile.model_validate(content)
    publish_posts(actor=actor, ask=ask, district=district, posts=[line.row() for line in file.root])


register_section(Section(name="posts", schema=PostsFile, title=gettext_lazy("岗位目录"), publish=publish))
