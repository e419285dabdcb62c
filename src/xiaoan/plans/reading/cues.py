"""Cues: the parts of a sentence that say how often, how much, and who (每季度至少召开一次…)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xiaoan.plans.reading.clauses import Clause
from xiaoan.plans.reading.figures import Measure, Period, amount_in, period_in
from xiaoan.plans.reading.lines import Span

_SENTENCE = re.compile(r"[^。！？；\n]+")
_OPENERS, _CLOSERS = "“《（(「『〈", "”》）)」』〉"
_LIGHT_VERBS = "召开|开展|参与|参加|组织|举行|举办|进行|实施|听取|完成|制定|修订|报送|接受|走访|约谈"
_NEXT_DEMAND = re.compile(rf"[，：:]|、(?=(?:并|各|再|均)?(?:至少|不少于|每|{_LIGHT_VERBS}))")
_LEANING = re.compile(rf"、(?:并|各|再|均)?(?:{_LIGHT_VERBS})")

_DOER = (
    r"[^\s，。；：、“”的每]{0,14}?"
    "(?:局|科|室|中心|学校|幼儿园|单位|公司|同志|负责人|校长|园长|书记|教师|班主任|安全员|协作组|部门|机构"
    "|委员会|小组|各校|保安|家长|员工|人员)"
)
_DOERS = rf"(?P<actor>(?:{_DOER}、)*?{_DOER})"
_DOING = (
    "(?=要|应|须|必须|不得|可以|负责|牵头|会同|联合|配合|每|定期|经常|不定期|至少|具体|及时|全面|按|根据|结合|对|将|在"
    "|开展|组织|召开|参与|参加|制定|落实|加强|建立|完成|做好|配齐|报告|报送|检查|听取|进行|实施)"
)
_NO_DOER = f"(?!对|将|向|为|在|从|把|按|与|和|以|于|根据|结合|加强|落实|健全|完善|{_LIGHT_VERBS})"
_SUBJECT = re.compile(rf"(?:由|每(?:半年|季度|学期|学年|年|月|周|日|天))?{_NO_DOER}{_DOERS}{_DOING}")
_URGED = re.compile(rf"(?:督促|推动|指导|引导|鼓励|要求)+{_DOERS}{_DOING}")
_MADE_AWARE = re.compile(rf"(?:强化|增强|提高|压实){_DOERS}(?:“[^”]*”)?(?:意识|责任)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A part of a clause that can become a duty. `body[span]` is `text`; None: the part does not say.

    `minimum` is a number of times or things, or a share (95% is 0.95), as `measure` says.
    """

    clause: str
    text: str
    span: Span
    period: Period | None
    minimum: int | float | None
    measure: Measure | None
    actor: str | None

    def as_json(self) -> dict[str, object]:
        """The cue as section 1 of the contracts page states it."""
        return {
            "clause": self.clause,
            "text": self.text,
            "span": [self.span.start, self.span.end],
            "period": self.period and self.period.value,
            "minimum": self.minimum,
            "measure": self.measure and self.measure.value,
            "actor": self.actor,
        }


def read_cues(body: str, clauses: Sequence[Clause]) -> tuple[Cue, ...]:
    """The cues of all clauses in reading order; a heading can hold one as well as a text."""
    return tuple(
        cue
        for top in clauses
        for clause in top.walk()
        for zone in (clause.heading_span, clause.span)
        for sentence in _sentences(body, zone)
        for cue in _sentence_cues(body, clause.code, sentence)
    )


def _sentences(body: str, zone: Span) -> Iterator[Span]:
    for match in _SENTENCE.finditer(body, zone.start, zone.end):
        yield Span(match.start(), match.end())


def _sentence_cues(body: str, code: str, sentence: Span) -> Iterator[Cue]:
    """Each part that says a figure of its own, or leans on the part before; what it lacks it inherits."""
    actor, latest = None, None
    for part in _parts(body, sentence):
        actor = _actor(part.of(body)) or actor
        cue = _cue(body, code, part, actor)
        if cue.period is None and latest and (cue.minimum is not None or _leans(body, part)):
            cue = _inherited(cue, latest)
        if cue.period is not None or cue.minimum is not None:
            yield cue
        latest = cue if cue.period else latest


def _cue(body: str, code: str, part: Span, actor: str | None) -> Cue:
    text = part.of(body)
    minimum, measure = amount_in(text) or (None, None)
    return Cue(code, text, part, period_in(text), minimum, measure, actor)


def _inherited(cue: Cue, leant_on: Cue) -> Cue:
    """The cue with the period of the part it leans on, and its amount where the cue has none."""
    if cue.minimum is not None:
        return replace(cue, period=leant_on.period)
    return replace(cue, period=leant_on.period, minimum=leant_on.minimum, measure=leant_on.measure)


def _leans(body: str, part: Span) -> bool:
    """Whether a 、 joins the part to a demand before it (召开…、参与…)."""
    return bool(_LEANING.match(body, part.start - 1)) if part.start else False


def _parts(body: str, sentence: Span) -> Iterator[Span]:
    """The sentence cut where one demand ends and the next begins; quotations and brackets stay whole."""
    start = sentence.start
    for cut in _cuts(body, sentence):
        yield from _worded(body, Span(start, cut))
        start = cut + 1
    yield from _worded(body, Span(start, sentence.end))


def _cuts(body: str, sentence: Span) -> Iterator[int]:
    depth = 0
    for place in range(sentence.start, sentence.end):
        sign = body[place]
        depth += (sign in _OPENERS) - (sign in _CLOSERS and depth > 0)
        if depth == 0 and _NEXT_DEMAND.match(body, place, sentence.end):
            yield place


def _worded(body: str, part: Span) -> Iterator[Span]:
    worded = part.stripped(body)
    if worded.start < worded.end:
        yield worded


def _actor(part: str) -> str | None:
    """Who is to act by the words of this part: its subject, whoever is urged, or made aware of the duty."""
    match = _URGED.match(part) or _MADE_AWARE.match(part) or _SUBJECT.match(part)
    return match["actor"] if match else None
