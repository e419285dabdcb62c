"""What the reader says when it cannot read: what is wrong with which file, and what to do."""

from django.utils.text import format_lazy

from xiaoan.foundation.errors import Words, WrongType


class UnreadableDocument(WrongType):
    """The file is not a plan that can be read; `reason` says what is wrong and what to do instead."""

    code = "unreadable-document"

    def __init__(self, name: str, reason: Words) -> None:
        super().__init__(format_lazy("{name}：{reason}", name=name, reason=reason))


class OversizedDocument(UnreadableDocument):
    """The file, or what it unpacks to, is larger than any plan."""

    status, code = 413, "oversized-document"
