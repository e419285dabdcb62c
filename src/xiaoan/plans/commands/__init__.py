"""What the command line does with plans: each function writes its words and returns an exit code.

0 done · 1 something is wrong with what was given · 2 the call itself is wrong (`13-contracts.md` section 7).
"""

from xiaoan.plans.commands.duties import duties, duties_json
from xiaoan.plans.commands.packs import pack_check, pack_load
from xiaoan.plans.commands.plan import plan_attach, plan_read

__all__ = ["duties", "duties_json", "pack_check", "pack_load", "plan_attach", "plan_read"]
