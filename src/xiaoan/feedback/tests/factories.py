"""Remarks without surprises."""

from xiaoan.feedback.acts import answer_remark, write_remark
from xiaoan.feedback.models import Kind, Remark
from xiaoan.foundation.actor import Ask
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for

WORDS = "食堂后厨的消防通道常被占用，请派人看看。"
ANSWER = "已采纳，中心本周到校核查。"


def a_remark(writer: Person, kind: Kind = Kind.COMPLAINT, *, text: str = WORDS, page: str = "") -> Remark:
    """Something that a person wrote today."""
    return write_remark(actor=actor_for(writer), ask=Ask(), writer=writer, kind=kind, text=text, page=page)


def answered(remark: Remark, by: Person, answer: str = ANSWER) -> Remark:
    """A remark with its answer."""
    return answer_remark(actor=actor_for(by), ask=Ask(), remark=remark, answer=answer)


def stored(remark: Remark) -> Remark:
    """A remark as the database has it."""
    found: Remark = Remark.objects.everything("a test").get(pk=remark.pk)
    return found
