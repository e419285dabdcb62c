"""The centre drafts, publishes, drops and chooses; versions never change; a repeat changes nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Conflict, FasterHand, NotFound, NotPermitted, RuleBroken, WrongStep
from xiaoan.foundation.journal import JournalEntry
from xiaoan.inspections.acts import drop_draft, publish_draft, save_draft, settle_offer
from xiaoan.inspections.contents import Content, content_of_json
from xiaoan.inspections.models import ChecklistDraft, ChecklistPoint, ChecklistVersion
from xiaoan.inspections.tests.factories import (
    NEW_POINT,
    REASON,
    a_later_pack,
    adapted,
    content_of,
    drafted,
    with_one_more,
)
from xiaoan.plans.tests.factories import publish

pytestmark = pytest.mark.django_db


def versions():
    rows = ChecklistVersion.objects.everything("a test").order_by("number")
    return list(rows.values_list("number", "origin", "point_count", "reason"))


def drafts():
    return ChecklistDraft.objects.everything("a test").count()


def test_a_draft_is_kept_and_nothing_is_in_force_by_it(here):
    content = replace(with_one_more(here.checklist), scored=True)
    draft = drafted(here, content)
    assert content_of_json(draft.content) == content
    assert versions() == [(1, "pack", 3, "")]
    assert here.checklist.in_force.number == 1


def test_a_draft_is_saved_again_by_whoever_saw_it(here):
    draft = drafted(here)
    content = Content((NEW_POINT,))
    save = {"actor": here.actor("gu"), "checklist": here.checklist, "content": content}
    save_draft(ask=Ask(seen=1), **save)
    draft.refresh_from_db()
    assert (content_of_json(draft.content), draft.version) == (content, 2)
    with pytest.raises(FasterHand):
        save_draft(ask=Ask(seen=1), **save)
    with pytest.raises(FasterHand):
        save_draft(ask=Ask(), **save)


def test_a_draft_that_somebody_dropped_is_not_saved_again_unawares(here):
    draft = drafted(here)
    drop_draft(actor=here.actor("gu"), ask=Ask(seen=1), draft=draft)
    with pytest.raises(FasterHand):
        save_draft(
            actor=here.actor("gu"), ask=Ask(seen=1), checklist=here.checklist, content=Content((NEW_POINT,))
        )


def test_publishing_makes_the_next_version_with_its_points_and_its_reason(here):
    first, before = here.checklist.in_force, content_of(here.checklist.in_force)
    version = adapted(here)
    assert here.checklist.in_force == version
    assert versions() == [(1, "pack", 3, ""), (2, "centre", 4, REASON)]
    assert content_of(version).points == (*before.points, NEW_POINT)
    assert content_of(first) == before
    assert (version.created_by_id, drafts()) == (here.cast.gu.pk, 0)


def test_publishing_is_one_entry_in_the_journal(here):
    adapted(here)
    acts = JournalEntry.objects.filter(act__startswith="inspections.").order_by("number")
    assert list(acts.values_list("act", flat=True)) == [
        "inspections.publish_checklists",
        "inspections.save_draft",
        "inspections.publish_draft",
    ]


def test_the_same_request_sent_twice_publishes_once(here):
    ask, draft = Ask(), drafted(here)
    first, second = (
        publish_draft(actor=here.actor("gu"), ask=ask, draft=draft, reason=REASON) for _time in range(2)
    )
    assert first == second
    assert len(versions()) == 2


def test_of_two_hands_one_publishes(here):
    draft = drafted(here)
    publish_draft(actor=here.actor("gu"), ask=Ask(seen=1), draft=draft, reason=REASON)
    with pytest.raises(Conflict):
        publish_draft(actor=here.actor("gu"), ask=Ask(seen=1), draft=draft, reason=REASON)
    assert len(versions()) == 2


def test_nothing_that_an_act_does_later_touches_a_published_version(here):
    rows = ChecklistVersion.objects.everything("a test").filter(number__lte=2)
    points = ChecklistPoint.objects.everything("a test").filter(checklist_version__number__lte=2)
    adapted(here)
    before = list(rows.values()), list(points.order_by("pk").values())
    publish(here.cast, files=a_later_pack())
    settle_offer(actor=here.actor("gu"), ask=Ask(), checklist=here.checklist, chosen=here.checklist.offered)
    adapted(here, Content((NEW_POINT,)))
    assert (list(rows.values()), list(points.order_by("pk").values())) == before


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_publishing_says_why(here, reason):
    with pytest.raises(RuleBroken) as refused:
        publish_draft(actor=here.actor("gu"), ask=Ask(), draft=drafted(here), reason=reason)
    assert list(refused.value.fields) == ["reason"]


def test_a_draft_without_a_difference_is_not_published(here):
    draft = drafted(here, content_of(here.checklist.in_force))
    with pytest.raises(RuleBroken, match="没有差别"):
        publish_draft(actor=here.actor("gu"), ask=Ask(), draft=draft, reason=REASON)


def test_a_draft_of_an_older_version_is_saved_again_before_it_is_published(here):
    draft = drafted(here)
    publish(here.cast, files=a_later_pack())
    draft = ChecklistDraft.objects.everything("a test").get(pk=draft.pk)
    with pytest.raises(Conflict, match="起草以后"):
        publish_draft(actor=here.actor("gu"), ask=Ask(), draft=draft, reason=REASON)
    content = content_of_json(draft.content)
    draft = save_draft(actor=here.actor("gu"), ask=Ask(seen=1), checklist=here.checklist, content=content)
    publish_draft(actor=here.actor("gu"), ask=Ask(), draft=draft, reason=REASON)
    assert versions()[-1][:2] == (3, "centre")


def test_a_retired_list_is_not_adapted(here):
    files = a_later_pack()
    files["checklists/stairs.yaml"] = files.pop("checklists/canteen.yaml")
    publish(here.cast, files=files)
    with pytest.raises(WrongStep):
        drafted(here)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text_zh": ""}, "第4条：请写检查内容。"),
        ({"text_zh": "长" * 201}, "第4条：检查内容最多200字"),
        ({"basis": ("县里的新规定 3",)}, "第4条：规则库的依据里没有“县里的新规定 3”"),
        ({"basis": ("消防法 " + "1" * 200,)}, "第4条：依据最多200字"),
        ({"hazard_kind": ""}, "第4条：请选择不合格时建议的隐患种类"),
        ({"hazard_kind": "steam"}, "第4条：请选择不合格时建议的隐患种类"),
        ({"accident": "flood"}, "第4条：请选择规则库中的事故类型"),
        ({"criterion": "F99"}, "第4条：这个判定条件不用于"),
        ({"criterion": "D05"}, "第4条：这个判定条件不用于"),
        ({"answer": "number"}, "第4条：填数字的要写计量单位"),
        ({"unit_zh": "米"}, "第4条：填数字的要写计量单位"),
        ({"least": Decimal(1)}, "第4条：只有填数字的才写下限和上限"),
        (
            {"answer": "number", "unit_zh": "米", "least": Decimal(2), "most": Decimal(1)},
            "第4条：上限小于下限",
        ),
        ({"weight": 0}, "第4条：分值写1到100的整数"),
        ({"text_zh": "灭火器数量"}, "“灭火器数量”写了两次"),
    ],
)
def test_a_point_that_cannot_be_taken_is_named_by_its_number(here, changes, words):
    standing = content_of(here.checklist.in_force)
    content = Content((*standing.points, replace(NEW_POINT, **changes)))
    with pytest.raises(RuleBroken) as refused:
        drafted(here, content)
    assert str(refused.value).startswith(words)
    assert drafts() == 0


@pytest.mark.parametrize("count", [0, 61])
def test_a_list_has_from_one_to_sixty_points(here, count):
    points = tuple(replace(NEW_POINT, text_zh=f"第{number}处") for number in range(count))
    with pytest.raises(RuleBroken):
        drafted(here, Content(points))


@pytest.mark.parametrize("who", ["bai", "lin", "chen", "shen", "zhou", "tang", "yi"])
def test_only_the_centre_adapts(here, who):
    with pytest.raises(NotPermitted):
        drafted(here, who=who)


@pytest.mark.parametrize("who", ["bai", "shen", "yi"])
def test_only_the_centre_publishes_and_drops(here, who):
    draft = drafted(here)
    with pytest.raises(NotPermitted):
        publish_draft(actor=here.actor(who), ask=Ask(), draft=draft, reason=REASON)
    with pytest.raises(NotPermitted):
        drop_draft(actor=here.actor(who), ask=Ask(), draft=draft)


def test_a_dropped_draft_leaves_the_list_as_it_was(here):
    draft = drafted(here)
    drop_draft(actor=here.actor("gu"), ask=Ask(), draft=draft)
    assert (drafts(), here.checklist.in_force.number) == (0, 1)
    with pytest.raises(FasterHand):
        drop_draft(actor=here.actor("gu"), ask=Ask(), draft=draft)


@pytest.mark.parametrize(("chosen", "in_force"), [("offered", 3), ("in_force", 2)])
def test_the_centre_chooses_between_the_packs_version_and_its_own(here, chosen, in_force):
    adapted(here)
    publish(here.cast, files=a_later_pack())
    checklist = here.checklist
    settle_offer(
        actor=here.actor("gu"), ask=Ask(seen=checklist.version), checklist=checklist,
        chosen=getattr(checklist, chosen),
    )  # fmt: skip
    assert (here.checklist.in_force.number, here.checklist.offered) == (in_force, None)
    with pytest.raises(WrongStep):
        settle_offer(
            actor=here.actor("gu"), ask=Ask(), checklist=here.checklist, chosen=here.checklist.in_force
        )


def test_what_was_taken_from_the_pack_follows_the_pack_again(here):
    adapted(here)
    publish(here.cast, files=a_later_pack())
    settle_offer(actor=here.actor("gu"), ask=Ask(), checklist=here.checklist, chosen=here.checklist.offered)
    publish(here.cast, files=a_later_pack("灭火器数量", "灭火器个数", "2025-07-01"))
    assert (here.checklist.in_force.number, here.checklist.offered) == (4, None)


def test_no_other_version_can_be_chosen(here):
    adapted(here)
    publish(here.cast, files=a_later_pack())
    first = ChecklistVersion.objects.everything("a test").get(number=1)
    with pytest.raises(NotFound):
        settle_offer(actor=here.actor("gu"), ask=Ask(), checklist=here.checklist, chosen=first)
