"""The lifecycles drawn in the documents are the tables that the code goes by."""

import pytest
from tools.draw_lifecycles import MECHANISMS, drawn, lifecycles, put, with_drawings

from xiaoan.foundation.lifecycle import STAYS, Lifecycle, Move

SMALL = Lifecycle(
    states={"open": "办理中", "closed": "已办结"},
    moves=(
        Move("amend", frozenset({"open"}), STAYS, lambda *_: None, "改写", ("words",)),
        Move("close", frozenset({"open"}), "closed", lambda *_: None, "办结", robot=True),
    ),
)


@pytest.mark.parametrize("page", lifecycles())
def test_a_page_draws_the_table_of_today(page):
    """After a change of a table: `python tools/draw_lifecycles.py`."""
    stands = (MECHANISMS / page).read_text(encoding="utf-8")
    assert with_drawings(stands, lifecycles()[page]) == stands


def test_a_drawing_has_the_steps_and_every_move():
    assert drawn(SMALL).splitlines() == [
        "```mermaid",
        "stateDiagram-v2",
        '    state "办理中" as open',
        '    state "已办结" as closed',
        "    open --> closed: 办结",
        "    closed --> [*]",
        "```",
        "",
        "| verb | words | from | to | brings | when |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `amend` | 改写 | 办理中 | stays | words |  |",
        "| `close` | 办结 | 办理中 | 已办结 |  | the machine |",
    ]


def test_a_page_without_markers_is_not_touched_silently():
    with pytest.raises(LookupError, match="no markers of hazard"):
        put("# Hazards\n", "hazard", "…")
