"""The only ways in which checklists change: a pack brings them, the centre drafts, publishes, drops, chooses."""

# ruff: noqa: ARG001 - every act takes `actor` and `ask`, used or not

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import Conflict, FasterHand, NotFound, RuleBroken, WrongStep
from xiaoan.foundation.packs import Section, register_section
from xiaoan.foundation.records import change_guarded
from xiaoan.inspections.bringing import Brought, brought
from xiaoan.inspections.contents import Content, columns_of, content_of_json
from xiaoan.inspections.declarations import Checklists, ChecklistSheet
from xiaoan.inspections.fitting import refuse_misfit
from xiaoan.inspections.models import Checklist, ChecklistDraft, ChecklistPoint, ChecklistVersion, Origin
from xiaoan.inspections.pack import left_to_the_centre, misfits
from xiaoan.inspections.permissions import (
    may_drop_draft,
    may_publish_checklists,
    may_publish_draft,
    may_save_draft,
    may_settle_offer,
)
from xiaoan.inspections.vocabulary import vocabulary_in_force
from xiaoan.organisations.models import Unit
from xiaoan.plans.queries import published_pack

REASON = "an act looks at the rows that it was granted"
LONGEST_REASON = 200
NAMES = ("position", "place_kind", "name_zh", "name_en")


@act(may=may_publish_checklists)
def publish_checklists(
    *, actor: Actor, ask: Ask, district: Unit, edition: str, checklists: Sequence[Brought]
) -> Outcome[Unit]:
    """Bring a pack's checklists. Content that is new makes a version; the same again changes nothing.

    Where the centre has adapted a list, the pack's version is only offered. Lists that the pack no longer has
    are retired, unless the centre has adapted them.
    """
    rows = Checklist.objects.everything(REASON).select_related("in_force")
    stored = {checklist.code: checklist for checklist in rows.filter(district=district)}
    changes: dict[str, Any] = {}
    for each in checklists:
        checklist = stored.pop(each.code, None) or _new_checklist(district, actor, each)
        changes |= _bring(checklist, each, edition, actor)
    for checklist in stored.values():
        if not checklist.retired and checklist.in_force and checklist.in_force.origin == Origin.PACK:
            change_guarded(checklist, seen=None, retired=True)
            changes[checklist.code] = ["listed", "retired"]
    return Outcome(district, changes)


@act(may=may_save_draft)
def save_draft(*, actor: Actor, ask: Ask, checklist: Checklist, content: Content) -> Outcome[ChecklistDraft]:
    """Keep the centre's next version of a checklist; nothing is in force by it.

    Raises `RuleBroken` naming the points that cannot be taken, `FasterHand` when the draft was saved by
    another hand meanwhile, `WrongStep` for a retired list.
    """
    if checklist.retired:
        raise WrongStep(_("这份检查表已经停用。"))
    refuse_misfit(content, vocabulary_in_force(checklist.district_id))
    draft = ChecklistDraft.objects.everything(REASON).filter(checklist=checklist).first()
    kept = {"content": content.as_json(), "based_on_id": checklist.in_force_id}
    if draft is None:
        if ask.seen is not None:
            raise FasterHand
        draft = ChecklistDraft.objects.create(**_owned(checklist, actor), checklist=checklist, **kept)
    else:
        change_guarded(draft, seen=ask.seen if ask.seen is not None else 0, **kept)
    return Outcome(draft, {"digest": [None, content.digest], "points": [None, len(content.points)]})


@act(may=may_publish_draft)
def publish_draft(*, actor: Actor, ask: Ask, draft: ChecklistDraft, reason: str) -> Outcome[ChecklistVersion]:
    """Put a draft in force as the next version; later packs only offer theirs.

    Raises `RuleBroken` without a reason or where nothing differs, `Conflict` when the list got a version since
    the draft was saved, `FasterHand` when the draft is another one by now.
    """
    content, checklist = content_of_json(draft.content), draft.checklist
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        raise RuleBroken({"reason": [_("请说明调整的理由，最多200字。")]})
    if draft.based_on_id != checklist.in_force_id:
        raise Conflict(_("起草以后检查表有了新的版本。请打开草稿对照，保存后再发布。"))
    refuse_misfit(content, vocabulary_in_force(checklist.district_id))
    if content.digest == draft.based_on.digest:
        raise RuleBroken({"reason": [_("草稿与现行版本没有差别，不必发布。")]})
    _remove(draft, seen=ask.seen)
    version = _new_version(checklist, content, actor, origin=Origin.CENTRE, reason=reason.strip())
    change_guarded(checklist, seen=None, in_force=version)
    return Outcome(
        version,
        {
            "in_force": [draft.based_on.number, version.number],
            "digest": [draft.based_on.digest, version.digest],
            "reason": [None, version.reason],
        },
    )


