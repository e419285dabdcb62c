"""Refusals: every way in which the system says no, with the words and what to do instead.

Page, API and command line answer alike; the middleware turns a refusal into its page. Codes are short
and stable: a person can read one out on the telephone.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A no with its reason, in words for the person who asked."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    reason: Words = _("请求没有被接受。")

    def __init__(self, reason: Words | None = None) -> None:
        if reason is not None:
            self.reason = reason
        super().__init__(self.reason)

    def __str__(self) -> str:
        return str(self.reason)


class Malformed(Refused):
    """The request has an unknown field, a wrong shape or a character that cannot be stored."""

    status, code = 400, "malformed"
    reason = _("请求的格式不对，请返回上一页重试。")


class NotPermitted(Refused):
    """Seen, but not granted; or forbidden by separation of duties."""

    status, code = 403, "not-permitted"
    reason = _("这件事不由您办理。")


class NotFound(Refused):
    """Missing, or outside one's sight: the two answers are byte-equal."""

    status, code = 404, "not-found"
    reason = _("没有找到。它可能不存在，或不在您的查看范围内。")


class Conflict(Refused):
    """Somebody was faster, the step is wrong, or one submission came with two contents."""

    status, code = 409, "conflict"
    reason = _("情况已经变化，请刷新后再办。")


class FasterHand(Conflict):
    """The record changed after the page was opened."""

    code = "faster-hand"
    reason = _("您打开页面之后，别人已经改动了这条记录。您填写的内容还在，请看过最新情况再提交。")


class WrongStep(Conflict):
    """The move does not start at the record's present step."""

    code = "wrong-step"


class SameIdOtherContent(Conflict):
    """A submission id came back with other content; the copy is kept."""

    code = "other-content"
    reason = _("这份内容先前已经提交过，这次的内容与上次不同。系统保留了两份，请核对后重新填报。")


class TooLarge(Refused):
    """A file or a text over its limit."""

    status, code = 413, "too-large"
    reason = _("文件太大。")


class WrongType(Refused):
    """A file of a kind that is not accepted here."""

    status, code = 415, "wrong-type"
    reason = _("不支持这种文件。")


class RuleBroken(Refused):
    """A rule about fields; the form is shown again with what was typed. `fields` maps name to words."""

    status, code = 422, "rule-broken"
    reason = _("有几处需要改一下，见各栏旁边的说明。")

    def __init__(self, fields: Mapping[str, Sequence[Words]], reason: Words | None = None) -> None:
        super().__init__(reason)
        self.fields = fields

    def __str__(self) -> str:
        return "; ".join(str(words) for notes in self.fields.values() for words in notes) or str(self.reason)


class TooMany(Refused):
    """Too many tries; wait and try again."""

    status, code = 429, "too-many"

    def __init__(self, reason: Words | None = None, *, wait_seconds: int = 60) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


class CannotStore(Refused):
    """Nothing can be stored at this moment."""

    status, code = 503, "cannot-store"
    reason = _("系统暂时无法保存。您填写的内容还在本页，请过一会儿再提交。")
