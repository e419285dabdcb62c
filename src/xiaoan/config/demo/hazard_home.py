"""Hazards of the cast's first school: for each of its people something to do today, and one that took forty minutes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from xiaoan.config.demo.deeds import Deed, MoveHazard, ReportHazard
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.hazard_lives import SCHOOL, Fate, Occasion
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock

QUICK_ON = date(2025, 12, 4)


def at_home(hands: Hands) -> Iterator[Occasion]:
    """What stands open at the cast's school on the day that the demo shows."""
    officer = hands.officer(date(2025, 12, 1))
    keeper, teacher = hands.named("gate_security"), hands.named("health_teacher")
    yield _open(officer, Fate.OVERDUE, clock.at(date(2025, 11, 20), 8, 40), date(2025, 12, 12), "fire")
    yield _open(officer, Fate.RECTIFYING, clock.at(date(2025, 12, 4), 9, 15), date(2025, 12, 17), "building")
    kitchen = _open(
        officer, Fate.RECTIFYING, clock.at(date(2025, 12, 9), 10, 5), date(2025, 12, 20), "canteen"
    )
    yield replace(kitchen, seen_again=True)
    yield _open(
        officer, Fate.RECTIFYING, clock.at(date(2025, 12, 11), 13, 30), date(2025, 12, 26), "facility"
    )
    yield _open(
        teacher, Fate.TO_VERIFY, clock.at(date(2025, 12, 5), 10, 20), date(2025, 12, 19), "electricity"
    )
    yield _open(officer, Fate.TO_CLOSE, clock.at(date(2025, 12, 3), 14, 10), date(2025, 12, 18), "gate")
    yield _open(officer, Fate.TO_ASSIGN, clock.at(date(2025, 12, 16), 9, 50), None, "sports")
    yield _open(keeper, Fate.TO_CONFIRM, clock.at(date(2025, 12, 16), 11, 25), None, "fire")
    yield _open(teacher, Fate.TO_JUDGE, clock.at(date(2025, 12, 16), 15, 40), None, "falling_object")


def _open(by: Tenure, fate: Fate, at: datetime, due: date | None, kind: str) -> Occasion:
    return Occasion(at, SCHOOL, by, fate=fate, due=due, wanted=kind, pictured=True)


def forty_minutes(hands: Hands) -> Iterator[Deed]:
    """A teacher's 随手报 in the long break, closed before the third lesson."""
    key = f"quick {hands.unit}"
    teacher, officer = hands.named("library_keeper"), hands.officer(QUICK_ON)
    lead, mender = hands.lead(QUICK_ON), hands.named("switch_room_keeper")
    text = "图书馆门外走廊顶灯灯罩一头脱扣，垂下半截"
    yield ReportHazard(
        _minute(12),
        teacher,
        key,
        hands.unit,
        "",
        "图书馆门外走廊",
        "falling_object",
        text,
        SCHOOL,
        pictured=True,
    )
    yield MoveHazard(_minute(19), officer, key, "judge_hazard", {})
    order = {"post": "switch_room_keeper", "due_on": QUICK_ON}
    yield MoveHazard(_minute(22), lead, key, "dispatch_hazard", order)
    done = {"words": "灯罩已取下换新，同一走廊的六盏都拧紧。"}
    yield MoveHazard(_minute(41), mender, key, "submit_hazard", done, pictured=True)
    yield MoveHazard(_minute(47), officer, key, "accept_hazard", {"words": "到场看过，灯罩牢固。"})
    yield MoveHazard(_minute(52), lead, key, "close_hazard", {})


def _minute(minute: int) -> datetime:
    return clock.at(QUICK_ON, 10, minute)
