"""What people wrote to the bureau in the last days: some of it answered, some waiting."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from xiaoan.config.demo.acting import ask_for
from xiaoan.feedback.acts import answer_remark, write_remark
from xiaoan.feedback.models import Kind, Remark
from xiaoan.foundation import clock
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for

Cast = Callable[[str], Person]
"""The member of the cast in a post or platform role."""


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote what on which page, and what they were answered, if they were."""

    at: datetime
    post: str
    kind: Kind
    page: str
    text: str
    answered_at: datetime | None = None
    answered_by: str = ""
    answer: str = ""


def _on(day: int, hour: int) -> datetime:
    """An hour of a day of the last weeks."""
    return clock.at(date(2025, 12, day), hour)


WRITTEN = (
    Written(
        _on(8, 16),
        "canteen_manager",
        Kind.SUGGESTION,
        "/ledgers/",
        "食堂的台账每天都要登记，能不能改成每周登记一次？",
        _on(11, 10),
        "legal_staff",
        "未采纳。按周登记看不出缺了哪一天。平时记在表里，可以从 Excel 一次导入一周。",
    ),
    Written(
        _on(12, 15),
        "safety_officer",
        Kind.ERROR,
        "/risks/review/",
        "手机横过来看，复核页最后一个风险点的按钮被挡住一半。",
        _on(15, 9),
        "system_admin",
        "已采纳，页面已经改好，请刷新后再看。",
    ),
    Written(
        _on(12, 17),
        "safety_officer",
        Kind.SUGGESTION,
        "/hazards/",
        "寒假前的自查要求希望提前一周发，学校好安排人手。",
    ),
    Written(
        _on(15, 8),
        "principal",
        Kind.COMPLAINT,
        "",
        "上周有检查人员到校没有出示证件，也没有说明查什么，请核实。",
    ),
)


def remark_story(cast: Cast) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Writing and answering, each at its instant."""
    for written in WRITTEN:
        yield written.at, partial(_write, written, cast)
        if written.answered_at:
            yield written.answered_at, partial(_answer, written, written.answered_at, cast)


def _write(written: Written, cast: Cast) -> None:
    with clock.held_at(written.at):
        writer = cast(written.post)
        write_remark(
            actor=actor_for(writer),
            ask=ask_for("remark", written.text),
            writer=writer,
            kind=written.kind,
            text=written.text,
            page=written.page,
        )


def _answer(written: Written, at: datetime, cast: Cast) -> None:
    with clock.held_at(at):
        actor = actor_for(cast(written.answered_by))
        remark = Remark.objects.visible_to(actor).get(text=written.text)
        ask = ask_for("remark answered", written.text)
        answer_remark(actor=actor, ask=ask, remark=remark, answer=written.answer)
