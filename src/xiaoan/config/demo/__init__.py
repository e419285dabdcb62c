"""`xiaoan demo`: an invented district that shows one day, made once and kept.

`sheet` reads the pack's names; `register`, `posts`, `turnover`, `staff` invent units, places and people;
`seasons`, `meetings`, `campaign`, `outcomes`, `slips`, `hazards` (with its `hazard_…`) and `story` what was done in
fourteen months; `acting` does it through the acts; `settling` counts it and fills the inboxes of the last days;
`make` puts the steps in order and `command` is the command. Everything follows from one seed (`chance`), so that
names, numbers and dates come out equal each time.
"""

from xiaoan.config.demo.command import demo

__all__ = ["demo"]
