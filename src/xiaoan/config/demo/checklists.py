"""What the centre made of the pack's checklists: before the summer term it adapted that of the stairs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from xiaoan.config.demo.acting import ask_for
from xiaoan.foundation import clock
from xiaoan.inspections.acts import publish_draft, save_draft
from xiaoan.inspections.contents import Content, Point
from xiaoan.inspections.queries import checklists, content_of
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for

Cast = Callable[[str], Person]
"""The member of the cast in a post or platform role."""

ADAPTED = "stairs"
SAVED_AT = clock.at(date(2025, 8, 20), 15, 20)
PUBLISHED_AT = clock.at(date(2025, 8, 22), 9, 40)
REASON = "上学期互查中多次发现楼梯口堆放雨伞架、书包柜和晨检推车，开学检查起单列两条。"
SHARPER = {"照明够亮，台阶不滑": "照明够亮，台阶不滑，雨雪天有防滑垫"}
"""What the centre says more of."""
ADDED = (
    Point(
        text_zh="楼梯口和转角平台没有雨伞架、书包柜、推车",
        hazard_kind="crush",
        accident="crush",
        photo=True,
    ),
    Point(text_zh="应急照明按试验按钮能亮", hazard_kind="fire", accident="crush"),
)


def checklist_story(cast: Cast) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Drafting, and two days later publishing."""
    yield SAVED_AT, partial(_save, cast)
    yield PUBLISHED_AT, partial(_publish, cast)


def _save(cast: Cast) -> None:
    with clock.held_at(SAVED_AT):
        actor = actor_for(cast("centre_safety_chief"))
        checklist = checklists(actor).get(code=ADAPTED)
        standing = content_of(actor, checklist.in_force) if checklist.in_force else Content(())
        save_draft(actor=actor, ask=ask_for("checklist"), checklist=checklist, content=_adapted(standing))


def _publish(cast: Cast) -> None:
    with clock.held_at(PUBLISHED_AT):
        actor = actor_for(cast("centre_safety_chief"))
        draft = checklists(actor).get(code=ADAPTED).draft
        publish_draft(actor=actor, ask=ask_for("checklist published"), draft=draft, reason=REASON)


def _adapted(standing: Content) -> Content:
    """The pack's points, one said more sharply, and two more where crowds meet."""
    points = [
        replace(point, text_zh=SHARPER[point.text_zh], text_en="") if point.text_zh in SHARPER else point
        for point in standing.points
    ]
    return replace(standing, points=(*points[:4], *ADDED, *points[4:]))
