"""What `make pictures` takes: each page of the product, by somebody to whom it is of use.

`tests/test_pictures.py` holds this table against the address map: a new page has its line here, or its reason in
`NOT_PICTURED`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page
from tools import picture_tables as tables
from tools.picture_finding import hazard_with, link, upload

BOTH = ("phone", "desk")
OFFICER, PRINCIPAL, SECRETARY, LEAD, HOLDER = "沈知远", "林一鸣", "许怀瑾", "陈敬之", "周望秋"
DIRECTOR, DEPUTY, LEGAL, SECTION, CENTRE = "宋承砚", "程望舒", "叶清和", "方以南", "顾明澈"
LEADER, OTHER_LEADER, THIRD_PARTY, GUARDS = "苏行之", "何采薇", "韩秋白", "鲁怀远"
ADMIN, SECURITY, AUDITOR = "贺兰舟", "唐景行", "谢知微"
NOWHERE = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: its name, the address that it shows, who looks, and how they come there."""

    name: str
    shows: str
    """Name of its address in the address map; empty for a page that is no address: an error, a dead end."""
    who: str
    """Name on the card of the demo's log-in page; empty for nobody."""
    path: str
    finds: Callable[[Page], None] | None = None
    """What leads on from `path` to the page, once: where it arrived is remembered."""
    press: str = ""
    """What is pressed each time before the picture is taken."""
    shells: tuple[str, ...] = field(default=BOTH)


MEETINGS = "/ledgers/kinds/safety_meeting/"
FIRST_ROW = "tbody th a"
SEND = ".form-footer button[type=submit]"

