"""The sister stories of hazards: what goes another way, and what must not go at all."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.hazards_at_work import from_list, from_today, make, open_move
from tests.browser.people_at_work import fill_in, send, the_day_is, the_worker_works, tick
from tests.trial.pictures import photo, upload
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.attachments.queries import attached_to
from xiaoan.foundation.delivery import drain
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.permissions import RECTIFIER
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    LATER,
    SOON,
    TODAY,
    District,
    do,
    fresh,
    from_above,
    hazard_district,
    lived,
    reported,
)
from xiaoan.people.tests.factories import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOSE = "食堂燃气软管老化"
MISSING = UUID(int=7)
PICTURE = {"name": "围栏.jpg", "mimeType": "image/jpeg", "buffer": photo()}
CHANNELS = [
    *("/", "/hazards/", "/search/?q=软管", "/messages/"),
    *(f"/hazards/?export={kind}" for kind in ("csv", "xlsx", "ledger")),
]


@pytest.fixture
def district(transactional_db) -> District:
    """The cast under the small pack of the tests."""
    return hazard_district(make_cast())


def states() -> list[str]:
    """The steps at which all hazards stand, the oldest first."""
    return list(Hazard.objects.everything("a test").order_by("code").values_list("state", flat=True))


def refused(at_work, status: str) -> None:
    """A refusal that the test asked for was noted by a console, and nothing else was."""
    assert [said for said in at_work.errors if status not in said] == []
    assert at_work.errors != []
    at_work.errors.clear()


def report_as_fixed(page: Page, text: str) -> None:
    """随手报, put right on the spot."""
    page.locator(".tab-bar a[href='/hazards/report/']").tap()
    page.locator("label.choice", has_text="食堂").tap()
    tick(page, "kind", "gas").tap()
    page.locator("textarea[name=text]").fill(text)
    tick(page, "fixed").tap()
    send(page)
    expect(page.locator(".steps")).to_be_visible()


def test_what_was_fixed_on_the_spot_is_confirmed_in_a_batch_by_another(at_work, district):
    shen, chen = at_work.phone(district.cast.shen), at_work.phone(district.cast.chen)
    report_as_fixed(shen, "阀门手柄缺失")
    report_as_fixed(shen, "软管卡箍松动")
    shen.goto(reverse("hazards:confirm"))
    expect(shen.locator("input[name=hazard]")).to_have_count(0)

    chen.locator(".tab-bar a[href='/hazards/']").tap()
    chen.locator("main a[href='/hazards/confirm/']").tap()
    boxes = chen.locator("main li label.tick")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.tap()
    send(chen)
    expect(chen.locator("input[name=hazard]")).to_have_count(0)
    assert states() == ["closed", "closed"]


def test_with_finance_the_clock_stands_still_and_they_answer(at_work, district):
    lived(district, from_above(district), ISSUED[:2])
    su, fang = at_work.desk(district.su), at_work.desk(district.fang)
    from_list(su, HOSE)
    make(
        su, "refer", handled_by=str(district.fang.unit.pk), due_on=LATER.isoformat(), words="学校没有这笔经费"
    )
    expect(su.locator("main .deadline-late, main .deadline-soon")).to_have_count(0)

    with the_day_is(SOON + timedelta(days=3)):
        the_worker_works()
        overdue = f"{reverse('hazards:hazards')}?view=overdue"
        su.goto(overdue)
        expect(su.locator("main th a", has_text=HOSE)).to_have_count(0)
        su.goto(reverse("hazards:hazards"))
        expect(su.get_by_role("row").filter(has_text=HOSE).get_by_role("cell").last).to_have_text(
            "12月27日前"
        )
        from_today(fang, HOSE)
        fang.locator("main a.button[href*='/referrals/'][href$='/answer/']").click()
        fill_in(fang, words="已拨付维修经费并更换")
        send(fang)
        expect(fang.locator(".timeline")).to_contain_text("已拨付维修经费并更换")
    assert states() == ["to_verify"]


def test_a_failed_look_back_voids_the_closure(at_work, district):
    hazard = lived(district, from_above(district), ISSUED)
    day = TODAY + timedelta(days=30)
    Hazard.objects.everything("a test").update(look_back_on=day, looks_back_left=1)  # drawn for the sample
    with the_day_is(day):
        the_worker_works()
        su = at_work.desk(district.su)
        from_today(su, HOSE)
        make(su, "unsound", words="软管又开裂", due_on=(day + timedelta(days=10)).isoformat())
        expect(su.locator("main .chip", has_text="销号无效")).to_be_visible()
    hazard = fresh(hazard)
    assert (hazard.state, hazard.closed_on, hazard.closure_void) == ("rectifying", None, True)


def test_the_rectifier_sees_why_acceptance_is_locked_and_cannot_go_around_it(at_work, district):
    submitted = [*GENERAL[:2], ("submit_hazard", "shen", {"words": "已更换软管"})]
    hazard = lived(district, reported(district), submitted)
    shen = at_work.phone(district.cast.shen)
    from_list(shen, HOSE)
    locked = shen.get_by_role("button", name="验收通过")
    expect(locked).to_have_attribute("aria-disabled", "true")
    expect(locked).to_have_accessible_description(str(RECTIFIER))
    assert post_to(shen, hazard, "accept", words="自己看过") == 403
    assert states() == ["to_verify"]


def post_to(page: Page, hazard: Hazard, verb: str, **given: str) -> int:
    """A direct POST of a move with the session of a page; its status."""
    page.goto(hazard.get_absolute_url())
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    sent = {"csrfmiddlewaretoken": token, "submission_id": str(UUID(int=9)), "seen": str(hazard.version)}
    address = reverse("hazards:move", args=[hazard.pk, verb])
    return page.request.post(address, form=sent | given, headers={"Referer": page.url}).status


def words_in(body: bytes) -> str:
    """What a page or a file says."""
    if not body.startswith(b"PK"):
        return body.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def hidden_addresses(hazard: Hazard, picture: Attachment) -> list[tuple[str, str]]:
    """Addresses of a hazard and its photo, each beside one of a thing that is not there."""
    moves = [("hazards:move", (verb,)) for verb in ("submit", "dispatch", "judge_major")]
    copies = [("attachments:copy", (size,)) for size in ("thumbnail", "view")]
    named = [(hazard.pk, ("hazards:hazard", ())), *((hazard.pk, move) for move in moves)]
    named += [(picture.pk, copy) for copy in (*copies, ("attachments:original", ()))]
    return [
        (reverse(name, args=[pk, *rest]), reverse(name, args=[MISSING, *rest])) for pk, (name, rest) in named
    ]


def channels_that_tell(page: Page) -> list[str]:
    """The open pages, lists and files in which somebody reads of the hose."""
    return [
        address
        for address in CHANNELS
        if (told := page.request.get(address)).ok and HOSE in words_in(told.body())
    ]


def test_a_stranger_sees_nothing_on_any_channel(at_work, district):
    hazard = lived(district, reported(district, photos=[upload(photo())]), GENERAL[:2])
    drain()
    stranger = at_work.phone(district.cast.yi)
    with the_day_is(TODAY + timedelta(days=2)):  # what is not urgent has arrived
        assert channels_that_tell(at_work.phone(district.cast.zhou)) == CHANNELS
        assert channels_that_tell(stranger) == []
    for address, missing in hidden_addresses(hazard, attached_to(hazard)[0]):
        there, away = stranger.request.get(address), stranger.request.get(missing)
        assert (address, there.status, there.body()) == (address, 404, away.body())


def test_what_was_typed_stays_when_the_page_was_stale_or_a_date_is_past(at_work, district):
    hazard = lived(district, reported(district), GENERAL[:1])
    chen = at_work.phone(district.cast.chen)
    from_today(chen, HOSE)
    open_move(chen, "dispatch")
    do(district, hazard, "control_hazard", "shen", control="停用东侧灶台")
    demand = "更换整段软管，加装切断阀"
    fill_in(chen, post="post_holder", due_on=SOON.isoformat(), words=demand)
    send(chen)
    expect(chen.locator("[role=alert]:visible")).not_to_be_empty()
    expect(chen.locator("[name=words]")).to_have_value(demand)
    refused(at_work, "409")

    fill_in(chen, due_on=(TODAY - timedelta(days=1)).isoformat())
    send(chen)
    expect(chen.locator(".field-error:visible")).to_have_text("期限不能早于今天。")
    expect(chen.locator("[name=words]")).to_have_value(demand)
    refused(at_work, "422")

    fill_in(chen, due_on=SOON.isoformat())
    send(chen)
    expect(chen.locator(".timeline")).to_contain_text(demand)
    assert states() == ["rectifying"]


def test_a_hazard_is_reported_without_javascript(at_work, district):
    shen = at_work.phone(district.cast.shen, java_script_enabled=False)
    shen.locator(".tab-bar a[href='/hazards/report/']").tap()
    tick(shen, "place", "other").tap()
    shen.locator("input[name=where]").fill("操场西侧")
    tick(shen, "kind", "facility").tap()
    shen.locator("textarea[name=text]").fill("围栏松动")
    shen.locator("input[name=photos]").set_input_files(PICTURE)
    send(shen)
    expect(shen.locator("h1")).to_have_text("围栏松动")
    found = Hazard.objects.everything("a test").get()
    assert (found.state, found.place_name, len(attached_to(found))) == ("to_judge", "操场西侧", 1)
