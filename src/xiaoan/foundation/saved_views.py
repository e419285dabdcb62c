"""常用视图: what a person chose in a list, kept under a name. Theirs alone; nobody else sees it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db import models
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import Malformed, RuleBroken
from xiaoan.foundation.permissions import Target, Verdict, granted
from xiaoan.foundation.records import Record, change_guarded, new_id
from xiaoan.foundation.scope import Reach, ScopedManager

MOST = 20
"""Views that one person keeps of one list."""
LONGEST_NAME, LONGEST_PATH, LONGEST_QUERY = 20, 200, 1_000
PLACES = frozenset({"after", "before", "export"})
"""Words of an address that say where in a list somebody is, and so belong to no view of it."""


class SavedView(models.Model):
    """A name, and the filters and columns behind it. A list is known by its path."""

    reach: ClassVar[Reach] = Reach(reading="foundation.read_views", path=None, person="person_id")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    district_id = models.UUIDField()
    unit_id = models.UUIDField()
    """The unit of the person when it was saved, in whose journal it is written."""
    person_id = models.UUIDField()
    path = models.CharField(max_length=LONGEST_PATH)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY)
    kept = models.BooleanField(default=True)
    """False once it was deleted: its name may be used anew, and a second press finds it gone."""
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager()

    class Meta:
        db_table = "fnd_saved_view"
        constraints = [models.UniqueConstraint(fields=["person_id", "path", "name"], name="fnd_view_name")]

    def get_absolute_url(self) -> str:
        """The list as it was saved."""
        return f"{self.path}?{self.query}"

    @property
    def journal_unit_id(self) -> UUID:
        """The journal of the person's unit."""
        return self.unit_id

    def reach_target(self) -> Target:
        """It stands nowhere but with its person."""
        return Target(self.district_id, "", frozenset({self.person_id}))


def chosen(words: QueryDict) -> str:
    """What an address chooses, the same for equal choices: no empty words, no place in the list."""
    pairs = [(name, value) for name, values in words.lists() if name not in PLACES for value in values]
    return urlencode(sorted(pair for pair in pairs if pair[1]))


@dataclass(frozen=True)
class ViewBar:
    """The saved views of a list, as its page shows them, and what is chosen now."""

    actor: Actor
    path: str
    query: str

    @cached_property
    def views(self) -> list[SavedView]:
        """Those of the person who looks, in the order in which they were saved."""
        return list(_own(self.actor, self.path).filter(kept=True).order_by("id"))

    @property
    def submission_id(self) -> UUID:
        """A new one for each form of the bar."""
        return uuid4()

    @property
    def is_full(self) -> bool:
        """Whether no other view can be saved."""
        return len(self.views) >= MOST


def _own(actor: Actor, path: str) -> "models.QuerySet[SavedView]":
    """The person's own views of a list, deleted ones too."""
    return SavedView.objects.visible_to(actor).filter(path=path)


def may_save_view(actor: Actor, owner: Record) -> Verdict:
    """Everybody in post, for themselves."""
    return granted(actor, "foundation.save_view", owner)


def may_delete_view(actor: Actor, view: SavedView) -> Verdict:
    """Its person."""
    return granted(actor, "foundation.delete_view", view)


@act(may=may_save_view)
def save_view(  # noqa: PLR0913 - whose, of which list, under which name
    *,
    actor: Actor,
    ask: Ask,  # noqa: ARG001 - every act takes its ask
    owner: Record,
    path: str,
    name: str,
    query: str,
) -> Outcome[SavedView]:
    """Keep what is chosen in a list (`query`) under a name; what the name stood for before is replaced.

    `owner` is the person. Raises `RuleBroken` without a name or choice, for one too long, and for the twenty-first
    view of a list; `Malformed` for a path that is none of this site.
    """
    title, choice = name.strip(), chosen(QueryDict(query))
    _check(path, title, choice)
    known = {each.name: each for each in _own(actor, path)}
    same = known.get(title)
    if not (same and same.kept) and sum(each.kept for each in known.values()) >= MOST:
        raise RuleBroken(
            {"name": [format_lazy(_("每个列表最多保存 {most} 个视图，请先删除不用的。"), most=MOST)]}
        )
    if same:
        return Outcome(same, change_guarded(same, seen=None, query=choice, kept=True))
    told: dict[str, Any] = {"path": path, "name": title, "query": choice}
    place = {"district_id": owner.district_id, "unit_id": owner.unit_id, "person_id": owner.pk}
    return Outcome(SavedView.objects.create(**place, **told), {key: [None, told[key]] for key in told})


def _check(path: str, name: str, query: str) -> None:
    """What can be kept: a path of this site, a short name, a choice."""
    is_path = path.startswith("/") and not {"?", "#"}.intersection(path)
    if not (is_path and url_has_allowed_host_and_scheme(path, None) and len(path) <= LONGEST_PATH):
        raise Malformed
    if not name:
        raise RuleBroken({"name": [_("请给视图起一个名称。")]})
    if len(name) > LONGEST_NAME:
        raise RuleBroken({"name": [format_lazy(_("名称最多 {most} 个字，请缩短。"), most=LONGEST_NAME)]})
    if not query:
        raise RuleBroken({"name": [_("请先筛选或选择要显示的列，再保存。")]})
    if len(query) > LONGEST_QUERY:
        raise RuleBroken({"name": [_("选择的条件过多，无法保存。请减少后再保存。")]})


@act(may=may_delete_view)
def delete_view(*, actor: Actor, ask: Ask, view: SavedView) -> Outcome[SavedView]:  # noqa: ARG001 - every act takes them
    """Delete a saved view; once deleted it stays so."""
    return Outcome(view, change_guarded(view, seen=None, kept=False) if view.kept else {})
