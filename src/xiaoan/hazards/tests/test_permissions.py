"""谁交办、谁销号；整改人不验收；重大隐患分管局长批准摘牌: who may what, by name, written out beside the table.

The school: 沈 safety officer, 周 post holder, 陈 safety lead, 林 and 温 heads. Above it: 白 legal section, 顾 head of the
centre, 苏 of the centre, 何 deputy director, 方 finance section. 唐 heads the neighbour, 易 is of the other district.
"""

import pytest

from xiaoan.foundation.permissions import Denied
from xiaoan.hazards import permissions as words
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.tests.moves import CAST, actor_of

pytestmark = pytest.mark.django_db
SCHOOL = "chen lin shen wen"
LEADS = "chen lin wen"
CENTRE = "bai gu su"
NOBODY = ""
WHO: dict[str, dict[str, str]] = {
    "reported": {
        "judge": f"{SCHOOL} {CENTRE}",
        "judge_major": CENTRE,
        "dismiss": f"{LEADS} {CENTRE}",
        "merge": LEADS,
        "void": f"{SCHOOL} gu",
        "control": f"{SCHOOL} {CENTRE}",
        "suspect": f"{SCHOOL} {CENTRE} fang he",
    },
    "doubted": {"confirm_time": f"{LEADS} gu su"},
    "reported from above": {
        "judge": CENTRE,
        "judge_major": CENTRE,
        "dismiss": CENTRE,
        "merge": "gu su",
        "void": "gu su",
    },
    "suspected": {
        "judge": CENTRE,
        "judge_major": CENTRE,
        "clear_suspicion": "bai gu",
        "dismiss": CENTRE,
        "merge": "gu su",
    },
    "fixed": {"confirm": f"{LEADS} gu su", "reject_fix": f"{LEADS} gu su"},
    "fixed and suspected": {"confirm": NOBODY, "reject_fix": f"{LEADS} gu su", "clear_suspicion": "bai gu"},
    "judged": {"dispatch": LEADS, "raise": LEADS, "refer": "gu su", "merge": LEADS},
    "judged from above": {"issue": CENTRE, "refer": "gu su", "merge": "gu su"},
    "judged major": {"issue": CENTRE, "refer": "gu su", "draft_lowering": "bai"},
    "handed out": {
        "reassign": f"{LEADS} gu su",
        "submit": f"{SCHOOL} zhou",
        "urge": f"{SCHOOL} {CENTRE}",
        "ask_extension": f"{SCHOOL} zhou",
        "schedule": "gu",
        "draft_listing": "bai",
        "raise": LEADS,
    },
    "listing drafted": {"list": "he"},
    "major issued": {
        "plan": "lin wen",
        "submit": NOBODY,
        "control": f"{SCHOOL} {CENTRE}",
        "explain": f"{SCHOOL} gu su",
    },
    "major planned": {"plan": "lin wen", "submit": f"{SCHOOL} zhou", "release": NOBODY},
    "lowering drafted": {"lower": "he"},
    "submitted": {"accept": SCHOOL, "send_back": SCHOOL},
    "submitted by the safety officer": {"accept": LEADS, "send_back": LEADS},
    "submitted from above": {"accept": SCHOOL, "send_back": SCHOOL},
    "accepted from above": {"recheck": CENTRE, "send_back": CENTRE},
    "major accepted": {"recheck": CENTRE, "send_back": CENTRE},
    "accepted": {"close": LEADS, "send_back": LEADS},
    "accepted and suspected": {"close": NOBODY, "clear_suspicion": "bai gu", "judge_major": CENTRE},
    "rechecked": {"close": "gu", "send_back": "gu"},
    "major rechecked": {"draft_lifting": "bai", "lift": NOBODY, "send_back": "he"},
    "lifting drafted": {"lift": "he"},
    "closed": {"void_closure": LEADS},
    "closed from above": {"void_closure": "gu"},
    "major closed": {"void_closure": "he"},
    "major looked at": {"sound": CENTRE, "unsound": CENTRE, "void_closure": "he"},
}
NOT_THE_STEP = {
    "judged": "issue",
    "handed out": "explain",
    "judged from above": "dispatch",
    "judged major": "dispatch",
    "accepted": "lift",
    "rechecked": "lift",
    "major rechecked": "close",
    "major accepted": "accept",
}
REASONS = [
    ("reported from above", "void", "lin", words.BY_THE_CENTRE),
    ("reported from above", "judge", "shen", words.BY_THE_CENTRE),
    ("fixed", "confirm", "shen", words.FIXER),
    ("fixed and suspected", "confirm", "chen", words.ANSWER_FIRST),
    ("major issued", "submit", "zhou", words.CONTROL_FIRST),
    ("major planned", "release", "lin", words.STILL_MAJOR),
    ("submitted by the safety officer", "accept", "shen", words.RECTIFIER),
    ("accepted from above", "send_back", "lin", words.BY_THE_CENTRE),
    ("accepted", "close", "gu", words.BY_THE_UNIT),
    ("accepted and suspected", "close", "chen", words.ANSWER_FIRST),
    ("rechecked", "close", "lin", words.BY_THE_CENTRE),
    ("major rechecked", "lift", "he", words.CAUSE_FIRST),
    ("major closed", "void_closure", "lin", words.BY_THE_DEPUTY),
]


@pytest.mark.parametrize("situation", WHO)
def test_only_these_may(world, situation):
    district, hazards, _other = world
    may: dict[str, list[str]] = {verb: [] for verb in WHO[situation]}
    for who in CAST:
        for move, verdict in HAZARD.offers(hazards[situation], actor_of(district, who)):
            if verdict and move.verb in may:
                may[move.verb].append(who)
    assert {verb: " ".join(sorted(names)) for verb, names in may.items()} == {
        verb: " ".join(sorted(names.split())) for verb, names in WHO[situation].items()
    }


@pytest.mark.parametrize(("situation", "verb"), NOT_THE_STEP.items())
def test_what_another_level_does_is_not_even_offered(world, situation, verb):
    district, hazards, _other = world
    offered = {
        move.verb for who in CAST for move, _may in HAZARD.offers(hazards[situation], actor_of(district, who))
    }
    assert verb not in offered


@pytest.mark.parametrize(("situation", "verb", "who", "reason"), REASONS)
def test_a_refusal_says_whose_it_is(world, situation, verb, who, reason):
    district, hazards, _other = world
    offered = {move.verb: may for move, may in HAZARD.offers(hazards[situation], actor_of(district, who))}
    assert offered[verb] == Denied(reason)
