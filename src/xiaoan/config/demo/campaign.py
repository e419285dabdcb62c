"""The heads' own part in the campaign: special sessions (S1.1), progress hearings (S1.2), annual reports (T1.10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from xiaoan.config.demo import sayings
from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import Agreed, Record
from xiaoan.config.demo.meetings import Stage, is_open, share_of
from xiaoan.config.demo.register import traits_of
from xiaoan.config.demo.seasons import Voice
from xiaoan.config.demo.sheet import Institution
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock

POST_WORDS = ("总务主任", "办公室主任", "分管领导", "安全员")


@dataclass(frozen=True, slots=True)
class Round:
    """A period in which each institution owes a record of a kind, the span in which they came, and who lacks one."""

    code: str
    kind: str
    first: date
    last: date
    without: int


SESSIONS = (
    Round("2024", "special_deployment", date(2024, 10, 21), date(2024, 12, 31), 9),
    Round("2025", "special_deployment", date(2025, 2, 17), date(2025, 10, 31), 3),
)
HEARINGS = (
    Round("2024H2", "progress_hearing", date(2024, 11, 11), date(2024, 12, 31), 21),
    Round("2025H1", "progress_hearing", date(2025, 3, 3), date(2025, 6, 30), 8),
    Round("2025H2", "progress_hearing", date(2025, 9, 15), date(2025, 12, 31), 27),
)
REPORTS_2024 = Round("2024", "annual_report", date(2024, 12, 9), date(2024, 12, 31), 7)
REPORTS_2025 = Round("2025", "annual_report", date(2025, 12, 8), date(2025, 12, 16), 159)
HEARING_AT_HOME = date(2025, 12, 9)
AT_HOME = (
    ("换下后厨老化的燃气软管，换后请燃气公司验一次", "canteen_manager", date(2025, 12, 19)),
    ("把上次演练的卡点写成一页，发到各年级组", "safety_officer", date(2025, 12, 15)),
    ("与保安公司商定寒假值守人数和巡查路线", "deputy_principal", date(2025, 12, 17)),
    ("水泵房管道加保温层，门口铺防滑垫", "general_affairs_head", date(2025, 12, 22)),
    ("放假前核一遍配电房停电挂牌清单", "switch_room_keeper", date(2025, 12, 31)),
)
"""What was decided at the cast's first school a week ago: one is overdue, one is due today, some are near."""


def campaign(stage: Stage) -> Iterator[Record]:
    """All records of the heads beside the meetings."""
    for each_round in (*SESSIONS, *HEARINGS):
        for each in _taking_part(stage, each_round):
            yield _session(stage, each, each_round)
    for each_round in (REPORTS_2024, REPORTS_2025):
        for each in _taking_part(stage, each_round):
            yield from _reports(stage, each, each_round)
    yield _hearing_at_home(stage)


def _taking_part(stage: Stage, each_round: Round) -> list[Institution]:
    """The institutions with a record in a round; the cast's first school has a hearing of its own."""
    home = stage.sheet.cast[0].unit
    codes = [each.code for each in stage.sheet.institutions]
    dice("without", each_round.kind, each_round.code).shuffle(codes)
    codes.sort(key=lambda code: code != home or each_round not in {HEARINGS[-1], REPORTS_2025})
    without = set(codes[: share_of(stage.sheet, each_round.without)])
    return [
        each
        for each in stage.sheet.institutions
        if each.code not in without and is_open(each, each_round.first)
    ]


def _session(stage: Stage, each: Institution, each_round: Round) -> Record:
    """A special session or a progress hearing."""
    chance = dice(each_round.kind, each.code, each_round.code)
    day = stage.days.one(each_round.first, each_round.last, chance)
    head = chance.choice(stage.roster.heads(each.code, day))
    if each_round.kind == "special_deployment":
        values = {"chaired_by": head, "content": _lines(stage, each, day, sayings.DEPLOYED, 3)}
    else:
        values = {"heard_by": head, "progress": _progress(stage, each, day)}
    key = f"{each_round.kind} {each.code} {each_round.code}"
    return _record(stage, each, day, key=key, kind=each_round.kind, values=values)


def _progress(stage: Stage, each: Institution, day: date) -> str:
    """What is done, where it is stuck, what the heads have to decide."""
    parts = (("完成", sayings.DONE, 2), ("问题", sayings.STUCK, 1), ("请定", sayings.ASKED, 1))
    return "\n".join(
        f"{name}：{_lines(stage, each, day, lines, n).replace(chr(10), '；')}" for name, lines, n in parts
    )


def _reports(stage: Stage, each: Institution, each_round: Round) -> Iterator[Record]:
    """A report of each head; some heads are late while the year still runs."""
    heads = stage.roster.heads(each.code, each_round.first)
    for number, head in enumerate(heads):
        chance = dice("report", each.code, each_round.code, number)
        if number and chance.random() < 0.04:  # noqa: PLR2004 - the second of two forgot
            continue
        day = stage.days.one(each_round.first, each_round.last, chance)
        values = {
            "reported_by": head,
            "safety_section": _lines(stage, each, day + timedelta(days=number), sayings.REPORTED, 4),
        }
        key = f"report {each.code} {each_round.code} {number}"
        yield _record(stage, each, day, key=key, kind=each_round.kind, values=values, by=head)


def _hearing_at_home(stage: Stage) -> Record:
    """The hearing at the cast's first school, whose decisions its people are busy with today."""
    home = next(each for each in stage.sheet.institutions if each.code == stage.sheet.cast[0].unit)
    day, roster = HEARING_AT_HOME, stage.roster
    heads = roster.heads(home.code, day)
    items = tuple(
        Agreed(text, holder, due)
        for text, post, due in AT_HOME
        if (holder := roster.holder(home.code, post, day))
    )
    values = {"heard_by": heads[0], "progress": _progress(stage, home, day)}
    key = f"hearing {home.code}"
    return _record(stage, home, day, key=key, kind="progress_hearing", values=values, items=items)


def _record(  # noqa: PLR0913 - a record's parts
    stage: Stage,
    each: Institution,
    day: date,
    *,
    key: str,
    kind: str,
    values: dict[str, object],
    by: Tenure | None = None,
    items: tuple[Agreed, ...] = (),
) -> Record:
    """A record filed by the head it is of, or by whoever files records."""
    chance = dice("filed", key)
    at = stage.days.filed(day, chance)
    filed_on = clock.local_date(at)
    recorder = by or stage.roster.recorder(each.code, filed_on, chance)
    return Record(key, at, recorder, each.code, kind, day, values, items)


def _lines(stage: Stage, each: Institution, day: date, lines: tuple[str, ...], count: int) -> str:
    """Some sentences with figures of chance, in the institution's own words."""
    traits = traits_of(stage.sheet, each)
    voice, chance = Voice(each.code, traits, day), dice("lines", each.code, day, lines[0])
    topics = [topic for topic in sayings.TOPICS if voice.would_say(topic)]
    filled = (line.format(**_figures(topics, day, chance)) for line in chance.sample(lines, count))
    return "\n".join(voice.says(line) for line in filled)


def _figures(topics: list[str], day: date, chance: Random) -> dict[str, object]:
    """What the sentences ask for; more found than done."""
    count = chance.randint(5, 28)
    first, second = chance.sample(topics, 2)
    return {
        "first": first,
        "second": second,
        "post": chance.choice(POST_WORDS),
        "month": min(12, day.month + chance.randint(1, 2)),
        "count": count,
        "done": count - chance.randint(1, 4),
        "few": chance.randint(2, 6),
    }
