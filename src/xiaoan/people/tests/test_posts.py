"""The catalogue of posts that a pack publishes, and what no pack may grant."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted, RuleBroken
from xiaoan.foundation.journal import JournalEntry
from xiaoan.people.acts import change_post_role, publish, publish_posts
from xiaoan.people.models import Post
from xiaoan.people.pack import PostRow, PostsFile
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import appointed

KEEPER = PostRow(
    "keeper",
    "仓库保管员",
    "Storekeeper",
    "post_holder",
    is_head=False,
    is_lead=False,
    kinds="school",
    aliases="保管员",
)
LINE = {
    "code": "head_teacher",
    "title": {"zh": "校长", "en": "Principal"},
    "role": "principal",
    "kinds": ["school"],
    "aliases": ["园长"],
    "head": True,
}


def published(cast, *posts, who="bai"):
    return publish_posts(actor=cast.actor(who), ask=Ask(), district=cast.bureau, posts=list(posts))


def post_of(cast, code):
    return Post.objects.everything("a test").get(district=cast.bureau, code=code)


def catalogue(cast):
    rows = Post.objects.everything("a test").filter(district=cast.bureau).order_by("code")
    return [
        PostRow(p.code, p.name_zh, p.name_en, p.role, p.is_head, p.is_lead, p.kinds, p.aliases) for p in rows
    ]


def test_a_packs_line_becomes_a_post(cast):
    publish(actor=cast.actor("bai"), ask=Ask(), district=cast.bureau, content=[LINE])
    post = post_of(cast, "head_teacher")
    assert (post.name_zh, post.role, post.is_head, post.aliases, post.kinds) == (
        "校长",
        "principal",
        True,
        "园长",
        "school",
    )


def test_posts_that_a_pack_no_longer_names_are_retired_and_come_back(cast):
    published(cast, *catalogue(cast), KEEPER)
    published(cast, *[row for row in catalogue(cast) if row.code != "keeper"])
    assert post_of(cast, "keeper").retired
    published(cast, *catalogue(cast))
    assert not post_of(cast, "keeper").retired


def test_publishing_the_same_catalogue_again_changes_nothing(cast):
    published(cast, *catalogue(cast))
    published(cast, *catalogue(cast))
    assert JournalEntry.objects.latest("number").payload.body == '{"changes":{}}'


@pytest.mark.parametrize(
    "row",
    [
        replace(KEEPER, code="system_admin"),
        replace(KEEPER, role="auditor"),
        replace(KEEPER, role="emperor"),
    ],
)
def test_no_pack_grants_a_platform_post_or_an_unknown_role(cast, row):
    with pytest.raises(RuleBroken) as refusal:
        published(cast, *catalogue(cast), row)
    assert list(refusal.value.fields) == ["posts"]


def test_platform_posts_stay_when_a_pack_is_published(cast):
    officer = appointed(cast.bureau, "security_officer", "方以南")
    published(cast, *[row for row in catalogue(cast) if row.code != "security_officer"])
    assert [posting.role for posting in actor_for(officer).postings] == ["security_officer"]
    assert not post_of(cast, "security_officer").retired


def test_what_a_held_post_grants_is_changed_by_the_security_officer_first(cast):
    officer = appointed(cast.bureau, "security_officer", "方以南")
    rows = [row for row in catalogue(cast) if row.code != "security_officer"]
    wanted = [replace(row, role="safety_lead") if row.code == "safety_officer" else row for row in rows]
    with pytest.raises(RuleBroken, match="安全管理员"):
        published(cast, *wanted)

    post = post_of(cast, "safety_officer")
    change_post_role(actor=actor_for(officer), ask=Ask(seen=post.version), post=post, role="safety_lead")
    published(cast, *wanted)

    assert [posting.role for posting in cast.actor("shen").postings] == ["safety_lead"]


def test_what_nobody_holds_may_change_its_role_with_the_pack(cast):
    published(cast, *catalogue(cast), KEEPER)
    published(cast, *[replace(row, role="staff") if row.code == "keeper" else row for row in catalogue(cast)])
    assert post_of(cast, "keeper").role == "staff"


@pytest.mark.parametrize("who", ["lin", "gu", "yi"])
def test_only_who_publishes_rules_publishes_posts(cast, who):
    with pytest.raises(NotPermitted):
        published(cast, KEEPER, who=who)


@pytest.mark.parametrize("role", ["auditor", "emperor"])
def test_the_security_officer_grants_no_platform_role_either(cast, role):
    officer = appointed(cast.bureau, "security_officer", "方以南")
    with pytest.raises(RuleBroken):
        change_post_role(actor=actor_for(officer), ask=Ask(), post=post_of(cast, "principal"), role=role)


@pytest.mark.parametrize(
    "change",
    [
        {"role": "auditor"},
        {"role": "emperor"},
        {"kinds": ["castle"]},
        {"colour": "red"},
        {"aliases": ["校长"]},
        {"title": {"zh": "校 长", "en": "Principal"}},
    ],
)
def test_a_wrong_line_of_the_file_is_refused(change):
    with pytest.raises(ValidationError):
        PostsFile.model_validate([LINE | change])
