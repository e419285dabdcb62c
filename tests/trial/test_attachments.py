"""Files are told by their bytes, kept once and before their row, and decoded where they can harm nobody."""

import io
import os
import random
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from tests.trial.acts import illustrate_note, write_note
from tests.trial.pictures import (
    DOCX_TYPES,
    MACRO_TYPES,
    excel_file,
    heic_header,
    package,
    photo,
    picture,
    png_of,
    upload,
    word_file,
)
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.attachments import jobs, queries, storage
from xiaoan.foundation.attachments.fields import UploadsField
from xiaoan.foundation.attachments.headers import pixels_of
from xiaoan.foundation.attachments.keeping import examine, keep_file
from xiaoan.foundation.attachments.kinds import HEIC, MAX_DOCUMENT, MAX_IMAGE
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.errors import CannotStore, Malformed, Refused, TooLarge, WrongType

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def note(cast):
    return write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="栏杆松动")


def illustrated(cast, note, *uploads, **words) -> list[Attachment]:
    illustrate_note(actor=cast.actor("shen"), ask=Ask(), note=note, uploads=list(uploads), **words)
    return list(queries.attached_to(note))


def copy_of(row: Attachment, size: str = "view") -> Image.Image:
    return Image.open(io.BytesIO(storage.copy_path(row.district_id, row.pk, size).read_bytes()))


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("data", "name", "media_type", "pixels"),
    [
        (picture("JPEG"), "a.jpg", "image/jpeg", (640, 480)),
        (picture("JPEG", progressive=True), "a.jpg", "image/jpeg", (640, 480)),
        (picture("PNG"), "a.jpg", "image/png", (640, 480)),
        (picture("WEBP"), "无后缀", "image/webp", (640, 480)),
        (picture("WEBP", lossless=True), "a.webp", "image/webp", (640, 480)),
        (picture("WEBP", mode="RGBA", exif=b"Exif\x00\x00II*\x00"), "a.webp", "image/webp", (640, 480)),
        (b"%PDF-1.7\n%%EOF", "纪要.pdf", "application/pdf", None),
        (word_file(), "纪要.docx", WORD, None),
        (excel_file(), "台账.xlsx", EXCEL, None),
    ],
)
def test_a_file_is_told_by_its_bytes(data, name, media_type, pixels):
    found = examine(upload(data, name))
    assert (found.kind.media_type, found.pixels) == (media_type, pixels)


