"""The act: the only way anything changes.

    @act(may=may_record_entry)
    def record_entry(*, actor: Actor, ask: Ask, unit: Unit, …) -> Outcome[Entry]: …

The decorator, not the author, opens the transaction, takes the submission id, asks `may`, runs the body,
checks that the result is still in the actor's sight, writes journal and events, and stores the receipt.
An act may call acts: they join the transaction and leave their own journal rows; any refusal undoes all.
"""

import inspect
import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID, uuid5

from django.db import IntegrityError, OperationalError, models, transaction

from xiaoan.foundation import events, journal, once, statements
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.database import cannot_store_now, is_taken
from xiaoan.foundation.errors import CannotStore, Conflict, NotFound, NotPermitted, SameIdOtherContent
from xiaoan.foundation.events import Event
from xiaoan.foundation.permissions import Allowed, Verdict

log = logging.getLogger(__name__)

R = TypeVar("R", bound=models.Model)
R_co = TypeVar("R_co", bound=models.Model, covariant=True)


@dataclass(frozen=True)
class Outcome(Generic[R]):
    """What an act's body hands back: its record, old and new values by field, and what to announce."""

    record: R
    changes: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[Event, ...] = ()


@dataclass
class Deed:
    """The outermost act that is running: collects what its inner acts leave behind."""

    ask: Ask
    notes: list[journal.Note] = field(default_factory=list)
    announcements: list[tuple[UUID, Event]] = field(default_factory=list)
    receipts: list[tuple[once.Submission, journal.Note]] = field(default_factory=list)
    inner_count: int = 0


@dataclass(frozen=True)
class Act:
    """A registered act: its lasting name, its body, its rule and whether the machine may do it."""

    name: str
    body: Callable[..., Outcome[Any]]
    may: Callable[..., Verdict]
    rule_nouns: frozenset[str]
    robot: bool
    model: type[models.Model] | None


@dataclass(frozen=True)
class Call:
    """One request to do an act: who asks for what, with which content."""

    deed: Act
    actor: Actor
    ask: Ask
    nouns: Mapping[str, Any]

    @cached_property
    def content(self) -> str:
        """The canonical text of the nouns: what a repeat must equal."""
        return once.canonical(self.nouns)


class Callable_(Protocol[R_co]):  # noqa: N801 - the type of a decorated act
    """An act as its callers see it."""

    def __call__(self, *, actor: Actor, ask: Ask, **nouns: Any) -> R_co:
        """Do it, or refuse with a reason."""


_acts: dict[str, Act] = {}
_running: ContextVar[Deed | None] = ContextVar("running_deed", default=None)


def registered_acts() -> dict[str, Act]:
    """All acts by name, for the matrix check and the generated tests."""
    return dict(_acts)


def act(
    *, may: Callable[..., Verdict], robot: bool = False
) -> Callable[[Callable[..., Outcome[R]]], Callable_[R]]:
    """Make a function an act. `may` takes the actor and those nouns of the act that its signature names."""

    def decorate(body: Callable[..., Outcome[R]]) -> Callable_[R]:
        name = f"{body.__module__.split('.')[1]}.{body.__name__}"
        nouns = set(inspect.signature(may).parameters) - {"actor"}
        if missing := nouns - set(inspect.signature(body).parameters):
            raise TypeError(f"{name}: its rule asks for {sorted(missing)}, which the act does not take")
        deed = Act(name, body, may, frozenset(nouns), robot, _result_model(body))
        _acts[name] = deed

        @wraps(body)
        def run(*, actor: Actor, ask: Ask, **nouns: Any) -> R:
            outer = _running.get()
            return _join(deed, outer, actor, nouns) if outer else _begin(deed, actor, ask, nouns)

        return run

    return decorate


def _result_model(body: Callable[..., Outcome[Any]]) -> type[models.Model] | None:
    """The model named in `-> Outcome[Model]`, so that a receipt can find its record again."""
    returned = inspect.signature(body, eval_str=True).return_annotation
    model = getattr(returned, "__args__", (None,))[0]
    return model if isinstance(model, type) else None


def _begin(deed: Act, actor: Actor, ask: Ask, nouns: Mapping[str, Any]) -> Any:
    """Run an outermost act in its own transaction, or answer a repeat with the first receipt."""
    call = Call(deed, actor, ask, nouns)
    running = Deed(ask)
    token = _running.set(running)
    try:
        with transaction.atomic():
            record = _perform(call, running)
            _commit_traces(running)
    except once.Repeated:
        receipt = once.receipt_of(actor, ask, deed.name, call.content)
    except (OperationalError, IntegrityError) as trouble:
        raise _refusal_of(trouble, deed) from trouble
    else:
        return record
    finally:
        _running.reset(token)
    return _record_of(deed, actor, receipt)


