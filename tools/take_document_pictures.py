"""The pictures of README and docs, taken from the demo as small PNG. `--only WORD` takes some."""

import argparse
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.picture_cuts import Shot, browser_before_the_demo, cut_all  # noqa: E402 - after the path
from tools.picture_finding import link  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128
"""Of a picture: enough for the interface, and half the bytes."""
OFFICER, LEAD, DEPUTY, THIRD_PARTY = "沈知远", "陈敬之", "程望舒", "韩秋白"
SCREEN = ("body",)
GALLERY = "/ui/gallery/"

IN_CHINESE = [
    Shot("today-phone", OFFICER, "phone", "/", SCREEN, 844),
    Shot("hazard-phone", LEAD, "phone", "/", SCREEN, 844, finds=link("article.task a[href*='/hazards/']")),
    Shot("plan-desk", DEPUTY, "wide", "/plans/?duty=T1.8", (".plan-clause:has(.explain)",), 760),
    Shot("overview-desk", DEPUTY, "wide", "/overview/", SCREEN, 900),
    Shot("overview-wall", DEPUTY, "wall", "/overview/?face=wall", SCREEN, 1080),
    Shot("state-empty", THIRD_PARTY, "phone", "/", ("main .empty",), 240),
    Shot("state-wrong", LEAD, "phone", GALLERY, ("div:has(> .field-error)",), 300),
    Shot("state-missing", OFFICER, "phone", "/no-such-page/", ("main",), 400),
    Shot("state-refused", LEAD, "phone", GALLERY, ("main .button-refused",), 200),
]
IN_ENGLISH = [
    Shot("today-phone-en", OFFICER, "phone", "/", SCREEN, 844),
    Shot("gallery-signs-en", OFFICER, "desk", GALLERY, ("main .card:has(.chip)",), 500),
]


def keep(shown: bytes, file: Path) -> None:
    """As a PNG with few colours."""
    with Image.open(BytesIO(shown)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="")
    only = asked.parse_args().only
    with browser_before_the_demo() as (browser, address):
        for language, shots in (("zh", IN_CHINESE), ("en", IN_ENGLISH)):
            wanted = [shot for shot in shots if only in shot.name]
            for shot, shown in cut_all(browser, address, wanted, language):
                keep(shown, PICTURES / f"{shot.name}.png")


if __name__ == "__main__":
    main()
