"""What hazards measure (2-duties O.1, O.2, G.3, T4.2, T4.3, T4.7, T5.2).

Each reads how hazards stood on the last day of the period, today while it runs, from their steps and never from
what their columns say now: a later step changes no past answer. Only what turns out to be no hazard of its own
(并案、不予认定、作废) counts nowhere from then on, like a voided record of the ledgers.
"""

from xiaoan.hazards.indicators.after import CausesRecorded, LookBacksSound
from xiaoan.hazards.indicators.campaign import CampaignCleared
from xiaoan.hazards.indicators.days import DaysToResolve
from xiaoan.hazards.indicators.deadlines import ClosedInTime
from xiaoan.hazards.indicators.major import MajorCleared, MajorSelfFound

__all__ = [
    "CampaignCleared",
    "CausesRecorded",
    "ClosedInTime",
    "DaysToResolve",
    "LookBacksSound",
    "MajorCleared",
    "MajorSelfFound",
]
