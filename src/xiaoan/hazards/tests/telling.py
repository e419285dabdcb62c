"""Histories for the tests of the measures: a hazard told day by day, and what a measure says of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask, robot
from xiaoan.foundation.indicators import indicator
from xiaoan.foundation.periods import Period, parse_period
from xiaoan.hazards import acts
from xiaoan.hazards.models import Extension, Hazard
from xiaoan.hazards.tests.factories import PLAN, District, do, fresh, reported


@dataclass
class Told:
    """A hazard, moved on the days that the test names."""

    district: District
    hazard: Hazard

    def on(self, day: date, verb: str, who: str, **nouns: Any) -> "Told":
        """One act on a day."""
        with clock.held_at(clock.at(day)):
            do(self.district, self.hazard, verb, who, **nouns)
        self.hazard = fresh(self.hazard)
        return self

    def handed_out(self, day: date, due_on: date) -> "Told":
        """Judged general and handed out inside the school."""
        self.on(day, "judge_hazard", "shen")
        return self.on(day, "dispatch_hazard", "chen", post="post_holder", due_on=due_on)

    def judged_major(self, day: date, due_on: date) -> "Told":
        """Judged major and handed out from above."""
        self.on(day, "judge_major", "gu", words="可燃气体报警失效")
        return self.on(day, "issue_hazard", "su", post="post_holder", due_on=due_on)

    def in_hand(self, day: date) -> "Told":
        """Closed off, and its five elements on file."""
        return self.on(day, "control_hazard", "shen", control="停用灶台").on(day, "file_plan", "lin", **PLAN)

    def submitted(self, day: date) -> "Told":
        """Put right by the post's holder."""
        return self.on(day, "submit_hazard", "zhou", words="已更换软管")

    def accepted(self, day: date) -> "Told":
        """Accepted by the safety officer."""
        return self.on(day, "accept_hazard", "shen")

    def closed(self, day: date) -> "Told":
        """Accepted and closed inside the school."""
        return self.accepted(day).on(day, "close_hazard", "chen")

    def lifted(self, day: date) -> "Told":
        """Major: accepted, re-checked, explained and lifted."""
        self.accepted(day).on(day, "recheck_hazard", "su", second="gu")
        self.on(day, "explain_hazard", "shen", cause="missing", prevention="每月点检报警器")
        return self.on(day, "draft_lifting", "bai", words="符合摘牌条件").on(day, "lift_hazard", "he")

    def extended(self, asked: date, granted: date, due_on: date) -> "Told":
        """More time, asked by the holder and granted by the deputy principal."""
        self.on(asked, "ask_extension", "zhou", due_on=due_on, words="配件未到", control="停用该灶")
        rows = Extension.objects.everything("a test").filter(hazard=self.hazard)
        extension = rows.select_related("hazard__unit", "hazard__pack_version").latest("number")
        with clock.held_at(clock.at(granted)):
            acts.grant_extension(actor=self.district.actor("chen"), ask=Ask(), extension=extension)
        self.hazard = fresh(self.hazard)
        return self

    def looked_at(self, day: date, *, sound: bool, due_on: date | None = None) -> "Told":
        """Called back by the machine and looked at by the centre."""
        machine = robot(district_id=self.district.cast.bureau.pk, cause="a test")
        with clock.held_at(clock.at(day)):
            acts.call_back(actor=machine, ask=Ask(), hazard=self.hazard)
        self.hazard = fresh(self.hazard)
        return self.on(day, "look_back", "su", sound=sound, words="看过", due_on=due_on)


def told(district: District, day: date, who: str = "shen", **values: Any) -> Told:
    """A hazard found and reported on a day."""
    with clock.held_at(clock.at(day)):
        return Told(district, reported(district, who, **values))


def asked(district: District, name: str, period: str, on: date | None = None, **with_: Any) -> Any:
    """What a measure says on a day: of the school for its own duties, of the bureau for those of the bureau."""
    owner = district.cast.school if name in OF_THE_SCHOOL else district.cast.bureau
    return answer(name, owner.pk, parse_period(period), on, with_)


def answer(name: str, unit_id: Any, period: Period, on: date | None, with_: dict[str, Any]) -> Any:
    """(achieved, expected) of a unit; None where nothing is expected."""
    with clock.held_at(clock.at(on) if on else clock.now()):
        pair = indicator(name).pairs([unit_id], period, with_).get(unit_id)
    return (pair.achieved, pair.expected) if pair else None


CLEARED, SELF_FOUND = "hazards.major_cleared", "hazards.major_self_found"
LOOKS, CAUSES = "hazards.look_backs_sound", "hazards.causes_recorded"
IN_TIME, CAMPAIGN, DAYS = "hazards.closed_in_time", "hazards.campaign_cleared", "hazards.days_to_resolve"
OF_THE_SCHOOL = {IN_TIME, CAMPAIGN}
OF_THE_BUREAU = (CLEARED, SELF_FOUND, LOOKS, CAUSES, DAYS)
WITH = {CAMPAIGN: {"order_within": 7}}
