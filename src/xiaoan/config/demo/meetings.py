"""Safety meetings of every quarter since the plan came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import LAST_DAY, Agreed, Days, Record, Roster
from xiaoan.config.demo.register import opened_on, traits_of
from xiaoan.config.demo.seasons import agenda_of, decisions_of
from xiaoan.config.demo.sheet import Institution, Sheet
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock


@dataclass(frozen=True, slots=True)
class Stage:
    """What the acting knows: the names, who held what, when schools meet."""

    sheet: Sheet
    roster: Roster
    days: Days


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter's span of meetings and how many of 180 institutions held none."""

    code: str
    first: date
    last: date
    without: int


QUARTERS = (
    Quarter("2024Q4", date(2024, 10, 14), date(2024, 12, 31), 13),
    Quarter("2025Q1", date(2025, 1, 2), date(2025, 3, 31), 6),
    Quarter("2025Q2", date(2025, 4, 1), date(2025, 6, 30), 2),
    Quarter("2025Q3", date(2025, 7, 1), date(2025, 9, 30), 5),
    Quarter("2025Q4", date(2025, 10, 9), date(2025, 12, 31), 4),
)
OF = 180
LEAST_WITHOUT = 2
NOT_YET = ("XX-14", "YE-28", "CR-03", "CZ-16")
"""Those that have not met in the running quarter, as far as they are there: schools of the cast among them."""
SECOND_MEETING = 0.12
FORMS = {"safety": 9, "management": 7, "council": 3, "party": 2}


def share_of(sheet: Sheet, number: int) -> int:
    """A number that is told of 180 institutions, for as many as there are; never nobody."""
    return max(LEAST_WITHOUT, round(number * len(sheet.institutions) / OF))


def without_meeting(sheet: Sheet, quarter: Quarter) -> set[str]:
    """The institutions that held no meeting in a quarter."""
    codes = [each.code for each in sheet.institutions]
    dice("without", quarter.code).shuffle(codes)
    is_running = quarter.last > LAST_DAY
    codes.sort(key=lambda code: (code in NOT_YET) != is_running)
    return set(codes[: share_of(sheet, quarter.without)])


def is_open(institution: Institution, day: date) -> bool:
    """Whether an institution had opened by a day."""
    opened = opened_on(institution)
    return opened is None or opened <= day


def meetings(stage: Stage) -> Iterator[Record]:
    """All meetings, quarter by quarter."""
    for quarter in QUARTERS:
        without = without_meeting(stage.sheet, quarter)
        for each in stage.sheet.institutions:
            if each.code not in without and is_open(each, quarter.first):
                chance = dice("meetings", each.code, quarter.code)
                for number in range(2 if chance.random() < SECOND_MEETING else 1):
                    yield _meeting(stage, each, quarter, number, chance)


def _meeting(stage: Stage, each: Institution, quarter: Quarter, number: int, chance: Random) -> Record:
    """One meeting with its decisions."""
    day = stage.days.one(quarter.first, quarter.last, chance)
    at = stage.days.filed(day, chance)
    heads = stage.roster.heads(each.code, day)
    chair = chance.choice(heads)
    return Record(
        key=f"meeting {each.code} {quarter.code} {number}",
        at=at,
        by=stage.roster.recorder(each.code, clock.local_date(at), chance),
        unit=each.code,
        kind="safety_meeting",
        day=day,
        values={
            "chaired_by": chair,
            "other_head": _other_head(len(heads), chance),
            "form": _form(chair, chance),
            "agenda": agenda_of(stage.sheet, each.code, traits_of(stage.sheet, each), day),
        },
        items=_items(stage, each, day, chance),
    )


def _other_head(heads: int, chance: Random) -> str:
    """Whether the other head was there."""
    if heads == 1:
        return "none"
    return "present" if chance.random() < 0.86 else "excused"  # noqa: PLR2004 - mostly


def _form(chair: Tenure, chance: Random) -> str:
    """The form of the meeting; the party committee meets under its secretary."""
    form = chance.choices([*FORMS], [*FORMS.values()])[0]
    return "management" if form == "party" and chair.post != "secretary" else form


def _items(stage: Stage, each: Institution, day: date, chance: Random) -> tuple[Agreed, ...]:
    """One to three 议定事项, each due in one to five weeks."""
    posts = {decision.post for decision in stage.sheet.season_of(day).decisions}
    held = {post: holder for post in posts if (holder := stage.roster.holder(each.code, post, day))}
    decided = decisions_of(stage.sheet, each.code, traits_of(stage.sheet, each), day, held)
    count = chance.choices((1, 2, 3), (35, 45, 20))[0]
    return tuple(
        Agreed(one.text, held[one.post], day + timedelta(days=chance.randint(7, 35)))
        for one in decided[:count]
    )