HOME = [
    Picture(f"today-{role}", "today", who, "/")
    for role, who in {
        "officer": OFFICER,
        "principal": PRINCIPAL,
        "secretary": SECRETARY,
        "lead": LEAD,
        "holder": HOLDER,
        "director": DIRECTOR,
        "deputy": DEPUTY,
        "legal": LEGAL,
        "section": SECTION,
        "centre": CENTRE,
        "group-leader": LEADER,
        "group-leader-kindergarten": OTHER_LEADER,
        "third-party": THIRD_PARTY,
        "guards": GUARDS,
        "system-admin": ADMIN,
        "security-officer": SECURITY,
        "auditor": AUDITOR,
    }.items()
]
PORTAL = [
    Picture("login", "login", "", "/login/"),
    Picture("login-wrong", "login", "", "/login/", press="form[data-sign-in] button"),
    *HOME,
    Picture("me", "me", ADMIN, "/me/"),
    Picture("me-officer", "me", OFFICER, "/me/"),
    Picture("password", "people:password", ADMIN, "/password/"),
    Picture("search", "search", DEPUTY, "/search/?q=安全生产会议"),
    Picture("search-empty", "search", DEPUTY, "/search/?q=飞碟"),
    Picture("help", "help", OFFICER, "/help/"),
    Picture("guide", "guide", OFFICER, "/help/", link("main a[href^='/help/']")),
    Picture("guide-leader", "guide", DEPUTY, "/help/", link("main a[href^='/help/']")),
    Picture("inbox", "messages:inbox", OFFICER, "/messages/"),
    Picture("inbox-bureau", "messages:inbox", LEGAL, "/messages/"),
    Picture("remarks", "feedback:remarks", LEGAL, "/feedback/"),
    Picture("remarks-own", "feedback:remarks", OFFICER, "/feedback/"),
    Picture("remark", "feedback:remark", LEGAL, "/feedback/", link(FIRST_ROW)),
    Picture("remark-new", "feedback:new", OFFICER, "/feedback/new/?from=/hazards/report/"),
    Picture("remark-new-wrong", "feedback:new", OFFICER, "/feedback/new/", press=SEND),
]
INSIGHT = [
    Picture("overview", "insight:overview", DEPUTY, "/overview/"),
    Picture("overview-towns", "insight:overview", DIRECTOR, "/overview/?by=town"),
    Picture("overview-wall", "insight:overview", DEPUTY, "/overview/?face=wall", shells=("wall",)),
    Picture("profiles", "insight:profiles", CENTRE, "/profiles/"),
    Picture("profiles-empty", "insight:profiles", CENTRE, "/profiles/?q=飞碟"),
    Picture("profile", "insight:profile", CENTRE, "/profiles/?q=芦汀镇第三小学", link("main a.list-row")),
    Picture("profile-own", "insight:own_profile", PRINCIPAL, "/profile/"),
]
PLANS = [
    Picture("plan-school", "plans:plan", SECRETARY, "/plans/?duty=T1.8#T1.8"),
    Picture("plan-bureau", "plans:plan", DEPUTY, "/plans/"),
    Picture("plan-explained", "plans:plan", DEPUTY, "/plans/?duty=T1.8#T1.8"),
    Picture("duties", "plans:duties", DEPUTY, "/plans/duties/"),
    Picture("duty", "plans:duty", DEPUTY, "/plans/duties/T1.8/?period=2025Q3"),
    Picture("cells-school", "plans:cells", PRINCIPAL, "/plans/cells/?period=now"),
    Picture("cells-late", "plans:cells", LEGAL, "/plans/cells/?status=late"),
    Picture("cell-late", "plans:cell", LEGAL, "/plans/cells/?status=late", link(FIRST_ROW)),
    Picture("cell-open", "plans:cell", PRINCIPAL, "/plans/cells/?status=open", link(FIRST_ROW)),
    Picture(
        "cell-waive", "plans:waive", LEGAL, "/plans/cells/?status=late", link(FIRST_ROW, "a[href$='/waive/']")
    ),
    Picture(
        "cell-reason",
        "plans:reason",
        PRINCIPAL,
        "/plans/cells/?status=open",
        link(FIRST_ROW, "a[href$='/reason/']"),
    ),
    Picture("quarter", "plans:settle", LEGAL, "/plans/quarters/2025Q3/settle/"),
    Picture("holders", "plans:holders", PRINCIPAL, "/plans/holders/"),
    Picture("holder", "plans:holder", PRINCIPAL, "/plans/holders/", link("main a.list-row")),
    Picture("packs", "plans:packs", LEGAL, "/plans/packs/"),
    Picture("pack", "plans:pack", LEGAL, "/plans/packs/", link("main a.list-row")),
    Picture(
        "pack-attach", "plans:attach", LEGAL, "/plans/packs/", link("main a.list-row", "a[href$='/attach/']")
    ),
    Picture("confirm", "plans:confirm", DEPUTY, "/", link("article.task a.button[href*='/confirm/']")),
]
LEDGERS = [
    Picture("ledgers", "ledgers:kinds", PRINCIPAL, "/ledgers/"),
    Picture("meetings", "ledgers:entries", PRINCIPAL, MEETINGS),
    Picture("meetings-bureau", "ledgers:entries", CENTRE, MEETINGS),
    Picture("entry", "ledgers:entry", PRINCIPAL, MEETINGS, link(FIRST_ROW)),
    Picture("entry-correct", "ledgers:correct", PRINCIPAL, MEETINGS, link(FIRST_ROW, "a[href$='/correct/']")),
    Picture("entry-void", "ledgers:void", PRINCIPAL, MEETINGS, link(FIRST_ROW, "a[href$='/void/']")),
    Picture("record-meeting", "ledgers:record", PRINCIPAL, f"{MEETINGS}record/"),
    Picture("record-meeting-wrong", "ledgers:record", PRINCIPAL, f"{MEETINGS}record/", press=SEND),
    Picture("import-meetings", "ledgers:import", PRINCIPAL, f"{MEETINGS}import/"),
    Picture(
        "import-meetings-checked", "ledgers:draft", PRINCIPAL, f"{MEETINGS}import/", upload(tables.MEETINGS)
    ),
    Picture("item", "ledgers:item", OFFICER, "/", link("main a[href*='/items/']")),
]
STATES = (
    *("to_judge", "to_assign", "rectifying", "to_verify", "to_recheck", "to_close", "closed", "to_look_back"),
    *("archived", "to_confirm", "referred", "scheduled"),
)
"""The steps at which a hazard of the demo stands; none of it was merged, dismissed or voided."""
VIEWS = (
    "open",
    "overdue",
    "major",
    "suspected",
    "unfunded",
    "scheduled",
    "missed",
    "repeated",
    "look-back",
    "closed",
)
"""The tabs of the list."""
WAITING = {
    ("view=open", OFFICER): "judge suspect control submit accept confirm reject_fix",
    ("view=open", LEAD): "dispatch reassign raise merge void dismiss close send_back",
    ("view=open", CENTRE): "judge_major refer schedule recheck urge",
    ("state=to_assign", CENTRE): "issue",
    ("state=scheduled", CENTRE): "release",
    ("view=open", LEGAL): "draft_listing",
    ("view=suspected", LEGAL): "clear_suspicion",
    ("view=open", HOLDER): "ask_extension",
    ("view=open", DEPUTY): "list",
    ("view=look-back", LEGAL): "sound unsound",
    ("state=closed", CENTRE): "void_closure",
}
"""The moves that are waiting in the demo: in which part of the list, for whom."""
REFERRALS = ("answer", "decline")
MOVES = frozenset({*" ".join(WAITING.values()).split(), *REFERRALS})
"""The moves with a picture."""
MOVES_NOT_WAITING = frozenset(
    {"confirm_time", "plan", "explain", "draft_lowering", "lower", "draft_lifting", "lift", "grant", "refuse"}
)
"""No hazard of the demo waits for these today; their forms are drawn by the same template."""
HAZARDS = [
    *(Picture(f"hazards-{view}", "hazards:hazards", CENTRE, f"/hazards/?view={view}") for view in VIEWS),
    Picture("hazards-school", "hazards:hazards", OFFICER, "/hazards/"),
    Picture("hazards-holder", "hazards:hazards", HOLDER, "/hazards/"),
    Picture("hazards-empty", "hazards:hazards", OFFICER, "/hazards/?view=scheduled"),
    Picture("report", "hazards:report", OFFICER, "/hazards/report/"),
    Picture("report-wrong", "hazards:report", OFFICER, "/hazards/report/", press=SEND),
    Picture("report-choose-unit", "hazards:report", CENTRE, "/hazards/report/"),
    Picture("confirm-fixes", "hazards:confirm", LEAD, "/hazards/confirm/"),
    *(
        Picture(f"hazard-{state}", "hazards:hazard", CENTRE, f"/hazards/?state={state}", link(FIRST_ROW))
        for state in STATES
    ),
    Picture("hazard-major", "hazards:hazard", DEPUTY, "/hazards/?view=major", link(FIRST_ROW)),
    Picture("hazard-own", "hazards:hazard", OFFICER, "/hazards/?state=rectifying", link(FIRST_ROW)),
    *(
        Picture(f"move-{verb}", "hazards:move", who, f"/hazards/?{part}", hazard_with(verb))
        for (part, who), verbs in WAITING.items()
        for verb in verbs.split()
    ),
    *(
        Picture(f"referral-{verb}", "hazards:referral", CENTRE, "/hazards/?state=referred", hazard_with(verb))
        for verb in REFERRALS
    ),
    Picture("several-judge", "hazards:several", LEGAL, "/hazards/several/judge/"),
    Picture("several-urge", "hazards:several", CENTRE, "/hazards/several/urge/"),
    Picture("import-hazards", "hazards:import", CENTRE, "/hazards/import/"),
    Picture(
        "import-hazards-checked", "hazards:import_draft", CENTRE, "/hazards/import/", upload(tables.HAZARDS)
    ),
]
RISKS = [
    Picture("risks-school", "risks:risks", OFFICER, "/risks/"),
    Picture("risks-bureau", "risks:risks", DEPUTY, "/risks/"),
    Picture("risks-review", "risks:review", OFFICER, "/risks/review/"),
    Picture("risks-review-holder", "risks:review", HOLDER, "/risks/review/"),
    Picture("risks-add", "risks:add", OFFICER, "/risks/add/"),
    Picture("risks-starter", "risks:starter", OFFICER, "/risks/starter/"),
    Picture("risk", "risks:risk", OFFICER, "/risks/", link(FIRST_ROW)),
    Picture("risk-change", "risks:change", OFFICER, "/risks/", link(FIRST_ROW, "a[href$='/change/']")),
    Picture("risk-retire", "risks:retire", OFFICER, "/risks/", link(FIRST_ROW, "a[href$='/retire/']")),
]
PEOPLE = [
    Picture("units", "organisations:units", CENTRE, "/organisations/units/"),
    Picture("unit", "organisations:unit", PRINCIPAL, "/organisations/units/", link(FIRST_ROW)),
    Picture(
        "unit-bureau", "organisations:unit", LEGAL, "/organisations/units/?kind=section", link(FIRST_ROW)
    ),
    Picture("people", "people:people", CENTRE, "/people/"),
    Picture("person", "people:person", SECURITY, "/people/", link(FIRST_ROW)),
    Picture(
        "person-appoint", "people:appoint", SECURITY, "/people/", link(FIRST_ROW, "a[href$='/appoint/']")
    ),
    Picture(
        "appointment-end", "people:end_appointment", SECURITY, "/people/", link(FIRST_ROW, "a[href$='/end/']")
    ),
    Picture(
        "supervise",
        "people:supervise",
        LEGAL,
        "/organisations/units/?kind=section",
        link(FIRST_ROW, "main a[href^='/supervision/']"),
    ),
    Picture(
        "password-reset",
        "people:reset_password",
        ADMIN,
        "/search/?q=沈知远",
        link("main a[href^='/people/']", "main a[href$='/password/']"),
    ),
    Picture("accounts", "people:accounts", ADMIN, "/people/accounts/"),
    Picture(
        "account-open",
        "people:open_account",
        ADMIN,
        "/people/accounts/",
        link("main th a[href^='/people/']", "a[href$='/account/']"),
    ),
    Picture("imports-units", "organisations:import", ADMIN, "/organisations/imports/units/"),
    Picture("imports-people", "organisations:import", CENTRE, "/organisations/imports/people/"),
    Picture(
        "imports-units-checked",
        "organisations:import_draft",
        ADMIN,
        "/organisations/imports/units/",
        upload(tables.UNITS),
    ),
]
CHECKLISTS = [
    Picture("checklists", "inspections:checklists", CENTRE, "/inspections/checklists/"),
    Picture("checklist", "inspections:checklist", CENTRE, "/inspections/checklists/", link(FIRST_ROW)),
    Picture(
        "checklist-version",
        "inspections:version",
        CENTRE,
        "/inspections/checklists/",
        link(FIRST_ROW, "main a[href*='/versions/']"),
    ),
    Picture(
        "checklist-paper",
        "inspections:paper",
        CENTRE,
        "/inspections/checklists/",
        link(FIRST_ROW, "a[href$='/paper/']"),
    ),
    Picture(
        "checklist-adapt",
        "inspections:adapt",
        CENTRE,
        "/inspections/checklists/",
        link(FIRST_ROW, "a[href$='/adapt/']"),
    ),
]
APART = [
    Picture("not-found", "", OFFICER, f"/hazards/{NOWHERE}/"),
    Picture("refused", "", OFFICER, "/overview/"),
    Picture("bad-request", "", OFFICER, "/hazards/?after=zz"),
    Picture("gallery", "", ADMIN, "/ui/gallery/"),
]
PAGES = [*PORTAL, *INSIGHT, *PLANS, *LEDGERS, *HAZARDS, *RISKS, *CHECKLISTS, *PEOPLE, *APART]

