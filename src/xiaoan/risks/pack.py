"""The pack file `risks.yaml`: its schema, and how it must fit the catalogue of posts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.packs import Misfit, Section, register_section
from xiaoan.risks.declarations import RiskRules


def misfits(sections: Mapping[str, Any]) -> list[Misfit]:
    """Starter points whose post is not in posts.yaml."""
    posts = {row.code for row in getattr(sections.get("posts"), "root", ())}
    rules: RiskRules = sections["risks"]
    return [
        Misfit(
            _("%(point)s：posts.yaml 里没有岗位 %(post)s，请改正，或在那里补上。")
            % {"point": starter.code, "post": starter.post},
            ("starters", place, "post"),
        )
        for place, starter in enumerate(rules.starters)
        if starter.post not in posts
    ]


register_section(Section("risks", RiskRules, gettext_lazy("风险清单"), check=misfits))
