"""The pictures of the guides under 帮助: cuts of the demo's pages in both languages, kept in the repository.

Run it when a page that a guide shows has changed, look at what came out, commit it. `--only WORD` takes some.
"""

import argparse
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.picture_cuts import LANGUAGES, Shot, browser_before_the_demo, cut_all  # noqa: E402 - after the path
from tools.picture_finding import hazard_with, link  # noqa: E402

PICTURES = ROOT / "src" / "xiaoan" / "portal" / "static" / "help"
QUALITY, LARGEST = 64, 60_000
"""Of WebP; bytes of one picture."""

OFFICER, PRINCIPAL, SECRETARY, LEAD, HOLDER = "沈知远", "林一鸣", "许怀瑾", "陈敬之", "周望秋"
DEPUTY, LEGAL, SECTION, CENTRE = "程望舒", "叶清和", "方以南", "顾明澈"
LEADER, THIRD_PARTY, ADMIN, SECURITY, AUDITOR = "苏行之", "韩秋白", "贺兰舟", "唐景行", "谢知微"
FIRST_TASK = ("main .stats", "article.task >> nth=0")
TWO_TASKS = ("main .stats", "article.task >> nth=1")
AT_WORK = ("main .steps", "main .card:has(a.button)")
ROWS = ("main tbody tr >> nth=0", "main tbody tr >> nth=2")
TWO_ROWS = ("main tbody tr >> nth=0", "main tbody tr >> nth=1")
OPEN = "/hazards/?view=open"
PHONE, DESK = 430, 420
SEEN = {"zh": "三楼应急照明灯 2 盏不亮", "en": "Two emergency lights on the third floor are out"}
FIXED = {"zh": "已换新封条，温度升到 120 度。", "en": "New seal fitted; it reaches 120 degrees again."}
LATER = {"zh": "厂家下周才能到货", "en": "The maker delivers next week"}


def at_hazard(verb: str) -> Callable[[Page], None]:
    """The page of the first hazard that offers a move."""

    def look(page: Page) -> None:
        hazard_with(verb)(page)
        page.goto(page.url.removesuffix(f"{verb}/"))

    return look


def of_a_unit(page: Page) -> None:
    """Who reports from above chooses the unit first."""
    page.locator("select[name=unit]").select_option(index=5)
    page.locator(".form-footer button").click()
    page.wait_for_load_state()


