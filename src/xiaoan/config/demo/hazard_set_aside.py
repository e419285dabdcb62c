"""Reports that became no hazard of their own: 不予认定, 作废, 并案 (counted nowhere, and shown as what they are)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import LAST_DAY, MoveHazard, ReportHazard
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.hazard_lives import SCHOOL, Fate, HazardDeed, Occasion
from xiaoan.config.demo.hazard_plan import scaled
from xiaoan.config.demo.hazard_scenes import Found
from xiaoan.config.demo.meetings import Stage
from xiaoan.config.demo.register import traits_of
from xiaoan.config.demo.seasons import Voice
from xiaoan.config.demo.sheet import Institution
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock

SINCE = date(2025, 9, 8)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a report ends that is no hazard: by which act, and how many of 180 institutions' reports."""

    act: str
    number: int


ENDINGS = {"dismissed": Ending("dismiss_hazard", 9), "void": Ending("void_hazard", 4)}
SEEN_AGAIN = 0.16
"""How often somebody else of the house reports what is being put right already."""
AGAIN = ("路过又看到：{text}", "值班时看到：{text}", "交接班时又发现：{text}")
TRIES = 4


def set_aside(stage: Stage, hands: Mapping[str, Hands]) -> Iterator[HazardDeed]:
    """What was not taken for a hazard, or reported by mistake; the first of the cast's first school."""
    home = stage.sheet.cast[0].unit
    houses = [each for each in stage.sheet.institutions if each.pupils]
    own = next(each for each in houses if each.code == home)
    for ended, ending in ENDINGS.items():
        for count in range(scaled(stage.sheet, ending.number)):
            each = dice("set aside where", ended, count).choice(houses) if count else own
            yield from _told(stage, each, hands[each.code], ended, count)


def seen_again(
    hands: Hands, key: str, occasion: Occasion, found: Found, days: list[date]
) -> Iterator[HazardDeed]:
    """Somebody else reports the same thing on one of the next days; the lead merges it into the first report."""
    chance = dice("seen again", key)
    is_running = occasion.fate == Fate.RECTIFYING and occasion.source == SCHOOL
    if not (is_running and days and (occasion.seen_again or chance.random() < SEEN_AGAIN)):
        return
    day, key_again = days[0], f"{key} again"
    if by := _another(hands, day, occasion, chance):
        at = clock.at(day, chance.randint(8, 14), chance.randint(0, 59))
        text = chance.choice(AGAIN).format(text=found.text)
        yield ReportHazard(at, by, key_again, hands.unit, "", found.place_name, found.kind, text, SCHOOL)
        yield MoveHazard(_later(at, chance), hands.lead(day, by), key_again, "merge_hazard", {"into": key})


def _another(hands: Hands, day: date, occasion: Occasion, chance: Random) -> Tenure | None:
    """Somebody of the house who did not find it first."""
    met = (hands.reporter(day, chance) for _try in range(TRIES))
    return next((one for one in met if one.person != occasion.by.person), None)


def _told(stage: Stage, each: Institution, hands: Hands, ended: str, count: int) -> Iterator[HazardDeed]:
    """Reported, and on the same day answered by the lead or taken back by the reporter."""
    chance, key = dice("set aside", ended, count), f"set aside {ended} {count}"
    day = chance.choice(stage.days.between(SINCE, LAST_DAY))
    voice = Voice(each.code, traits_of(stage.sheet, each), day)
    lines = [line for line in stage.sheet.set_aside if line.ended == ended and voice.would_say(line.text)]
    line = lines[count % len(lines)]
    at, by = clock.at(day, chance.randint(8, 13), chance.randint(0, 59)), hands.reporter(day, chance)
    text, place = voice.says(line.text), voice.says(line.place)
    yield ReportHazard(at, by, key, hands.unit, "", place, line.kind, text, SCHOOL)
    answering = by if ended == "void" else hands.lead(day, by)
    yield MoveHazard(
        _later(at, chance), answering, key, ENDINGS[ended].act, {"words": voice.says(line.words)}
    )


def _later(at: datetime, chance: Random) -> datetime:
    return at + timedelta(minutes=chance.randint(12, 150))
