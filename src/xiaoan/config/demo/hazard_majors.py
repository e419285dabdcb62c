"""The major hazards of the running term, and one that came back (`12-practice.md` 7.4, 7.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import Deed, MoveHazard, ReportHazard
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.hazard_old_stories import BACK_AGAIN
from xiaoan.config.demo.meetings import Stage
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock


def first_of(stage: Stage, kind: str) -> str:
    """The first institution of a sort."""
    return next(each.code for each in stage.sheet.institutions if each.of == kind)


def running_majors(stage: Stage, hands: Mapping[str, Hands]) -> Iterator[Deed]:
    """The three of the running term, and what came back in October."""
    yield from _rented_house(hands[first_of(stage, "kindergarten_private")], stage)
    yield from _Major(hands[first_of(stage, "vocational")], SPRINKLERS).deeds()
    yield from _Major(hands[first_of(stage, "nine_year_private")], GAS_ALARM).deeds()
    yield from _back_again(hands[first_of(stage, "nine_year_public")])


def _rented_house(hands: Hands, stage: Stage) -> Iterator[Deed]:
    """The head is willing; sponsor and landlord quarrel over 8.6 万; the rooms are closed, the clock stands."""
    sponsor = next(each.sponsor for each in stage.sheet.institutions if each.code == hands.unit)
    day = date(2025, 11, 5)
    yield _report(_at(11, 5, 9, 20), hands.head(day), hands.unit, ROOMS)
    yield from _planned(hands, ROOMS, (_at(11, 5, 15, 10), _at(11, 6, 9, 0), _at(11, 7, 14, 30)))
    drafted = {"words": "涉及幼儿午睡安全，资金没有谈定，建议挂牌督办。"}
    yield _move(_at(11, 10, 10, 0), hands.legal(day), ROOMS.key, "draft_listing", **drafted)
    listed = {"words": "同意挂牌。房间不启用，每周报一次进展。"}
    yield _move(_at(11, 11, 16, 20), hands.deputy(day), ROOMS.key, "list_hazard", **listed)
    words = "举办者与房东对 8.6 万元由谁出没有谈定，请举办者书面答复出资和工期。"
    to = {"to_unit": sponsor, "due_on": date(2025, 12, 26), "words": words}
    yield _move(_at(11, 13, 9, 40), hands.chief(day), ROOMS.key, "refer_hazard", **to)


def _report(at: datetime, by: Tenure, unit: str, seen: "_Seen") -> ReportHazard:
    """Found, and closed off in the same breath."""
    return ReportHazard(
        at,
        by,
        seen.key,
        unit,
        "",
        seen.place_name,
        seen.kind,
        seen.text,
        seen.source,
        suspected=True,
        control=seen.control,
        pictured=True,
    )


def _planned(hands: Hands, seen: "_Seen", at: tuple[datetime, datetime, datetime]) -> Iterator[Deed]:
    """Judged major, issued to the head, planned by the head."""
    day = clock.local_date(at[0])
    head = hands.head(day)
    judged = {"criterion": seen.criterion, "words": seen.why}
    yield _move(at[0], hands.legal(day), seen.key, "judge_major", **judged)
    order = {"post": head.post, "due_on": seen.due}
    yield _move(at[1], hands.chief(day), seen.key, "issue_hazard", **order)
    yield _move(at[2], head, seen.key, "file_plan", **seen.plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A major hazard as it was found, judged and planned."""

    key: str
    source: str
    kind: str
    place_name: str
    text: str
    control: str
    criterion: str
    why: str
    due: date
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script(_Seen):
    """One that went its whole way in the running term. Days are (month, day)."""

    found: tuple[int, int]
    done: tuple[int, int]
    lifted: tuple[int, int]
    after: str
    cause: str
    prevention: str


ROOMS = _Seen(
    key="major rented house",
    source="school",
    kind="fire",
    place_name="租赁园舍二层午睡室",
    text="租赁园舍三间午睡室没有联网独立式感烟报警器",
    control="三间午睡室停用，幼儿改在活动室午休，门口贴封条",
    criterion="F04",
    why="午睡室没有报警和联网感烟装置。",
    due=date(2026, 1, 30),
    plan={
        "measures": "三间午睡室加装联网独立感烟，走廊补两只，接入值班室",
        "money": Decimal(86_000),
        "money_source": "举办者与房东分担，尚未谈定",
        "contingency": "装好之前午睡室不用，午休在一层活动室，两名教师值守",
    },
)


