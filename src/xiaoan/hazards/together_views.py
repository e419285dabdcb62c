"""The page on which several hazards of a list are ticked and handled with one form."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import Malformed, NotFound, NotPermitted, TooLarge, Words
from xiaoan.foundation.pages import act_by_form, is_id
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.hazards import offering, queries
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.lists import FIRST_ORDER, hazard_list
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.together import MOST, SCANNED, TOGETHER, Batch, sort_out


@dataclass(frozen=True, slots=True)
class Pick:
    """A hazard on the page: the value of its box names it and the version that is seen."""

    hazard: Hazard
    is_ticked: bool
    post: str
    """The post that is proposed; empty where none is, or nobody has to be named."""

    @property
    def value(self) -> str:
        """What its box sends."""
        return f"{self.hazard.pk}.{self.hazard.version}"


def several(request: HttpRequest, verb: str) -> HttpResponse:
    """One move for several hazards of the list as it is filtered; the list comes back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    together = TOGETHER.get(verb)
    if together is None:
        raise NotFound
    if not holds_anywhere(actor, together.act_name):
        raise NotPermitted
    sent = _sent(request, actor)
    ready, refused = sort_out(verb, _listed(request, actor, verb), actor)
    known = {hazard.pk: hazard for hazard in (*(row for row, _seen in sent.values()), *ready)}
    values = [*sent, *(f"{row.pk}.{row.version}" for row in ready)]
    form = together.form(actor, ready, [(value, value) for value in values], request.POST or None)
    batch = Batch(verb, actor)

    def do(ask: Ask) -> Hazard:
        return batch.run(ask, [sent[value] for value in form.cleaned_data["hazard"]], form.cleaned_data)

    page = _Page(verb, actor, batch, known.values(), {row.pk for row, _seen in sent.values()}, refused)
    return act_by_form(
        request,
        form=form,
        do=do,
        template="hazards/together.html",
        context={"page": page, "note": together.note, "label": HAZARD.move(verb).label},
        done=lambda _done: _back(request),
        message=lazystr(batch),
    )


class _Page:
    """What stands on the page: what may be ticked, what was refused and why; read when it is drawn."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of a page
        self,
        verb: str,
        actor: Actor,
        batch: Batch,
        rows: Iterable[Hazard],
        ticked: set[UUID],
        refused: list[tuple[Hazard, Words]],
    ) -> None:
        self._verb, self._actor, self._batch = verb, actor, batch
        self._rows, self._ticked, self._refused = list(rows), ticked, refused

    @property
    def picks(self) -> list[Pick]:
        """What is still to be done and may be ticked."""
        gone = {row.pk for row in self._batch.done} | {row.pk for row, _why in self._batch.refused}
        rows = [row for row in self._rows if row.pk not in gone]
        posts = offering.proposals(self._actor, rows) if self._verb in {"issue", "dispatch"} else {}
        return [Pick(row, row.pk in self._ticked, posts.get(row.pk, "")) for row in rows]

    @property
    def refused(self) -> list[tuple[Hazard, Words]]:
        """What was or would be refused, with its reason."""
        return self._batch.refused or self._refused

    @property
    def names_posts(self) -> bool:
        """Whether the page says who would have to put each right."""
        return self._verb in {"issue", "dispatch"}

    @property
    def criteria(self) -> list[str]:
        """What would make hazards of these kinds major: shown to whoever grades them as general."""
        return offering.criteria_of(self._rows) if self._verb == "judge" else []


def _sent(request: HttpRequest, actor: Actor) -> dict[str, tuple[Hazard, int]]:
    """The hazards whose boxes came ticked and that the actor sees, each with the version that was seen."""
    values = request.POST.getlist("hazard")
    if len(values) > MOST:
        raise TooLarge(_("一次最多办理 50 条，请分几次办。"))
    parted = {value: value.partition(".") for value in values}
    if not all(is_id(key) and seen.isdecimal() for key, _dot, seen in parted.values()):
        raise Malformed
    rows = queries.hazards(actor).select_related("pack_version", "place")
    found = rows.in_bulk([UUID(key) for key, _dot, _seen in parted.values()]) if parted else {}
    return {
        value: (found[UUID(key)], int(seen))
        for value, (key, _dot, seen) in parted.items()
        if UUID(key) in found
    }


def _listed(request: HttpRequest, actor: Actor, verb: str) -> Iterable[Hazard]:
    """The first rows of the list, as it is filtered, that stand at a step of the move."""
    steps = {state for move in HAZARD.moves if move.verb == verb for state in move.frm}
    rows, _chosen = hazard_list(actor, order=FIRST_ORDER).narrowed(request, queries.hazards(actor))
    return rows.filter(state__in=sorted(steps)).select_related("pack_version", "place")[:SCANNED]


def _back(request: HttpRequest) -> str:
    """The list as it was filtered."""
    address = reverse("hazards:hazards")
    return f"{address}?{request.GET.urlencode()}" if request.GET else address