SHOTS = [
    Shot("today_officer", OFFICER, "phone", "/", FIRST_TASK, PHONE),
    Shot("today_head", PRINCIPAL, "phone", "/", FIRST_TASK, PHONE),
    Shot("today_lead", LEAD, "phone", "/", FIRST_TASK, PHONE),
    Shot("today_holder", HOLDER, "phone", "/", ("main .stats", "article.task >> nth=1"), 460),
    Shot("today_leader", LEADER, "phone", "/", FIRST_TASK, PHONE),
    Shot("today_third_party", THIRD_PARTY, "phone", "/", ("main .empty",), PHONE),
    Shot("today_centre", CENTRE, "desk", "/", TWO_TASKS, DESK),
    Shot("today_legal", LEGAL, "desk", "/", TWO_TASKS, DESK),
    Shot("today_deputy", DEPUTY, "desk", "/", FIRST_TASK, DESK),
    Shot("completion", SECTION, "desk", "/", ("main .measure >> nth=0", "main .measure >> nth=5"), DESK),
    Shot(
        "report",
        OFFICER,
        "phone",
        "/hazards/report/",
        ("main .field:has(textarea)", ".form-footer"),
        PHONE,
        taps=(
            "form.report fieldset >> nth=0 >> label >> nth=3",
            "form.report fieldset >> nth=1 >> label >> nth=1",
        ),
        writes=(("form.report textarea", SEEN),),
    ),
    Shot(
        "report_above",
        CENTRE,
        "desk",
        "/hazards/report/",
        ("main .field:has([name=source])", "form.report [name=finder]"),
        DESK,
        finds=of_a_unit,
    ),
    Shot(
        "confirm",
        OFFICER,
        "phone",
        "/hazards/confirm/",
        ("main form", ".form-footer"),
        260,
        taps=("main label",),
    ),
    Shot("ledger_card", PRINCIPAL, "phone", "/ledgers/", ("main .card >> nth=0",), PHONE),
    Shot(
        "record_meeting",
        PRINCIPAL,
        "phone",
        "/ledgers/kinds/safety_meeting/record/",
        ("main form",),
        PHONE,
    ),
    Shot(
        "annual_report",
        SECRETARY,
        "phone",
        "/ledgers/kinds/annual_report/record/",
        ("main form",),
        PHONE,
        taps=("form fieldset >> nth=0 >> label >> nth=1",),
    ),
    Shot("risk_review", OFFICER, "phone", "/risks/review/", ("main form",), 360),
    Shot("own_profile", PRINCIPAL, "phone", "/profile/", ("main .stats", "main .list-row >> nth=1"), PHONE),
    Shot("holders", PRINCIPAL, "phone", "/plans/holders/", ("main .list",), 330),
    Shot("progress", SECRETARY, "phone", "/plans/cells/?period=now", ("main table",), 400),
    Shot("dispatch", LEAD, "phone", OPEN, ("main form",), PHONE, finds=hazard_with("dispatch")),
    Shot(
        "submit",
        HOLDER,
        "phone",
        OPEN,
        ("main form",),
        PHONE,
        finds=hazard_with("submit"),
        writes=(("main textarea", FIXED),),
    ),
    Shot(
        "ask_extension",
        HOLDER,
        "phone",
        OPEN,
        ("main form",),
        PHONE,
        finds=hazard_with("ask_extension"),
        writes=(("main textarea >> nth=0", LATER),),
    ),
    Shot("hazard_to_close", PRINCIPAL, "phone", OPEN, AT_WORK, PHONE, finds=at_hazard("close")),
    Shot("hazard_to_accept", LEAD, "phone", OPEN, AT_WORK, PHONE, finds=at_hazard("accept")),
    Shot(
        "item",
        HOLDER,
        "phone",
        "/",
        ("main .card", "main .form-footer"),
        PHONE,
        finds=link("article.task a[href*='/items/']"),
    ),
    Shot("me_two_posts", LEADER, "phone", "/me/", (".page-head", "main .list >> nth=0"), 260),
    Shot("me_third_party", THIRD_PARTY, "phone", "/me/", (".page-head", "main .list >> nth=0"), 260),
    Shot("remark", THIRD_PARTY, "phone", "/feedback/new/?from=/", ("main form",), PHONE),
    Shot("plan_group", LEADER, "phone", "/plans/", (".plan-clause:has-text('协作组')",), PHONE),
    Shot(
        "issue",
        CENTRE,
        "desk",
        OPEN,
        ("main form",),
        DESK,
        finds=hazard_with("issue"),
    ),
    Shot(
        "hazard_to_recheck",
        CENTRE,
        "desk",
        OPEN,
        (".page-head", "main .card:has(a.button)"),
        DESK,
        finds=at_hazard("recheck"),
    ),
    Shot("overdue_list", CENTRE, "phone", "/hazards/?view=overdue", ROWS, PHONE),
    Shot("profile", CENTRE, "desk", "/profiles/", ("main",), DESK, finds=link("main a.list-row >> nth=4")),
    Shot("five_numbers", DEPUTY, "desk", "/overview/", ("main .five",), DESK),
    Shot("grid", DEPUTY, "desk", "/overview/", ("main .card:has(table) >> nth=0",), 460),
    Shot(
        "plan_margin",
        DEPUTY,
        "desk",
        "/plans/?duty=T1.8",
        (".plan-clause:has(.explain) h3, .explain", ".explain"),
        340,
    ),
    Shot("pack", LEGAL, "desk", "/plans/packs/", ("main",), DESK, finds=link("main a.list-row")),
    Shot(
        "major",
        LEGAL,
        "desk",
        "/hazards/?counted=major",
        ("main .card:has(.facts)",),
        DESK,
        finds=link("tbody th a"),
    ),
    Shot(
        "cell_late",
        LEGAL,
        "desk",
        "/plans/cells/?status=late",
        ("main .card",),
        DESK,
        finds=link("tbody th a"),
    ),
    Shot(
        "progress_bureau",
        LEGAL,
        "desk",
        "/plans/cells/?period=now",
        ("main thead", "main tbody tr >> nth=3"),
        DESK,
    ),
    Shot("referred", SECTION, "phone", "/hazards/?state=referred", TWO_ROWS, PHONE),
    Shot("unfunded", SECTION, "phone", "/hazards/?view=unfunded", TWO_ROWS, PHONE),
    Shot("accounts", ADMIN, "desk", "/people/accounts/", ("main",), 360),
    Shot("imports", ADMIN, "desk", "/organisations/imports/units/", ("main",), DESK),
    Shot("appoint", SECURITY, "desk", "/people/", ("main",), DESK, finds=link("tbody th a")),
    Shot(
        "history",
        AUDITOR,
        "desk",
        "/hazards/?counted=major",
        ("main .timeline",),
        DESK,
        finds=link("tbody th a"),
    ),
]


def keep(shown: bytes, file: Path) -> None:
    """As a small WebP; one that is too large is a cut that shows too much."""
    with Image.open(BytesIO(shown)) as picture:
        picture.convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)
    if file.stat().st_size > LARGEST:
        sys.exit(f"{file.name} has {file.stat().st_size} bytes; cut it smaller")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="")
    only = asked.parse_args().only
    shots = [shot for shot in SHOTS if only in shot.name]
    with browser_before_the_demo() as (browser, address):
        for language in LANGUAGES:
            for shot, shown in cut_all(browser, address, shots, language):
                keep(shown, PICTURES / f"{shot.name}-{language}.webp")
    print(f"pictures of the guides in {PICTURES.relative_to(ROOT)}/")  # noqa: T201 - a tool that speaks


if __name__ == "__main__":
    main()
