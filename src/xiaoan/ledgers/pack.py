"""The pack file `kinds.yaml`: its schema, how it must fit the files beside it, and its measures' names."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.packs import Misfit, Section, register_section
from xiaoan.ledgers.declarations import Kinds, RecordKind


def misfits(sections: Mapping[str, Any]) -> list[Misfit]:
    """Posts that posts.yaml lacks, and evidence that is not exactly what duties.yaml measures by a kind."""
    posts = {row.code for row in _rows(sections, "posts")}
    served: dict[str, set[str]] = defaultdict(set)
    for duty in _rows(sections, "duties"):
        served[(duty.parameters or {}).get("kind", "")].add(duty.code)
    kinds: Kinds = sections["kinds"]
    return [
        Misfit(words, (place,))
        for place, kind in enumerate(kinds.root)
        for words in (*_unknown_posts(kind, posts), *_wrong_evidence(kind, served[kind.code]))
    ]


def _rows(sections: Mapping[str, Any], name: str) -> list[Any]:
    """The rows of a section that is a list; none where the pack lacks it."""
    return list(getattr(sections.get(name), "root", ()))


def _unknown_posts(kind: RecordKind, known: set[str]) -> list[str]:
    named = {*kind.recorded_by, *(post for field in kind.fields for post in field.posts)}
    if not (unknown := sorted(named - known)):
        return []
    words = _("%(kind)s：posts.yaml 里没有岗位 %(posts)s，请改正，或在那里补上。")
    return [words % {"kind": kind.code, "posts": "、".join(unknown)}]


def _wrong_evidence(kind: RecordKind, served: set[str]) -> list[str]:
    if set(kind.evidence_for) == served:
        return []
    words = _("%(kind)s：evidence_for 应恰为以本记录计数的任务：%(duties)s。")
    return [words % {"kind": kind.code, "duties": "、".join(sorted(served)) or _("无")}]


register_section(Section("kinds", Kinds, gettext_lazy("台账种类"), check=misfits))
