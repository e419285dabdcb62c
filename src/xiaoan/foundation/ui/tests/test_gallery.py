import re
from pathlib import Path

import pytest

from xiaoan.foundation.ui.components import REGISTERED

pytestmark = pytest.mark.usefixtures("on_its_own")
PARTS = {"refusal"}  # shown by `button`
SPACES = {"\u3000"}  # the wide space between two facts of a line
UI = Path(__file__).parent.parent
SOURCES = [
    path.read_text(encoding="utf-8")
    for path in [*UI.rglob("_gallery*.html"), *UI.rglob("shell/*.html"), UI / "templates/ui/gallery.html"]
]


def test_every_component_is_shown():
    shown = {name for source in SOURCES for name in re.findall(r"{% (\w+)", source)}
    assert set(REGISTERED) - shown - PARTS == set()


def test_the_gallery_renders_in_both_languages(client):
    chinese = client.get("/ui/gallery/", headers={"accept-language": "zh"})
    english = client.get("/ui/gallery/", headers={"accept-language": "en"})
    assert chinese.status_code == english.status_code == 200
    assert '<html lang="zh-CN">' in chinese.content.decode()
    assert '<html lang="en">' in english.content.decode()


def test_nothing_in_the_english_gallery_is_left_untranslated(client):
    page = client.get("/ui/gallery/", headers={"accept-language": "en"}).content.decode()
    left = re.findall(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+", page.replace(">中文<", "><"))
    assert set(left) - SPACES == set()


def test_the_shell_names_person_post_and_place(client):
    page = client.get("/ui/gallery/").content.decode()
    assert "<b>顾明澈</b><small>综合事务中心 安全科科长</small>" in page
    assert 'aria-current="page"><svg' in page
