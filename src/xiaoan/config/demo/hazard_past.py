"""The old ledger: what was found from October 2024 to August 2025, as rows of the 历史隐患台账 import."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.hazard_old_stories import OLD_STORIES, OldStory
from xiaoan.config.demo.hazard_plan import never_look
from xiaoan.config.demo.hazard_scenes import Found, House
from xiaoan.config.demo.hazard_script import first_of
from xiaoan.config.demo.meetings import Stage, is_open
from xiaoan.config.demo.register import Cells
from xiaoan.config.demo.staff import Tenure

Row = dict[str, Any]
IMPORTED_ON = date(2025, 8, 29)
MONTHS = (
    (2024, 10, 8),
    (2024, 11, 15),
    (2024, 12, 10),
    (2025, 1, 6),
    (2025, 2, 7),
    (2025, 3, 15),
    (2025, 4, 10),
    (2025, 5, 10),
    (2025, 6, 15),
    (2025, 7, 2),
    (2025, 8, 2),
)
"""Shares of the months: peaks in November, March and June."""
SOURCES = {
    "school": ("学校自查", 42),
    "group": ("协作组互查", 11),
    "centre": ("中心检查", 18),
    "bureau": ("教育局检查", 7),
    "third_party": ("第三方检查", 19),
    "inspector": ("责任督学", 2),
    "partner": ("联动部门", 1),
}
AVERAGE = 21
"""Hazards of an institution in these eleven months."""
ON_THE_SPOT = 0.58
LATE = 0.04
AGAIN = 0.08


def old_ledger(stage: Stage, houses: Mapping[str, House], hands: Mapping[str, Hands]) -> list[Row]:
    """All rows, in the order in which they were found; the houses remember them."""
    rows = [_told(story, stage, hands) for story in OLD_STORIES]
    blind = set(never_look(stage.sheet))
    for each in stage.sheet.institutions:
        chance = dice("old ledger", each.code)
        size = (0.6 + each.pupils / 1_300 if each.pupils else 0.5) * chance.lognormvariate(-0.1, 0.4)
        days = sorted(_day(stage, chance) for _number in range(max(4, round(AVERAGE * size))))
        known = [day for day in days if is_open(each, day)]
        rows += _rows(houses[each.code], hands[each.code], known, chance, is_blind=each.code in blind)
    rows.sort(key=lambda row: (row["发现日期"], row["单位编码"], row["隐患描述"]))
    for number, row in enumerate(rows, start=1):
        row.setdefault("原编号", f"旧-{row['发现日期'].year}-{number:04d}")
    return rows


def as_table(rows: list[Row]) -> tuple[list[str], list[Cells]]:
    """Headings and cells for the import."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    return headings, [[row.get(heading) for heading in headings] for row in rows]


def _day(stage: Stage, chance: Random) -> date:
    """A working day by the shares of the months."""
    year, month, _share = chance.choices(MONTHS, [share for *_month, share in MONTHS])[0]
    first = date(year, month, 1)
    return chance.choice(stage.days.between(first, first.replace(day=24 if month == 8 else 28)) or [first])  # noqa: PLR2004 - before the import


def _rows(house: House, hands: Hands, days: list[date], chance: Random, *, is_blind: bool) -> Iterator[Row]:
    """The rows of an institution."""
    sources = [code for code in SOURCES if not (is_blind and code == "school")]
    weights = [SOURCES[code][1] for code in sources]
    for day in days:
        found = house.look(day, chance, again=chance.random() < AGAIN)
        if found:
            row = _row(found, hands, day, chance.choices(sources, weights)[0], chance)
            house.closed(found, row["销号日期"])
            yield row


def _row(found: Found, hands: Hands, day: date, source: str, chance: Random) -> Row:
    """One hazard from its finding to its closing."""
    is_above = source != "school"
    by, finder = hands.from_above(source, day, chance) if is_above else (hands.reporter(day, chance), "")
    handed, due, done = _dates(day, chance)
    post = hands.post_for(found.post, handed)
    rectifier = hands.holder(post, handed, done)
    return {
        "单位编码": hands.unit,
        "地点": found.place_name,
        "部位编码": found.place or None,
        "种类": found.kind,
        "隐患描述": found.text,
        "来源": SOURCES[source][0],
        "发现日期": day,
        "发现人": finder or by.person.name,
        "等级": "一般",
        "交办日期": handed,
        "责任岗位": post,
        "整改期限": due,
        "整改措施": found.done,
        "整改完成日期": done,
        "整改人": rectifier.person.name,
    } | _closed(hands, rectifier, done, chance, is_above=is_above)


def _dates(day: date, chance: Random) -> tuple[date, date, date]:
    """Handed out, due, put right: on the spot, in time or now and then late."""
    if chance.random() < ON_THE_SPOT:
        return day, day, day
    handed = _after(day, chance.randint(0, 2))
    due = handed + timedelta(days=chance.choice((7, 10, 15, 15, 20)))
    done = handed + timedelta(days=chance.randint(1, (due - handed).days))
    if chance.random() < LATE:
        done = due + timedelta(days=chance.randint(1, 8))
    return handed, due, _after(done, 0)


def _closed(hands: Hands, rectifier: Tenure, done: date, chance: Random, *, is_above: bool) -> Row:
    """Accepted, checked again where it came from above, closed."""
    accepted = _after(done, chance.randint(0, 2))
    row: Row = {"验收日期": accepted, "验收人": hands.officer(accepted, rectifier).person.name}
    if not is_above:
        closed = _after(accepted, chance.randint(0, 3))
        return row | {"销号日期": closed, "销号人": hands.lead(closed, rectifier).person.name}
    rechecked = _after(accepted, chance.randint(1, 5))
    closed = _after(rechecked, chance.randint(0, 3))
    row |= {"复查日期": rechecked, "复查人": hands.clerk(rechecked, chance).person.name}
    return row | {"销号日期": closed, "销号人": hands.chief(closed).person.name}


def _after(day: date, days: int) -> date:
    """Some days later, on a weekday, before the import."""
    later = day + timedelta(days=days)
    while later.weekday() > FRIDAY:
        later += timedelta(days=1)
    return min(later, max(day, IMPORTED_ON - timedelta(days=1)))


def _told(story: OldStory, stage: Stage, hands: Mapping[str, Hands]) -> Row:
    """The row of a story, with the people of its institution."""
    own = hands[first_of(stage, story.of)]
    cells = story.cells
    done, closed = cells["整改完成日期"], cells["销号日期"]
    rectifier = own.holder(story.post, cells["交办日期"], done)
    is_major = cells["等级"] == "重大"
    return {
        "原编号": story.number,
        "单位编码": own.unit,
        **cells,
        "发现人": own.officer(cells["发现日期"]).person.name if cells["来源"] == "学校自查" else None,
        "责任岗位": story.post,
        "整改人": rectifier.person.name,
        "验收人": own.officer(done, rectifier).person.name,
        "复查人": own.clerk(cells["复查日期"], dice("old story", story.number)).person.name,
        "销号人": (own.deputy(closed) if is_major else own.chief(closed)).person.name,
        "原因": "管控措施缺失" if is_major else None,
        "防范措施": "列入每月必查清单，验收后归档" if is_major else None,
    }


FRIDAY = 4
