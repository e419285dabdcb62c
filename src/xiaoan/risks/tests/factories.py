"""A school whose places have a risk list by the pack of the tests, and risk points without surprises."""

from dataclasses import dataclass
from datetime import date, datetime

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.organisations.models import Place, Unit
from xiaoan.people.models import Post
from xiaoan.people.tests.factories import Cast, a_post
from xiaoan.plans.tests.factories import publish
from xiaoan.risks.acts import add_risk, add_starter_risks, review_risks
from xiaoan.risks.drafting import RiskDraft
from xiaoan.risks.models import Level, Risk
from xiaoan.risks.reviewing import kept

TODAY = date(2025, 12, 17)
MORNING: datetime = clock.at(TODAY, 9)


@dataclass(frozen=True)
class Listing:
    """The cast's school with a kitchen and a staircase, the pack in force, nothing on the list yet."""

    cast: Cast
    kitchen: Place
    stairs: Place
    post: Post
    """The post of 周砚秋."""

    def actor(self, name: str):
        return self.cast.actor(name)


def a_place(unit: Unit, kind: str, name: str, code: str = "") -> Place:
    """A place of a unit."""
    code = code or f"{unit.code}-{name}"
    return Place.objects.create(district_id=unit.district_id, unit=unit, code=code, name=name, kind=kind)


def listing(cast: Cast) -> Listing:
    """The pack of the tests in force, and two places of the school."""
    publish(cast)
    return Listing(
        cast=cast,
        kitchen=a_place(cast.school, "食堂", "食堂后厨"),
        stairs=a_place(cast.school, "楼梯通道", "主楼楼梯"),
        post=in_use(a_post(cast.bureau, "post_holder")),
    )


def in_use(post: Post) -> Post:
    """A post that the pack of the tests does not name, kept in the catalogue."""
    post.retired = False
    post.save()
    return post


def a_draft(here: Listing, **values: object) -> RiskDraft:
    """Scalding soup in the kitchen, in the care of the post holder."""
    content = {
        "place": here.kitchen,
        "point": "热汤搬运烫伤",
        "level": Level.YELLOW,
        "measures": "汤桶加盖，走固定路线。",
        "post": here.post,
        "kind": "fire",
    } | values
    return RiskDraft(**content)


def a_risk(here: Listing, **values: object) -> Risk:
    """A point on the school's list, added by the safety officer."""
    draft = a_draft(here, **values)
    return add_risk(actor=here.actor("shen"), ask=Ask(), unit=here.cast.school, draft=draft)


def started(here: Listing) -> list[Risk]:
    """The pack's starter points on the school's list: two in the kitchen, one on the stairs."""
    add_starter_risks(actor=here.actor("shen"), ask=Ask(), unit=here.cast.school)
    return listed(here.cast.school)


def listed(unit: Unit) -> list[Risk]:
    """All points that ever stood on a unit's list, in the order of the starter list's codes."""
    return list(Risk.objects.everything("a test").filter(unit=unit).order_by("starter", "id"))


def reviewed(here: Listing, *risks: Risk, who: str = "shen") -> None:
    """Points kept as they are, today."""
    answers = [kept(risk) for risk in risks]
    review_risks(actor=here.actor(who), ask=Ask(), unit=here.cast.school, answers=answers)