@pytest.mark.parametrize(
    ("data", "name", "kind", "words"),
    [
        (b"", "a.jpg", Malformed, "文件是空的"),
        (b"x", "a.jpg", WrongType, "不是图片"),
        (b"<html><script>alert(1)</script></html>", "a.jpg", WrongType, "不是图片"),
        (b"<svg onload='alert(1)'/>", "a.svg", WrongType, "不支持 SVG"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "a.png", WrongType, "不支持 SVG"),
        (picture("GIF", mode="P"), "a.gif", WrongType, "不支持 GIF"),
        (picture("TIFF"), "a.png", WrongType, "不支持 TIFF"),
        (b"8BPS\x00\x01" + b"\x00" * 40, "a.png", WrongType, "不支持 PSD"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.png", WrongType, "不支持 EPS"),
        (b"SIMPLE  =                    T", "a.png", WrongType, "不是图片"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00", "a.mp4", WrongType, "不能上传视频"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", WrongType, "格式过旧"),
        (
            package({"[Content_Types].xml": MACRO_TYPES, "word/document.xml": b""}),
            "a.docx",
            WrongType,
            "含宏",
        ),
        (
            package(
                {"[Content_Types].xml": DOCX_TYPES, "word/document.xml": b"", "word/vbaProject.bin": b""}
            ),
            "a.docx",
            WrongType,
            "含宏",
        ),
        (package({"readme.txt": b"x"}), "a.zip", WrongType, "不支持这种文件"),
        (word_file()[:-30], "a.docx", Malformed, "已损坏"),
        (package({str(number): b"" for number in range(2_001)}), "a.docx", TooLarge, "条目过多"),
        (png_of(65_000, 65_000), "a.png", TooLarge, "像素过大"),
        (png_of(0, 10), "a.png", WrongType, "无法识别"),
        (b"\x89PNG\r\n\x1a\n", "a.png", WrongType, "无法识别"),
        (b"\xff\xd8\xff" + b"\xff" * 5_000, "a.jpg", WrongType, "无法识别"),
        (picture()[:100], "a.jpg", WrongType, "无法识别"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", WrongType, "无法识别"),
    ],
)
def test_what_is_not_accepted_is_refused_in_words(data, name, kind, words):
    with pytest.raises(kind, match=words):
        examine(upload(data, name))


@pytest.mark.parametrize(
    ("head", "most"), [(picture()[:600], MAX_IMAGE), (b"%PDF-1.7\n", MAX_DOCUMENT)], ids=["photo", "document"]
)
def test_a_file_over_its_limit_is_refused_and_one_at_the_limit_is_not(head, most):
    examine(upload(head.ljust(most, b"\x00")))
    with pytest.raises(TooLarge):
        examine(upload(head.ljust(most + 1, b"\x00")))


def test_the_size_of_a_heic_is_the_pictures_and_not_a_tiles():
    assert pixels_of(HEIC, io.BytesIO(heic_header(4032, 3024))) == (4032, 3024)
    with pytest.raises(TooLarge):
        pixels_of(HEIC, io.BytesIO(heic_header(20_000, 20_000)))
    with pytest.raises(WrongType):
        pixels_of(HEIC, io.BytesIO(heic_header(4032, 3024)[:40]))


def test_a_heic_is_refused_with_the_way_out_where_the_extra_is_missing():
    try:
        import pillow_heif  # noqa: F401
    except ImportError:
        with pytest.raises(WrongType, match="存为 JPEG"):
            examine(upload(heic_header(4032, 3024), "a.heic"))


@pytest.mark.parametrize("seed", range(40))
def test_no_damaged_header_makes_anything_but_a_refusal(seed):
    chance = random.Random(seed)
    for data in (photo(), picture("PNG"), picture("WEBP"), word_file(), heic_header(100, 100)):
        damaged = bytearray(data)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(min(len(damaged), 700))] = chance.randrange(256)
        with suppress(Refused):
            examine(upload(bytes(damaged[: chance.randrange(1, len(damaged))])))
        with suppress(Refused):
            pixels_of(HEIC, io.BytesIO(bytes(damaged)))


@pytest.mark.parametrize(
    ("taken", "at", "doubtful"),
    [
        ("2025:12:17 08:30:00", datetime(2025, 12, 17, 0, 30, tzinfo=UTC), False),
        ("2025:12:18 08:30:00", datetime(2025, 12, 18, 0, 30, tzinfo=UTC), True),
        ("1999:01:01 00:00:00", datetime(1998, 12, 31, 16, 0, tzinfo=UTC), True),
        ("0000:00:00 00:00:00", None, True),
    ],
)
def test_the_cameras_time_is_kept_and_doubted_where_it_cannot_be(taken, at, doubtful):
    found = examine(upload(photo(taken))).taken
    assert (found.at, found.doubtful) == (at, doubtful)


def test_a_photo_without_the_cameras_time_has_none():
    found = examine(upload(picture())).taken
    assert (found.at, found.doubtful) == (None, False)


def test_a_photo_becomes_an_attachment_of_its_record(cast, note, media):
    data = photo()
    (row,) = illustrated(cast, note, upload(data))
    assert (row.owner_id, row.unit_id, row.created_by_id) == (note.pk, cast.school.id, cast.shen.id)
    assert (row.name, row.size, row.width, row.height) == ("现场照片.jpg", len(data), 640, 480)
    (file,) = files_below(media)
    assert file == storage.original_path(cast.bureau.id, row.sha256)
    assert file.read_bytes() == data


def test_the_same_photo_twice_is_stored_once(cast, note, media):
    other = write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="另一处")
    first, *rest = illustrated(cast, note, upload(photo()), upload(photo(), "同一张.jpg"))
    (twin,) = illustrated(cast, other, upload(photo()))
    assert (rest, len(files_below(media))) == ([], 1)
    assert queries.with_same_original(cast.actor("lin"), first) == [twin]
    assert queries.with_same_original(cast.actor("tang"), first) == []


def test_two_districts_do_not_share_a_file(cast, media):
    stored = {keep_file(upload(photo()), unit.id).sha256 for unit in (cast.bureau, cast.elsewhere.district)}
    assert (len(stored), len(files_below(media))) == (1, 2)


def test_a_file_kept_for_one_district_is_not_attached_in_another(cast, note):
    kept = keep_file(upload(photo()), cast.elsewhere.district_id)
    with pytest.raises(ValueError, match="another"):
        illustrated(cast, note, kept)


def test_a_repeated_request_attaches_nothing_twice(cast, note):
    ask = Ask()
    for _ in range(2):
        illustrate_note(actor=cast.actor("shen"), ask=ask, note=note, uploads=[upload(photo())])
    assert Attachment.objects.everything("a test").count() == 1


def test_a_large_upload_from_a_temporary_file_is_kept_whole(cast):
    with TemporaryUploadedFile("a.jpg", "image/jpeg", 0, None) as file:
        data = photo() + os.urandom(600_000)
        file.write(data)
        file.size = len(data)
        kept = keep_file(file, cast.bureau.id)
    assert storage.original_path(cast.bureau.id, kept.sha256).read_bytes() == data


def test_a_disk_that_takes_nothing_is_said_in_words_and_leaves_no_half_file(cast, media):
    media.mkdir()
    (media / "originals").write_text("a file stands where the folder should be")
    with pytest.raises(CannotStore):
        keep_file(upload(photo()), cast.bureau.id)
    assert files_below(media) == [media / "originals"]


