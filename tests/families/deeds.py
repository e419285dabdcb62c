"""A recipe for every act: its nouns at a spot, and which row of the file it looks at there."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from tests.families.deed import Deed
from tests.families.hazard_deeds import HAZARD_DEEDS, HAZARDS_OF_THE_MACHINE
from tests.families.oracle import today_of
from tests.families.world import OLD_LEDGER, Spot, an_old_row
from xiaoan.feedback.models import Kind
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.imports import ImportDraft
from xiaoan.inspections.contents import content_of_json
from xiaoan.inspections.models import Checklist
from xiaoan.ledgers.filling import Filling
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.tests.factories import MEETING, REVIEW
from xiaoan.messages.models import Holder
from xiaoan.messages.tests.factories import a_notice
from xiaoan.organisations.models import Unit
from xiaoan.organisations.tests.tables import checked
from xiaoan.people.accounts import NewAccount
from xiaoan.people.models import Person, Post
from xiaoan.people.tests.factories import a_person, a_post
from xiaoan.plans.tests.factories import pack_files
from xiaoan.risks.models import Level, Risk, RiskState
from xiaoan.risks.queries import draft_of
from xiaoan.risks.reviewing import kept

KEEPERS = {MEETING: ("safety_clerk", "head_teacher"), REVIEW: ("safety_clerk",)}
"""Who records the kinds of the pack of the tests (`tests/packs/yunhe-2025/kinds.yaml`)."""
CREDENTIAL = make_password("a long enough password", salt="suite")


def _table(kind: str, headings: str, row: Callable[[Spot], list[Any]]) -> Deed:
    """The import of a table: everybody's own draft of it, checked as if they were granted to."""
    return Deed(lambda spot, who: {"draft": _draft(kind, spot, who, headings, row(spot))}, on="draft")


def _draft(kind: str, spot: Spot, who: Person, headings: str, row: list[Any]) -> ImportDraft:
    """A checked draft of a district in somebody's name."""
    granted = "security_officer" if kind == "appointments" else "system_admin"
    root = spot.district
    posting = Posting(root.pk, granted, granted, root.pk, root.path, oversees=True)
    return checked(kind, Actor(who.pk, who.name, root.pk, (posting,)), headings, row)


def _importable(spot: Spot, who: Person) -> Unit:
    """A unit into which somebody may import what is theirs: their own, where they belong to the spot's district."""
    own = who.unit
    return own if own.district_id == spot.district.pk and not own.oversees else spot.unit


def _newcomer(spot: Spot) -> Person:
    """Somebody without an account."""
    return a_person(spot.unit, "许明夷")


def _a_post(spot: Spot) -> Post:
    return a_post(spot.district, "staff")


def _filling(spot: Spot) -> Filling:
    return Filling(date(2025, 12, 2), {"chaired_by": spot.head, "agenda": "消防通道"})


def _own_point(spot: Spot, who: Person) -> Risk:
    """The risk point of a spot, in the care of somebody's own post: holders of a post review no other."""
    risk = copy(spot.risk)
    held = [held.post.code for held in today_of(who) if held.post.role in {"post_holder", "department_head"}]
    risk.post = held[0] if held else risk.post
    return risk


def _undrafted(spot: Spot) -> Checklist:
    """A checklist of a spot that nobody is adapting."""
    return (
        Checklist.objects.everything("a test").select_related("unit").get(code="bare", district=spot.district)
    )


