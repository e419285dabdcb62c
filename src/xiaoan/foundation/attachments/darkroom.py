"""Makes the copies of one image for the screen, in a process of its own with limits on memory and time.

    python -I darkroom.py ORIGINAL FOLDER FONT WATERMARK

Run as a file, never imported by the product: whatever an image does here, it does to this process alone.
Upright, sRGB, without any metadata, the words drawn in: `view.jpg` (1600 pixels) and `thumbnail.jpg` (320).
Exit codes: 0 done, 3 the image is cut short, 5 the copies cannot be written; anything else: not an image.
"""

import resource
import sys

MEMORY = 512 * 1024 * 1024
SECONDS = 10
COPY_BYTES = 20 * 1024 * 1024

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (COPY_BYTES, COPY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

import io  # noqa: E402 - the limits come first, before a decoder is loaded
import warnings  # noqa: E402
from pathlib import Path  # noqa: E402

from PIL import Image, ImageCms, ImageDraw, ImageFont, ImageOps  # noqa: E402

SIZES = {"view": 1600, "thumbnail": 320}
FORMATS = ["JPEG", "PNG", "WEBP"]
MAX_PIXELS = 60_000_000
MAX_PROFILE = 1024 * 1024
CUT_SHORT, CANNOT_WRITE = 3, 5
QUALITY = 82
WHITE = (255, 255, 255)


def opened(path: str) -> Image.Image:
    """The image, by named formats only; HEIC where the extra is installed."""
    formats = list(FORMATS)
    try:
        from pillow_heif import register_heif_opener  # import: the `heif` extra may be missing
    except ImportError:
        pass
    else:
        register_heif_opener()
        formats.append("HEIF")
    return Image.open(path, formats=formats)


def small(image: Image.Image, most: int) -> Image.Image:
    """The first frame, shrunk while decoding where the format can, upright."""
    image.draft("RGB", (most, most))
    image.load()
    if image.mode in {"P", "1"}:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((most, most), reducing_gap=2.0)
    return ImageOps.exif_transpose(image)


def plain(image: Image.Image) -> Image.Image:
    """Pixels in sRGB on white and nothing else: a new image takes over no metadata."""
    profile = image.info.get("icc_profile") or b""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"LA", "PA", "La"} or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in {"RGB", "CMYK", "L"} and 0 < len(profile) <= MAX_PROFILE:
        image = in_srgb(image, profile)
    clean = Image.new("RGB", image.size, WHITE)
    clean.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours by their profile; a profile that makes no sense is dropped."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return (
            ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            or image
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def marked(image: Image.Image, font: str, words: str) -> Image.Image:
    """The words on a dark band along the lower edge."""
    height = max(12, image.height // 32)
    face = ImageFont.truetype(font, height) if font else ImageFont.load_default(height)
    draw = ImageDraw.Draw(image, "RGBA")
    top = image.height - height * 2
    draw.rectangle((0, top, image.width, image.height), fill=(0, 0, 0, 120))
    draw.text((height // 2, top + height // 2), words, font=face, fill=(255, 255, 255, 230))
    return image


def develop(original: str, folder: Path, font: str, words: str) -> None:
    """Make all copies, the large one first and the small one from it."""
    view = plain(small(opened(original), SIZES["view"]))
    thumbnail = view.copy()
    thumbnail.thumbnail((SIZES["thumbnail"],) * 2)
    written = marked(view, font, words) if words else view
    try:
        written.save(folder / "view.jpg", "JPEG", quality=QUALITY, optimize=True)
        thumbnail.save(folder / "thumbnail.jpg", "JPEG", quality=QUALITY, optimize=True)
    except OSError:
        sys.exit(CANNOT_WRITE)


def main() -> None:
    """Read the command line."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    original, folder, font, words = sys.argv[1:]
    try:
        develop(original, Path(folder), font, words)
    except OSError as failure:
        sys.exit(CUT_SHORT if "truncated" in str(failure) else 1)


if __name__ == "__main__":
    main()