SPRINKLERS = _Script(
    key="major sprinklers",
    source="school",
    kind="fire",
    place_name="实训楼三层至五层",
    text="实训楼自动喷淋总阀关闭，三层至五层管网没有水",
    control="三层以上实训停课，改到一层车间",
    criterion="F04",
    why="自动灭火设施不能用。",
    found=(9, 16),
    done=(10, 17),
    lifted=(10, 24),
    due=date(2025, 11, 28),
    plan={
        "measures": "更换总阀和锈蚀管段，逐层试水",
        "money": Decimal(126_000),
        "money_source": "局基本建设维修经费",
        "contingency": "停课楼层断电上锁，每两小时巡查",
    },
    after="总阀和管段已更换，逐层末端试水压力正常。",
    cause="not_done",
    prevention="维保公司每月试水，记录交总务处核",
)
GAS_ALARM = _Script(
    key="major gas alarm",
    source="bureau",
    kind="gas",
    place_name="食堂灶间",
    text="食堂可燃气体报警主机断电，四只探头都没有响应",
    control="灶间停气，三餐改由有资质的配餐公司供应",
    criterion="D05",
    why="用气没有可用的报警装置。",
    found=(10, 13),
    done=(11, 6),
    lifted=(11, 14),
    due=date(2025, 12, 12),
    plan={
        "measures": "更换主机和探头，与切断阀联动",
        "money": Decimal(38_400),
        "money_source": "学校结余资金",
        "contingency": "停气期间总阀上锁，钥匙由分管领导保管",
    },
    after="主机、探头已换新，联动切断试验三次正常。",
    cause="missing",
    prevention="报警主机接入值班室，每周按键测试并登记",
)


class _Major:
    """The deeds of a script."""

    def __init__(self, hands: Hands, script: _Script) -> None:
        self._hands, self._script = hands, script

    def deeds(self) -> Iterator[Deed]:
        """Found, closed off, planned, put right, checked by two, lifted."""
        yield from self._found()
        yield from self._put_right()
        yield from self._lifted()

    def _found(self) -> Iterator[Deed]:
        hands, script = self._hands, self._script
        month, day = script.found
        on = date(2025, month, day)
        own = script.source == "school"
        by = hands.officer(on) if own else hands.from_above(script.source, on, dice("major"))[0]
        yield _report(_at(month, day, 8, 50), by, hands.unit, script)
        at = (_at(month, day, 14, 5), _at(month, day, 16, 0), _at(month, day + 2, 10, 30))
        yield from _planned(hands, script, at)

    def _put_right(self) -> Iterator[Deed]:
        hands, script = self._hands, self._script
        month, day = script.done
        on = date(2025, month, day)
        head = hands.head(on)
        yield MoveHazard(
            _at(month, day, 9, 30), head, script.key, "submit_hazard", {"words": script.after}, pictured=True
        )
        officer = hands.officer(on, head)
        yield _move(_at(month, day, 15, 0), officer, script.key, "accept_hazard", words="按方案逐项看过。")
        told = {"cause": script.cause, "prevention": script.prevention}
        yield _move(_at(month, day, 15, 20), officer, script.key, "explain_hazard", **told)

    def _lifted(self) -> Iterator[Deed]:
        hands, script = self._hands, self._script
        month, day = script.lifted
        on = date(2025, month, day)
        clerk, chief = hands.clerk(on, dice("major")), hands.chief(on)
        checked = {"second": chief, "words": "两人到场，设施恢复，资料齐全。"}
        yield _move(_at(month, day - 2, 9, 30), clerk, script.key, "recheck_hazard", **checked)
        drafted = {"words": "整改到位，复查通过，建议销号。"}
        yield _move(_at(month, day - 1, 11, 0), hands.legal(on), script.key, "draft_lifting", **drafted)
        yield _move(_at(month, day, 16, 40), hands.deputy(on), script.key, "lift_hazard", words="同意。")


def _back_again(hands: Hands) -> Iterator[Deed]:
    """Looked at again in October: it is back; put right anew with more time, and still under way."""
    looker = hands.looker(date(2025, 10, 15))
    found = {"sound": False, "words": "纸箱又堆到门后，销号无效，重新整改。", "due_on": date(2025, 12, 5)}
    yield _move(_at(10, 15, 10, 10), looker, BACK_AGAIN, "look_back", **found)
    asked = {
        "due_on": date(2025, 12, 19),
        "words": "冷库扩容设备十二月中旬才到货。",
        "control": "每天收工前清走纸箱，安全员拍照",
    }
    day = date(2025, 12, 3)
    yield _move(_at(12, 3, 9, 20), hands.officer(day), BACK_AGAIN, "ask_extension", **asked)
    granted = {"words": "同意延到设备到货，期间每天报照片。"}
    yield _move(_at(12, 4, 10, 0), hands.chief(day), BACK_AGAIN, "grant_extension", **granted)


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return clock.at(date(2025, month, day), hour, minute)


def _move(at: datetime, by: Tenure, key: str, act: str, **nouns: Any) -> MoveHazard:
    return MoveHazard(at, by, key, act, nouns)
