"""The Content-Security-Policy allows nothing inline; so no template may write any."""

import re
from pathlib import Path

import pytest

import xiaoan

TEMPLATES = sorted(Path(xiaoan.__file__).parent.rglob("templates/**/*.html"))
FORBIDDEN = re.compile(
    r"""<style\b | \sstyle\s*= | <script\b(?![^>]*\bsrc=) | \son[a-z]+\s*=\s*["'] | javascript: | \b(?:src|href)=["']https?:""",
    re.VERBOSE | re.IGNORECASE,
)


@pytest.mark.parametrize(
    "written",
    [
        '<p style="x">',
        "<style>",
        "<script>x</script>",
        '<a onclick="x">',
        '<a href="javascript:x">',
        '<img src="https://x">',
    ],
)
def test_the_rule_finds_what_it_forbids(written):
    assert FORBIDDEN.search(written)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_style_or_script(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if FORBIDDEN.search(line)] == []
