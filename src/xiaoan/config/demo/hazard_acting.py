"""Acting out hazards: each step by its act, on the row as it stands by then."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import ConfirmFixes, LookBack, MoveHazard, ReportHazard
from xiaoan.config.demo.hazard_pictures import picture
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.hazards import acts
from xiaoan.hazards.findings import Finding
from xiaoan.hazards.models import Hazard, State
from xiaoan.hazards.queries import extensions
from xiaoan.organisations.models import Place, Unit
from xiaoan.people.models import Person

SOUND = ("到场看过，整改牢固。", "仍然完好。", "没有反弹。", "现场与照片一致。")
OF_EXTENSION = frozenset({"grant_extension", "refuse_extension"})
AskFor = Callable[..., Ask]


class HazardTheatre:
    """The stored hazards behind the keys of the story."""

    def __init__(self, overseer: Actor, ask_for: AskFor) -> None:
        self._overseer, self._ask_for = overseer, ask_for
        self._keys: dict[str, UUID] = {}
        self._rows: dict[str, Hazard] = {}
        self._places = {place.code: place for place in Place.objects.visible_to(overseer)}

    def forget(self) -> None:
        """Read rows anew from now on: others than the people of the story have had them in hand."""
        self._rows.clear()

    def report(self, deed: ReportHazard, actor: Actor, unit: Unit) -> None:
        """Report what was seen."""
        finding = Finding(
            place=self._places.get(deed.place),
            place_name="" if deed.place else deed.place_name,
            kind=deed.kind,
            text=deed.text,
            found_on=clock.local_date(deed.at),
            source=deed.source,
            finder=deed.finder,
            fixed=deed.fixed,
            suspected=deed.suspected,
            control=deed.control,
            photos=[picture(deed.key, put_right=False)] if deed.pictured else [],
            after=[picture(deed.key, put_right=True)] if deed.pictured and deed.fixed else [],
        )
        ask = self._ask_for(deed.key)
        hazard = acts.report_hazard(actor=actor, ask=ask, unit=unit, finding=finding)
        self._keys[deed.key], self._rows[deed.key] = hazard.pk, hazard

    def move(
        self, deed: MoveHazard, actor: Actor, people: Mapping[str, Person], units: Mapping[str, Unit]
    ) -> None:
        """Take a step."""
        hazard = self._hazard(deed.key, actor)
        nouns = _nouns(deed, people, units)
        if into := nouns.get("into"):
            nouns["into"] = self._hazard(into, actor)
        if deed.act in OF_EXTENSION:
            nouns["extension"] = extensions(actor).filter(hazard=hazard).latest("number")
        else:
            nouns["hazard"] = hazard
        act: Callable[..., Any] = getattr(acts, deed.act)
        act(actor=actor, ask=self._ask_for(deed.key, deed.act, deed.at), **nouns)
        if deed.act in OF_EXTENSION:  # the act had a row of its own in hand
            del self._rows[deed.key]

    def confirm(self, deed: ConfirmFixes, actor: Actor) -> None:
        """Confirm what was put right on the spot."""
        for key in deed.keys:
            hazard = self._hazard(key, actor)
            acts.confirm_fix(actor=actor, ask=self._ask_for(key, "confirm"), hazard=hazard)

    def look_back(self, deed: LookBack, actor: Actor) -> None:
        """Look at all whose day has come."""
        rows = Hazard.objects.visible_to(actor).select_related("unit", "pack_version")
        due = rows.filter(state=State.TO_LOOK_BACK, look_back_on__lte=clock.local_date(deed.at))
        for hazard in due.order_by("code"):
            words = dice("look back", hazard.code).choice(SOUND)
            ask = self._ask_for("look back", hazard.code, deed.at)
            acts.look_back(actor=actor, ask=ask, hazard=hazard, sound=True, words=words)
        self.forget()

    def _hazard(self, key: str, actor: Actor) -> Hazard:
        """The hazard of a key, or of the old ledger's number. A row that is no longer true is refused by its act."""
        if key not in self._rows:
            rows = Hazard.objects.visible_to(actor).select_related("unit", "pack_version")
            by = {"pk": self._keys[key]} if key in self._keys else {"old_code": key}
            self._rows[key] = rows.get(**by)
        return self._rows[key]


def _nouns(deed: MoveHazard, people: Mapping[str, Person], units: Mapping[str, Unit]) -> dict[str, Any]:
    """What the act takes beside the hazard: stored rows in place of names."""
    nouns = dict(deed.nouns)
    if isinstance(second := nouns.get("second"), Tenure):
        nouns["second"] = people[second.person.staff_no]
    if to_unit := nouns.get("to_unit"):
        nouns["to_unit"] = units[to_unit]
    if deed.pictured:
        nouns["after"] = [picture(deed.key, put_right=True)]
    return nouns
