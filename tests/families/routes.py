"""Every address of the site, read from the URL configuration, and how the families call it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.families.oracle import codes, reaches, sees, today_of
from tests.families.world import Spot
from xiaoan.ledgers.tests.factories import MEETING, REVIEW
from xiaoan.people.models import Person

NOBODY = UUID("00000000-0000-7000-8000-000000000000")
"""The key of nothing."""
NO_CODE = "ZZ9.9"
DUTY = "A1.1"
TABLE = (("kind", "units"),)
BOOK = (("kind", REVIEW),)


@dataclass(frozen=True)
class Route:
    """An address of the URL configuration."""

    name: str
    words: frozenset[str]
    """The names of its changing parts."""
    needs_sign_in: bool


@cache
def routes() -> dict[str, Route]:
    """All addresses by their full name."""
    return {route.name: route for route in _walk(get_resolver().url_patterns, "", frozenset())}


def _walk(patterns, prefix: str, words: frozenset[str]) -> Iterator[Route]:
    for each in patterns:
        inside = words | set(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from _walk(
                each.url_patterns, f"{prefix}{each.namespace}:" if each.namespace else prefix, inside
            )
        elif isinstance(each, URLPattern):
            needs_sign_in = getattr(each.callback, "login_required", True)
            yield Route(f"{prefix}{each.name}", frozenset(inside), needs_sign_in)


Sees = Callable[[Person, Spot], bool]


@dataclass(frozen=True)
class Recipe:
    """How the families call an address.

    `opener` is somebody at the first spot who gets the page. `where` fills the changing parts for a thing of
    a spot; `sees` says who may see that thing. Addresses without a thing have neither.
    """

    opener: str = "shen"
    fixed: tuple[tuple[str, str], ...] = ()
    where: Callable[[Spot], dict[str, object]] | None = None
    sees: Sees | None = None
    post_only: bool = False
    kind: str = "list"
    """The limit of statements that holds for it (`test_statements`)."""

    def parts(self, spot: Spot) -> dict[str, object]:
        """The changing parts of the address of a spot's thing."""
        return dict(self.fixed) | (self.where(spot) if self.where else {})

    def missing(self, spot: Spot) -> dict[str, object]:
        """The same for a thing that is not there."""
        things = self.where(spot) if self.where else {}
        return dict(self.fixed) | {
            name: NOBODY if isinstance(value, UUID) else NO_CODE for name, value in things.items()
        }


def works_with_packs(person: Person, spot: Spot) -> bool:
    """The pages of packs are for those who load or confirm them."""
    roles = [held.post.role for held in today_of(person)]
    work = any(codes(name, role) for name in ("plans.load_pack", "plans.confirm_parameter") for role in roles)
    return work and sees(person, spot.published)


def reads_plan(person: Person, _spot: Spot) -> bool:
    """Both districts of the world have the same duties, so whoever reads a plan reads this duty."""
    return any(codes("plans.read_plan", held.post.role) & {"D", "U"} for held in today_of(person))


def reads_quarters(person: Person, _spot: Spot) -> bool:
    """Both districts have the same quarters; how one stands is for whoever reads the cells of a whole district."""
    cells = any(codes("plans.read_cells", held.post.role) & {"D", "U"} for held in today_of(person))
    return cells and sees(person, person.district)


def opens_profile(person: Person, spot: Spot) -> bool:
    """A profile is for who sees the institution and reads what it owes."""
    return sees(person, spot.unit) and reaches(
        person, "plans.read_cells", district=spot.district.pk, unit=spot.unit
    )


def holds_below_bureau(person: Person, spot: Spot) -> bool:
    """The page of a holder is that of one's own unit."""
    below = any(not held.unit.oversees for held in today_of(person))
    return below and reads_plan(person, spot)


def imports_units(person: Person, spot: Spot) -> bool:
    """One's own draft, for who imports units."""
    own = person.pk == spot.units_draft.person_id
    return own and reaches(
        person, "organisations.import_units", district=spot.district.pk, unit=spot.district
    )


def _pack(**values) -> Recipe:
    return Recipe("bai", where=lambda spot: {"pack_id": spot.published.pk}, sees=works_with_packs, **values)


def _draft(**values) -> Recipe:
    where = lambda spot: {"draft_id": spot.units_draft.pk}  # noqa: E731 - as the others
    return Recipe("gu", TABLE, where, imports_units, kind="detail", **values)


def imports_hazards(person: Person, spot: Spot) -> bool:
    """One's own draft, for who imports old ledgers."""
    own = person.pk == spot.old_ledger_draft.person_id
    return own and reaches(
        person, "hazards.import_hazards", district=spot.district.pk, unit=spot.district, own=[person.pk]
    )


def _old_ledger(**values) -> Recipe:
    where = lambda spot: {"draft_id": spot.old_ledger_draft.pk}  # noqa: E731 - as the others
    return Recipe("gu", where=where, sees=imports_hazards, kind="detail", **values)


