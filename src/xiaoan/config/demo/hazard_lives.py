"""The life of a hazard as deeds: found, judged, handed out, put right, accepted, closed – as far as its fate goes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from xiaoan.config.demo.deeds import CURTAIN, LAST_DAY, ConfirmFixes, Days, MoveHazard, ReportHazard
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.hazard_scenes import Found
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock

HazardDeed = ReportHazard | MoveHazard | ConfirmFixes
SCHOOL = "school"


class Fate(StrEnum):
    """Where a hazard stands on the day that the demo shows."""

    CLOSED = "closed"
    TO_JUDGE = "to_judge"
    SUSPECTED = "suspected"
    TO_ASSIGN = "to_assign"
    RECTIFYING = "rectifying"
    OVERDUE = "overdue"
    TO_VERIFY = "to_verify"
    TO_RECHECK = "to_recheck"
    TO_CLOSE = "to_close"
    TO_CONFIRM = "to_confirm"
    SCHEDULED = "scheduled"
    WITH_FINANCE = "with_finance"
    WITH_TOWN = "with_town"
    DRAFTED = "drafted"


@dataclass(frozen=True, slots=True)
class Occasion:
    """That a hazard is found: when, by whom, and what becomes of it."""

    at: datetime
    source: str
    by: Tenure
    finder: str = ""
    fate: Fate = Fate.CLOSED
    due: date | None = None
    """The date that it must have, where the story needs one."""
    wanted: str = ""
    """The kind that it must be of, likewise."""
    pictured: bool = False
    seen_again: bool = False
    """Whether somebody else is sure to report it too."""


NOT_ACCEPTED = (
    "只改了一半，请把剩下的补完再报。",
    "照片看不出改在哪里，请现场说明后再报。",
    "换上的规格不对，请按要求重做。",
)
WHY_LATER = (
    "配件要等厂家发货。",
    "施工只能放在周末。",
    "等第三方检测报告出来再动工。",
    "报价超出预算，正在重新比价。",
)
MEANWHILE = ("已围挡并贴告示，专人每天看一次。", "该处停用，钥匙由安全员保管。", "上放学时段派人值守。")
SCHEDULED_FROM = ("公用经费", "局基本建设维修经费", "学校结余资金", "明年维修预算")
NO_MONEY = "学校公用经费不足，请计财科落实资金。"
OUTSIDE = "隐患牵涉校外公共区域，请街镇协调处理。"
SOON = date(2026, 2, 12)
SUMMER = date(2026, 8, 20)
MOST_DAYS = 30


class Life:
    """The deeds of one hazard, each at its instant; `fits` tells whether they ended before the curtain."""

    def __init__(  # noqa: PLR0913, PLR0917 - a life's parts
        self, key: str, hands: Hands, days: Days, occasion: Occasion, found: Found, chance: Random
    ) -> None:
        self._key, self._hands, self._days = key, hands, days
        self._occasion, self._found, self._chance = occasion, found, chance
        self._at = occasion.at
        self._rectifier: Tenure | None = None
        self._issued = occasion.at
        self._due = CURTAIN
        self.is_above = occasion.source != SCHOOL
        self.deeds: list[HazardDeed] = []
        self.closed_on: date | None = None

    @property
    def fits(self) -> bool:
        """Whether everything was done before the day that the demo shows."""
        return self._at < clock.at(CURTAIN, 0)

    def on_the_spot(self) -> None:
        """Put right at once; one other person confirms, mostly with others at the end of the week."""
        self._report(fixed=self._found.done)
        if self._occasion.fate == Fate.TO_CONFIRM:
            return
        at = self._later(0, 1) if self._chance.random() < 0.4 else self._end_of_week()  # noqa: PLR2004 - some at once
        if at >= clock.at(CURTAIN, 0):
            at = max(self._at + timedelta(minutes=25), clock.at(LAST_DAY, 16, 30))
        day = clock.local_date(at)
        self.deeds.append(ConfirmFixes(at, self._hands.lead(day, self._occasion.by), (self._key,)))
        self._at, self.closed_on = at, day

    def step_by_step(self) -> None:
        """Judged, handed out and so on, until its fate."""
        fate = self._occasion.fate
        self._report()
        if fate in {Fate.TO_JUDGE, Fate.SUSPECTED}:
            return
        self._judge()
        if fate == Fate.TO_ASSIGN:
            return
        self._hand_out()
        if fate in {Fate.RECTIFYING, Fate.OVERDUE}:
            return
        if fate in {Fate.SCHEDULED, Fate.WITH_FINANCE, Fate.WITH_TOWN, Fate.DRAFTED}:
            self._go_up(fate)
            return
        self._extend()
        self._submit()
        if fate != Fate.TO_VERIFY:
            self._accept(fate)

    def move(self, act: str, by: Tenure, at: datetime, *, pictured: bool = False, **nouns: Any) -> None:
        """One step at an instant."""
        self._at = at
        self.deeds.append(MoveHazard(at, by, self._key, act, nouns, pictured))

    def _report(self, fixed: str = "") -> None:
        occasion, found = self._occasion, self._found
        is_suspected = occasion.fate == Fate.SUSPECTED
        self.deeds.append(
            ReportHazard(
                occasion.at,
                occasion.by,
                self._key,
                self._hands.unit,
                found.place,
                found.place_name,
                found.kind,
                found.text,
                occasion.source,
                occasion.finder,
                fixed,
                suspected=is_suspected,
                control="已停用并拉警戒线" if is_suspected else "",
                pictured=occasion.pictured,
            )
        )

    def _judge(self) -> None:
        at = self._later(0, 1)
        day = clock.local_date(at)
        by = self._hands.clerk(day, self._chance) if self.is_above else self._judging(day)
        self.move("judge_hazard", by, at)

    def _judging(self, day: date) -> Tenure:
        """In the institution the lead or the safety officer judges."""
        return self._hands.lead(day) if self._chance.random() < 0.6 else self._hands.officer(day)  # noqa: PLR2004 - mostly

    def _hand_out(self) -> None:
        at = self._later(0, 1)
        day = clock.local_date(at)
        self._due = self._occasion.due or self._usual_due(day)
        nouns: dict[str, Any] = {"post": self._hands.post_for(self._found.post, day), "due_on": self._due}
        self._issued = at
        if self.is_above:
            self.move("issue_hazard", self._hands.clerk(day, self._chance), at, **nouns)
        else:
            self.move("dispatch_hazard", self._hands.lead(day), at, **nouns)

    def _usual_due(self, day: date) -> date:
        """A date by the rules, a working day."""
        due = day + timedelta(days=self._chance.choice((5, 7, 7, 10, 10, 15, 15, 15, 20)))
        while not self._days.working.is_working(due):
            due += timedelta(days=1)
        return due

    def _go_up(self, fate: Fate) -> None:
        """What the institution cannot do alone: raised, issued from above, then scheduled, referred or listed."""
        if not self.is_above:
            at = self._later(1, 3)
            words = "本单位资金和力量不够，请中心协调。"
            self.move("raise_hazard", self._hands.lead(clock.local_date(at)), at, words=words)
            self.is_above = True
            at = self._later(0, 1)
            post = self._hands.post_for(self._found.post, clock.local_date(at))
            due = max(self._due, clock.local_date(at) + timedelta(days=10))
            clerk = self._hands.clerk(clock.local_date(at), self._chance)
            self.move("issue_hazard", clerk, at, post=post, due_on=due)
        at = self._later(1, 4)
        day = clock.local_date(at)
        if fate == Fate.SCHEDULED:
            self.move("schedule_hazard", self._hands.chief(day), at, **self._works())
        elif fate == Fate.DRAFTED:
            words = "两次到期没有整改到位，建议挂牌督办。"
            self.move("draft_listing", self._hands.legal(day), at, words=words)
        else:
            to, words = (
                (self._hands.finance, NO_MONEY) if fate == Fate.WITH_FINANCE else (self._hands.town, OUTSIDE)
            )
            due = CURTAIN + timedelta(days=self._chance.randint(2, 21))
            self.move("refer_hazard", self._hands.chief(day), at, words=words, to_unit=to, due_on=due)

    def _works(self) -> dict[str, Any]:
        """An approved repair: when, with what money, and what keeps people safe until then."""
        due = SOON if self._chance.random() < 0.6 else SUMMER  # noqa: PLR2004 - mostly the winter holidays
        return {
            "due_on": due,
            "control": self._chance.choice(MEANWHILE),
            "money_source": self._chance.choice(SCHEDULED_FROM),
            "money": None if self._chance.random() < 0.3 else 400 * self._chance.randint(6, 180),  # noqa: PLR2004 - some are still without a figure
        }

    def _extend(self) -> None:
        """Now and then more time is asked for, and given."""
        if self._occasion.fate != Fate.CLOSED or self._chance.random() > 0.07:  # noqa: PLR2004 - a few
            return
        asked = clock.at(self._due - timedelta(days=1), 10, self._chance.randint(0, 59))
        if asked <= self._at or not self._days.working.is_working(clock.local_date(asked)):
            return
        later = self._due + timedelta(days=self._chance.choice((5, 7, 10, 14)))
        day = clock.local_date(asked)
        holder = self._hands.holder(self._post, clock.local_date(self._issued), day)
        words, control = self._chance.choice(WHY_LATER), self._chance.choice(MEANWHILE)
        self.move("ask_extension", holder, asked, due_on=later, words=words, control=control)
        by = self._hands.chief(day) if self.is_above else self._granting(day, holder)
        if by is None:
            return
        self.move("grant_extension", by, asked + timedelta(hours=4), words="同意，期间措施要落实。")
        self._due = later

    def _granting(self, day: date, holder: Tenure) -> Tenure | None:
        """分管副校长 grants, unless it is the lead who asks or the post is vacant."""
        lead = self._hands.lead(day)
        return lead if lead.post == "deputy_principal" and lead.person != holder.person else None

    @property
    def _post(self) -> str:
        """The post that it was handed out to."""
        handed = [each for each in self.deeds if isinstance(each, MoveHazard) and "post" in each.nouns]
        return str(handed[-1].nouns["post"])

    def _submit(self) -> None:
        at = self._submitted_at()
        day = clock.local_date(at)
        self._rectifier = self._hands.holder(self._post, clock.local_date(self._issued), day)
        self._submitted(at)
        if self._occasion.fate == Fate.CLOSED and (self._due - day).days > 5 and self._chance.random() < 0.12:  # noqa: PLR2004 - some come back
            at = self._later(1, 1)
            by = self._hands.officer(clock.local_date(at), self._rectifier)
            self.move("send_back", by, at, words=self._chance.choice(NOT_ACCEPTED))
            self._submitted(self._later(1, 2))

    def _submitted(self, at: datetime) -> None:
        assert self._rectifier is not None  # noqa: S101 - set by the only caller
        day = clock.local_date(at)
        self._rectifier = self._hands.holder(self._post, clock.local_date(self._issued), day)
        self.move(
            "submit_hazard",
            self._rectifier,
            at,
            words=f"{self._found.done}。",
            pictured=self._occasion.pictured,
        )

    def _submitted_at(self) -> datetime:
        """Mostly in time; of what is closed a little late."""
        earliest = clock.local_date(self._at) + timedelta(days=1)
        latest = max(earliest, self._due)
        if self._occasion.fate != Fate.CLOSED:
            day = min(max(earliest, LAST_DAY - timedelta(days=self._chance.randint(0, 3))), LAST_DAY)
        elif self._chance.random() < LATE:
            day = self._due + timedelta(days=self._chance.randint(1, 6))
        else:
            day = earliest + timedelta(days=self._chance.randint(0, max(0, (latest - earliest).days)))
        while not self._days.working.is_working(day) and day < self._due:
            day += timedelta(days=1)
        return max(
            clock.at(day, self._chance.randint(8, 15), self._chance.randint(0, 59)),
            self._at + timedelta(minutes=20),
        )

    def _accept(self, fate: Fate) -> None:
        at = self._later(0, 2)
        day = clock.local_date(at)
        self.move("accept_hazard", self._hands.officer(day, self._rectifier), at)
        if fate == Fate.TO_RECHECK:
            return
        if self.is_above:
            at = self._later(1, 4)
            self.move("recheck_hazard", self._hands.clerk(clock.local_date(at), self._chance), at)
        if self._found.occurrence > 2:  # noqa: PLR2004 - the third time
            nouns: dict[str, Any] = {"cause": "not_done", "prevention": "列入每周必查，责任人签字。"}
            at = self._later(0, 0)
            self.move("explain_hazard", self._hands.officer(clock.local_date(at)), at, **nouns)
        if fate == Fate.TO_CLOSE:
            return
        at = self._later(0, 3)
        day = clock.local_date(at)
        by = self._hands.chief(day) if self.is_above else self._hands.lead(day, self._rectifier)
        self.move("close_hazard", by, at)
        self.closed_on = day

    def _later(self, least: int, most: int) -> datetime:
        """A working instant some days later; the same day a while later. What is open is hurried along."""
        day = clock.local_date(self._at) + timedelta(days=self._chance.randint(least, most))
        while not self._days.working.is_working(day):
            day += timedelta(days=1)
        if self._occasion.fate != Fate.CLOSED:
            day = max(min(day, LAST_DAY), clock.local_date(self._at))
        same_day = self._at + timedelta(minutes=self._chance.randint(15, 80))
        return max(clock.at(day, self._chance.randint(8, 16), self._chance.randint(0, 59)), same_day)

    def _end_of_week(self) -> datetime:
        """Friday afternoon, when the lead confirms the week's."""
        day = clock.local_date(self._at)
        day += timedelta(days=(FRIDAY - day.weekday()) % 7)
        while not self._days.working.is_working(day):
            day -= timedelta(days=1)
        return max(clock.at(day, 16, 10), self._at + timedelta(minutes=30))


LATE = 0.03
"""Of what was put right in time or late: with what is overdue today, some 4 per cent of all dates."""
FRIDAY = 4
