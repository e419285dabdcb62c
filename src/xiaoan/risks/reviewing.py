"""What a review says of one risk point, and whether that can be taken as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import RuleBroken, Words
from xiaoan.risks.declarations import LONGEST_MEASURES
from xiaoan.risks.models import Level, ReviewOutcome, Risk

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """保持, 调整 or 消除 of one risk point, on the version that was on the page.

    A point that is changed gets `level` and `measures`; one that is retired says why in `words`.
    """

    risk: Risk
    seen: int
    outcome: str
    level: int
    measures: str
    words: str = ""

    def field(self, name: str) -> str:
        """The name of a form's field about this point."""
        return f"{name}-{self.risk.pk}"

    @property
    def changes_anything(self) -> bool:
        """Whether level or measures differ from what stands there."""
        return (self.level, self.measures.strip()) != (self.risk.level, self.risk.measures)


def kept(risk: Risk, words: str = "") -> Answer:
    """That a risk point stays as it is."""
    return Answer(risk, risk.version, ReviewOutcome.KEPT, risk.level, risk.measures, words)


def refuse_misfit(answers: Iterable[Answer]) -> None:
    """Raise `RuleBroken` naming the fields of the points whose answer cannot be taken."""
    faults: dict[str, list[Words]] = {}
    for answer in answers:
        for name, words in _faults(answer):
            faults.setdefault(answer.field(name), []).append(words)
    if faults:
        raise RuleBroken(faults)


def _faults(answer: Answer) -> Iterator[tuple[str, Words]]:
    """Field and words of what is wrong with one answer."""
    if len(answer.words) > LONGEST_WORDS:
        yield "words", _("说明最多200字，请缩短。")
    if answer.outcome == ReviewOutcome.RETIRED and not answer.words.strip():
        yield "words", _("消除要写明理由，例如设备已拆除、场所已改作他用。")
    if answer.outcome == ReviewOutcome.CHANGED:
        yield from _change_faults(answer)


def _change_faults(answer: Answer) -> Iterator[tuple[str, Words]]:
    """What is wrong with an answer that changes its point."""
    if answer.level not in Level.values:
        yield "level", _("请选择等级。")
    if not answer.measures.strip():
        yield "measures", _("请写明管控措施。")
    elif len(answer.measures) > LONGEST_MEASURES:
        yield "measures", _("管控措施最多400字，请缩短。")
    elif not answer.changes_anything:
        yield "outcome", _("选了「调整」，请改等级或措施；没有要改的，请选「保持」。")
