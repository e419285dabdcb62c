"""Key words of a citation, found in the clause they cite."""

from xiaoan.plans.reading.lines import Span


def find_words(clause_text: str, words: str) -> tuple[Span, ...]:
    """Every place of `words` in the clause, in order, overlapping ones too, compared exactly.

    Empty means missing, one span means cited well, more mean that the words do not say which place is
    meant. Spans count from the start of `clause_text`. Raises `ValueError` for empty words.
    """
    if not words:
        raise ValueError("no words to find")
    places = []
    start = clause_text.find(words)
    while start >= 0:
        places.append(Span(start, start + len(words)))
        start = clause_text.find(words, start + 1)
    return tuple(places)
