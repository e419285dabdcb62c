"""The whole past of the district in the order in which it was done."""

from itertools import chain

from xiaoan.config.demo.campaign import campaign
from xiaoan.config.demo.deeds import Deed, Record
from xiaoan.config.demo.hazards import HazardStory
from xiaoan.config.demo.meetings import Stage, meetings
from xiaoan.config.demo.outcomes import outcomes
from xiaoan.config.demo.risks import risk_lists
from xiaoan.config.demo.slips import slips


def story(stage: Stage, hazards: HazardStory) -> list[Deed]:
    """Every deed, by its instant."""
    held = list(meetings(stage))
    slipped = list(slips(held, stage.roster))
    filed = {deed.key: deed for deed in chain(held, campaign(stage), slipped) if isinstance(deed, Record)}
    put_right = [deed for deed in slipped if not isinstance(deed, Record)]
    finished = chain.from_iterable(outcomes(stage.roster, record) for record in held)
    done = [*filed.values(), *finished, *put_right, *risk_lists(stage), *hazards.deeds]
    return sorted(done, key=lambda deed: deed.at)
