"""The official plan, where it is at hand, against the reviewed golden file.

The text itself is not part of this repository: it is looked for beside it, in `../shared/plan`.
"""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from xiaoan.plans.reading import Clause, PlanDocument, Span, read_plan

REPOSITORY = Path(__file__).resolve().parents[5]
GOLDEN = Path(__file__).with_name("official_plan.json")
PLANS = sorted((REPOSITORY.parent / "shared" / "plan").glob("*.txt"))

pytestmark = pytest.mark.skipif(
    not PLANS,
    reason="the official plan text is not here (looked for ../shared/plan/*.txt beside the repository)",
)


@pytest.fixture(scope="module")
def plan() -> PlanDocument:
    return read_plan(PLANS[0])


def fingerprint(words: str, span: Span) -> dict[str, object]:
    return {
        "span": [span.start, span.end],
        "length": len(words),
        "sha256": hashlib.sha256(words.encode()).hexdigest(),
    }


def clause_fingerprint(clause: Clause) -> dict[str, object]:
    return {
        "code": clause.code,
        "label": clause.label,
        "heading_length": len(clause.heading),
        "heading_sha256": hashlib.sha256(clause.heading.encode()).hexdigest(),
        **fingerprint(clause.text, clause.span),
    }


def plan_fingerprint(plan: PlanDocument) -> dict[str, object]:
    cues = [
        {key: value for key, value in cue.as_json().items() if key not in {"text", "actor"}}
        | fingerprint(cue.text, cue.span)
        for cue in plan.cues
    ]
    return {
        "body": fingerprint(plan.body, Span(0, len(plan.body))),
        "clauses": [clause_fingerprint(clause) for clause in plan.walk()],
        "cues": cues,
    }


def test_the_plan_reads_as_the_golden_file_says(plan):
    assert plan_fingerprint(plan) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_the_plan_has_four_sections_three_groups_eight_tasks_and_four_safeguards(plan):
    assert [clause.code for clause in plan.walk()] == [
        "1", "2", "3",
        "3.1", "3.1.1", "3.1.2",
        "3.2", "3.2.3", "3.2.4", "3.2.5", "3.2.6",
        "3.3", "3.3.7", "3.3.8",
        "4", "4.1", "4.2", "4.3", "4.4",
    ]  # fmt: skip


def test_every_character_from_the_first_clause_on_is_in_a_label_heading_or_text(plan):
    spans = [span for c in plan.walk() for span in (c.label_span, c.heading_span, c.span)]
    end_of_body = Span(len(plan.body), len(plan.body))
    between = [plan.body[before.end : after.start] for before, after in pairwise([*spans, end_of_body])]
    assert {words.strip() for words in between} == {"", "。"}


def test_only_four_page_breaks_and_the_emphasis_differ_from_the_file(plan):
    printed = PLANS[0].read_text(encoding="utf-8")
    assert printed.replace("**", "").count("\n\n") - plan.body.count("\n\n") == 4
    assert "".join(plan.body.split()) == "".join(printed.replace("**", "").split())


def test_the_plan_names_its_number_and_date(plan):
    assert (plan.number is not None, plan.as_json()["date"]) == (True, "2024-10-11")