DEEDS: dict[str, Deed] = {
    "foundation.save_view": Deed(
        lambda spot, _who: {
            "owner": spot.person,
            "path": "/people/",
            "name": "部门",
            "query": "kind=department",
        },
        on="owner",
    ),
    "foundation.delete_view": Deed(lambda spot, _who: {"view": spot.view}, on="view"),
    "organisations.open_district": Deed(lambda _spot, _who: {"code": "NEW", "name": "新设县教育局"}),
    "organisations.publish_calendar": Deed(
        lambda spot, _who: {"district": spot.district, "terms": [], "breaks": [], "days": []}, on="district"
    ),
    "organisations.import_units": _table(
        "units", "编码 名称 类别", lambda spot: [f"{spot.unit.code}-X", "新设小学", "学校"]
    ),
    "organisations.import_places": _table(
        "places", "编码 名称 单位编码 类别", lambda spot: ["X-1", "新食堂", spot.unit.code, "食堂"]
    ),
    "people.publish_posts": Deed(lambda spot, _who: {"district": spot.district, "posts": []}, on="district"),
    "people.change_post_role": Deed(
        lambda spot, _who: {"post": _a_post(spot), "role": "post_holder"}, on="post"
    ),
    "people.appoint": Deed(
        lambda spot, _who: {
            "person": spot.person,
            "unit": spot.unit,
            "post": _a_post(spot),
            "starts_on": date(2025, 12, 1),
        },
        on="unit",
        never_oneself=True,
    ),
    "people.end_appointment": Deed(
        lambda spot, _who: {"appointment": spot.appointment, "ends_on": date(2025, 12, 31)},
        on="appointment",
        never_oneself=True,
    ),
    "people.assign_supervision": Deed(
        lambda spot, _who: {
            "section": spot.section,
            "area": "校车",
            "supervised": spot.unit,
            "starts_on": date(2025, 12, 1),
        },
        on="supervised",
    ),
    "people.end_supervision": Deed(
        lambda spot, _who: {"supervision": spot.supervision, "ends_on": date(2025, 12, 31)}, on="supervision"
    ),
    "people.open_administration": Deed(
        lambda spot, _who: {"district": spot.district, "username": "first", "credential": CREDENTIAL}
    ),
    "people.open_account": Deed(
        lambda spot, _who: {"person": _newcomer(spot), "username": "newcomer", "credential": CREDENTIAL},
        on="person",
    ),
    "people.open_accounts": Deed(
        lambda spot, _who: {
            "district": spot.district,
            "accounts": [NewAccount(_newcomer(spot), "newcomer", CREDENTIAL)],
        },
        on="district",
    ),
    "people.reset_password": Deed(
        lambda spot, _who: {"person": spot.person, "credential": CREDENTIAL}, on="person", never_oneself=True
    ),
    "people.change_password": Deed(
        lambda spot, _who: {"person": spot.person, "credential": CREDENTIAL}, on="person"
    ),
    "people.choose_language": Deed(lambda spot, _who: {"person": spot.person, "language": "en"}, on="person"),
    "people.import_people": _table("people", "工号 姓名", lambda _spot: ["X00001", "许明夷"]),
    "people.import_appointments": _table(
        "appointments",
        "工号 单位编码 岗位 起始日期",
        lambda spot: [spot.person.staff_no, spot.unit.code, "副校长", date(2025, 12, 1)],
    ),
    "messages.tell": Deed(
        lambda spot, who: {"unit": spot.unit, "people": [who], "about": spot.person, "notice": a_notice()}
    ),
    "messages.remind": Deed(
        lambda spot, _who: {
            "subject": spot.entry,
            "due": date(2025, 12, 31),
            "steps": (3, 0),
            "holder": Holder(spot.unit, ("safety_clerk",)),
            "notice": a_notice(),
        }
    ),
    "messages.forget": Deed(lambda spot, _who: {"subject": spot.entry}),
    "messages.reach_step": Deed(lambda spot, _who: {"reminder": spot.reminder}),
    "messages.send_digest": Deed(lambda _spot, who: {"person": who, "notice": a_notice()}),
    "messages.delete_read_messages": Deed(
        lambda spot, _who: {"district": spot.district, "before": clock.now()}
    ),
    "feedback.write_remark": Deed(
        lambda spot, _who: {"writer": spot.person, "kind": Kind.SUGGESTION, "text": "增加批量导出"},
        on="writer",
    ),
    "feedback.answer_remark": Deed(
        lambda spot, _who: {"remark": spot.remark, "answer": "已采纳"}, on="remark", barred="created_by_id"
    ),
    "feedback.withdraw_remark": Deed(lambda spot, _who: {"remark": spot.remark}, on="remark"),
    "plans.load_pack": Deed(
        lambda spot, _who: {"district": spot.district, "files": pack_files("yunhe-2025")}, on="district"
    ),
    "plans.publish_pack": Deed(lambda spot, _who: {"pack": spot.loaded}, on="pack"),
    "plans.attach_document": Deed(
        lambda spot, _who: {
            "pack": spot.published,
            "number": spot.document.number,
            "data": spot.document.body.encode(),
            "name": "方案.txt",
        },
        on="pack",
    ),
    "plans.confirm_parameter": Deed(
        lambda spot, _who: {"pack": spot.published, "codes": spot.unconfirmed}, on="pack"
    ),
    "plans.waive_cell": Deed(lambda spot, _who: {"cell": spot.cell, "reason": "停课整修"}, on="cell"),
    "plans.lift_waiver": Deed(lambda spot, _who: {"cell": spot.waived, "reason": "并未停课"}, on="cell"),
    "plans.settle_period": Deed(
        lambda spot, _who: {"district": spot.district, "period": "2025Q3"}, on="district"
    ),
    "plans.give_reason": Deed(lambda spot, _who: {"cell": spot.unmet, "reason": "等消防站回函"}, on="cell"),
    "plans.name_holder": Deed(
        lambda spot, _who: {"unit": spot.unit, "duty_code": spot.unmet.duty.code, "person": spot.person},
        on="unit",
    ),
    "risks.add_risk": Deed(
        lambda spot, _who: {"unit": spot.unit, "draft": replace(draft_of(spot.risk), point="热汤烫伤")},
        on="unit",
    ),
    "risks.add_starter_risks": Deed(lambda spot, _who: {"unit": spot.unit}, on="unit"),
    "risks.change_risk": Deed(
        lambda spot, _who: {
            "risk": spot.risk,
            "draft": replace(draft_of(spot.risk), level=Level.RED),
            "reason": "新装灶台",
        },
        on="risk",
    ),
    "risks.retire_risk": Deed(
        lambda spot, _who: {"risk": spot.risk, "state": RiskState.ELIMINATED, "reason": "改用电灶"},
        on="risk",
    ),
    "risks.review_risks": Deed(
        lambda spot, who: {"unit": spot.unit, "answers": [kept(_own_point(spot, who))]}, on="unit"
    ),
    "ledgers.record_entry": Deed(
        lambda spot, _who: {
            "unit": spot.unit,
            "kind": kind_in_force(spot.district.pk, MEETING),
            "filling": _filling(spot),
        },
        on="unit",
        posts=KEEPERS[MEETING],
    ),
    "ledgers.correct_entry": Deed(
        lambda spot, _who: {"entry": spot.entry, "filling": _filling(spot), "reason": "日期写错"},
        on="entry",
        posts=KEEPERS[MEETING],
    ),
    "ledgers.void_entry": Deed(lambda spot, _who: {"entry": spot.entry, "reason": "重复登记"}, on="entry"),
    "ledgers.finish_item": Deed(
        lambda spot, _who: {"item": spot.item, "done_on": date(2025, 12, 17), "note": ""}, on="item"
    ),
    "ledgers.import_entries": Deed(
        lambda spot, _who: {
            "unit": spot.unit,
            "kind": kind_in_force(spot.district.pk, REVIEW),
            "draft": spot.ledger_draft,
        },
        on="unit",
        posts=KEEPERS[REVIEW],
    ),
    "inspections.publish_checklists": Deed(
        lambda spot, _who: {"district": spot.district, "edition": "9.9.9", "checklists": []}, on="district"
    ),
    "inspections.save_draft": Deed(
        lambda spot, _who: {"checklist": _undrafted(spot), "content": content_of_json(spot.draft.content)},
        on="checklist",
    ),
    "inspections.publish_draft": Deed(
        lambda spot, _who: {"draft": spot.draft, "reason": "春季增加检查内容"}, on="draft"
    ),
    "inspections.drop_draft": Deed(lambda spot, _who: {"draft": spot.draft}, on="draft"),
    "inspections.settle_offer": Deed(
        lambda spot, _who: {"checklist": spot.checklist, "chosen": spot.checklist.offered}, on="checklist"
    ),
    **HAZARD_DEEDS,
    "hazards.import_hazards": Deed(
        lambda spot, who: {
            "draft": _draft("hazards", spot, who, OLD_LEDGER, an_old_row(_importable(spot, who)))
        },
        on="draft",
    ),
}
"""One line for every act; `test_acts` fails on an act without one."""
MACHINE_ONLY = (
    {"organisations.open_district", "people.open_administration"}
    | {name for name in DEEDS if name.startswith("messages.")}
    | HAZARDS_OF_THE_MACHINE
)
"""Done by the command line before anybody is there, or because of an event or a day."""