def test_copies_are_upright_small_and_without_any_metadata(cast, note):
    (row,) = illustrated(cast, note, upload(photo(orientation=6, size=(4000, 2000))))
    drain()
    row.refresh_from_db()
    view, thumbnail = copy_of(row), copy_of(row, "thumbnail")
    assert (row.preview, view.size, thumbnail.size) == ("ready", (800, 1600), (160, 320))
    red, blue = view.getpixel((400, 100)), view.getpixel((400, 1500))
    assert (red[0] > 200, red[2] < 60, blue[0] < 60, blue[2] > 200) == (True, True, True, True)
    for size in ("view", "thumbnail"):
        data = storage.copy_path(row.district_id, row.pk, size).read_bytes()
        found = [
            word for word in (b"Exif", b"CameraOfTheTest", b"SecretComment", b"ICC_PROFILE") if word in data
        ]
        assert (found, dict(Image.open(io.BytesIO(data)).getexif())) == ([], {})


@pytest.mark.parametrize(
    "data",
    [
        picture("JPEG", mode="CMYK"),
        picture("JPEG", mode="L"),
        picture("PNG", mode="P"),
        picture("PNG", mode="RGBA"),
        picture("PNG", mode="LA"),
        picture("PNG", mode="I;16"),
        picture("PNG", mode="1"),
        picture("WEBP", mode="RGBA"),
    ],
    ids=["cmyk", "grey", "palette", "alpha", "grey-alpha", "16-bit", "1-bit", "webp-alpha"],
)
def test_every_mode_of_colour_becomes_a_plain_copy(cast, note, data):
    (row,) = illustrated(cast, note, upload(data))
    drain()
    row.refresh_from_db()
    assert (row.preview, copy_of(row).mode, copy_of(row).size) == ("ready", "RGB", (640, 480))


def test_a_watermark_is_drawn_into_the_copy_and_never_into_the_original(cast, note):
    data = photo()
    (row,) = illustrated(cast, note, upload(data), watermark="2025-12-17 Yunhe")
    drain()
    band = copy_of(row).crop((0, 450, 640, 480)).convert("L").getextrema()
    assert band[1] > 200
    assert copy_of(row).getpixel((5, 5))[0] > 200
    assert storage.original_path(row.district_id, row.sha256).read_bytes() == data


@pytest.mark.parametrize(
    ("data", "preview"),
    [
        (photo(size=(2000, 1500))[:-8_000], "incomplete"),
        (picture("PNG", size=(2000, 1500))[:-300], "incomplete"),
        (picture("PNG", size=(2000, 1500)).replace(b"IDAT", b"IDAT\x00\xff", 1), "unreadable"),
        (b"\xff\xd8" + picture()[2:200] + b"\x13" * 3_000, "unreadable"),
    ],
    ids=["jpeg-cut", "png-cut", "png-broken", "jpeg-nonsense"],
)
def test_an_image_that_cannot_be_decoded_is_marked_and_its_original_kept(cast, note, data, preview):
    (row,) = illustrated(cast, note, upload(data))
    drain()
    row.refresh_from_db()
    assert (row.preview, row.view_url) == (preview, "")
    assert storage.original_path(row.district_id, row.sha256).read_bytes() == data


def test_an_image_that_outgrows_its_child_harms_only_the_child(cast, note, monkeypatch, tmp_path):
    program = Path(jobs.DARKROOM).read_text(encoding="utf-8").replace("512 * 1024", "40 * 1024")
    (tmp_path / "narrow.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(jobs, "DARKROOM", tmp_path / "narrow.py")
    (row,) = illustrated(cast, note, upload(png_of(7_000, 7_000, rows=7_000)))
    drain()
    row.refresh_from_db()
    assert row.preview == "unreadable"


def test_a_large_honest_image_fits_the_child(cast, note):
    (row,) = illustrated(cast, note, upload(png_of(7_700, 7_700, rows=7_700)))
    drain()
    row.refresh_from_db()
    assert (row.preview, copy_of(row).size) == ("ready", (1600, 1600))


def test_a_document_has_no_copies(cast, note):
    (row,) = illustrated(cast, note, upload(word_file(), "纪要.docx"))
    drain()
    row.refresh_from_db()
    assert (row.preview, row.thumbnail_url) == ("none", "")


def test_files_of_a_page_of_records_come_in_one_statement(cast, note, django_assert_num_queries):
    illustrated(cast, note, upload(photo()))
    bare = write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="无图")
    with django_assert_num_queries(1):
        found = queries.attached_to_each([note, bare])
    assert {key: len(rows) for key, rows in found.items()} == {note.pk: 1, bare.pk: 0}


def test_a_form_field_tells_what_is_wrong_with_each_file():
    from django.core.exceptions import ValidationError

    field = UploadsField(images_only=True, most=3)
    good = upload(photo())
    assert field.clean([good]) == [good]
    with pytest.raises(ValidationError) as refusal:
        field.clean(
            [good, SimpleUploadedFile("纪要.docx", word_file()), SimpleUploadedFile("a.gif", b"GIF89a")]
        )
    assert refusal.value.messages == [
        "纪要.docx：这不是图片，请重新选择照片。",
        "a.gif：不支持 GIF 图片，请改用 JPEG 或 PNG 照片。",
    ]
    with pytest.raises(ValidationError, match="最多 3 个"):
        field.clean([good] * 4)
    assert UploadsField(required=False).clean([]) == []
