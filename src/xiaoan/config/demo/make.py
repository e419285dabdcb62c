"""Making the demo district, step by step, in whatever database is connected."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path

from django.utils import translation

from xiaoan.config.demo import founding, register, staff
from xiaoan.config.demo.acting import Theatre
from xiaoan.config.demo.cast import give_accounts
from xiaoan.config.demo.chance import keys_by_dice
from xiaoan.config.demo.checklists import checklist_story
from xiaoan.config.demo.console import Console, Says
from xiaoan.config.demo.deeds import LAST_DAY, Days, Deed, Roster
from xiaoan.config.demo.hazard_past import IMPORTED_ON, as_table
from xiaoan.config.demo.hazards import HazardStory, hazard_story
from xiaoan.config.demo.meetings import Stage
from xiaoan.config.demo.remarks import remark_story
from xiaoan.config.demo.settling import call_the_day, follow_posts, let_the_calendar_work, mondays, settle
from xiaoan.config.demo.sheet import Sheet, post_titles, read_sheet
from xiaoan.config.demo.story import story
from xiaoan.config.demo.tables import bring_in
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.organisations.queries import breaks, working_days
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for
from xiaoan.plans.models import PackVersion

OPENING_DAY = date(2024, 10, 8)
"""The platform opens in the week in which the plan is issued."""
CONFIRMED_ON = date(2024, 10, 21)
CHANGES_BROUGHT_IN = (date(2025, 4, 2), date(2025, 8, 21), date(2025, 11, 25))
"""The days on which changes of people are brought in."""
NEW_SCHOOL_YEAR = date(2025, 9, 10)
LAST_YEAR = 0.985
"""Enrolment of the first school year against the names file, which tells the second."""

Interlude = tuple[datetime, Callable[[], None]]


def make_district(folder: Path, institutions: int, console: Console) -> None:
    """Fill an empty, migrated database with the demo district of a pack.

    What is stored (untold reasons of cells) is Chinese, whatever the console speaks.
    """
    with translation.override("zh-hans"), keys_by_dice():
        _Making(folder, read_sheet(folder).resized(institutions), console).run()


class _Making:
    """One making: what the steps hand on to each other."""

    def __init__(self, folder: Path, sheet: Sheet, console: Console) -> None:
        self._folder, self._sheet, self._console = folder, sheet, console
        self._titles = post_titles(folder)
        self._staff = staff.staff_of(sheet)
        self._password = founding.credential()
        self._admin: Actor
        self._version: PackVersion

    def run(self) -> None:
        """All steps, in the order of time."""
        step = self._console.step
        with step(Says("建立教育局，载入并发布规则库", "The bureau, its administrators, the pack")):
            self._found()
        with step(Says("从 Excel 导入单位和部位", "Units and places from Excel")):
            self._bring_units(LAST_YEAR, clock.at(OPENING_DAY, 10))
            self._bring_places()
        with step(Says("从 Excel 导入人员和任职", "People and appointments from Excel")):
            self._bring_people(OPENING_DAY, date.min, self._admin, self._admin)
        self._act_out()
        with step(Says("开通登录", "Accounts of the cast")), clock.held_at(clock.at(LAST_DAY, 18)):
            give_accounts(self._sheet, self._staff, self._admin, self._password)
        with step(Says("计算每个单位的任务完成情况", "Counting what every unit has done")):
            settle(actor_for(self._person(founding.AUDITOR)))
            call_the_day()

    def _found(self) -> None:
        """The district and the pack."""
        with clock.held_at(clock.at(OPENING_DAY, 9)):
            self._admin = founding.open_platform(self._sheet)
        with clock.held_at(clock.at(OPENING_DAY, 9, 30)):
            self._version = founding.publish(self._folder, self._admin)

    def _bring_units(self, share: float, at: datetime) -> None:
        """The register of units, with the enrolment of its school year."""
        with clock.held_at(at):
            rows = register.unit_rows(self._sheet, share=share)
            bring_in("units", register.UNIT_HEADINGS, rows, actor_for(self._person(founding.ADMIN)))

    def _bring_places(self) -> None:
        """The register of places."""
        with clock.held_at(clock.at(OPENING_DAY, 10, 30)):
            rows = register.place_rows(self._sheet, self._titles)
            bring_in("places", register.PLACE_HEADINGS, rows, self._admin)

    def _bring_people(self, day: date, before: date, keeper: Actor, appointing: Actor) -> None:
        """Who has come, and what begins and ends, since the import before."""
        people = self._staff.people_known(day, before)
        if before == date.min:
            people += [[line.login, line.name, None] for line in founding.platform_of(self._sheet).values()]
        with clock.held_at(clock.at(day, 11)):
            bring_in("people", staff.PEOPLE_HEADINGS, people, keeper)
            if before == date.min:
                founding.appoint_guardians(self._sheet, self._admin)
            rows = self._staff.appointments_known(day, before, self._titles)
            bring_in("appointments", staff.APPOINTMENT_HEADINGS, rows, appointing)

    def _act_out(self) -> None:
        """The past, day by day; between its deeds people change and the school year begins."""
        deeds: list[Deed] = story(self._stage, self._hazards)
        theatre = Theatre(actor_for(self._person(founding.AUDITOR)))
        interludes = sorted(self._interludes(theatre), key=lambda pair: pair[0])
        says = Says("演出两个学年的会议、部署、述职和隐患", "Acting out meetings, sessions, reports, hazards")
        with self._console.step(says, total=len(deeds)) as tick:
            for deed in deeds:
                while interludes and interludes[0][0] <= deed.at:
                    interludes.pop(0)[1]()
                    theatre.forget()
                theatre.act(deed)
                tick()

    def _interludes(self, theatre: Theatre) -> list[Interlude]:
        """What else happens in these months, by its instant."""
        found: list[Interlude] = [
            (clock.at(CONFIRMED_ON, 10), self._confirm),
            (
                clock.at(NEW_SCHOOL_YEAR, 10),
                lambda: self._bring_units(1.0, clock.at(NEW_SCHOOL_YEAR, 10)),
            ),
            (clock.at(IMPORTED_ON, 10), self._bring_old_ledger),
            *((clock.at(day, 5), partial(follow_posts, day)) for day in self._changing_mondays()),
            *((clock.at(day, 5), partial(let_the_calendar_work, day)) for day in mondays(IMPORTED_ON)),
            *remark_story(self._person),
            *checklist_story(self._person),
        ]
        before = OPENING_DAY
        for day in CHANGES_BROUGHT_IN:
            found.append((clock.at(day, 11), self._change_of_people(day, before, theatre)))
            before = day
        return found

    def _changing_mondays(self) -> Iterator[date]:
        """The Mondays before which somebody came to a post, left one, or changes were brought in."""
        changes = set(CHANGES_BROUGHT_IN)
        for each in self._staff.tenures:
            changes |= {each.starts} | ({each.ends + timedelta(days=1)} if each.ends else set())
        for day in mondays(IMPORTED_ON):
            if any(day - timedelta(days=past) in changes for past in range(7)):
                yield day

    def _bring_old_ledger(self) -> None:
        """The hazards of the terms before, from the ledger that schools kept in Excel."""
        headings, rows = as_table(self._hazards.old_rows)
        with clock.held_at(clock.at(IMPORTED_ON, 10)):
            bring_in("hazards", headings, rows, actor_for(self._person("centre_safety_chief")))

    def _change_of_people(self, day: date, before: date, theatre: Theatre) -> Callable[[], None]:
        """An import of changes: people by the centre, appointments by the security officer."""

        def bring() -> None:
            with clock.held_at(clock.at(day, 11)):
                keeper = actor_for(self._person("centre_safety_chief"))
                officer = actor_for(self._person(founding.OFFICER))
            self._bring_people(day, before, keeper, officer)
            theatre.open_doors()

        return bring

    def _confirm(self) -> None:
        """The bureau stands by the parameters."""
        with clock.held_at(clock.at(CONFIRMED_ON, 10)):
            founding.confirm(self._version, actor_for(self._person("deputy_director")))

    @cached_property
    def _hazards(self) -> HazardStory:
        """What was found and what became of it."""
        return hazard_story(self._stage)

    @cached_property
    def _stage(self) -> Stage:
        """What the acting needs; the calendar came with the pack."""
        district = self._admin.district_id
        days = Days(working_days(district), tuple(breaks(district)))
        return Stage(self._sheet, Roster(self._staff.tenures), days)

    def _person(self, post: str) -> Person:
        """The member of the cast in a post or platform role."""
        line = next(line for line in self._sheet.cast if post in {line.post, line.role})
        member = self._staff.cast.get(line.login)
        people = Person.objects.visible_to(self._admin)
        person: Person = people.get(staff_no=member.staff_no if member else line.login)
        return person
