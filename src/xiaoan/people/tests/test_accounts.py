"""Accounts on pages: initial passwords told once, changed at first sign-in, renewed for who forgot theirs."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from xiaoan.foundation.journal import JournalEntry, JournalPayload
from xiaoan.foundation.once import ConflictCopy, Submission
from xiaoan.foundation.sheets import Column, read_table
from xiaoan.people.accounts import proposed_names
from xiaoan.people.models import Account
from xiaoan.people.tests.factories import a_person, an_appointment, appointed

ACCOUNTS = "/people/accounts/"
RIGHT = "a long enough password"
HEADINGS = ("单位", "姓名", "工号", "用户名", "初始密码")


@pytest.fixture
def admin(client, cast):
    """The client, signed in as the platform administrator."""
    client.force_login(appointed(cast.bureau, "system_admin", "贺兰舟").account)
    return client


@pytest.fixture
def newcomers(cast):
    """Two people with posts and without accounts, in two schools."""
    here = a_person(cast.school, "何知秋", staff_no="G00001")
    there = a_person(cast.neighbour, "米小圆", staff_no="G00002")
    an_appointment(here, cast.school, "staff")
    an_appointment(there, cast.neighbour, "staff")
    return here, there


def opened(client, person, submission=None, username="g00001"):
    form = {"username": username, "submission_id": submission or uuid4(), "seen": ""}
    return client.post(f"/people/{person.id}/account/", form)


def reset(client, person, submission=None):
    return client.post(f"/people/{person.id}/password/", {"submission_id": submission or uuid4(), "seen": ""})


def all_opened(client, submission, address=ACCOUNTS):
    people = client.get(address).context["offer"].hidden
    return client.post(address, {"people": people, "submission_id": submission, "seen": ""})


def names_in(answer):
    columns = [Column(heading) for heading in HEADINGS]
    return [tuple(row.values.values()) for row in read_table(answer.content, "accounts.xlsx", columns).rows]


def signed_in(client, username, password):
    client.logout()
    return client.post("/login/", {"username": username, "password": password})


def everything_kept():
    """All text that requests have left behind."""
    return " ".join(
        str(value)
        for model in (JournalEntry, JournalPayload, Submission, ConflictCopy, Account)
        for row in model._base_manager.values_list()
        for value in row
    )


def test_the_user_name_is_proposed_from_the_staff_number(admin, newcomers):
    form = admin.get(f"/people/{newcomers[0].id}/account/").context["form"]
    assert form["username"].value() == "g00001"


def test_a_staff_number_that_somebody_elses_name_is_gets_the_districts_code(cast, newcomers):
    Account.objects.create(username="g00001", person=a_person(cast.elsewhere))
    assert proposed_names(newcomers) == {newcomers[0].id: "g00001@yh", newcomers[1].id: "g00002"}


def test_an_initial_password_is_shown_once_and_kept_nowhere(admin, newcomers):
    answer = opened(admin, newcomers[0])
    password = answer.context["initial"].password
    assert password in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Account.named("g00001").check_password(password)
    assert password not in everything_kept()
    assert password not in admin.get(f"/people/{newcomers[0].id}/").content.decode()


def test_a_repeat_shows_the_same_and_another_request_another_password(admin, newcomers):
    submission = uuid4()
    first = opened(admin, newcomers[0], submission).context["initial"].password
    assert opened(admin, newcomers[0], submission).context["initial"].password == first
    assert reset(admin, newcomers[0]).context["initial"].password != first
    assert opened(admin, newcomers[0], submission).context["is_valid"] is False


def test_a_taken_user_name_is_told_beside_its_field(admin, cast, newcomers):
    answer = opened(admin, newcomers[0], username=cast.lin.staff_no)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["username"])


def test_at_first_sign_in_only_the_password_page_opens_until_it_is_changed(admin, newcomers):
    password = opened(admin, newcomers[0]).context["initial"].password
    client = admin
    signed_in(client, "G00001", password)
    for address in ("/", "/people/", "/me/"):
        assert client.get(address)["Location"] == reverse("people:password")
    assert "这是首次登录" in client.get("/password/").content.decode()
    form = {"current": password, "password": RIGHT, "again": RIGHT, "submission_id": uuid4()}
    same = client.post("/password/", form | {"password": password, "again": password})
    assert list(same.context["form"].errors) == ["password"]
    assert client.post("/password/", form).status_code == 303
    assert client.get("/people/").status_code == 200
    assert Account.named("g00001").must_change is False


def test_signing_out_is_open_with_an_initial_password(admin, newcomers):
    signed_in(admin, "g00001", opened(admin, newcomers[0]).context["initial"].password)
    assert admin.post("/logout/")["Location"] == "/login/"


def test_a_reset_ends_every_session_and_the_old_password(admin, cast):
    other = type(admin)()
    other.force_login(cast.lin.account)
    assert other.get("/people/").status_code == 200
    answer = reset(admin, cast.lin)
    assert other.get("/people/")["Location"].startswith("/login/")
    account = Account.named(cast.lin.staff_no)
    assert account.check_password(answer.context["initial"].password)
    assert not account.check_password(RIGHT)
    assert account.must_change
    entry = JournalEntry.objects.get(act="people.reset_password")
    assert entry.payload.body == '{"changes":{"password":[]}}'


def test_without_an_account_there_is_nothing_to_reset(admin, newcomers):
    answer = reset(admin, newcomers[0])
    assert answer.status_code == 422
    assert "请先开立账号" in answer.content.decode()


def test_ones_own_password_is_not_reset(admin, cast):
    own = Account.objects.get(person__name="贺兰舟").person
    assert admin.get(f"/people/{own.id}/password/").status_code == 403


def test_the_list_shows_who_holds_a_post_and_has_no_account(admin, cast, newcomers):
    a_person(cast.school, "无岗位")
    former = a_person(cast.school, "曾任职")
    an_appointment(former, cast.school, "staff", ends_on="2025-12-16")
    rows = admin.get(ACCOUNTS).context["offer"].shown.rows
    assert [row[0].value for row in rows] == ["何知秋", "米小圆"]
    rows = admin.get(f"{ACCOUNTS}?unit={cast.neighbour.id}").context["offer"].shown.rows
    assert [row[0].value for row in rows] == ["米小圆"]


def test_accounts_for_all_shown_are_one_act_with_one_file(admin, newcomers):
    names = names_in(all_opened(admin, uuid4()))
    assert [name[:4] for name in names] == [
        ("云禾实验小学", "何知秋", "G00001", "g00001"),
        ("柳湾小学", "米小圆", "G00002", "g00002"),
    ]
    passwords = [name[4] for name in names]
    assert len(set(passwords)) == 2
    assert [Account.named(name[3]).check_password(name[4]) for name in names] == [True, True]
    assert [Account.named(name[3]).must_change for name in names] == [True, True]
    assert JournalEntry.objects.filter(act="people.open_accounts").count() == 1
    assert [password for password in passwords if password in everything_kept()] == []
    assert admin.get(ACCOUNTS).context["offer"].shown.rows == []


def test_only_those_of_the_filter_get_accounts(admin, cast, newcomers):
    names = names_in(all_opened(admin, uuid4(), f"{ACCOUNTS}?unit={cast.neighbour.id}"))
    assert [name[1] for name in names] == ["米小圆"]
    assert Account.named("g00001") is None
    page = admin.get(f"{ACCOUNTS}?unit={cast.neighbour.id}")
    assert "账号已开立，名单已经下载。" in page.content.decode()
    assert page.context["offer"].shown.rows == []


def test_a_repeat_after_a_lost_answer_gives_the_same_file_without_what_was_changed_since(admin, newcomers):
    submission = uuid4()
    people = admin.get(ACCOUNTS).context["offer"].hidden
    form = {"people": people, "submission_id": submission, "seen": ""}
    first, again = names_in(admin.post(ACCOUNTS, form)), names_in(admin.post(ACCOUNTS, form))
    assert again == first
    reset(admin, newcomers[0])
    assert [name[4] for name in names_in(admin.post(ACCOUNTS, form))] == ["已更换", first[1][4]]
    assert Account.objects.filter(username__startswith="g0000").count() == 2


def test_somebody_who_got_an_account_meanwhile_stops_the_whole_list(admin, newcomers):
    people = admin.get(ACCOUNTS).context["offer"].hidden
    opened(admin, newcomers[1], username="g00002")
    answer = admin.post(ACCOUNTS, {"people": people, "submission_id": uuid4(), "seen": ""})
    assert answer.status_code == 422
    assert "这个人已有账号：g00002。" in answer.content.decode()
    assert Account.named("g00001") is None


@pytest.mark.parametrize(
    ("people", "words"), [("", "名单是空的"), ("x", "名单不完整"), ("0199d2f4-0000-7000", "名单不完整")]
)
def test_a_list_that_is_none_is_told(admin, newcomers, people, words):
    answer = admin.post(ACCOUNTS, {"people": people, "submission_id": uuid4(), "seen": ""})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_more_than_five_hundred_are_not_opened_at_once(admin, cast):
    for _number in range(501):
        an_appointment(a_person(cast.school), cast.school, "staff")
    page = admin.get(ACCOUNTS)
    text = page.content.decode()
    assert "一次最多开立 500 个账号。请先选单位" in text
    assert f'<option value="{cast.school.id}">云禾实验小学</option>' in text.split("列出人员")[0]
    assert 'name="people"' not in text
    answer = all_opened(admin, uuid4())
    assert (answer.status_code, Account.objects.filter(must_change=True).count()) == (422, 0)


def test_people_of_another_district_get_no_account_here(admin, cast, newcomers):
    foreign = a_person(cast.elsewhere, "外区人")
    an_appointment(foreign, cast.elsewhere, "staff")
    assert opened(admin, foreign).status_code == 404
    people = f"{newcomers[0].id} {foreign.id}"
    names = names_in(admin.post(ACCOUNTS, {"people": people, "submission_id": uuid4(), "seen": ""}))
    assert [name[1] for name in names] == ["何知秋"]


@pytest.mark.parametrize("who", ["bai", "gu", "lin", "security_officer", "auditor"])
def test_nobody_else_opens_accounts_or_resets_passwords(client, cast, newcomers, who):
    person = getattr(cast, who, None) or appointed(cast.bureau, who, "唐景行")
    client.force_login(person.account)
    assert client.get(ACCOUNTS).status_code == 403
    assert opened(client, newcomers[0]).status_code == 403
    assert reset(client, cast.shen).status_code == 403
    page = client.get(f"/people/{cast.shen.id}/").content.decode()
    assert "账号和密码由平台管理员办理" in page
    assert f"/people/{cast.shen.id}/password/" not in page


@pytest.mark.parametrize("page", ["accounts/", "{person}/account/", "{person}/password/", "{person}/"])
def test_pages_speak_english(admin, cast, newcomers, page):
    admin.cookies["django_language"] = "en"
    with translation.override("en"):
        main = admin.get(f"/people/{page.format(person=newcomers[0].id)}").content.decode()
    main = main.split("<main", 1)[1].split("</main>", 1)[0]
    for name in ("何知秋", "米小圆", "法制科", *(unit.name for unit in (cast.bureau, cast.centre))):
        main = main.replace(name, "")
    main = main.replace(cast.school.name, "").replace(cast.neighbour.name, "")
    assert [letter for letter in main if "\u4e00" <= letter <= "\u9fff"] == []
