"""A hazard that is told step by step: who did what when, written down as a table and played in an institution."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import Deed, MoveHazard, ReportHazard
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.meetings import Stage
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock

YEAR = 2025
WHO: Mapping[str, Callable[[Hands, date], Tenure]] = {
    "head": lambda hands, day: hands.head(day),
    "lead": lambda hands, day: hands.lead(day),
    "officer": lambda hands, day: hands.officer(day),
    "verifier": lambda hands, day: hands.officer(day, hands.head(day)),
    "legal": lambda hands, day: hands.legal(day),
    "chief": lambda hands, day: hands.chief(day),
    "clerk": lambda hands, day: hands.clerk(day, dice("script")),
    "looker": lambda hands, day: hands.looker(day),
    "deputy": lambda hands, day: hands.deputy(day),
    "centre": lambda hands, day: hands.from_above("centre", day, dice("script"))[0],
    "bureau": lambda hands, day: hands.from_above("bureau", day, dice("script"))[0],
}
"""The people of a script by their part; a verifier is another than the head, who put it right."""
WHERE: Mapping[str, Callable[[Hands], str]] = {
    "sponsor": lambda hands: hands.sponsor,
    "section": lambda hands: hands.teaching_section,
}
"""The units of a script by their part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found, and what was closed off in the same breath where it may be major."""

    at: str
    by: str
    source: str
    kind: str
    place_name: str
    text: str
    control: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One act. `at` is an instant of the running term, as in `09-16 08:50`; people and units are named by their part."""

    at: str
    by: str
    act: str
    nouns: Mapping[str, Any]
    pictured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A whole story in the first institution of a sort. One of the old ledger is found already."""

    key: str
    of: str
    steps: tuple[Step, ...]
    seen: Seen | None = None

    def played(self, stage: Stage, hands: Mapping[str, Hands]) -> Iterator[Deed]:
        """The deeds, in their order."""
        own = hands[first_of(stage, self.of)]
        if self.seen:
            yield self._report(self.seen, own)
        for step in self.steps:
            at = _instant(step.at)
            day = clock.local_date(at)
            nouns = {name: _part(name, value, own, day) for name, value in step.nouns.items()}
            yield MoveHazard(at, WHO[step.by](own, day), self.key, step.act, nouns, step.pictured)

    def _report(self, seen: Seen, own: Hands) -> ReportHazard:
        at = _instant(seen.at)
        return ReportHazard(
            at,
            WHO[seen.by](own, clock.local_date(at)),
            self.key,
            own.unit,
            "",
            seen.place_name,
            seen.kind,
            seen.text,
            seen.source,
            suspected=bool(seen.control),
            control=seen.control,
            pictured=True,
        )


def first_of(stage: Stage, kind: str) -> str:
    """The first institution of a sort."""
    return next(each.code for each in stage.sheet.institutions if each.of == kind)


def _instant(words: str) -> datetime:
    """The instant that a script names."""
    day, time = words.split()
    month, number = map(int, day.split("-"))
    hour, minute = map(int, time.split(":"))
    return clock.at(date(YEAR, month, number), hour, minute)


def _part(name: str, value: Any, own: Hands, day: date) -> Any:
    """Who or where, for the part that a noun names; anything else as it is."""
    if name == "post":
        return own.post_for(value, day)
    if name == "second":
        return WHO[value](own, day)
    return WHERE[value](own) if name == "to_unit" else value