def _person(opener: str) -> Recipe:
    return Recipe(
        opener,
        where=lambda spot: {"person_id": spot.person.pk},
        sees=lambda who, spot: sees(who, spot.person),
        kind="detail",
    )


def _cell(opener: str, kind: str) -> Recipe:
    return Recipe(
        opener,
        where=lambda spot: {"cell_id": spot.cell.pk},
        sees=lambda who, spot: sees(who, spot.cell),
        kind=kind,
    )


def _entry(kind: str) -> Recipe:
    return Recipe(
        "lin",
        where=lambda spot: {"pk": spot.entry.pk},
        sees=lambda who, spot: sees(who, spot.entry),
        kind=kind,
    )


def _risk() -> Recipe:
    return Recipe(
        where=lambda spot: {"pk": spot.risk.pk},
        sees=lambda who, spot: sees(who, spot.risk),
        kind="detail",
    )


def _checklist(opener: str = "shen", **values) -> Recipe:
    return Recipe(
        opener,
        where=lambda spot: {"pk": spot.checklist.pk},
        sees=lambda who, spot: sees(who, spot.checklist),
        kind="detail",
        **values,
    )


def _checklist_draft() -> Recipe:
    return Recipe(
        "gu",
        where=lambda spot: {"pk": spot.checklist.pk},
        sees=lambda who, spot: sees(who, spot.draft),
        kind="detail",
    )


def _hazard(**fixed: str) -> Recipe:
    return Recipe(
        fixed=tuple(fixed.items()),
        where=lambda spot: {"pk": spot.trouble.hazards["handed out"].pk},
        sees=lambda who, spot: sees(who, spot.trouble.hazards["handed out"]),
        kind="detail",
    )


def _side(opener: str, name: str, verb: str) -> Recipe:
    """The page of a move of what hangs on a hazard."""
    return Recipe(
        opener,
        fixed=(("verb", verb),),
        where=lambda spot: {"pk": getattr(spot.trouble, name).pk},
        sees=lambda who, spot: sees(who, getattr(spot.trouble, name)),
        kind="detail",
    )


def _remark(**values) -> Recipe:
    return Recipe(
        "gu",
        where=lambda spot: {"pk": spot.remark.pk},
        sees=lambda who, spot: sees(who, spot.remark),
        **values,
    )


def _photo(**fixed: str) -> Recipe:
    return Recipe(
        "shen",
        fixed=tuple(fixed.items()),
        where=lambda spot: {"pk": spot.photo.pk},
        sees=lambda who, spot: sees(who, spot.entry),
        kind="detail",
    )


