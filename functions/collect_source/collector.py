"""One collection: from the source to its table, with its ledger and its event, or with a way to go on later."""

from datetime import UTC, datetime, timedelta
from functools import cache, partial

from functions.collect_source.continuing import go_on
from functions.collect_source.settings import Settings
from functions.collect_source.tasks import Task, task_of
from functions.collect_source.telling import ToldMemory
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.aws.transactions import MissingError
from jobtracker.messages.model import CollectSource, PostingsCollected, ProfileChanged
from jobtracker.resumes import store as resumes
from jobtracker.sources import breaker, claims, items, own
from jobtracker.sources import collect as collecting
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.collect import Around
from jobtracker.sources.guard import Guard
from jobtracker.sources.model import UNCONDITIONAL, Breaker, Run, SourceState
from jobtracker.sources.outcome import Outcome, turned_off
from jobtracker.sources.pace import TablePace
from jobtracker.sources.seen import StoredMemory, given_up

# Left for the request under way, for what is written after it, and for slow machines.
_RESERVE_S = 90
# What one person's own source brings lies in the person's partition, and nobody reads more.
_MOST_OF_ONES_OWN = 2_000


def collect(message: CollectSource, settings: Settings, *, seconds: float) -> None:
    """Collect the source that ``message`` names, within ``seconds``.

    A message that comes twice, or ten times at once, collects once: whoever comes while another collects the source,
    or after it was collected since it was asked for, has nothing to do. A person's source that was defined anew
    meanwhile, or given other secrets, is asked for once more.
    """
    task = task_of(message, settings)
    if task is None:
        logger().warning("no such source", source=message.source_id)
        _forgotten(message, settings)
        return
    operations, now = clients.table(settings.operations_table), datetime.now(UTC)
    claim = claims.claim(operations, task.slot, now, now + timedelta(seconds=seconds))
    if claim is None:
        logger().info("it is being collected already", source=message.source_id)
        return
    try:
        _collect(message, task, settings, now + timedelta(seconds=max(seconds - _RESERVE_S, seconds / 2)))
    except MissingError:
        logger().info("it was deleted while it was collected", source=message.source_id)
        _forgotten(message, settings)
        return
    finally:
        claims.release(operations, task.slot, claim)
    if message.owner_id is not None:
        _ask_again(message, task, settings)


def _collect(message: CollectSource, task: Task, settings: Settings, deadline: datetime) -> None:
    state, now = items.state(task.table, task.slot), datetime.now(UTC)
    left = state.run
    if state.definition != task.definition:
        # Validators, cursor, breaker and history are those of another address.
        state = SourceState(source_id=state.source_id, definition=task.definition, keys=task.keys)
    if task.off is not None:
        _keep_seen(message, settings, left)
        _ended(message, task, settings, turned_off(task.source, state, now, task.off), left)
        return
    if state.keys != task.keys:
        # That it failed with others, or was asked with them since this was asked for, says nothing about these.
        tried = {"breaker": Breaker(), "validators": UNCONDITIONAL, "last_run_at": None}
        state = state.model_copy(update={"keys": task.keys, **tried})
    if state.run is not None and now < state.run.resume_at:
        # Whoever saved it may have died before it saw to its going on.
        go_on(message, state.run, task.group, settings)
        return
    if _is_done(message, state):
        logger().info("it was collected since it was asked for", source=message.source_id)
        return
    if state.run is None:
        _keep_seen(message, settings, left)
    if state.run is None and breaker.may_ask(state.breaker, now):
        begun = breaker.begin(state.breaker, now)
        if begun is not state.breaker:
            state = state.model_copy(update={"breaker": begun})
            items.save(task.table, task.slot, state)
    outcome = collecting.collect(task.source, state, _around(message, task, settings, deadline))
    if outcome.state.run is not None:
        items.save(task.table, task.slot, outcome.state)
        _forget(message, settings, None if left is None or left.id == outcome.state.run.id else left)
        go_on(message, outcome.state.run, task.group, settings)
        logger().info("it goes on later", source=message.source_id, at=outcome.state.run.resume_at.isoformat())
        return
    _ended(message, task, settings, outcome, left)


