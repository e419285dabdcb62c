"""A district whose school keeps ledgers by the pack of the tests, and entries without surprises."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiaoan.foundation.actor import Ask
from xiaoan.ledgers.acts import record_entry
from xiaoan.ledgers.filling import Filling, ItemDraft
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.models import Entry
from xiaoan.people.models import Appointment
from xiaoan.people.tests.factories import Cast, an_appointment
from xiaoan.plans.tests.factories import publish

MEETING, REVIEW, WATCH = "monthly_meeting", "gatekeeper_review", "flood_watch"
TODAY = date(2025, 12, 17)


@dataclass(frozen=True)
class Keeping:
    """The cast in the posts of the published pack."""

    cast: Cast
    head: Appointment
    """林一鸣, head teacher of the school."""
    clerk: Appointment
    """沈知远, safety clerk of the school."""
    deputy: Appointment
    """陈敬之, vice-principal of the school."""
    neighbour_head: Appointment
    """唐若水, head teacher of the neighbour."""

    def actor(self, name: str):
        return self.cast.actor(name)


def keeping(cast: Cast, pack: str = "yunhe-2025") -> Keeping:
    """The pack in force, and the school's people in its posts since 2020."""
    publish(cast, pack)
    return Keeping(
        cast=cast,
        head=an_appointment(cast.lin, cast.school, "head_teacher"),
        clerk=an_appointment(cast.shen, cast.school, "safety_clerk"),
        deputy=an_appointment(cast.chen, cast.school, "vice_head"),
        neighbour_head=an_appointment(cast.tang, cast.neighbour, "head_teacher"),
    )


def a_meeting(kept: Keeping, *items: ItemDraft, day: date = TODAY, **values: object) -> Filling:
    """A monthly meeting chaired by the head."""
    content = {"chaired_by": kept.head, "agenda": "冬季用火用电\n食堂燃气"} | values
    return Filling(day, content, list(items))


def a_review(kept: Keeping, day: date = TODAY, **values: object) -> Filling:
    """A review of the gatekeepers with a field of every type but files."""
    content = {
        "result": "passed",
        "reviewed": Decimal(4),
        "next_on": date(2026, 6, 1),
        "parents_heard": False,
        "remark": "夜班加一人",
        "present": [kept.clerk, kept.deputy],
    }
    return Filling(day, content | values)


def an_item(kept: Keeping, text: str = "更换食堂软管", due: date = date(2025, 12, 31)) -> ItemDraft:
    """Something for the clerk to do."""
    return ItemDraft(text, kept.clerk, due)


def recorded(kept: Keeping, filling: Filling, kind: str = MEETING, **who: object) -> Entry:
    """An entry filed by the clerk, unless another keeper and unit are given."""
    actor = who.get("actor") or kept.actor("shen")
    unit = who.get("unit") or kept.cast.school
    in_force = kind_in_force(unit.district_id, kind)
    return record_entry(actor=actor, ask=Ask(), unit=unit, kind=in_force, filling=filling)
