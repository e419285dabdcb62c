"""Many hazards at once, as chance has them: what counts are compared with."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from xiaoan.foundation import clock
from xiaoan.hazards.models import Grade, Hazard, Source, State
from xiaoan.hazards.models.choices import CLOSED
from xiaoan.plans.models import PackVersion

LONGEST_AGO = 500


def random_hazards(units: Sequence[Any], number: int, *, seed: int) -> list[Hazard]:
    """Hazards of every step, source and grade, found in the last 500 days. No steps, no holders: only what is counted."""
    chance = Random(seed)  # noqa: S311 - a test's own chance
    pack = PackVersion.objects.everything("a test").latest("created_at")
    rows = [_one(chance, chance.choice(units), pack, f"{seed}-{place}") for place in range(number)]
    made: list[Hazard] = Hazard.objects.bulk_create(rows)
    return made


def _one(chance: Random, unit: Any, pack: PackVersion, code: str) -> Hazard:
    """One of them."""
    today = clock.today()
    found_on = today - timedelta(days=chance.randrange(LONGEST_AGO))
    state = chance.choice([each for each in State if each != State.MERGED])
    due_on = chance.choice([today - timedelta(days=3), today, today + timedelta(days=9)])
    closed_on = found_on + timedelta(days=chance.randrange((today - found_on).days + 1))
    return Hazard(
        district_id=unit.district_id,
        unit=unit,
        code=code,
        found_on=found_on,
        finder="众人",
        source=chance.choice(Source.values),
        place_name="走廊",
        kind="fire",
        text=f"隐患{code}",
        pack_version=pack,
        state=state,
        grade=chance.choice(Grade.values),
        post="post_holder",
        due_on=due_on,
        order_on=due_on,
        closed_on=closed_on if state in CLOSED else None,
        missed=chance.random() < 0.5,
        occurrence=chance.choice([1, 1, 2, 3]),
        money_source=chance.choice(["", "公用经费"]),
    )
