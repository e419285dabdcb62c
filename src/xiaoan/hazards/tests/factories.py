"""Hazards for tests: the cast with a published pack, and a hazard at any step of its life."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.hazards import acts
from xiaoan.hazards.findings import Finding
from xiaoan.hazards.models import Hazard, Source
from xiaoan.organisations.models import Place
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import Cast, a_post, appointed
from xiaoan.plans.tests.factories import publish

TODAY = date(2025, 12, 17)
SOON = TODAY + timedelta(days=10)
LATER = TODAY + timedelta(days=25)


@dataclass(frozen=True)
class District:
    """The cast with what hazards need: rules in force, a place, a deputy director, two more of the centre."""

    cast: Cast
    canteen: Place
    he: Person
    """分管局长 of the bureau."""
    su: Person
    """检查组 member of the centre."""
    fang: Person
    """计财科, a section of the bureau."""

    def actor(self, name: str) -> Actor:
        """The actor of one of them, today."""
        return actor_for(getattr(self, name, None) or getattr(self.cast, name))


def a_place(unit: Any, code: str = "P-1", name: str = "食堂", **values: Any) -> Place:
    """A place of a unit."""
    row = {"kind": "食堂", "post_name": "post_holder"} | values
    return Place.objects.create(district_id=unit.district_id, unit=unit, code=code, name=name, **row)


def hazard_district(cast: Cast) -> District:
    """Rules in force for the cast, and the people above the school."""
    publish(cast)
    post = a_post(cast.bureau, "post_holder")
    post.retired = False  # the small pack does not know it
    post.save()
    return District(
        cast,
        canteen=a_place(cast.school),
        he=appointed(cast.bureau, "deputy_director", "何向晚"),
        su=appointed(cast.centre, "centre_staff", "苏行之"),
        fang=appointed(a_finance_section(cast), "section_supervisor", "方以南"),
    )


def a_finance_section(cast: Cast) -> Any:
    """计财科 of the bureau."""
    from xiaoan.organisations.models import UnitKind  # import: a factory of a factory
    from xiaoan.organisations.tests.factories import a_unit  # import: a factory of a factory

    return a_unit(cast.bureau, UnitKind.SECTION, code="YH-F", name="计财科", oversees=True)


def a_finding(place: Place | None, **values: Any) -> Finding:
    """A loose hose in the canteen, found today."""
    plain = Finding(place=place, place_name="", kind="gas", text="食堂燃气软管老化", found_on=clock.today())
    return replace(plain, **values)


def fresh(hazard: Hazard) -> Hazard:
    """The row as the database has it now."""
    rows = Hazard.objects.everything("a test").select_related("unit", "pack_version")
    found: Hazard = rows.get(pk=hazard.pk)
    return found


def reported(district: District, who: str = "shen", **values: Any) -> Hazard:
    """A hazard reported by the safety officer, or from above where `source` says so."""
    finding = a_finding(district.canteen, **values)
    return fresh(
        acts.report_hazard(actor=district.actor(who), ask=Ask(), unit=district.cast.school, finding=finding)
    )


Step = tuple[str, str, dict[str, Any]]
GENERAL: list[Step] = [
    ("judge_hazard", "shen", {}),
    ("dispatch_hazard", "chen", {"post": "post_holder", "due_on": SOON}),
    ("submit_hazard", "zhou", {"words": "已更换软管"}),
    ("accept_hazard", "shen", {}),
    ("close_hazard", "chen", {}),
]
"""The life of a general hazard that the school found."""
ISSUED: list[Step] = [
    ("judge_hazard", "su", {}),
    ("issue_hazard", "su", {"post": "post_holder", "due_on": SOON}),
    ("submit_hazard", "zhou", {"words": "已更换软管"}),
    ("accept_hazard", "shen", {}),
    ("recheck_hazard", "su", {}),
    ("close_hazard", "gu", {}),
]
"""The life of a general hazard that was found from above."""
PLAN: dict[str, Any] = {
    "measures": "更换整段软管，加装切断阀",
    "money": Decimal(8600),
    "money_source": "公用经费",
    "contingency": "停用灶台，改为配餐",
}
MAJOR: list[Step] = [
    ("judge_major", "gu", {"words": "可燃气体报警失效", "criterion": "D05"}),
    ("issue_hazard", "su", {"post": "post_holder", "due_on": LATER}),
    ("control_hazard", "shen", {"control": "停用东侧灶台"}),
    ("file_plan", "lin", PLAN),
    ("submit_hazard", "zhou", {"words": "已更换并调试"}),
    ("accept_hazard", "shen", {}),
    ("recheck_hazard", "su", {"second": "gu"}),
    ("explain_hazard", "shen", {"cause": "missing", "prevention": "每月点检报警器"}),
    ("draft_lifting", "bai", {"words": "符合摘牌条件"}),
    ("lift_hazard", "he", {}),
]
"""The life of a major hazard."""


def lived(district: District, hazard: Hazard, steps: list[Step]) -> Hazard:
    """A hazard after these steps, as the database has it."""
    for verb, who, nouns in steps:
        do(district, hazard, verb, who, **nouns)
        hazard = fresh(hazard)
    return hazard


def do(district: District, hazard: Hazard, verb: str, who: str, **nouns: Any) -> Any:
    """One act on a hazard by somebody. A second person is given by name."""
    if "second" in nouns:
        nouns["second"] = getattr(district, nouns["second"], None) or getattr(district.cast, nouns["second"])
    act: Callable[..., Any] = getattr(acts, verb)
    return act(actor=district.actor(who), ask=Ask(), hazard=hazard, **nouns)


def from_above(district: District, **values: Any) -> Hazard:
    """A hazard that the centre found."""
    return reported(district, "su", source=Source.CENTRE, **values)
