"""Risk lists: each institution takes the pack's starter list in the first weeks and reviews it once a term (G.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import BeginRisks, ReviewRisks
from xiaoan.config.demo.meetings import NOT_YET, Stage, share_of
from xiaoan.config.demo.register import opened_on
from xiaoan.config.demo.sheet import Institution
from xiaoan.foundation import clock
from xiaoan.risks.models import Level, ReviewOutcome, Risk
from xiaoan.risks.reviewing import Answer, kept

FIRST_LISTS = (date(2024, 10, 14), date(2024, 11, 8))
SETTLING_IN = (timedelta(days=7), timedelta(days=18))
"""After its opening, when a new institution begins its list."""
HALFWAY = 0.4
"""How much of the list is reviewed where the term's review is not finished."""


@dataclass(frozen=True, slots=True)
class Round:
    """A term's span of reviews and how many of 180 institutions did not finish theirs."""

    code: str
    first: date
    last: date
    halfway: int


ROUNDS = (
    Round("2024-2025T1", date(2024, 11, 11), date(2025, 1, 10), 14),
    Round("2024-2025T2", date(2025, 3, 3), date(2025, 6, 20), 6),
    Round("2025-2026T1", date(2025, 9, 15), date(2025, 12, 16), 27),
)


def risk_lists(stage: Stage) -> Iterator[BeginRisks | ReviewRisks]:
    """The beginning of every list, then its reviews."""
    begun = {each.code: _begins_on(stage, each) for each in stage.sheet.institutions}
    for each in stage.sheet.institutions:
        day = begun[each.code]
        by = stage.roster.recorder(each.code, day, dice("risks", each.code))
        yield BeginRisks(clock.at(day, 14, 10), by, each.code)
    for term in ROUNDS:
        halfway = _halfway(stage, term)
        for each in stage.sheet.institutions:
            if begun[each.code] < term.first:
                yield _review(stage, each, term, HALFWAY if each.code in halfway else 1.0)


def _begins_on(stage: Stage, each: Institution) -> date:
    """The day on which an institution begins its list."""
    first, last = FIRST_LISTS
    if opened := opened_on(each):
        first, last = (opened + wait for wait in SETTLING_IN)
    return stage.days.one(first, last, dice("risks begin", each.code))


def _halfway(stage: Stage, term: Round) -> set[str]:
    """The institutions that did not finish a term's review; schools of the cast among them in the running one."""
    codes = [each.code for each in stage.sheet.institutions]
    dice("risks halfway", term.code).shuffle(codes)
    first = [code for code in NOT_YET if code in codes] if term is ROUNDS[-1] else []
    return set([*first, *codes][: share_of(stage.sheet, term.halfway)])


def _review(stage: Stage, each: Institution, term: Round, share: float) -> ReviewRisks:
    """One sitting over the list."""
    chance = dice("risks review", each.code, term.code)
    day = stage.days.one(term.first, term.last, chance)
    by = stage.roster.recorder(each.code, day, chance)
    at = clock.at(day, chance.randint(13, 16), chance.randint(0, 59))
    return ReviewRisks(at, by, each.code, term.code, share)


def answers_of(deed: ReviewRisks, risks: Sequence[Risk]) -> list[Answer]:
    """Most points stay as they are; now and then one is raised, or is gone."""
    chance = dice("risks answers", deed.unit, deed.term)
    looked_at = risks[: max(1, round(len(risks) * deed.share))]
    found = [kept(risk) for risk in looked_at]
    place = chance.randrange(len(found) * 3)
    if place < len(found):
        found[place] = _moved(found[place], gone=chance.random() < 0.2)  # noqa: PLR2004 - rarely
    return found


def _moved(answer: Answer, *, gone: bool) -> Answer:
    """A point that is gone, or that is taken more seriously than before."""
    if gone:
        return replace(answer, outcome=ReviewOutcome.RETIRED, words="设备已拆除，场所改作他用。")
    if answer.level == Level.RED:
        return replace(answer, words="措施到位，列为每周必查。")
    return replace(
        answer,
        outcome=ReviewOutcome.CHANGED,
        level=Level(answer.level - 1),
        words="近期检查发现过苗头，提高一级。",
    )
