"""The only ways in which remarks change: written, answered, withdrawn."""

from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.events import RemarkAnswered
from xiaoan.feedback.lifecycle import REMARK
from xiaoan.feedback.models import LONGEST_TEXT, Kind, Remark, is_page
from xiaoan.feedback.permissions import may_answer_remark, may_withdraw_remark, may_write_remark
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken
from xiaoan.people.models import Person


@act(may=may_write_remark)
def write_remark(  # noqa: PLR0913 - what was written, by whom, where
    *,
    actor: Actor,  # noqa: ARG001 - every act takes its actor
    ask: Ask,  # noqa: ARG001 - every act takes its ask
    writer: Person,
    kind: Kind,
    text: str,
    page: str = "",
) -> Outcome[Remark]:
    """Write to the bureau. `page` is the path on which it was written, if any.

    Raises `RuleBroken` without words, for more than 1,000 characters, and for a page that is none of this site.
    """
    words = _checked(text, "text")
    if page and not is_page(page):
        raise RuleBroken({"page": [_("只能填写本站的页面地址。")]})
    district = writer.district_id
    remark = Remark.objects.create(
        district_id=district,
        unit_id=district,
        created_by=writer,
        kind=kind,
        text=words,
        page=page,
        platform_id=district if kind == Kind.ERROR else None,
    )
    return Outcome(remark, {"kind": [None, remark.kind], "text": [None, words], "page": [None, page]})


@act(may=may_answer_remark)
def answer_remark(*, actor: Actor, ask: Ask, remark: Remark, answer: str) -> Outcome[Remark]:
    """Answer a remark that waits; its writer is told.

    Raises `RuleBroken` without words or for more than 1,000 characters, `WrongStep` when nobody waits any more.
    """
    given = {
        "answer": _checked(answer, "answer"),
        "answered_by_id": actor.person_id,
        "answered_on": clock.today(),
    }
    changes = REMARK.go(remark, "answer", actor=actor, ask=ask, **given)
    told = RemarkAnswered(
        district_id=remark.district_id,
        unit_id=remark.unit_id,
        record_id=remark.pk,
        happened_on=clock.today(),
    )
    return Outcome(remark, changes, (told,))


@act(may=may_withdraw_remark)
def withdraw_remark(*, actor: Actor, ask: Ask, remark: Remark) -> Outcome[Remark]:
    """Take one's own remark back before it is answered. Raises `WrongStep` after that."""
    return Outcome(remark, REMARK.go(remark, "withdraw", actor=actor, ask=ask))


def _checked(words: str, field: str) -> str:
    """Words that can be stored: some, and not a treatise."""
    stripped = words.strip()
    if not stripped:
        raise RuleBroken({field: [_("请写下内容。")]})
    if len(stripped) > LONGEST_TEXT:
        raise RuleBroken({field: [_("最多1000字，请缩短。")]})
    return stripped
