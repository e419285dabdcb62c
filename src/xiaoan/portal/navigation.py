"""The whole menu, readable in one file. It shows only what is built and what the person may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.ui.navigation import NavigationItem
from xiaoan.messages.queries import COUNTED_TO, unread_count


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the menu: its words, where it leads, and which of the acts or readings open it."""

    label: Words
    route: str
    icon: str = ""
    opened_by: tuple[str, ...] = ()
    children: tuple["Entry", ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A page to go to, with the word of the menu that it stands under."""

    label: Words
    url: str
    icon: str
    above: Words = ""


READS_CELLS = ("plans.read_cells",)
PLAN = Entry(
    _("三年行动"),
    "plans:plan",
    "document",
    READS_CELLS,
    (
        Entry(_("方案原文"), "plans:plan", opened_by=READS_CELLS),
        Entry(_("任务清单"), "plans:duties", opened_by=READS_CELLS),
        Entry(_("任务完成情况"), "plans:cells", opened_by=READS_CELLS),
        Entry(_("责任人"), "plans:holders", opened_by=("plans.name_holder",)),
    ),
)
LEDGERS = Entry(_("台账"), "ledgers:kinds", "ledger", ("ledgers.read_entries",))
RISKS = Entry(
    _("风险与事件"),
    "risks:risks",
    "risk",
    ("risks.read_risks",),
    (
        Entry(_("风险清单"), "risks:risks", opened_by=("risks.read_risks",)),
        Entry(_("学期复核"), "risks:review", opened_by=("risks.review_risks",)),
    ),
)
REPORT = Entry(_("随手报"), "hazards:report", "camera", ("hazards.report_hazard",))
HAZARDS = Entry(
    _("隐患整治"),
    "hazards:hazards",
    "alert",
    ("hazards.read_hazards",),
    (
        Entry(_("隐患台账"), "hazards:hazards", opened_by=("hazards.read_hazards",)),
        Entry(_("上报隐患"), "hazards:report", opened_by=("hazards.report_hazard",)),
        Entry(_("确认当场整改"), "hazards:confirm", opened_by=("hazards.confirm_fix",)),
    ),
)
CHECKLISTS = ("inspections.read_checklists",)
INSPECTIONS = Entry(
    _("检查督查"),
    "inspections:checklists",
    "check-list",
    CHECKLISTS,
    (Entry(_("检查表"), "inspections:checklists", opened_by=CHECKLISTS),),
)
OVERVIEW = Entry(_("全区总览"), "insight:overview", "grid", ("hazards.read_tallies",))
PROFILES = Entry(_("学校档案"), "insight:profiles", "school", ("hazards.read_tallies",))
OWN_PROFILE = Entry(_("本校档案"), "insight:own_profile", "school", ("plans.give_reason",))
MENU = (
    Entry(_("工作台"), "today", "home"),
    OVERVIEW,
    PLAN,
    HAZARDS,
    INSPECTIONS,
    LEDGERS,
    RISKS,
    PROFILES,
    OWN_PROFILE,
    Entry(
        _("单位人员"),
        "organisations:units",
        "tree",
        ("organisations.read_places",),
        (
            Entry(
                pgettext_lazy("plural", "单位"),
                "organisations:units",
                opened_by=("organisations.read_places",),
            ),
            Entry(_("人员"), "people:people", opened_by=("people.read_supervision",)),
            Entry(_("账号管理"), "people:accounts", opened_by=("people.open_accounts",)),
        ),
    ),
    Entry(
        _("系统管理"),
        "plans:packs",
        "gear",
        ("plans.load_pack", "organisations.import_units", "people.import_appointments"),
        (
            Entry(_("规则库"), "plans:packs", opened_by=("plans.load_pack",)),
            Entry(
                _("数据导入"),
                "organisations:imports",
                opened_by=("organisations.import_units", "people.import_appointments"),
            ),
        ),
        apart=True,
    ),
)
TABS = (
    Entry(_("今日"), "today", "home"),
    REPORT,
    Entry(_("隐患"), "hazards:hazards", "alert", ("hazards.read_hazards",)),
    LEDGERS,
    Entry(_("我的"), "me", "person"),
)
BELL = Entry(_("消息"), "messages:inbox", "bell", ("messages.read_messages",))


def menu_for(request: HttpRequest, entries: Sequence[Entry], actor: Actor) -> list[NavigationItem]:
    """The entries that are open to an actor, with the one they stand on marked."""
    shown = [entry for entry in entries if _is_open(entry, actor)]
    here = _closest(
        request.path, [_address(each) for entry in (*MENU, *TABS) for each in (entry, *entry.children)]
    )
    return [_item(entry, actor, request.path, here) for entry in shown]


def places_for(request: HttpRequest, actor: Actor) -> list[Place]:
    """What the tabs of a phone leave out: every page below a menu entry, and entries that have no tab."""
    tabs = {_address(entry) for entry in TABS}
    places: list[Place] = []
    for item in menu_for(request, MENU, actor):
        places += [Place(child.label, child.url, item.icon, item.label) for child in item.children]
        if not item.children and item.url not in tabs:
            places.append(Place(item.label, item.url, item.icon))
    return places


def bell_for(request: HttpRequest, actor: Actor) -> NavigationItem | None:
    """消息 with how many are new (one statement); None for who has no inbox."""
    if not _is_open(BELL, actor):
        return None
    found, url = unread_count(actor), _address(BELL)
    number = f"{COUNTED_TO - 1}+" if found >= COUNTED_TO else found
    words = _("%(number)s 条未读") % {"number": number} if found else ""
    return NavigationItem(BELL.label, url, BELL.icon, _mark(request.path, url, url), number, words)


def _is_open(entry: Entry, actor: Actor) -> bool:
    """Whether any of the entry's acts or readings is granted to the actor anywhere."""
    return not entry.opened_by or any(holds_anywhere(actor, name) for name in entry.opened_by)


def _address(entry: Entry) -> str:
    """Where an entry leads."""
    return reverse(entry.route)


def _closest(path: str, addresses: Sequence[str]) -> str:
    """The longest address that a path is or lies below; only the home page itself is at home."""
    above = [each for each in addresses if path == each or (each != "/" and path.startswith(each))]
    return max(above, key=len, default="")


def _item(entry: Entry, actor: Actor, path: str, here: str) -> NavigationItem:
    """One entry as the shell shows it; a parent leads to its first child that is open."""
    children = tuple(_item(child, actor, path, here) for child in entry.children if _is_open(child, actor))
    url = children[0].url if children else _address(entry)
    inside = any(child.current for child in children)
    return NavigationItem(
        entry.label,
        url,
        entry.icon,
        "true" if inside else _mark(path, url, here),
        children=children,
        apart=entry.apart,
    )


def _mark(path: str, url: str, here: str) -> Literal["", "page", "true"]:
    """Whether an entry is where one stands: on its own page, or on a page below it."""
    if url != here:
        return ""
    return "page" if path == url else "true"
