"""The people of the district and what they hold from when to when, as rows of the two imports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from xiaoan.config.demo import posts
from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.names import invented_names
from xiaoan.config.demo.register import Cells, departments_of, traits_of
from xiaoan.config.demo.sheet import Institution, Named, Sheet, digits_of
from xiaoan.config.demo.turnover import Turnovers, one_head_units, turnovers

PEOPLE_HEADINGS = ["工号*", "姓名*", "手机"]
APPOINTMENT_HEADINGS = ["工号*", "单位编码*", "岗位*", "起始日期*", "结束日期"]

AHEAD = timedelta(days=14)
"""How long before its day a change of post is in the table that is imported."""
MEMBERS_PER_GROUP = 2
GROUP_POSTS = {"group_leader", "group_member"}
GROUPS_SINCE = date(2024, 9, 9)
"""The groups were formed anew for the school year in which the plan came."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented, by 工号."""

    staff_no: str
    name: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in a post at a unit, from a day to a day."""

    person: Person
    unit: str
    post: str
    starts: date
    ends: date | None


@dataclass(slots=True)
class Staff:
    """Everybody, and what they hold."""

    tenures: list[Tenure] = field(default_factory=list)
    cast: dict[str, Person] = field(default_factory=dict)
    """The people of the log-in page by their user name; not the platform's three."""

    def people_known(self, day: date, before: date) -> list[Cells]:
        """Rows of the people import of a day; `before` is the day of the import before it."""
        known = {each.person for each in self.tenures if _is_news(each.starts, before, day)}
        already = {each.person for each in self.tenures if each.starts <= before + AHEAD}
        news = sorted(known - already, key=lambda person: person.staff_no)
        return [[person.staff_no, person.name, None] for person in news]

    def appointments_known(self, day: date, before: date, titles: dict[str, str]) -> list[Cells]:
        """Rows of the appointments import of a day: what begins, and what is known to end."""
        return [
            [
                each.person.staff_no,
                each.unit,
                titles[each.post],
                each.starts,
                each.ends if each.ends and each.ends <= day + AHEAD else None,
            ]
            for each in self.tenures
            if _is_news(each.starts, before, day) or (each.ends and _is_news(each.ends, before, day))
        ]


def _is_news(change: date, before: date, day: date) -> bool:
    """Whether a change is first told in the import of a day."""
    return before + AHEAD < change <= day + AHEAD


def staff_of(sheet: Sheet) -> Staff:
    """Everybody of the district."""
    return _Hiring(sheet).all()


class _Hiring:
    """Fills seats with people, one after the other, so that names and numbers follow the order of the file."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._names = invented_names(sheet)
        self._numbers: Counter[str] = Counter()
        self._cast = {(line.unit, line.post): line for line in sheet.cast if line.post}
        self._staff = Staff()

    def all(self) -> Staff:
        """Offices first, then institutions, then what stands outside."""
        sheet = self._sheet
        self._fill(sheet.bureau, posts.BUREAU)
        for section in sheet.sections:
            self._fill(section, posts.SECTIONS.get(section.name, posts.SECTION))
        self._fill(sheet.centre, posts.CENTRE)
        self._fill_institutions()
        for unit in sheet.third_parties:
            self._fill(unit, posts.THIRD_PARTY)
        for post, units in (
            ("guard_company_manager", sheet.guard_companies),
            ("sponsor_representative", sheet.sponsors),
            ("partner_contact", (*sheet.partners, *sheet.towns)),
        ):
            for unit in units:
                self._fill(unit, ((post, 1),))
        return self._staff

    def _fill(self, unit: Named, wanted: Iterable[tuple[str, int]]) -> None:
        """Some people in each post of an office; the first of a post is of the cast, where it names one."""
        for post, count in wanted:
            for number in range(count):
                person = self._hired(unit.code, (post,), invented=number > 0)
                since = _since(unit.code, post, number)
                self._staff.tenures.append(Tenure(person, unit.code, post, since, None))

    def _fill_institutions(self) -> None:
        """Heads, deputies, officers and holders of every institution."""
        one_head = one_head_units(self._sheet)
        changes = turnovers(self._sheet, one_head)
        circle = _circle_posts(self._sheet)
        for each in self._sheet.institutions:
            for place, seat in enumerate(
                posts.seats_of(traits_of(self._sheet, each), one_head=each.code in one_head)
            ):
                self._staff.tenures += self._seated(
                    each, seat + circle.get((each.code, seat[0]), ()), place, changes
                )

    def _seated(
        self, each: Institution, seat: posts.Seat, place: int, changes: Turnovers
    ) -> Iterator[Tenure]:
        """The tenures of a seat: one person, or two after each other. The cast holds its seats today."""
        unit = self._unit_of(each, seat[0])
        since = _since(each.code, seat[0], place)
        change = next((changes[each.code, post] for post in seat if (each.code, post) in changes), None)
        if change is None:
            person = self._hired(each.code, seat)
            yield from (Tenure(person, unit, post, _begins(post, since), None) for post in seat)
            return
        leaving = self._hired(each.code, seat, invented=True)
        yield from (Tenure(leaving, unit, post, _begins(post, since), change.leaves) for post in seat)
        if change.follows:
            person = self._hired(each.code, seat)
            yield from (Tenure(person, unit, post, change.follows, None) for post in seat)

    def _unit_of(self, each: Institution, post: str) -> str:
        """The department of a post, where the institution has it."""
        named = {name: code for code, name in departments_of(self._sheet, each).items()}
        return named.get(posts.DEPARTMENT_OF.get(post, ""), each.code)

    def _hired(self, unit: str, seat: posts.Seat, *, invented: bool = False) -> Person:
        """A new person of a unit: of the cast, where it names one for a post of the seat."""
        self._numbers[unit] += 1
        number = f"{digits_of(unit)}{self._numbers[unit]:02d}"
        line = next((self._cast[unit, post] for post in seat if (unit, post) in self._cast), None)
        if invented or line is None:
            return Person(number, next(self._names))
        person = Person(number, line.name)
        self._staff.cast[line.login] = person
        return person


def _begins(post: str, since: date) -> date:
    """The first day in a post of somebody who works there since a day."""
    return max(since, GROUPS_SINCE) if post in GROUP_POSTS else since


def _since(unit: str, post: str, number: int) -> date:
    """Since when somebody holds a post: mostly the first of a September before the plan."""
    chance = dice("since", unit, post, number)
    year = chance.randint(2016, 2023)
    if chance.random() < 0.7:  # noqa: PLR2004 - most posts change with the school year
        return date(year, 9, 1)
    return date(year, chance.randint(1, 12), chance.randint(1, 28))


def _circle_posts(sheet: Sheet) -> dict[tuple[str, str], posts.Seat]:
    """Leaders and members of the groups: heads and deputies of member institutions, by unit and main post."""
    leading = {line.unit for line in sheet.cast if line.post == "group_leader"}
    found: dict[tuple[str, str], posts.Seat] = {}
    for group in sheet.groups:
        members = [each.code for each in sheet.institutions if each.group == group.code]
        dice("group", group.code).shuffle(members)
        members.sort(key=lambda code: code not in leading)
        for code in members[:1]:
            found[code, "principal"] = ("group_leader",)
        for code in members[1 : 1 + MEMBERS_PER_GROUP]:
            found[code, "deputy_principal"] = ("group_member",)
    return found
