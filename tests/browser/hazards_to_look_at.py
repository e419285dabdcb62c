"""Hazards at the steps that look most different, and what people wrote into them."""

from datetime import timedelta
from typing import Any

from tests.trial.pictures import photo, upload
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.hazards.models import Extension, Hazard, Referral, Step
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    LATER,
    MAJOR,
    SOON,
    District,
    do,
    fresh,
    from_above,
    lived,
    reported,
)
from xiaoan.organisations.models import Place, Unit
from xiaoan.people.models import Person

LONG = "配电间电缆 ZR-YJV22-0.6/1kV-4x120+1x70-HDPE-DN110 外护套破损，" * 3
WRITTEN: list[tuple[Any, str]] = [
    *((model, "name") for model in (Unit, Person, Place)),
    *((Hazard, name) for name in ("text", "place_name", "finder", "control", "measures", "money_source")),
    *((Hazard, name) for name in ("contingency", "prevention", "rectified_text")),
    *(
        (Attachment, "name"),
        (Step, "words"),
        (Extension, "reason"),
        (Extension, "control"),
        (Referral, "reason"),
    ),
]
"""Where people's own words stand: they are shown as they were written, in every language."""


def at_five_steps(district: District) -> list[Hazard]:
    """Suspected; with an extension asked for; submitted with photos; major before its lifting; with finance."""
    suspected = reported(district, text=LONG, suspected=True, control="停用配电间")
    asking = lived(district, reported(district, text="货架没有固定", photos=[_photo()]), GENERAL[:2])
    more = {"due_on": SOON + timedelta(days=7), "words": "配件未到", "control": "停用该货架"}
    do(district, asking, "ask_extension", "zhou", **more)
    submitted = reported(district, text="灯具松脱", photos=[_photo()])
    done = ("submit_hazard", "zhou", {"words": "已固定", "after": [_photo()]})
    submitted = lived(district, submitted, [*GENERAL[:2], done])
    major = lived(district, reported(district, kind="gas", text="燃气报警器失效"), MAJOR[:-1])
    referred = lived(district, from_above(district, text="围墙外倾"), ISSUED[:2])
    do(district, referred, "refer_hazard", "su", to_unit=district.fang.unit, due_on=LATER, words="缺资金")
    return [fresh(each) for each in (suspected, asking, submitted, major, referred)]


def written_by_people() -> list[str]:
    """All words that people wrote, the longest first."""
    found = {
        line
        for model, name in WRITTEN
        for text in model._base_manager.values_list(name, flat=True)
        for line in text.splitlines()
    }
    return sorted(found - {""}, key=len, reverse=True)


def _photo() -> Any:
    """A photo as a phone takes it."""
    return upload(photo())
