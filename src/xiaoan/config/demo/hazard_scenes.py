"""What is found where: the sentences of the pack, at the places of an institution, none twice in a term."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from xiaoan.config.demo.register import Traits, place_rows, traits_of
from xiaoan.config.demo.seasons import Voice
from xiaoan.config.demo.sheet import HazardSaying, Institution, Sheet

SHARES = {
    "fire": 34,
    "electricity": 14,
    "canteen": 8,
    "gas": 4,
    "facility": 7,
    "falling_object": 4,
    "building": 9,
    "gate": 8,
    "laboratory": 4,
    "sports": 4,
    "vehicle": 2,
    "crush": 0.7,
    "equipment": 0.7,
    "other": 0.6,
}
"""Of all hazards, in per cent (`12-practice.md` 7.3)."""
SOME = "几"
NUMBERS = (2, 2, 2, 3, 3, 3, 4, 4, 5, 6)
BESIDE = ("门口", "外侧", "旁")
REGISTERED = 0.8
"""How often a hazard lies where the register of places knows it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the register."""

    code: str
    name: str
    kind: str

    def suits(self, saying: HazardSaying) -> bool:
        """Whether a sentence speaks of such a place."""
        return saying.at in {self.kind, self.name}


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody sees, what will be done about it, and by which post."""

    place: str
    place_name: str
    kind: str
    text: str
    done: str
    post: str
    occurrence: int = 1


class House:
    """An institution with its places, and what was found there so far. To be asked in the order of days."""

    def __init__(self, sheet: Sheet, institution: Institution) -> None:
        self.unit = institution.code
        self._traits: Traits = traits_of(sheet, institution)
        self._spots = _spots_of(sheet, institution)
        there = {word for spot in self._spots for word in (spot.kind, spot.name)}
        voice = Voice(self.unit, self._traits, date.min)
        self._sayings = [each for each in sheet.hazards if each.at in there and voice.would_say(each.text)]
        self._said: set[tuple[str, str]] = set()
        self._past: dict[tuple[str, str], tuple[int, date | None]] = {}

    def look(self, day: date, chance: Random, *, again: bool = False, wanted: str = "") -> Found | None:
        """Something to be seen on a day; `again` where it was seen before, `wanted` of a kind.

        None where nothing is left to be said.
        """
        voice, term = Voice(self.unit, self._traits, day), _term_of(day)
        fitting = [each for each in self._fitting(day, term) if wanted in {"", each.kind}]
        if again and (old := self._seen_before(fitting, day, chance)):
            return self._put(*old, voice, term, chance)
        if not fitting:
            return None
        counted = Counter(each.kind for each in fitting)
        weights = [SHARES[each.kind] / counted[each.kind] for each in fitting]
        saying = chance.choices(fitting, weights)[0]
        return self._put(saying, self._new_spot(saying, chance), voice, term, chance)

    def closed(self, found: Found, day: date | None) -> None:
        """Remember that a hazard was closed on a day, or is open."""
        if found.place:
            self._past[found.place, found.kind] = (found.occurrence, day)

    def _fitting(self, day: date, term: str) -> list[HazardSaying]:
        """What can be said on a day and was not said in its term."""
        return [
            each
            for each in self._sayings
            if (not each.months or day.month in each.months) and (term, each.text) not in self._said
        ]

    def _seen_before(
        self, fitting: Sequence[HazardSaying], day: date, chance: Random
    ) -> tuple[HazardSaying, Spot] | None:
        """A sentence for a place where its kind was found and closed before, if there is one."""
        pairs = [
            (saying, spot)
            for saying in fitting
            for spot in self._spots
            if spot.suits(saying) and self._was_closed(spot, saying.kind, day)
        ]
        return chance.choice(pairs) if pairs else None

    def _was_closed(self, spot: Spot, kind: str, day: date) -> bool:
        occurrence, closed_on = self._past.get((spot.code, kind), (0, None))
        return occurrence == 1 and closed_on is not None and closed_on < day and (day - closed_on).days < 300  # noqa: PLR2004 - within the year that counts

    def _new_spot(self, saying: HazardSaying, chance: Random) -> Spot:
        """A place where this kind has not been found; beside one where there is none left."""
        spots = [spot for spot in self._spots if spot.suits(saying)]
        new = [spot for spot in spots if (spot.code, saying.kind) not in self._past]
        if new and chance.random() < REGISTERED:
            return chance.choice(new)
        spot = chance.choice(spots)
        return replace(spot, code="", name=spot.name + chance.choice(BESIDE))

    def _put(self, saying: HazardSaying, spot: Spot, voice: Voice, term: str, chance: Random) -> Found:
        """A sentence in the institution's own words, with its figures."""
        self._said.add((term, saying.text))
        number = chance.choice(NUMBERS)
        days = f" {number * 6 + number % 4} 天"
        text, done = (
            voice.says(words).replace(f" {SOME} 天", days).replace(SOME, str(number))
            for words in (saying.text, saying.done)
        )
        before = self._past.get((spot.code, saying.kind), (0, None))[0] if spot.code else 0
        found = Found(spot.code, spot.name, saying.kind, text, done, saying.post, before + 1)
        self.closed(found, None)
        return found


def _spots_of(sheet: Sheet, institution: Institution) -> list[Spot]:
    """The places of an institution as the register has them."""
    alone = sheet.model_copy(update={"institutions": (institution,)})
    return list(_named(place_rows(alone, _NoTitles())))


class _NoTitles(dict[str, str]):
    """Titles of posts do not matter for where a place lies."""

    def __missing__(self, key: str) -> str:
        return key


def _named(rows: list[list[str | int | date | None]]) -> Iterator[Spot]:
    for code, name, _unit, kind, *_rest in rows:
        yield Spot(str(code), str(name), str(kind))


def _term_of(day: date) -> str:
    """The term of a day, as far as it matters for saying nothing twice."""
    if day.month in {9, 10, 11, 12}:
        return f"{day.year}T1"
    return f"{day.year - 1}T1" if day.month == 1 else f"{day.year}T2"
