"""The hazard rules of a district: those in force, and those of any version of the pack."""

from typing import cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Conflict
from xiaoan.hazards.declarations import HazardRules
from xiaoan.plans.models import PackVersion
from xiaoan.plans.queries import published_pack, section_of_version

SECTION = "hazards"


class NoRules(Conflict):
    """The district has not published what hazards go by."""

    code = "no-hazard-rules"
    reason = _("规则库还没有发布隐患规则（hazards.yaml），请法制科发布后再办。")


def rules_of(version: PackVersion) -> HazardRules:
    """What a version says of hazards; `NoRules` where it says nothing."""
    found = section_of_version(version, SECTION)
    if found is None:
        raise NoRules
    return cast("HazardRules", found)


def version_in_force(district_id: UUID) -> PackVersion:
    """The published pack of a district; `NoRules` where nothing is published."""
    version = published_pack(district_id)
    if version is None:
        raise NoRules
    return version


def rules_in_force(district_id: UUID) -> HazardRules:
    """What hazards go by today."""
    return rules_of(version_in_force(district_id))