NOT_PICTURED = {
    "logout": "a button, no page",
    "set_language": "a button, no page",
    "people:demo_sign_in": "a button, no page",
    "messages:read_all": "a button, no page",
    "messages:open": "a button, no page",
    "feedback:withdraw": "a button, no page",
    "plans:publish": "a button, no page",
    "views:save": "a button, no page; a name that cannot be used is asked for again",
    "views:delete": "a button, no page",
    "people:end_supervision": "no line of supervision is laid down in the demo",
    "plans:lift": "nothing is waived in the demo; its form is drawn like that of waiving",
    "hazards:cancel_import": "a button, no page",
    "organisations:cancel_import": "a button, no page",
    "hazards:import_progress": "a part of import-hazards-checked while it is checked",
    "organisations:import_progress": "a part of imports-units-checked while it is checked",
    "organisations:imports": "leads on to the first kind of table",
    "hazards:import_template": "a workbook",
    "organisations:import_template": "a workbook",
    "ledgers:template": "a workbook",
    "hazards:extension": "no extension is asked for on the day of the demo; its form is drawn like that of a move",
    "inspections:draft": "no draft of a checklist lies in the demo",
    "inspections:drop": "no draft of a checklist lies in the demo",
    "inspections:settle": "no newer checklist is offered in the demo",
    "attachments:copy": "a photo",
    "attachments:original": "a photo",
}
"""Addresses without a picture, and why."""
