"""Screens of plans: the plan, duties, cells, packs, holders."""

from xiaoan.plans.views.cells import cell, give_reason, lift, waive
from xiaoan.plans.views.duties import cells, duties, duty
from xiaoan.plans.views.holders import holder, holders
from xiaoan.plans.views.packs import attach, confirm, pack, packs, publish
from xiaoan.plans.views.plan import plan
from xiaoan.plans.views.quarters import settle

__all__ = [
    "attach",
    "cell",
    "cells",
    "confirm",
    "duties",
    "duty",
    "give_reason",
    "holder",
    "holders",
    "lift",
    "pack",
    "packs",
    "plan",
    "publish",
    "settle",
    "waive",
]
