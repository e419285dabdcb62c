"""What a form says of a risk point, and whether it fits: place, post and accident are known, words are there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import RuleBroken, Words
from xiaoan.organisations.models import Place, Unit
from xiaoan.people.models import Post
from xiaoan.risks.declarations import LONGEST_MEASURES, LONGEST_POINT, RiskRules
from xiaoan.risks.models import Level


@dataclass(frozen=True, slots=True)
class RiskDraft:
    """A risk point as it is to stand on the list. `kind` is an accident's code, or empty."""

    place: Place
    point: str
    level: int
    measures: str
    post: Post
    kind: str = ""


def refuse_misfit(unit: Unit, draft: RiskDraft, rules: RiskRules, standing: RiskDraft | None = None) -> None:
    """Raise `RuleBroken` naming the fields that do not fit the unit and the pack.

    What a point stands by already stays good, though the place, the post or the accident went out of use since.
    """
    faults: dict[str, list[Words]] = {}
    for name, words in (*_wrong_words(draft), *_wrong_relations(unit, draft, rules)):
        if standing is None or getattr(draft, name) != getattr(standing, name):
            faults.setdefault(name, []).append(words)
    if faults:
        raise RuleBroken(faults)


def _wrong_words(draft: RiskDraft) -> Iterator[tuple[str, Words]]:
    """What is missing or too long."""
    if not draft.point.strip():
        yield "point", _("请写明风险点。")
    if len(draft.point) > LONGEST_POINT:
        yield "point", _("风险点最多80字，请缩短。")
    if not draft.measures.strip():
        yield "measures", _("请写明管控措施。")
    if len(draft.measures) > LONGEST_MEASURES:
        yield "measures", _("管控措施最多400字，请缩短。")
    if draft.level not in Level.values:
        yield "level", _("请选择等级。")


def _wrong_relations(unit: Unit, draft: RiskDraft, rules: RiskRules) -> Iterator[tuple[str, Words]]:
    """A place of another unit, a post of another district or out of use, an accident unknown to the pack."""
    if not draft.place.unit.path.startswith(unit.path) or draft.place.retired_on is not None:
        yield "place", _("请选择本单位在用的部位。")
    if draft.post.district_id != unit.district_id or draft.post.retired:
        yield "post", _("请选择岗位表中在用的岗位。")
    if draft.kind and rules.accident(draft.kind) is None:
        yield "kind", _("请选择规则库中的事故类型。")
