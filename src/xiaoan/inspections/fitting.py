"""Whether points can be taken as they are: words are there, codes and norms are those of the pack."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import RuleBroken, Words
from xiaoan.inspections.contents import HEAVIEST, LONGEST_BASIS, LONGEST_TEXT, MOST_POINTS, Content, Point
from xiaoan.inspections.models import Answer
from xiaoan.inspections.vocabulary import Vocabulary


def refuse_misfit(content: Content, vocabulary: Vocabulary) -> None:
    """Raise `RuleBroken` naming each point that cannot be taken by its number."""
    if not content.points:
        raise RuleBroken({"points": [_("请至少写一个检查点。")]})
    if len(content.points) > MOST_POINTS:
        raise RuleBroken({"points": [_("检查点最多60条，请合并或删减。")]})
    texts = [point.text_zh for point in content.points]
    if doubled := [text for text in dict.fromkeys(texts) if texts.count(text) > 1]:
        raise RuleBroken({"points": [_("“%(text)s”写了两次，请删去一条。") % {"text": doubled[0]}]})
    faults = [
        _("第%(number)d条：%(words)s") % {"number": number, "words": words}
        for number, point in enumerate(content.points, start=1)
        for _field, words in faults_of(point, vocabulary)
    ]
    if faults:
        raise RuleBroken({"points": faults})


def faults_of(point: Point, vocabulary: Vocabulary) -> Iterator[tuple[str, Words]]:
    """Field and words of what is wrong with a point."""
    yield from _wrong_words(point)
    yield from _wrong_names(point, vocabulary)
    yield from _wrong_answer(point)


def _wrong_words(point: Point) -> Iterator[tuple[str, Words]]:
    """What is missing or too long."""
    if not point.text_zh:
        yield "text", _("请写检查内容。")
    if len(point.text_zh) > LONGEST_TEXT:
        yield "text", _("检查内容最多200字，请缩短。")
    if len("\n".join(point.basis)) > LONGEST_BASIS:
        yield "basis", _("依据最多200字，请只写主要的。")
    if not 1 <= point.weight <= HEAVIEST:
        yield "weight", _("分值写1到100的整数。")


def _wrong_names(point: Point, vocabulary: Vocabulary) -> Iterator[tuple[str, Words]]:
    """Names that the pack does not know; a basis may be shown as law, so only the pack's own are cited."""
    for citation in point.basis:
        if vocabulary.norm(citation) is None:
            yield (
                "basis",
                _("规则库的依据里没有“%(title)s”，请用下面列出的名称，或者不写依据。") % {"title": citation},
            )
    if point.hazard_kind not in vocabulary.hazards:
        yield "hazard", _("请选择不合格时建议的隐患种类。")
    if point.accident and point.accident not in vocabulary.accidents:
        yield "accident", _("请选择规则库中的事故类型。")
    criterion = vocabulary.criteria.get(point.criterion)
    if point.criterion and (criterion is None or point.hazard_kind not in criterion.kinds):
        yield "criterion", _("这个判定条件不用于所选的隐患种类，请重新选择。")


def _wrong_answer(point: Point) -> Iterator[tuple[str, Words]]:
    """A number without unit, bounds without a number, bounds the wrong way round."""
    if (point.answer == Answer.NUMBER) != bool(point.unit_zh):
        yield "unit", _("填数字的要写计量单位，其他答法不写。")
    if point.answer != Answer.NUMBER and (point.least is not None or point.most is not None):
        yield "least", _("只有填数字的才写下限和上限。")
    if point.least is not None and point.most is not None and point.most < point.least:
        yield "most", _("上限小于下限，请改正。")
