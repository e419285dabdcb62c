"""The risk list as a declared list: gravest first, by place, level, post and term."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.languages import in_language
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.foundation.ui.signs import Sign
from xiaoan.organisations.models import INSTITUTIONS, Unit
from xiaoan.risks.models import Level, Risk, RiskState
from xiaoan.risks.queries import places_in_use

Rows = QuerySet[Risk]
STATE_SIGNS = {
    RiskState.LISTED: Sign(RiskState.LISTED.label, "check-list", "neutral"),
    RiskState.ELIMINATED: Sign(RiskState.ELIMINATED.label, "check-circle", "done"),
    RiskState.DISUSED: Sign(RiskState.DISUSED.label, "minus", "neutral"),
}


def risk_list(*, across_units: bool) -> Listing:
    """The list; who sees several units filters by unit, who sees one by its places."""
    return Listing(
        name="risks",
        title=_("风险清单"),
        columns=[
            Column("point", _("风险点"), lambda risk: risk.point, Risk.get_absolute_url, width=40),
            Column("level", _("等级"), lambda risk: risk.sign, width=14),
            *([_UNIT] if across_units else []),
            Column("place", _("所在部位"), lambda risk: risk.place.name, width=18),
            Column("post", _("责任岗位"), lambda risk: risk.post_name, width=18),
            Column("measures", _("管控措施"), lambda risk: risk.measures, width=60, on_phone=False),
            Column("state", _("状态"), lambda risk: STATE_SIGNS[RiskState(risk.state)], width=10),
        ],
        order=[Order("level"), Order("id")],
        filters=[
            *(
                [Filter("unit", _("单位"), _units, _of_unit)]
                if across_units
                else [Filter("place", _("所在部位"), _places, _at_place)]
            ),
            Filter("level", _("等级"), lambda _actor: _LEVELS, _of_level),
            Filter("post", _("责任岗位"), _posts, _of_post),
            Filter("state", _("状态"), lambda _actor: RiskState.choices, _in_state),
        ],
    )


_UNIT = Column("unit", _("单位"), lambda risk: risk.unit.name, width=24)
_LEVELS: Sequence[tuple[str, Words]] = [(level.name.lower(), level.label) for level in Level]


def _units(actor: Actor) -> Sequence[tuple[str, Words]]:
    units = Unit.objects.visible_to(actor).filter(kind__in=INSTITUTIONS).order_by("code")
    return [(str(pk), name) for pk, name in units.values_list("pk", "name")]


def _of_unit(rows: Rows, unit_id: str) -> Rows:
    return rows.filter(unit_id=UUID(unit_id))


def _places(actor: Actor) -> Sequence[tuple[str, Words]]:
    return [(str(place.pk), place.name) for place in places_in_use(actor)]


def _at_place(rows: Rows, place_id: str) -> Rows:
    return rows.filter(place_id=UUID(place_id))


def _of_level(rows: Rows, colour: str) -> Rows:
    return rows.filter(level=Level[colour.upper()])


def _posts(actor: Actor) -> Sequence[tuple[str, Words]]:
    """The posts that stand on the lists in sight."""
    rows = Risk.objects.visible_to(actor).order_by("post").values_list("post", "post_zh", "post_en")
    return [(code, in_language(zh, en)) for code, zh, en in dict.fromkeys(rows.distinct())]


def _of_post(rows: Rows, code: str) -> Rows:
    return rows.filter(post=code)


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(state=state)
