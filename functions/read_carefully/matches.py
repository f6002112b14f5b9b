"""The postings that fit a person best, read by the language model in one batch, which is fetched when it has ended."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from functions.read_carefully.posting import PURPOSE
from functions.read_carefully.settings import Settings
from jobtracker.accounts import language_model
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.llm import plans, prices
from jobtracker.llm.batches import LONGEST, Batches
from jobtracker.llm.client import text_bytes
from jobtracker.llm.model import (
    Call,
    LlmBudgetError,
    LlmError,
    LlmNotAskedError,
    LlmUnavailableError,
    Outcome,
    Reading,
    Reservation,
    Usage,
)
from jobtracker.llm.plans import Item, Plan
from jobtracker.llm.reader import Reader
from jobtracker.matching import store as matches
from jobtracker.messages.model import CollectReadings, ReadMatches, ReadPosting
from jobtracker.postings import careful, private, readings, store
from jobtracker.postings.careful import AdReading
from jobtracker.postings.model import StoredPosting
from jobtracker.postings.readings import ReadingStatus, Wish

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

BEST: Final = 5
# Most batches end within an hour.
_FIRST_LOOK_S: Final = 300
_LATER_LOOK_S: Final = 900


def read_matches(message: ReadMatches, settings: Settings, *, last: bool) -> None:
    """Send off the best matches that nobody has had read yet, each once.

    A message that comes twice finds what became of it: a batch that was sent is looked for, one that may have been sent
    counts as paid.

    Raises:
        LlmUnavailableError, LlmPausedError: the service takes nothing now, and the message comes again.
    """
    people, operations = clients.table(settings.people_table), clients.table(settings.operations_table)
    reader = language_model.reader(settings, operations, people, message.person_id, PURPOSE)
    if reader is None:
        return
    begun = plans.get(operations, message.person_id, message.id)
    if begun is not None and begun.batch_id is None:
        _lose(begun, reader, settings)
    elif begun is not None:
        _look_later(begun, message.correlation_id, settings, _FIRST_LOOK_S)
    elif reader.allowed:
        wanted = _unread(message.person_id, settings)
        if not Batches(reader.claude).available:
            _one_by_one(wanted, message, settings)
            return
        try:
            _send(wanted, message, reader, settings)
        except LlmBudgetError:
            logger().info("no money for a batch")
        except (LlmUnavailableError, LlmNotAskedError):
            if not last:
                raise
            logger().info("no batch was taken")


def collect(message: CollectReadings, settings: Settings) -> None:
    """Fetch the readings of a batch, or look for them later; a message that comes twice finds nothing left to do."""
    people, operations = clients.table(settings.people_table), clients.table(settings.operations_table)
    plan = plans.get(operations, message.person_id, message.plan_id)
    reader = language_model.reader(settings, operations, people, message.person_id, PURPOSE)
    if plan is None or plan.batch_id is None or reader is None:
        return
    try:
        results = Batches(reader.claude).results(plan.batch_id, AdReading)
    except LlmUnavailableError as error:
        logger().info("a batch cannot be looked at now", reason=str(error))
        results = None
    if results is None:
        if datetime.now(UTC) < plan.at + LONGEST - timedelta(seconds=_LATER_LOOK_S):
            _look_later(plan, message.correlation_id, settings, _LATER_LOOK_S)
        else:
            _lose(plan, reader, settings)
        return
    for item in plan.items:
        if item.name in results:
            _settle(plan, item, results[item.name], reader, settings)
        else:
            _settle(plan, item, LlmUnavailableError("a result is missing", unanswered=1), reader, settings)
    plans.delete(operations, plan)
    logger().info("fetched a batch", requests=len(plan.items))


def _unread(person_id: str, settings: Settings) -> list[tuple[StoredPosting, bool]]:
    """Those of the person's best matches that have a text which nobody had read, with whether they are the person's."""
    people, catalog = clients.table(settings.people_table), clients.table(settings.catalog_table)
    found: list[tuple[StoredPosting, bool]] = []
    for match in matches.page(people, person_id)[:BEST]:
        stored, own = _posting(match.posting_id, person_id, people, catalog)
        if stored is None or not stored.posting.description_text.strip():
            continue
        name = readings.name_of(stored)
        wished = readings.wish(people, person_id, match.posting_id)
        if wished is not None and wished.name == name and not _given_up(wished):
            continue
        if own or readings.shared(catalog, name) is None:
            found.append((stored, own))
    return found


def _given_up(wished: Wish) -> bool:
    return wished.status is ReadingStatus.WAITING and wished.until <= datetime.now(UTC)


def _posting(posting_id: str, person_id: str, people: "Table", catalog: "Table") -> tuple[StoredPosting | None, bool]:
    everybodys = store.get(catalog, posting_id)
    return (everybodys, False) if everybodys else (private.get(people, person_id, posting_id), True)


def _one_by_one(wanted: list[tuple[StoredPosting, bool]], message: ReadMatches, settings: Settings) -> None:
    """Where there are no batches, each is read as if somebody looked at it."""
    for stored, _ in wanted:
        _wish(stored, message.person_id, settings, batched=False)
        asked = ReadPosting(
            correlation_id=message.correlation_id, person_id=message.person_id, posting_id=stored.posting.id
        )
        bus.send(settings.careful_queue_url, asked)


def _wish(stored: StoredPosting, person_id: str, settings: Settings, *, batched: bool) -> None:
    now = datetime.now(UTC)
    wished = Wish(
        posting_id=stored.posting.id,
        name=readings.name_of(stored),
        status=ReadingStatus.WAITING,
        asked_at=now,
        until=now + LONGEST,
        batched=batched,
    )
    readings.keep(clients.table(settings.people_table), person_id, wished)


def _send(wanted: list[tuple[StoredPosting, bool]], message: ReadMatches, reader: Reader, settings: Settings) -> None:
    operations, now = clients.table(settings.operations_table), datetime.now(UTC)
    seen = reader.breaker.begin(reader.breaker.look(now), now)
    kept: list[tuple[StoredPosting, Reservation]] = []
    for stored, _ in wanted:
        try:
            kept.append((stored, reader.budget.reserve(_most(stored, reader), now, lasting=LONGEST)))
        except LlmBudgetError:
            if not kept:
                raise
            break
    if not kept:
        return
    items = tuple(
        Item(
            name=f"posting-{number}",
            subject=stored.posting.id,
            text=readings.name_of(stored),
            reservation_id=reservation.id,
            microdollars=reservation.microdollars,
        )
        for number, (stored, reservation) in enumerate(kept)
    )
    plan = Plan(id=message.id, person_id=message.person_id, at=now, items=items)
    if not plans.create(operations, plan):
        for _, reservation in kept:
            reader.budget.release(reservation)
        return
    for stored, _ in kept:
        _wish(stored, message.person_id, settings, batched=True)
    documents = {
        item.name: stored.posting.description_text[: careful.LONGEST]
        for item, (stored, _) in zip(items, kept, strict=True)
    }
    try:
        batch_id = Batches(reader.claude).send(
            AdReading, careful.INSTRUCTIONS, documents, title=careful.TITLE, max_tokens=careful.MAX_TOKENS
        )
    except LlmUnavailableError as error:
        if not error.ours:
            reader.breaker.failed(seen, now, error.retry_after_s)
        if error.unanswered:
            # It may have been taken: sent again it would be paid twice.
            _lose(plan, reader, settings)
            return
        for item in items:
            _settle(plan, item, None, reader, settings)
        plans.delete(operations, plan)
        raise
    reader.breaker.answered(seen)
    plan = plan.model_copy(update={"batch_id": batch_id})
    plans.update(operations, plan)
    _look_later(plan, message.correlation_id, settings, _FIRST_LOOK_S)


def _most(stored: StoredPosting, reader: Reader) -> int:
    document = stored.posting.description_text[: careful.LONGEST]
    size = text_bytes(AdReading, careful.INSTRUCTIONS, document, careful.TITLE)
    model = reader.claude.model
    return prices.of(model, batched=True).of(prices.most(model, size, careful.MAX_TOKENS))


def _look_later(plan: Plan, correlation_id: str, settings: Settings, delay_seconds: int) -> None:
    again = CollectReadings(correlation_id=correlation_id, person_id=plan.person_id, plan_id=plan.id)
    bus.send(settings.careful_queue_url, again, delay_seconds=delay_seconds)


def _lose(plan: Plan, reader: Reader, settings: Settings) -> None:
    """Count a batch that may have been read in vain as the most that it can have cost."""
    for item in plan.items:
        _settle(plan, item, LlmUnavailableError("the batch was lost", unanswered=1), reader, settings)
    plans.delete(clients.table(settings.operations_table), plan)


def _settle(
    plan: Plan, item: Item, result: Reading[AdReading] | LlmError | None, reader: Reader, settings: Settings
) -> None:
    """Replace the money that is put aside for one request by what it cost, and keep what came of it."""
    people, reservation = clients.table(settings.people_table), plan.reservation(item)
    model = reader.claude.model
    if result is None:
        # Ended in an error, expired or canceled: not charged. The posting is asked for anew when there is occasion.
        reader.budget.release(reservation)
        if _waits(plan, item, settings) is not None:
            readings.forget(people, plan.person_id, item.subject)
        return
    if isinstance(result, LlmError):
        spent = prices.of(model, batched=True).of(result.usage) if result.usage else 0
        spent += item.microdollars if result.unanswered else 0
        usage = result.usage or Usage(model, 0, 0)
        reader.budget.settle(reservation, Call(PURPOSE, result.outcome, usage, spent))
        _fail(plan, item, result, settings)
        return
    spent = prices.of(model, batched=True).of(result.usage)
    reader.budget.settle(reservation, Call(PURPOSE, Outcome.ANSWERED, result.usage, spent))
    _keep(plan, item, result.value, settings)
    metrics().add_metric("PostingsReadCarefully", unit="Count", value=1)


def _fail(plan: Plan, item: Item, error: LlmError, settings: Settings) -> None:
    if (wished := _waits(plan, item, settings)) is not None:
        failed = {"status": ReadingStatus.FAILED, "reason": f"This posting was not read, because {error}."}
        readings.keep(clients.table(settings.people_table), plan.person_id, wished.model_copy(update=failed))


def _waits(plan: Plan, item: Item, settings: Settings) -> Wish | None:
    """The wish that waits for this request; None where the person had the posting read meanwhile."""
    wished = readings.wish(clients.table(settings.people_table), plan.person_id, item.subject)
    return wished if wished is not None and wished.batched and wished.status is ReadingStatus.WAITING else None


def _keep(plan: Plan, item: Item, value: AdReading, settings: Settings) -> None:
    """Keep a reading with what it is of, unless that is gone or says something else by now."""
    people, catalog = clients.table(settings.people_table), clients.table(settings.catalog_table)
    stored, own = _posting(item.subject, plan.person_id, people, catalog)
    wished = _waits(plan, item, settings)
    if stored is None or readings.name_of(stored) != item.text:
        if wished is not None:
            readings.forget(people, plan.person_id, item.subject)
        return
    reading = careful.found(value, stored.posting.description_text[: careful.LONGEST])
    if not own and readings.shared(catalog, item.text) is None:
        readings.share(catalog, item.text, reading)
    if wished is not None:
        done = {"status": ReadingStatus.READ, "reason": None, "reading": reading if own else None}
        readings.keep(people, plan.person_id, wished.model_copy(update=done))