@act(may=may_drop_draft)
def drop_draft(*, actor: Actor, ask: Ask, draft: ChecklistDraft) -> Outcome[Checklist]:
    """Throw a draft away; the list stays as it is. The journal keeps what it said."""
    _remove(draft, seen=ask.seen)
    return Outcome(draft.checklist, {"draft": [content_of_json(draft.content).digest, None]})


@act(may=may_settle_offer)
def settle_offer(
    *, actor: Actor, ask: Ask, checklist: Checklist, chosen: ChecklistVersion
) -> Outcome[Checklist]:
    """Choose between the pack's version that is offered and the one in force.

    Raises `WrongStep` where nothing is offered, `NotFound` for any other version.
    """
    if checklist.offered_id is None:
        raise WrongStep(_("规则库没有待选择的新版本。"))
    if chosen.pk not in {checklist.offered_id, checklist.in_force_id}:
        raise NotFound
    old = checklist.in_force
    change_guarded(checklist, seen=ask.seen, in_force=chosen, offered=None)
    return Outcome(checklist, {"in_force": [old.number if old else None, chosen.number]})


def _bring(checklist: Checklist, each: Brought, edition: str, actor: Actor) -> dict[str, Any]:
    """One list of a pack: its names, and a version where its content is new."""
    values: dict[str, Any] = {name: getattr(each, name) for name in NAMES} | {"retired": False}
    numbers = None
    if each.content.digest != checklist.pack_digest:
        version = _new_version(checklist, each.content, actor, origin=Origin.PACK, edition=edition)
        standing = checklist.in_force
        is_adapted = standing is not None and standing.origin == Origin.CENTRE
        values |= {"pack_digest": version.digest, "offered" if is_adapted else "in_force": version}
        numbers = [standing.number if standing else None, version.number]
    if any(getattr(checklist, name) != value for name, value in values.items()):
        change_guarded(checklist, seen=None, **values)
    return {each.code: numbers} if numbers else {}


def _new_checklist(district: Unit, actor: Actor, each: Brought) -> Checklist:
    """The row of a list that was not there."""
    names = {name: getattr(each, name) for name in NAMES}
    return Checklist.objects.create(
        district=district, unit=district, created_by_id=actor.person_id, code=each.code, **names
    )


def _new_version(checklist: Checklist, content: Content, actor: Actor, **source: str) -> ChecklistVersion:
    """The next version with its points, and where it comes from. It is never written again."""
    rows = ChecklistVersion.objects.everything(REASON).filter(checklist=checklist)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    version = ChecklistVersion.objects.create(
        **_owned(checklist, actor),
        checklist=checklist,
        number=last + 1,
        **source,
        scored=content.scored,
        digest=content.digest,
        point_count=len(content.points),
    )
    ChecklistPoint.objects.bulk_create(
        ChecklistPoint(
            **_owned(checklist, actor), checklist_version=version, number=number, **columns_of(point)
        )
        for number, point in enumerate(content.points, start=1)
    )
    return version


def _remove(draft: ChecklistDraft, *, seen: int | None) -> None:
    """Take away a draft as it was seen, by one hand."""
    expected = draft.version if seen is None else seen
    rows = ChecklistDraft.objects.everything(REASON).filter(pk=draft.pk, version=expected)
    if rows.delete()[0] != 1:
        raise FasterHand


def _owned(checklist: Checklist, actor: Actor) -> dict[str, Any]:
    """Whose row it is and who made it."""
    return {
        "district_id": checklist.district_id,
        "unit_id": checklist.unit_id,
        "created_by_id": actor.person_id,
    }


def publish(*, actor: Actor, ask: Ask, district: Unit, content: Checklists) -> None:
    """Bring the pack's folder, inside the act of publishing."""
    pack = published_pack(district.pk)
    edition = pack.edition if pack else ""
    publish_checklists(actor=actor, ask=ask, district=district, edition=edition, checklists=brought(content))


register_section(
    Section(
        "checklists",
        Checklists,
        _("检查表"),
        part=ChecklistSheet,
        publish=publish,
        check=misfits,
        leaves=left_to_the_centre,
    )
)