RECIPES: dict[str, Recipe] = {
    "today": Recipe(kind="plan"),  # it reads every module once, as the overview does
    "me": Recipe(),
    "search": Recipe(kind="search"),
    "help": Recipe(),
    "guide": Recipe(fixed=(("name", "safety_officer"),)),
    "set_language": Recipe(post_only=True),
    "login": Recipe(),
    "logout": Recipe(post_only=True),
    "people:people": Recipe("lin"),
    "people:person": _person("lin"),
    "people:accounts": Recipe("system_admin"),
    "people:open_account": _person("system_admin"),
    "people:reset_password": _person("system_admin"),
    "people:appoint": _person("security_officer"),
    "people:end_appointment": Recipe(
        "security_officer",
        where=lambda spot: {"appointment_id": spot.appointment.pk},
        sees=lambda who, spot: sees(who, spot.appointment),
        kind="detail",
    ),
    "people:supervise": Recipe(
        "bai",
        where=lambda spot: {"unit_id": spot.section.pk},
        sees=lambda who, spot: sees(who, spot.section),
        kind="detail",
    ),
    "people:end_supervision": Recipe(
        "bai",
        where=lambda spot: {"supervision_id": spot.supervision.pk},
        sees=lambda who, spot: sees(who, spot.supervision),
        kind="detail",
    ),
    "people:password": Recipe(),
    "people:demo_sign_in": Recipe(post_only=True),
    "views:save": Recipe(post_only=True),
    "views:delete": Recipe(
        where=lambda spot: {"pk": spot.view.pk},
        sees=lambda who, spot: who.pk == spot.view.person_id,
        post_only=True,
    ),
    "organisations:units": Recipe("gu"),
    "organisations:unit": Recipe(
        "lin",
        where=lambda spot: {"unit_id": spot.unit.pk},
        sees=lambda who, spot: sees(who, spot.unit),
        kind="detail",
    ),
    "insight:profiles": Recipe("gu"),
    "insight:own_profile": Recipe("lin", kind="detail"),
    "insight:profile": Recipe(
        "lin", where=lambda spot: {"unit_id": spot.unit.pk}, sees=opens_profile, kind="detail"
    ),
    "organisations:imports": Recipe("gu"),
    "organisations:import": Recipe("gu", fixed=TABLE),
    "organisations:import_template": Recipe("gu", fixed=TABLE),
    "organisations:import_draft": _draft(),
    "organisations:import_progress": _draft(),
    "organisations:cancel_import": _draft(post_only=True),
    "messages:inbox": Recipe(),
    "messages:read_all": Recipe(post_only=True),
    "messages:open": Recipe(
        where=lambda spot: {"pk": spot.message.pk},
        sees=lambda who, spot: sees(who, spot.message),
        post_only=True,
    ),
    "feedback:remarks": Recipe("gu"),
    "feedback:new": Recipe(),
    "feedback:remark": _remark(kind="detail"),
    "feedback:withdraw": _remark(post_only=True),
    "insight:overview": Recipe("bai", kind="plan"),
    "plans:plan": Recipe("gu", kind="plan"),
    "plans:duties": Recipe("gu"),
    "plans:duty": Recipe("gu", where=lambda _spot: {"code": DUTY}, sees=reads_plan, kind="detail"),
    "plans:cells": Recipe("gu"),
    "plans:cell": _cell("lin", "detail"),
    "plans:waive": _cell("bai", "detail"),
    "plans:lift": _cell("bai", "detail"),
    "plans:reason": _cell("lin", "detail"),
    "plans:settle": Recipe("bai", where=lambda _spot: {"code": "2025Q3"}, sees=reads_quarters, kind="detail"),
    "plans:holders": Recipe("lin"),
    "plans:holder": Recipe("lin", where=lambda _spot: {"code": DUTY}, sees=holds_below_bureau, kind="detail"),
    "plans:packs": Recipe("bai"),
    "plans:pack": _pack(kind="detail"),
    "plans:publish": _pack(post_only=True),
    "plans:confirm": _pack(kind="detail"),
    "plans:attach": _pack(kind="detail"),
    "ledgers:kinds": Recipe(),
    "ledgers:entries": Recipe(fixed=(("kind", MEETING),)),
    "ledgers:record": Recipe(fixed=(("kind", MEETING),)),
    "ledgers:import": Recipe(fixed=BOOK),
    "ledgers:template": Recipe(fixed=BOOK),
    "ledgers:draft": Recipe(
        fixed=BOOK,
        where=lambda spot: {"pk": spot.ledger_draft.pk},
        sees=lambda who, spot: who.pk == spot.ledger_draft.person_id,
        kind="detail",
    ),
    "ledgers:entry": _entry("detail"),
    "ledgers:correct": _entry("detail"),
    "ledgers:void": _entry("detail"),
    "ledgers:item": Recipe(
        "shen",
        where=lambda spot: {"pk": spot.item.pk},
        sees=lambda who, spot: sees(who, spot.item),
        kind="detail",
    ),
    "hazards:hazards": Recipe(),
    "hazards:report": Recipe(),
    "hazards:confirm": Recipe("chen"),
    "hazards:several": Recipe("chen", (("verb", "urge"),)),
    "hazards:hazard": _hazard(),
    "hazards:move": _hazard(verb="suspect"),
    "hazards:extension": _side("chen", "extension", "grant"),
    "hazards:referral": _side("gu", "referral", "answer"),
    "hazards:import": Recipe("gu"),
    "hazards:import_template": Recipe("gu"),
    "hazards:import_draft": _old_ledger(),
    "hazards:import_progress": _old_ledger(),
    "hazards:cancel_import": _old_ledger(post_only=True),
    "risks:risks": Recipe(),
    "risks:add": Recipe(),
    "risks:starter": Recipe(),
    "risks:review": Recipe(),
    "risks:risk": _risk(),
    "risks:change": _risk(),
    "risks:retire": _risk(),
    "inspections:checklists": Recipe(),
    "inspections:checklist": _checklist(),
    "inspections:version": _checklist(fixed=(("number", 1),)),
    "inspections:paper": _checklist(),
    "inspections:adapt": _checklist("gu"),
    "inspections:draft": _checklist_draft(),
    "inspections:drop": _checklist_draft(),
    "inspections:settle": _checklist("gu"),
    "attachments:copy": _photo(size="view"),
    "attachments:original": _photo(),
}
"""One line for every address; `test_addresses` fails on an address without one."""

PUBLIC = {
    "login": "it is the way in",
    "logout": "leaving is never refused",
    "set_language": "the log-in page offers it",
    "people:demo_sign_in": "one click of the demo's log-in page; without the demo it is not found",
}
CATALOGUES = {
    "kind": "the name of a kind of table or record: the same list for everybody in a district",
    "verb": "the name of a move: the same table for everybody",
    "size": "the name of a copy: view or thumbnail",
    "number": "the number of a version: each list begins with the first",
    "name": "the name of a guide: the same twelve for everybody",
}
"""Changing parts that name no thing of anybody's."""


def address(name: str, parts: dict[str, object]) -> str:
    """The path of an address."""
    return reverse(name, kwargs=parts)