def _refusal_of(trouble: Exception, deed: Act) -> Exception:
    """What the database's own no means to a person; a fault of ours stays what it is."""
    if isinstance(trouble, IntegrityError) and is_taken(trouble):
        log.warning("%s: another was faster: %s", deed.name, trouble)
        return Conflict()
    if cannot_store_now(trouble):
        log.error("%s could not be stored", deed.name, exc_info=trouble)
        return CannotStore()
    return trouble


def _join(deed: Act, outer: Deed, actor: Actor, nouns: Mapping[str, Any]) -> Any:
    """Run an act inside another: its id follows from the outer one and its place."""
    outer.inner_count += 1
    ask = outer.ask.inner(f"{deed.name}:{outer.inner_count}")
    try:
        return _perform(Call(deed, actor, ask, nouns), outer)
    except once.Repeated as used:  # the outer act is new, so whoever used the inner id meant something else
        raise SameIdOtherContent from used


def _perform(call: Call, running: Deed) -> Any:
    """The beats of every act, inside a transaction that its caller holds."""
    deed, actor, ask = call.deed, call.actor, call.ask
    submission = once.claim(actor, ask, deed.name, call.content)
    verdict = _verdict(deed, actor, call.nouns)
    outcome = deed.body(actor=actor, ask=ask, **call.nouns)
    record = outcome.record
    _check_in_sight(actor, record)
    note = journal.Note(
        unit_id=record.journal_unit_id,
        actor=actor,
        posting=verdict.posting,
        act=deed.name,
        object_type=record._meta.label,  # noqa: SLF001 - Django's public name of a model
        object_id=str(record.pk),
        content=_payload(actor, ask, outcome),
    )
    running.notes.append(note)
    running.receipts.append((submission, note))
    running.announcements += [
        (uuid5(ask.submission_id, f"{place}:{happened.name}"), happened)
        for place, happened in enumerate(outcome.events)
    ]
    return record


def _verdict(deed: Act, actor: Actor, nouns: Mapping[str, Any]) -> Allowed:
    """The appointment that grants the act; a refusal says why."""
    if actor.is_robot and deed.robot:
        return Allowed()
    verdict = deed.may(actor, **{name: nouns[name] for name in deed.rule_nouns})
    if isinstance(verdict, Allowed):
        return verdict
    raise NotPermitted(verdict.reason)


def _check_in_sight(actor: Actor, record: models.Model) -> None:
    """Nobody moves a thing out of their own sight: the result must still be visible to its actor.

    The machine sees the whole of the one district that it was called for.
    """
    if actor.is_robot:
        in_sight = record.district_id == actor.district_id  # type: ignore[attr-defined]
    else:
        rows = type(record).objects.visible_to(actor)  # type: ignore[attr-defined]
        in_sight = rows.filter(pk=record.pk).exists()
    if not in_sight:
        raise NotFound


def _payload(actor: Actor, ask: Ask, outcome: Outcome[Any]) -> dict[str, Any]:
    """What the journal keeps of an act beside its bare entry."""
    content: dict[str, Any] = {"changes": dict(outcome.changes)}
    if actor.is_robot:
        content["cause"] = actor.cause
    if ask.captured_at:
        content["captured_at"] = ask.captured_at
    return content


def _commit_traces(running: Deed) -> None:
    """The last statements of the transaction: journal, outbox, receipts.

    Events are numbered under the heads' locks, so that their order is the order of commits.
    """
    journal.write(running.notes)
    if running.announcements:
        events.announce(running.announcements)
    for submission, note in running.receipts:
        submission.object_id, submission.journal_number = note.object_id, note.number
        statements.update(submission, "object_id", "journal_number")


def _record_of(deed: Act, actor: Actor, receipt: once.Submission) -> Any:
    """The record of an earlier receipt, as it stands now, if the actor may still see it."""
    if deed.model is None:
        raise TypeError(f"{deed.name} must say what it returns: -> Outcome[Model]")
    manager = deed.model.objects  # type: ignore[attr-defined]
    rows = manager.everything("a robot's own receipt") if actor.is_robot else manager.visible_to(actor)
    record = rows.filter(pk=receipt.object_id).first()
    if record is None:
        raise NotFound
    return record
