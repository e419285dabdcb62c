"""Who does what with hazards: in the institution, in the centre, and those who find something from above."""

from collections.abc import Iterable
from datetime import date
from random import Random

from xiaoan.config.demo.deeds import LAST_DAY
from xiaoan.config.demo.meetings import Stage
from xiaoan.config.demo.sheet import Institution
from xiaoan.config.demo.staff import Tenure

FINDERS = (
    "gate_security",
    "canteen_manager",
    "teaching_head",
    "health_teacher",
    "library_keeper",
    "office_head",
)
"""Posts whose holders report, beside the safety officer and the heads."""
VISITING = ("义务教育科", "学前教育科", "基本建设科", "体育卫生艺术科")
"""Sections that find something on their rounds."""


class Hands:
    """The people of an institution and those above it, by what they may do with its hazards."""

    def __init__(self, stage: Stage, institution: Institution) -> None:
        self._sheet, self._roster = stage.sheet, stage.roster
        self._institution = institution
        self.unit = institution.code

    @property
    def town(self) -> str:
        """The 街镇 in which the institution lies."""
        return self._sheet.groups_by_code[self._institution.group].town

    @property
    def finance(self) -> str:
        """计财科."""
        return next(each.code for each in self._sheet.sections if each.name == "计划财务科")

    @property
    def teaching_section(self) -> str:
        """义务教育科: of the cast."""
        return next(each.code for each in self._sheet.sections if each.name == "义务教育科")

    @property
    def sponsor(self) -> str:
        """The sponsor of a private institution; empty for a public one."""
        return self._institution.sponsor

    def officer(self, day: date, other_than: Tenure | None = None) -> Tenure:
        """安全员, or a lead where there is none or it must be another."""
        return self._first(("safety_officer", "deputy_principal", "principal", "secretary"), day, other_than)

    def lead(self, day: date, other_than: Tenure | None = None) -> Tenure:
        """分管副校长, or a head."""
        return self._first(("deputy_principal", "principal", "secretary"), day, other_than)

    def head(self, day: date) -> Tenure:
        """The head of the institution."""
        return self._first(("principal", "secretary"), day, None)

    def post_for(self, post: str, day: date) -> str:
        """The post, where it is held in the institution itself; its leader's where it is vacant or a department's."""
        holder = self._roster.holder(self.unit, post, day)
        if holder and holder.unit == self.unit:
            return post
        return self.lead(day).post

    def holder(self, post: str, since: date, day: date) -> Tenure:
        """Who submits: the longest holder of the post since the order; the safety officer where it changed hands."""
        held, now = (
            min(self._roster.holders(self.unit, post, each), key=lambda one: one.starts, default=None)
            for each in (since, day)
        )
        return now if now and now == held else self.officer(day)

    def named(self, post: str) -> Tenure:
        """Who holds a post of the institution on the last day."""
        return self._first((post, "deputy_principal", "principal"), LAST_DAY, None)

    def reporter(self, day: date, chance: Random) -> Tenure:
        """Who reports in the institution: mostly the safety officer."""
        if chance.random() < 0.7:  # noqa: PLR2004 - mostly
            return self.officer(day)
        others = [held for post in FINDERS if (held := self._roster.holder(self.unit, post, day))]
        return chance.choice([*(each for each in others if each.unit == self.unit), self.lead(day)])

    def chief(self, day: date) -> Tenure:
        """The head of the centre's safety section: of the cast."""
        return self._roster.holders(self._sheet.centre.code, "centre_safety_chief", day)[0]

    def clerk(self, day: date, chance: Random) -> Tenure:
        """Somebody of the safety section; the last of them looks back and does nothing else."""
        return chance.choice(self._roster.holders(self._sheet.centre.code, "centre_safety_staff", day)[:-1])

    def looker(self, day: date) -> Tenure:
        """Who looks at what was closed."""
        return self._roster.holders(self._sheet.centre.code, "centre_safety_staff", day)[-1]

    def deputy(self, day: date) -> Tenure:
        """分管局长."""
        return self._roster.holders(self._sheet.bureau.code, "deputy_director", day)[0]

    def legal(self, day: date) -> Tenure:
        """法制科: of the cast."""
        section = next(each for each in self._sheet.sections if each.name == "法制科")
        return self._roster.holders(section.code, "legal_staff", day)[0]

    def from_above(self, source: str, day: date, chance: Random) -> tuple[Tenure, str]:
        """Who enters what was found from above, and the finder's name where that is somebody else."""
        if source == "centre":
            inspectors = self._roster.holders(self._sheet.centre.code, "centre_inspector", day)
            return chance.choice(inspectors), ""
        if source == "bureau":
            sections = [each.code for each in self._sheet.sections if each.name in VISITING]
            return self._roster.holders(chance.choice(sections), "section_chief", day)[0], ""
        if source == "inspector":
            return chance.choice(
                self._roster.holders(self._sheet.bureau.code, "education_inspector", day)
            ), ""
        return self.clerk(day, chance), self._outsider(source, day, chance)

    def _outsider(self, source: str, day: date, chance: Random) -> str:
        """The name under which an outsider's or a group's finding stands."""
        if source == "third_party":
            company = self._sheet.third_parties[0]
            person = chance.choice(self._roster.holders(company.code, "third_party_inspector", day)).person
            return f"{company.name} {person.name}"
        if source == "group":
            return self._sheet.groups_by_code[self._institution.group].name
        return chance.choice(("区消防救援支队", "区市场监督管理局", "公安分局"))

    def _first(self, posts: Iterable[str], day: date, other_than: Tenure | None) -> Tenure:
        """The first holder of these posts who is another person."""
        held = (self._roster.holder(self.unit, post, day) for post in posts)
        barred = other_than.person if other_than else None
        return next(each for each in held if each and each.person != barred)