def _forgotten(message: CollectSource, settings: Settings) -> None:
    """Remove what was seen of a person's source that is there no more; what it brought until then may be there still.

    Whoever writes what was seen writes the source's state after it, or dies and has its message come again. Either
    way it finds the source gone and comes here, whenever the source was deleted.
    """
    if message.owner_id is not None:
        _rank_anew(message, message.owner_id, settings)
        _memory(message, settings).forget()


def _ask_again(message: CollectSource, task: Task, settings: Settings) -> None:
    """Have a person's source collected as it is now, where that is another: who asked for it found it claimed."""
    now = task_of(message, settings)
    if now is not None and (now.definition, now.keys) != (task.definition, task.keys):
        again = CollectSource(
            source_id=message.source_id, owner_id=message.owner_id, correlation_id=message.correlation_id
        )
        bus.send(settings.collect_queue_url, again, group=now.group)


def _is_done(message: CollectSource, state: SourceState) -> bool:
    if message.run_id is not None:
        return state.run is None or state.run.id != message.run_id
    return state.run is None and state.last_run_at is not None and state.last_run_at > message.occurred_at


def _around(message: CollectSource, task: Task, settings: Settings, deadline: datetime) -> Around:
    return Around(
        client=_client(settings),
        shelf=task.shelf,
        memory=_memory(message, settings),
        secrets=task.secrets,
        owner_id=message.owner_id,
        most=None if message.owner_id is None else _MOST_OF_ONES_OWN,
        deadline=deadline,
    )


def _memory(message: CollectSource, settings: Settings) -> StoredMemory:
    if message.owner_id is None:
        return StoredMemory(settings.artifacts_bucket, message.source_id)
    tell = partial(_rank_anew, message, message.owner_id, settings)
    return ToldMemory(settings.artifacts_bucket, message.source_id, message.owner_id, tell=tell)


def _forget(message: CollectSource, settings: Settings, run: Run | None) -> None:
    """Remove what a run saw, once it is recorded that the run is over: until then its message may come again."""
    if run is not None:
        _memory(message, settings).forget_parts(run.id, run.parts)


def _keep_seen(message: CollectSource, settings: Settings, run: Run | None) -> None:
    """Keep what a run saw that nobody lets go on: what it brought is closed some day, as everything else."""
    if run is not None and run.parts:
        memory = _memory(message, settings)
        memory.save(given_up(memory, run.id, run.parts))


def _ended(message: CollectSource, task: Task, settings: Settings, outcome: Outcome, left: Run | None) -> None:
    ledger = outcome.ledger
    assert ledger is not None  # noqa: S101  # what does not go on has ended
    items.record(task.table, task.slot, ledger, outcome.state)
    _forget(message, settings, left)
    metrics().add_metric("PostingsSeen", unit="Count", value=ledger.counts.seen)
    logger().info("collected", extra=ledger.model_dump(mode="json", exclude={"refusals"}))
    if message.owner_id is not None:
        due_at, definition = outcome.state.due_at, task.definition
        if due_at is not None and definition is not None:
            own.set_due(task.table, message.owner_id, ledger.source_id, due_at, definition=definition)
        return
    event = PostingsCollected(
        correlation_id=message.correlation_id,
        source_id=ledger.source_id,
        collection_id=ledger.id,
        state=ledger.status.value,
        seen=ledger.counts.seen,
        written=ledger.counts.new + ledger.counts.changed,
    )
    bus.publish(settings.event_bus, event)


def _rank_anew(message: CollectSource, owner_id: str, settings: Settings) -> None:
    """Have the person ranked anew whose own postings changed."""
    profile = resumes.get_profile(clients.table(settings.people_table), owner_id)
    if profile is not None:
        event = ProfileChanged(
            correlation_id=message.correlation_id, person_id=owner_id, profile_version=profile.version
        )
        bus.publish(settings.event_bus, event)


@cache
def _client(settings: Settings) -> PoliteClient:
    return PoliteClient(
        settings.contact,
        pace=TablePace(clients.table(settings.operations_table)),
        guard=Guard.allowing(settings.allowed_hosts),
    )
