"""States, grades and flags as pages draw them: word, icon, colour. Solid red is for 逾期 and 重大 alone."""

from xiaoan.foundation.ui.signs import Sign, Signs, Tone
from xiaoan.hazards.models import Grade, Hazard, State

_STATES: dict[str, tuple[str, Tone]] = {
    State.TO_JUDGE: ("question", "accent"),
    State.TO_ASSIGN: ("forward", "accent"),
    State.RECTIFYING: ("wrench", "accent"),
    State.TO_VERIFY: ("eye", "accent"),
    State.TO_RECHECK: ("eye", "accent"),
    State.TO_CLOSE: ("stamp", "accent"),
    State.CLOSED: ("check-circle", "done"),
    State.TO_LOOK_BACK: ("history", "accent"),
    State.ARCHIVED: ("check-circle", "done"),
    State.TO_CONFIRM: ("eye", "accent"),
    State.REFERRED: ("route", "neutral"),
    State.SCHEDULED: ("calendar", "neutral"),
    State.MERGED: ("link", "neutral"),
    State.NOT_HAZARD: ("minus", "neutral"),
    State.VOID: ("minus", "neutral"),
}
_FLAGS: dict[str, tuple[str, Tone]] = {
    "overdue": ("late", "overdue"),
    "listed": ("order", "attention"),
    "suspected": ("alert", "attention"),
    "controlled": ("barrier", "attention"),
    "closure_void": ("alert", "attention"),
    "repeated": ("refresh", "neutral"),
    "extended": ("calendar", "attention"),
    "time_in_doubt": ("clock", "attention"),
    "historical": ("history", "neutral"),
}


def state_sign(hazard: Hazard) -> Sign:
    """The step it stands at."""
    icon, tone = _STATES[hazard.state]
    return Sign(hazard.get_state_display(), icon, tone)


def flag_signs(hazard: Hazard) -> list[Sign]:
    """The flags that stand, gravest first."""
    return [Sign(words, *_FLAGS[code]) for code, words in hazard.flags]


def standing(hazard: Hazard) -> Signs:
    """Step, 重大 where it is, flags: what is general goes without saying."""
    grade = [grade_sign(hazard)] if hazard.is_major else []
    return Signs([state_sign(hazard), *grade, *flag_signs(hazard)])


def grade_sign(hazard: Hazard) -> Sign:
    """一般 or 重大; what nobody judged yet says so."""
    if hazard.grade == Grade.MAJOR:
        return Sign(hazard.get_grade_display(), "major", "overdue")
    return Sign(hazard.get_grade_display(), "equal" if hazard.grade == Grade.GENERAL else "question")
