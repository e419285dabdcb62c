"""Placing citations in another text of the same document."""

from django.utils.translation import gettext as _

from xiaoan.foundation.errors import RuleBroken
from xiaoan.plans.models import Citation, Clause, PackState, PlanDocument
from xiaoan.plans.pack.checks import words_problem
from xiaoan.plans.reading import PlanDocument as ReadDocument
from xiaoan.plans.reading import find_words

REASON = "every citation of the document follows its text"


def place_citations(document: PlanDocument, read: ReadDocument) -> None:
    """Let the citations of loaded and published packs point into this text.

    Raises `RuleBroken` with all words that do not stand in their clause exactly once: then nothing moves.
    """
    citations = list(
        Citation.objects.everything(REASON)
        .filter(
            district_id=document.district_id,
            clause__document__number=document.number,
            duty__pack__state__in=(PackState.LOADED, PackState.PUBLISHED),
        )
        .select_related("duty")
    )
    problems = [
        f"{each.duty.code} {problem}"
        for each in citations
        if (problem := words_problem(read, each.clause_code, each.words))
    ]
    if problems:
        words = _("这份文本里有些词对不上，请核对文本，或改正 duties.yaml 的 cites：")
        raise RuleBroken({"file": [words, *sorted(set(problems))]})
    clauses = {clause.code: clause for clause in Clause.objects.everything(REASON).filter(document=document)}
    for each in citations:
        each.clause = clauses[each.clause_code]
        (span,) = find_words(each.clause.text, each.words)
        each.span_start, each.span_end = span.start, span.end
    Citation.objects.bulk_update(citations, ["clause", "span_start", "span_end"])
