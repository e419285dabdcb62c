"""The pack file `hazards.yaml`."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.packs import Section, register_section
from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.rules import SECTION

register_section(Section(SECTION, HazardRules, _("隐患规则")))
