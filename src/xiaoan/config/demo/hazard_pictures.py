"""Schematic pictures of a place before and after: drawn shapes, never photographs, and nobody in them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from xiaoan.config.demo.chance import dice

WIDTH, HEIGHT = 960, 720
WALLS = ("#e9e4d8", "#dfe6ea", "#e6e8dc", "#ece0da", "#e2dfec")
FLOORS = ("#b9b0a0", "#a9b4ba", "#adb39b", "#c2aa9d")
THINGS = ("#6d7f94", "#8a6f5c", "#5f8a78", "#93745f", "#77719a")
WRONG, RIGHT = "#d13b2e", "#2f9e5b"
Box = tuple[int, int, int, int]


def picture(key: str, *, put_right: bool) -> SimpleUploadedFile:
    """A room with a thing in it: marked in red, or in order. The same key gives the same room."""
    chance = dice("picture", key)
    image = Image.new("RGB", (WIDTH, HEIGHT), chance.choice(WALLS))
    pen = ImageDraw.Draw(image)
    horizon = chance.randint(430, 520)
    pen.rectangle((0, horizon, WIDTH, HEIGHT), fill=chance.choice(FLOORS))
    _door(pen, chance.choice((60, 700)), horizon)
    thing = (
        chance.randint(300, 420),
        horizon - chance.randint(120, 240),
        chance.randint(540, 660),
        horizon + 60,
    )
    colour = chance.choice(THINGS)
    tilt = 0 if put_right else chance.randint(28, 60)
    _thing(pen, thing, colour, tilt)
    _mark(pen, thing, put_right=put_right)
    file = BytesIO()
    image.save(file, "JPEG", quality=82)
    return SimpleUploadedFile("整改后.jpg" if put_right else "整改前.jpg", file.getvalue())


def _door(pen: ImageDraw.ImageDraw, left: int, horizon: int) -> None:
    """A door in the wall, so that the picture is a room."""
    pen.rectangle((left, horizon - 330, left + 190, horizon), fill="#f6f4ee", outline="#8d8d86", width=4)
    pen.ellipse((left + 160, horizon - 170, left + 174, horizon - 156), fill="#8d8d86")


def _thing(pen: ImageDraw.ImageDraw, box: Box, colour: str, tilt: int) -> None:
    """A cabinet: leaning while something is wrong with it."""
    left, top, right, bottom = box
    outline = [(left + tilt, top), (right + tilt, top + tilt // 3), (right, bottom), (left, bottom)]
    pen.polygon(outline, fill=colour, outline="#333b44")
    middle = (top + bottom) // 2
    pen.line((left + tilt // 2, middle, right + tilt // 2, middle + tilt // 6), fill="#333b44", width=4)


def _mark(pen: ImageDraw.ImageDraw, box: Box, *, put_right: bool) -> None:
    """A red ring around what is wrong, a green tick where it is in order."""
    left, top, right, bottom = box
    if put_right:
        pen.line(
            (left + 70, bottom - 130, left + 110, bottom - 90, right - 50, top + 50),
            fill=RIGHT,
            width=18,
            joint="curve",
        )
    else:
        pen.ellipse((left - 40, top - 40, right + 90, bottom + 30), outline=WRONG, width=10)
