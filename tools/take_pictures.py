"""`make pictures`: the main pages of the demo, phone and desk, Chinese and English, into `pictures/`."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SHELLS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
"""How the browser itself speaks: date inputs and file inputs."""

# Name of the picture, who looks (name on their card; empty: nobody), where: an address, or an address and
# the link on it that is followed.
PAGES = [
    ("login", "", "/login/"),
    ("today-officer", "沈知远", "/"),
    ("today-principal", "林一鸣", "/"),
    ("today-secretary", "许怀瑾", "/"),
    ("today-director", "程望舒", "/"),
    ("today-legal", "叶清和", "/"),
    ("today-section", "方以南", "/"),
    ("today-centre", "顾明澈", "/"),
    ("today-group-leader", "苏行之", "/"),
    ("today-third-party", "韩秋白", "/"),
    ("today-system-admin", "贺兰舟", "/"),
    ("today-security-officer", "唐景行", "/"),
    ("today-auditor", "谢知微", "/"),
    ("inbox", "沈知远", "/messages/"),
    ("me", "贺兰舟", "/me/"),
    ("password", "贺兰舟", "/password/"),
    ("inbox", "沈知远", "/messages/"),
    ("search", "程望舒", "/search/?q=安全生产会议"),
    ("plan-school", "许怀瑾", "/plans/?duty=T1.8#T1.8"),
    ("plan-bureau", "程望舒", "/plans/"),
    ("plan-explained", "程望舒", "/plans/?duty=T1.8#T1.8"),
    ("duties", "程望舒", "/plans/duties/"),
    ("duty", "程望舒", "/plans/duties/T1.8/?period=2025Q3"),
    ("cells-school", "林一鸣", "/plans/cells/?period=now"),
    ("cells-late", "叶清和", "/plans/cells/?status=late"),
    ("cell-late", "叶清和", "/plans/cells/?status=late", "tbody th a"),
    ("cell-open", "林一鸣", "/plans/cells/?status=open", "tbody th a"),
    ("holders", "林一鸣", "/plans/holders/"),
    ("holder", "林一鸣", "/plans/holders/", "main a.list-row"),
    ("ledgers", "林一鸣", "/ledgers/"),
    ("meetings", "林一鸣", "/ledgers/kinds/safety_meeting/"),
    ("entry", "林一鸣", "/ledgers/kinds/safety_meeting/", "tbody th a"),
    ("item", "沈知远", "/", "article.task a[href*='/items/']"),
    ("record-meeting", "林一鸣", "/ledgers/kinds/safety_meeting/record/"),
    ("import-meetings", "林一鸣", "/ledgers/kinds/safety_meeting/import/"),
    ("risks-school", "沈知远", "/risks/"),
    ("risks-bureau", "程望舒", "/risks/"),
    ("risks-review", "沈知远", "/risks/review/"),
    ("risks-review-holder", "周望秋", "/risks/review/"),
    ("risks-add", "沈知远", "/risks/add/"),
    ("units", "顾明澈", "/organisations/units/"),
    ("unit", "林一鸣", "/organisations/units/", "tbody th a"),
    ("people", "顾明澈", "/people/"),
    ("person", "唐景行", "/people/", "tbody th a"),
    ("imports", "贺兰舟", "/organisations/imports/units/"),
    ("accounts", "贺兰舟", "/people/accounts/"),
    ("packs", "叶清和", "/plans/packs/"),
    ("pack", "叶清和", "/plans/packs/", "main a.list-row"),
    ("confirm", "程望舒", "/", "article.task a.button"),
]


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served_demo() -> Iterator[str]:
    """The demo, served until the pictures are taken."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "xiaoan"), "demo", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/login/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str, server: subprocess.Popen) -> None:
    """Wait until the demo answers (its data may have to be made first)."""
    for _second in range(600):
        if server.poll() is not None:
            sys.exit("the demo did not start")
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(1)
        else:
            return
    sys.exit("the demo did not answer in ten minutes")


def sign_in(page: Page, address: str, name: str) -> None:
    """Sign in by a card of the cast."""
    page.goto(address + "/login/")
    page.locator("ul.cast button", has_text=name).first.click()
    page.wait_for_url(address + "/")


def open_page(page: Page, address: str, path: str, link: str = "") -> None:
    """Go to a page, or to where a link on it leads."""
    page.goto(address + path)
    if link:
        page.goto(address + str(page.locator(link).first.get_attribute("href")))


def take(browser: Browser, address: str, shell: str, language: str) -> None:
    """All pages in one shell and language; whoever looks signs in once."""
    pages = {}
    for name, who, *where in PAGES:
        if who not in pages:
            context = browser.new_context(
                viewport=SHELLS[shell],
                device_scale_factor=2 if shell == "phone" else 1,
                is_mobile=shell == "phone",
                locale=LOCALES[language],
            )
            context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": address}])
            pages[who] = context.new_page()
            if who:
                sign_in(pages[who], address, who)
        open_page(pages[who], address, *where)
        pages[who].screenshot(
            path=PICTURES / f"{name}-{shell}-{language}.png", full_page="--full" in sys.argv
        )
    for page in pages.values():
        page.context.close()


def main() -> None:
    if not CHROMIUM:
        sys.exit("Pictures need a browser: apt-get install chromium fonts-noto-cjk")
    PICTURES.mkdir(exist_ok=True)
    with served_demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for shell in SHELLS:
            for language in LANGUAGES:
                take(browser, address, shell, language)
        browser.close()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}/")  # noqa: T201 - a tool that speaks


if __name__ == "__main__":
    main()
