"""What is refused on the pages of packs: by which status and in which words; nothing moves."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from xiaoan.foundation.journal import JournalEntry
from xiaoan.people.tests.factories import appointed
from xiaoan.plans.models import PackVersion
from xiaoan.plans.tests.factories import load, publish


def pressed(client, page: str, pack: PackVersion, seen: int = 1, **fields):
    """A form of the page of a pack, sent once."""
    form = {"submission_id": str(uuid4()), "seen": seen} | fields
    return client.post(reverse(f"plans:{page}", args=[pack.id]), form)


def test_a_button_that_is_not_granted_is_403_with_its_reason(client, cast):
    pack = load(cast)
    client.force_login(appointed(cast.bureau, "deputy_director", "分管副局长").account)
    answer = pressed(client, "publish", pack)
    assert (answer.status_code, "这件事不由您的岗位办理" in answer.content.decode()) == (403, True)
    assert PackVersion.objects.everything("a test").get().state == "loaded"


def test_a_button_pressed_too_late_is_409_with_its_reason(client, cast):
    pack = publish(cast)
    client.force_login(cast.bai.account)
    stored = JournalEntry.objects.count()
    answer = pressed(client, "publish", pack, seen=pack.version)
    assert (answer.status_code, "这个版本已经发布过" in answer.content.decode()) == (409, True)
    assert JournalEntry.objects.count() == stored


def test_a_button_that_brings_a_field_is_400_and_names_it(client, cast):
    pack = load(cast)
    client.force_login(cast.bai.account)
    answer = pressed(client, "publish", pack, state="loaded")
    assert (answer.status_code, "本页没有的栏目“state”" in answer.content.decode()) == (400, True)
    assert PackVersion.objects.everything("a test").get().state == "loaded"


def test_a_button_pressed_twice_at_once_is_done_once(client, cast):
    pack = load(cast)
    client.force_login(cast.bai.account)
    same = {"submission_id": str(uuid4())}
    assert [pressed(client, "publish", pack, **same).status_code for _press in range(2)] == [303, 303]
    assert JournalEntry.objects.filter(act="plans.publish_pack").count() == 1


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"%PDF-1.7\n", "方案.pdf", (415, "方案.pdf")),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "方案.png", (415, "方案.png")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "方案.doc", (415, "方案.doc")),
        (b"a" * (21 * 1024 * 1024), "方案.txt", (413, "20 MB")),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_in_words(client, cast, data, name, told):
    pack = publish(cast)
    client.force_login(cast.bai.account)
    stored = JournalEntry.objects.count()
    number = pack.documents.get().number
    answer = pressed(client, "attach", pack, number=number, file=SimpleUploadedFile(name, data))
    assert (answer.status_code, told[1] in answer.content.decode()) == (told[0], True)
    assert JournalEntry.objects.count() == stored
