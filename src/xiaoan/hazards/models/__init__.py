"""Nouns of hazards: the hazard with its flags, its steps, its holders, and what hangs on it."""

from xiaoan.hazards.models.choices import Cause, Draft, Grade, Level, Source, State
from xiaoan.hazards.models.hazard import Hazard, HazardCounter
from xiaoan.hazards.models.sides import Extension, ExtensionState, Holding, LookBack, Referral, ReferralState
from xiaoan.hazards.models.steps import Step
from xiaoan.hazards.models.tallies import MonthTally

__all__ = [
    "Cause",
    "Draft",
    "Extension",
    "ExtensionState",
    "Grade",
    "Hazard",
    "HazardCounter",
    "Holding",
    "Level",
    "LookBack",
    "MonthTally",
    "Referral",
    "ReferralState",
    "Source",
    "State",
    "Step",
]
