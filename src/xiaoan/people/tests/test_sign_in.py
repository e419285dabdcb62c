"""Signing in: same words for every failure, slowed-down guesses, nothing but own pages, the demo's click."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from xiaoan.foundation import clock
from xiaoan.foundation.errors import TooMany
from xiaoan.foundation.journal import JournalEntry
from xiaoan.people.models import DemoLogin, SignInDelay
from xiaoan.people.sign_in import FREE_TRIES, WAITS, sign_in
from xiaoan.people.tests.factories import make_cast

RIGHT = "a long enough password"
LOGIN = "/login/"


def posted(client, username, password, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def tried(username, password="wrong", address="10.0.0.1"):  # noqa: S107 - a wrong one
    request = RequestFactory().post(LOGIN, REMOTE_ADDR=address)
    return sign_in(request, username, password)


def test_the_right_password_opens_the_home_page(client, cast):
    answer = posted(client, cast.lin.staff_no.upper(), RIGHT)
    assert (answer.status_code, answer["Location"]) == (302, reverse("today"))
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, cast):
    answers = [
        posted(client, name, "wrong").content.decode() for name in (cast.lin.staff_no, "nobody-at-all")
    ]
    plain = {
        answer.replace(cast.lin.staff_no, "…").replace("nobody-at-all", "…")
        for answer in _without_tokens(answers)
    }
    assert len(plain) == 1
    assert "用户名或密码不对" in plain.pop()
    assert not is_signed_in(client)


def _without_tokens(pages):
    return [
        "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line) for page in pages
    ]


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/plans/", "/plans/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("me/", "/"),
    ],
)
def test_after_signing_in_only_own_pages_follow(client, cast, wanted, goes_to):
    assert posted(client, cast.lin.staff_no, RIGHT, next=wanted)["Location"] == goes_to


def test_after_five_tries_the_wait_grows_up_to_fifteen_minutes(cast):
    for _try in range(FREE_TRIES):
        assert tried(cast.lin.staff_no) is None
    instant, waits = clock.now(), []
    for _try in range(len(WAITS) + 1):
        with clock.held_at(instant):
            with pytest.raises(TooMany) as refusal:
                tried(cast.lin.staff_no, RIGHT)
            waits.append(refusal.value.wait_seconds)
        instant += timedelta(seconds=waits[-1])
        with clock.held_at(instant):
            assert tried(cast.lin.staff_no) is None
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_guessing_from_elsewhere_does_not_lock_the_person_out(cast):
    for _try in range(FREE_TRIES):
        tried(cast.lin.staff_no, address="10.0.0.66")
    with pytest.raises(TooMany):
        tried(cast.lin.staff_no, RIGHT, address="10.0.0.66")
    assert tried(cast.lin.staff_no, RIGHT).person == cast.lin


def test_a_success_forgets_the_tries_before_it(cast):
    for _round in range(3):
        for _try in range(FREE_TRIES - 1):
            tried(cast.lin.staff_no)
        assert tried(cast.lin.staff_no, RIGHT).person == cast.lin
    assert SignInDelay.objects.count() == 0


def test_tries_are_forgotten_after_an_hour(cast):
    for _try in range(FREE_TRIES):
        tried(cast.lin.staff_no)
    with clock.held_at(clock.now() + timedelta(hours=1, seconds=1)):
        for _try in range(FREE_TRIES):
            assert tried(cast.lin.staff_no) is None


def test_an_unknown_name_is_slowed_down_like_a_known_one(client, cast):
    for _try in range(FREE_TRIES):
        posted(client, "nobody-at-all", "wrong")
    answer = posted(client, "nobody-at-all", "wrong")
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")


@pytest.mark.django_db(transaction=True)
def test_two_hundred_guesses_at_one_instant_are_at_most_six_tries():
    name = make_cast().lin.staff_no
    hands, rounds = 20, 10
    barrier = threading.Barrier(hands)
    answers = []

    def guess():
        barrier.wait()
        for _round in range(rounds):
            try:
                answers.append(tried(name))
            except TooMany:
                answers.append("wait")
        connection.close()

    threads = [threading.Thread(target=guess) for _hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == hands * rounds
    assert answers.count(None) == FREE_TRIES
    assert SignInDelay.objects.get().tries == FREE_TRIES


def test_an_account_that_was_closed_does_not_sign_in(client, cast):
    cast.lin.account.is_active = False
    cast.lin.account.save()
    assert posted(client, cast.lin.staff_no, RIGHT).status_code == 422


def test_signing_out_is_a_post(client, cast):
    client.force_login(cast.lin.account)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == LOGIN
    assert not is_signed_in(client)


def changed(client, **changes):
    form = {"current": RIGHT, "password": "another good password", "again": "another good password"}
    form |= {"submission_id": "0199d2f4-0000-7000-8000-000000000001"}
    return client.post("/password/", form | changes)


def test_a_changed_password_ends_other_sessions_and_is_kept_nowhere_else(client, cast, django_user_model):
    other = type(client)()
    for each in (client, other):
        each.force_login(cast.lin.account)
    assert changed(client).status_code == 303

    account = django_user_model.objects.get(pk=cast.lin.account.pk)
    assert account.check_password("another good password")
    assert client.get("/password/").status_code == 200
    assert other.get("/password/").status_code == 302
    assert (
        JournalEntry.objects.get(act="people.change_password").payload.body == '{"changes":{"password":[]}}'
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"current": "wrong"}, "current"),
        ({"again": "something else"}, "again"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "qwerty123456", "again": "qwerty123456"}, "password"),
    ],
)
def test_a_password_that_will_not_do_is_told_beside_its_field(client, cast, changes, field):
    client.force_login(cast.lin.account)
    answer = changed(client, **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def in_cast(person, position=1):
    return DemoLogin.objects.create(
        account=person.account, position=position, side="school", note_zh="看本校", note_en="The school"
    )


def test_the_demo_shows_its_cast_and_signs_in_with_a_click(client, cast, settings):
    settings.DEMO = True
    in_cast(cast.lin)
    page = client.get(LOGIN).content.decode()
    assert "林一鸣" in page
    assert "看本校" in page

    answer = client.post("/demo/sign-in/", {"as": cast.lin.staff_no.lower()})
    assert answer["Location"] == reverse("today")
    assert is_signed_in(client)


def test_only_the_cast_is_entered_by_a_click(client, cast, settings):
    settings.DEMO = True
    in_cast(cast.lin)
    assert client.post("/demo/sign-in/", {"as": cast.tang.staff_no.lower()}).status_code == 404
    assert not is_signed_in(client)


def test_outside_the_demo_there_is_no_click(client, cast, settings):
    settings.DEMO = False
    in_cast(cast.lin)
    assert "林一鸣" not in client.get(LOGIN).content.decode()
    assert client.post("/demo/sign-in/", {"as": cast.lin.staff_no.lower()}).status_code == 404


def test_an_account_keeps_its_language(client, cast):
    from xiaoan.foundation.actor import Ask
    from xiaoan.people.acts import choose_language

    choose_language(actor=cast.actor("lin"), ask=Ask(), person=cast.lin, language="en")
    client.force_login(cast.lin.account)
    with translation.override("zh-hans"):
        assert client.get("/password/")["Content-Language"] == "en"
        client.post("/logout/")
        assert client.get(LOGIN)["Content-Language"] == "zh-hans"
