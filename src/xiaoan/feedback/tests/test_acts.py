"""A remark is written by everybody in post, answered by those who answer, withdrawn by its writer."""

import pytest

from xiaoan.feedback.acts import answer_remark, withdraw_remark, write_remark
from xiaoan.feedback.models import Kind, Remark, RemarkState
from xiaoan.feedback.tests.factories import ANSWER, WORDS, a_remark, answered, stored
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.errors import FasterHand, NotPermitted, RuleBroken, WrongStep
from xiaoan.foundation.journal import JournalEntry
from xiaoan.messages.tests.factories import all_messages
from xiaoan.people.queries import actor_for
from xiaoan.people.tests.factories import a_person, appointed

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(cast):
    """The administrator of the platform."""
    return appointed(cast.bureau, "system_admin", "纪长宁")


def all_remarks():
    return Remark.objects.everything("a test")


def seen_by(*people):
    return [person.name for person in people if Remark.objects.visible_to(actor_for(person)).exists()]


def inbox(person):
    return list(all_messages().filter(person=person).values_list("title_zh", "body_en", "url"))


def test_a_remark_waits_with_its_words_and_its_page(cast):
    remark = stored(a_remark(cast.zhou, text=f"  {WORDS}\n", page="/hazards/report/"))
    assert (remark.kind, remark.text, remark.page, remark.state) == (
        Kind.COMPLAINT,
        WORDS,
        "/hazards/report/",
        RemarkState.ASKED,
    )
    assert (remark.created_by_id, remark.answer, remark.answered_on) == (cast.zhou.pk, "", None)


def test_a_remark_stands_in_the_journal_of_the_district_and_not_of_the_school(cast):
    a_remark(cast.zhou)
    entry = JournalEntry._default_manager.get(act="feedback.write_remark")
    assert entry.unit_id == cast.bureau.pk


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", {"text": " \n"}),
        ("text", {"text": "长" * 1001}),
        ("page", {"page": "https://example.org/"}),
        ("page", {"page": "//example.org/"}),
        ("page", {"page": "javascript:alert(1)"}),
        ("page", {"page": "/" + "a" * 200}),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(cast, field, values):
    with pytest.raises(RuleBroken) as refused:
        a_remark(cast.zhou, **values)
    assert list(refused.value.fields) == [field]
    assert not all_remarks().exists()


def test_a_thousand_characters_are_taken(cast):
    assert len(stored(a_remark(cast.zhou, text="长" * 1000)).text) == 1000


def test_nobody_writes_in_anothers_name(cast):
    with pytest.raises(NotPermitted):
        write_remark(actor=cast.actor("lin"), ask=Ask(), writer=cast.zhou, kind=Kind.COMPLAINT, text=WORDS)


def test_who_holds_no_post_writes_nothing(cast):
    with pytest.raises(NotPermitted):
        a_remark(a_person(cast.school))


def test_the_same_request_writes_once(cast):
    ask, words = Ask(), {"writer": cast.zhou, "kind": Kind.SUGGESTION, "text": WORDS}
    twice = [write_remark(actor=cast.actor("zhou"), ask=ask, **words).pk for _ in range(2)]
    assert twice == [remark.pk for remark in all_remarks() for _ in range(2)]


def test_the_answer_stands_with_its_day_and_reaches_the_writer_the_next_morning(cast):
    remark = a_remark(cast.zhou)
    answered(remark, cast.gu)
    drain()
    found = stored(remark)
    assert (found.state, found.answer, found.answered_by_id, found.answered_on) == (
        RemarkState.REPLIED,
        ANSWER,
        cast.gu.pk,
        clock.today(),
    )
    assert inbox(cast.zhou) == [
        (WORDS, "What you wrote has been answered. Open it to read the answer.", remark.get_absolute_url())
    ]
    assert [message.person_id for message in all_messages()] == [cast.zhou.pk]


@pytest.mark.parametrize("answer", ["  ", "长" * 1001])
def test_an_answer_is_words_and_not_a_treatise(cast, answer):
    remark = a_remark(cast.zhou)
    with pytest.raises(RuleBroken) as refused:
        answered(remark, cast.gu, answer)
    assert list(refused.value.fields) == ["answer"]
    assert stored(remark).state == RemarkState.ASKED


def test_a_remark_is_answered_once(cast):
    remark = answered(a_remark(cast.zhou), cast.gu)
    with pytest.raises(WrongStep):
        answered(remark, cast.bai, "又一次")
    assert stored(remark).answer == ANSWER


def test_of_two_who_answer_the_second_learns_of_the_first(cast):
    remark = a_remark(cast.zhou)
    late = stored(remark)
    answered(remark, cast.gu)
    with pytest.raises(FasterHand):
        answer_remark(actor=cast.actor("bai"), ask=Ask(seen=1), remark=late, answer="另一份答复")
    assert stored(remark).answer == ANSWER


def test_nobody_answers_their_own(cast):
    remark = a_remark(cast.gu)
    with pytest.raises(NotPermitted, match="自己写的由他人答复"):
        answered(remark, cast.gu)
    answered(remark, cast.bai)
    assert stored(remark).answered_by_id == cast.bai.pk


@pytest.mark.parametrize("who", ["lin", "wen", "chen", "zhou", "tang", "yi"])
def test_no_school_answers(cast, who):
    remark = a_remark(cast.shen)
    with pytest.raises(NotPermitted):
        answered(remark, getattr(cast, who))


def test_the_platforms_administrator_answers_wrong_pages_only(cast, keeper):
    answered(a_remark(cast.zhou, Kind.ERROR), keeper)
    for kind in (Kind.COMPLAINT, Kind.SUGGESTION):
        with pytest.raises(NotPermitted):
            answered(a_remark(cast.zhou, kind), keeper)


def test_a_writer_withdraws_until_there_is_an_answer(cast):
    waiting, done = a_remark(cast.zhou), answered(a_remark(cast.zhou), cast.gu)
    withdraw_remark(actor=cast.actor("zhou"), ask=Ask(), remark=waiting)
    assert stored(waiting).state == RemarkState.WITHDRAWN
    with pytest.raises(WrongStep):
        withdraw_remark(actor=cast.actor("zhou"), ask=Ask(), remark=done)
    with pytest.raises(WrongStep):
        answered(waiting, cast.gu)


@pytest.mark.parametrize("who", ["lin", "gu", "bai", "shen"])
def test_nobody_withdraws_anothers(cast, who):
    remark = a_remark(cast.zhou)
    with pytest.raises(NotPermitted):
        withdraw_remark(actor=cast.actor(who), ask=Ask(), remark=remark)


def test_heads_and_colleagues_read_nothing_of_it(cast, keeper):
    a_remark(cast.zhou)
    everybody = [cast.lin, cast.wen, cast.chen, cast.shen, cast.zhou, cast.tang, cast.bai, cast.gu, keeper]
    assert seen_by(*everybody, cast.yi) == [person.name for person in (cast.zhou, cast.bai, cast.gu)]


@pytest.mark.parametrize(
    "role", ["bureau_head", "deputy_director", "section_supervisor", "security_officer", "auditor"]
)
def test_nor_does_anybody_else_of_the_bureau(cast, role):
    a_remark(cast.zhou, Kind.ERROR)
    assert seen_by(appointed(cast.bureau, role, "任用")) == []


def test_nor_do_the_others_of_the_centre(cast):
    a_remark(cast.zhou, Kind.ERROR)
    assert seen_by(appointed(cast.centre, "centre_staff", "任用")) == []
