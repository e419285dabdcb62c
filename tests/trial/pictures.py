"""Pictures and other files, made on the spot: honest ones and hostile ones."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

DOCX_TYPES = (
    b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml"/></Types>'
)
MACRO_TYPES = (
    b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def upload(data: bytes, name: str = "现场照片.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object
) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, (255, 0, 0))
    image.paste((0, 0, 255), (size[0] // 2, 0, *size))
    target = io.BytesIO()
    image.convert(mode).save(target, kind, **options)
    return target.getvalue()


def photo(
    taken: str = "2025:12:17 08:30:00", *, orientation: int = 1, size: tuple[int, int] = (640, 480)
) -> bytes:
    """A JPEG with the camera's notes: time, place, device, orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = "CameraOfTheTest"
    exif.get_ifd(0x8769).update({0x9003: taken, 0x9011: "+08:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 9.0, 0.0), 3: "E", 4: (121.0, 7.0, 0.0)})
    return picture(size=size, exif=exif.tobytes(), comment=b"SecretComment")


def png_of(width: int, height: int, rows: int = 0) -> bytes:
    """A PNG whose header names a size; as many rows of zeros as told really follow."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))

    header = struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\x00" * (1 + (width + 7) // 8)
    body = zlib.compress(row * rows, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def package(parts: dict[str, bytes]) -> bytes:
    """A zip of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def word_file() -> bytes:
    return package({"[Content_Types].xml": DOCX_TYPES, "word/document.xml": b"<w:document/>"})


def excel_file() -> bytes:
    return package({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def heic_header(width: int, height: int, tile: int = 512) -> bytes:
    """The boxes of an HEIC that name its size, tiles before the picture."""

    def box(name: bytes, data: bytes) -> bytes:
        return struct.pack(">L4s", len(data) + 8, name) + data

    extents = b"".join(
        box(b"ispe", struct.pack(">LLL", 0, *each)) for each in ((tile, tile), (width, height))
    )
    meta = box(b"meta", b"\x00" * 4 + box(b"iprp", box(b"ipco", extents)))
    return box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + meta
