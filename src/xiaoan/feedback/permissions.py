"""Who may write, answer and withdraw: the matrix says which roles, these rules that nobody answers themselves."""

from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.models import Remark
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import Denied, Verdict, granted
from xiaoan.people.models import Person

WRITER = _("自己写的由他人答复。")


def may_write_remark(actor: Actor, writer: Person) -> Verdict:
    """Everybody in post, in their own name."""
    return granted(actor, "feedback.write_remark", writer)


def may_answer_remark(actor: Actor, remark: Remark) -> Verdict:
    """Who answers for the district, and where a page is wrong the platform's administrator; never the writer."""
    if remark.created_by_id == actor.person_id:
        return Denied(WRITER)
    return granted(actor, "feedback.answer_remark", remark)


def may_withdraw_remark(actor: Actor, remark: Remark) -> Verdict:
    """Its writer."""
    return granted(actor, "feedback.withdraw_remark", remark)
