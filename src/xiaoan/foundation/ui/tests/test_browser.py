import threading
from io import BytesIO
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from PIL import Image
from playwright.sync_api import Page

from xiaoan.foundation.ui.tests import urls

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("on_its_own")]
PHONE, DESK = (390, 844), (1440, 900)
PAGES = ["/ui/gallery/", "/login/", "/report/", "/error/404/"]


class QuietHandler(WSGIRequestHandler):
    """A handler that prints no lines."""

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def address(on_its_own):
    """The product served without a database: these pages must not need one."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), ThreadingWSGIServer, QuietHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class ThreadingWSGIServer(ThreadingMixIn, WSGIServer):
    """A browser asks for several files at once."""

    daemon_threads = True


@pytest.fixture
def visit(browser, address):
    """Open a page of the running product in a window of a size and a language; complaints of the browser fail."""
    contexts, complaints = [], []

    def open_page(path: str, *, size=PHONE, language="zh", script=True) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            extra_http_headers={"Accept-Language": language},
            java_script_enabled=script,
        )
        context.set_default_timeout(5_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.goto(f"{address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [words for words in complaints if "server responded with a status" not in words] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation_and_nothing_runs_over_the_edge(visit, path, size, language):
    page = visit(path, size=size, language=language)
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_axe_finds_no_violation_in_what_opens(visit):
    page = visit("/ui/gallery/")
    page.click(".account > summary")
    page.click("a[href='#later-dialog']")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("status", [200, 409, 422])
def test_a_fragment_takes_its_place(visit, status):
    page = visit("/fragments/")
    page.click(f"#ask-{status}")
    page.wait_for_selector("#rows:text('新')")
    assert not page.locator("#request-failed").is_visible()


@pytest.mark.parametrize("status", [403, 500])
def test_a_failed_fragment_leaves_the_page_and_says_so(visit, status):
    page = visit("/fragments/")
    page.click(f"#ask-{status}")
    page.wait_for_selector("#request-failed", state="visible")
    assert page.inner_text("#rows") == "旧"


def test_touch_targets_on_a_phone_are_44_pixels(visit):
    page = visit("/report/")
    heights = page.eval_on_selector_all(
        "main button, main .choice, main input.input", "all => all.map(one => one.offsetHeight)"
    )
    assert [height for height in heights if 0 < height < 44] == []


def test_a_desk_at_twice_the_size_is_a_phone(visit):
    page = visit("/ui/gallery/", size=(720, 450))
    assert page.locator(".tab-bar").is_visible()
    assert not page.locator(".side-nav").is_visible()


def test_a_draft_comes_back_after_the_page_was_lost(visit):
    page = visit("/report/")
    page.fill("[name=note]", "灭火器压力不足")
    page.check("[value=gas]", force=True)
    page.fill("[name=secret]", "not to be kept")
    page.reload()
    assert page.input_value("[name=note]") == "灭火器压力不足"
    assert page.is_checked("[value=gas]")
    assert page.input_value("[name=secret]") == ""
    assert page.locator("[data-draft-notice]").is_visible()


def test_a_draft_is_forgotten_when_the_server_took_it(visit):
    page = visit("/report/")
    page.fill("[name=note]", "灭火器压力不足")
    page.click("button:text('提交')")
    page.wait_for_url("**/ui/gallery/")
    page.goto(page.url.replace("/ui/gallery/", "/report/"))
    assert page.input_value("[name=note]") == ""


def test_a_draft_is_kept_when_the_server_refused_it(visit):
    page = visit("/report/")
    page.fill("[name=note]", "错")
    page.click("button:text('提交')")
    page.wait_for_load_state()
    page.goto(page.url)
    assert page.input_value("[name=note]") == "错"


def test_a_draft_can_be_thrown_away(visit):
    page = visit("/report/")
    page.fill("[name=note]", "写错了")
    page.reload()
    page.click("text=不要了，重新填")
    page.reload()
    assert page.input_value("[name=note]") == ""


def test_pressing_twice_sends_once(visit):
    urls.posted.clear()
    page = visit("/report/")
    page.eval_on_selector("form[data-draft]", "form => { form.requestSubmit(); form.requestSubmit(); }")
    page.wait_for_url("**/ui/gallery/")
    assert len(urls.posted) == 1


def test_control_k_goes_to_the_search_box(visit):
    page = visit("/ui/gallery/", size=DESK)
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "search-box"


@pytest.mark.parametrize("script", [True, False])
def test_a_dialog_opens_and_closes_with_and_without_script(visit, script):
    page = visit("/ui/gallery/", size=DESK, script=script)
    page.click("a[href='#later-dialog']")
    assert page.locator("#later-dialog").is_visible()
    page.click("#later-dialog [data-closes-dialog]")
    assert not page.locator("#later-dialog").is_visible()


def test_the_first_tab_stop_skips_to_the_content(visit):
    page = visit("/ui/gallery/", size=DESK)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_page_reads_the_same_without_script(visit):
    with_script = visit("/report/").inner_text("main")
    without = visit("/report/", script=False).inner_text("main")
    assert with_script == without


def test_a_printed_page_has_no_navigation(visit):
    page = visit("/ui/gallery/", size=DESK)
    page.emulate_media(media="print")
    shown = [
        page.locator(part).first.is_visible() for part in (".top-bar", ".side-nav", ".tab-bar", "main h1")
    ]
    assert shown == [False, False, False, True]


def a_photo(name):
    """A small picture as a person's camera would hand it over."""
    data = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(data, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": data.getvalue()}


def test_photos_add_up_are_shown_small_and_can_be_taken_back(visit):
    field = visit("/ui/gallery/").locator(".field:has([data-photos])").first

    def names():
        return field.locator("input").evaluate("input => [...input.files].map((file) => file.name)")

    with field.page.expect_file_chooser() as chooser:
        field.get_by_role("button", name="选照片").click()
    chooser.value.set_files(a_photo("走廊.png"))
    field.locator("input").set_input_files(a_photo("扶手.png"))
    assert names() == ["走廊.png", "扶手.png"]
    field.get_by_role("button", name="去掉这张").first.click()
    assert (names(), field.locator("canvas").count()) == (["扶手.png"], 1)


def test_without_script_photos_are_chosen_the_browsers_own_way(visit):
    field = visit("/ui/gallery/", script=False).locator(".field:has([data-photos])").first
    assert field.locator("input").is_visible()
    assert not field.locator("[data-ways]").is_visible()
