import gzip

import pytest
from django.core.exceptions import ImproperlyConfigured

from xiaoan.foundation.ui import bundle
from xiaoan.foundation.ui.tests.test_components import render


def test_the_bundle_is_style_and_module_script_of_the_manifest():
    entry = bundle.manifest()["js/desk.js"]
    assert render("{% bundle 'desk' media='screen' %}") == (
        f'<link rel="stylesheet" href="/static/ui/{entry["css"][0]}" media="screen">\n'
        f'<script type="module" src="/static/ui/{entry["file"]}"></script>'
    )


def test_an_unknown_entry_is_an_error():
    with pytest.raises(ImproperlyConfigured, match="no entry 'tablet'"):
        render("{% bundle 'tablet' %}")


def test_before_the_first_build_the_error_says_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "BUILT", tmp_path)
    bundle.manifest.cache_clear()
    try:
        with pytest.raises(ImproperlyConfigured, match="Run: make build"):
            render("{% bundle 'phone' %}")
    finally:
        bundle.manifest.cache_clear()


def test_every_listed_icon_is_in_the_sprite():
    sprite = (bundle.BUILT / bundle.manifest()["icons.json"]["file"]).read_text(encoding="utf-8")
    assert sprite.count("<symbol") == len(bundle.icon_names())
    assert "<path" in sprite


def test_built_files_are_sent_compressed_and_kept_for_ever(client):
    entry = bundle.manifest()["js/phone.js"]
    for name in (entry["file"], *entry["css"], bundle.manifest()["icons.json"]["file"]):
        answer = client.get(f"/static/ui/{name}", headers={"Accept-Encoding": "gzip"})
        body = b"".join(answer.streaming_content)
        assert gzip.decompress(body) == (bundle.BUILT / name).read_bytes()
        assert answer["Content-Encoding"] == "gzip"
        assert "immutable" in answer["Cache-Control"]
