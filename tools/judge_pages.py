"""Lighthouse on five phone pages of the demo, and what their first visit loads (`5-interface.md`, numbers to hold).

Lighthouse is locked in `tools/lighthouse/` and installed there when it is first wanted, with the Node that builds
the front end; it is no part of the product. Each page is judged three times and the median counts.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from hatch_build import npm_command  # noqa: E402 - after the path to it
from tools.demo_to_look_at import CHROMIUM, QUIET, served_demo, sign_in  # noqa: E402

HOME = Path(__file__).parent / "lighthouse"
COMMAND = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
WHO = "沈知远"
PAGES = {
    "今日": "/",
    "随手报": "/hazards/report/",
    "隐患台账": "/hazards/",
    "隐患": "",
    "三年行动": "/plans/",
}
"""Five pages that a safety officer opens on a phone; the one without an address is the first of the list."""
TIMES = 3
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
MOST_BYTES = 120 * 1024
"""Script and style of a first visit, as they come over the wire."""
WEIGHED = frozenset({"Script", "Stylesheet"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a page: points of a hundred, and bytes of script and style."""

    title: str
    points: dict[str, int]
    weight: int

    @property
    def passed(self) -> bool:
        """Whether all numbers hold."""
        return self.weight <= MOST_BYTES and all(self.points[name] >= LEAST[name] for name in LEAST)

    def __str__(self) -> str:
        points = "  ".join(f"{name} {number}" for name, number in self.points.items())
        said = "" if self.passed else "  TOO LITTLE"
        return f"{points}  script and style {self.weight / 1024:.1f} KB  {self.title}{said}"


def main() -> int:
    if not CHROMIUM:
        sys.exit("Lighthouse needs a browser: apt-get install chromium fonts-noto-cjk")
    install()
    with served_demo() as address:
        addresses, headers = pages_of(address)
        say(f"Lighthouse, phone, median of {TIMES}:")
        passed = True
        for title, url in addresses.items():
            verdict = judged(title, [report(url, headers) for _time in range(TIMES)])
            passed &= verdict.passed
            say(str(verdict))
    return 0 if passed else 1


def install() -> None:
    """What is locked, once."""
    if not COMMAND.exists():
        node, npm = npm_command()
        path = os.pathsep.join([str(Path(node).parent), os.environ["PATH"]])
        subprocess.run([node, npm, "ci"], cwd=HOME, env=os.environ | {"PATH": path}, check=True)


def pages_of(address: str) -> tuple[dict[str, str], dict[str, str]]:
    """The five addresses, and the headers by which they are opened as the safety officer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context()
        page = context.new_page()
        sign_in(page, address, WHO)
        page.goto(address + PAGES["隐患台账"])
        hazard = str(page.locator("tbody th a").first.get_attribute("href"))
        headers = {"Cookie": cookies_of(context)}
        browser.close()
    return {title: address + (path or hazard) for title, path in PAGES.items()}, headers


def cookies_of(context: BrowserContext) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())


def report(url: str, headers: dict[str, str]) -> dict[str, Any]:
    """One run as on a middling phone in a slow network, which is Lighthouse's own setting."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "headers.json", Path(folder) / "report.json"
        given.write_text(json.dumps(headers), encoding="utf-8")
        options = [f"--only-categories={','.join(LEAST)}", f"--extra-headers={given}", "--quiet"]
        options += [
            "--output=json",
            f"--output-path={made}",
            f"--chrome-flags=--headless=new {' '.join(QUIET)}",
        ]
        environment = os.environ | {"CHROME_PATH": str(CHROMIUM)}
        command = [npm_command()[0], str(COMMAND), url, *options]
        run = subprocess.run(command, env=environment, check=False, stderr=subprocess.PIPE)
        if run.returncode:
            sys.exit(f"Lighthouse could not judge {url}:\n{run.stderr.decode()}")
        found: dict[str, Any] = json.loads(made.read_text(encoding="utf-8"))
    if urlsplit(found["finalDisplayedUrl"]).path != urlsplit(url).path:
        sys.exit(f"{url} led to {found['finalDisplayedUrl']}")
    return found


def judged(title: str, reports: list[dict[str, Any]]) -> Verdict:
    """The medians of some runs."""
    scores = {name: [each["categories"][name]["score"] for each in reports] for name in LEAST}
    points = {name: round(100 * median(found)) for name, found in scores.items()}
    requests = reports[0]["audits"]["network-requests"]["details"]["items"]
    weight = sum(each["transferSize"] for each in requests if each.get("resourceType") in WEIGHED)
    return Verdict(title, points, weight)


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - a tool that speaks


if __name__ == "__main__":
    sys.exit(main())
