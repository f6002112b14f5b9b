"""One import: from what a person brought in to that person's own postings, or to the reason why there are none.

Nothing of what was brought in is logged: an address may carry a name, and a posting tells what somebody looks for.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from functions.import_posting import bringing
from functions.import_posting.settings import Settings
from jobtracker.accounts import language_model
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.llm.reader import Reader
from jobtracker.messages.model import ImportPosting, ProfileChanged
from jobtracker.postings import private
from jobtracker.postings import store as postings
from jobtracker.postings.model import Posting, posting_id
from jobtracker.resumes import store as resumes
from jobtracker.sources import normalising
from jobtracker.sources.client import Limits, PoliteClient
from jobtracker.sources.guard import Guard
from jobtracker.sources.imports import gateway, identity, links, store
from jobtracker.sources.imports.identity import Found
from jobtracker.sources.imports.model import Import, ImportKind, ImportStatus, OverError, RefusedError
from jobtracker.sources.model import PostponedError, SourceKind
from jobtracker.sources.pace import TablePace
from jobtracker.sources.source import Rejection

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# What a queue can keep a message back for, and after how long an import is given up.
_LONGEST_DELAY: Final = timedelta(minutes=15)
_LONGEST_WAIT: Final = timedelta(hours=1)
# A person waits, and several requests must fit into one invocation.
_LIMITS: Final = Limits(answer_s=30, tries=2, trying_s=15)
_OWN_SOURCE: Final = "own:"
_PURPOSE: Final = "Reading a page you brought in"
_ADVICE: Final = {
    ImportKind.URL: "Open the page in your browser and use the bookmarklet, or paste the page's HTML.",
    ImportKind.PAGE: "Open the posting's own page and bring in that one, or bring in its company's board.",
    ImportKind.MAIL: "Bring in the pages of its postings one by one.",
    ImportKind.BOARD: "Try the company's web address, or the address of one of its postings.",
}


class GivenUpError(RuntimeError):
    """An import was begun again and again and never came to its end."""


def import_posting(message: ImportPosting, settings: Settings) -> None:
    """Read what ``message`` names. A message that comes again after that has nothing to do."""
    people, now = clients.table(settings.people_table), datetime.now(UTC)
    asked = store.get(people, message.person_id, message.import_id)
    if asked is None or asked.status is not ImportStatus.PENDING:
        logger().info("there is nothing to import", import_id=message.import_id)
        return
    content = gateway.get_content(settings.uploads_bucket, asked) if asked.kind in bringing.WITH_CONTENT else None
    asked = bringing.named(asked, content)
    try:
        outcome = _done(asked, content, settings, message, now)
    except PostponedError as postponed:
        if postponed.until - now <= _LONGEST_DELAY and now - asked.created_at <= _LONGEST_WAIT:
            delay = max(1, round((postponed.until - now).total_seconds()) + 1)
            bus.send(settings.import_queue_url, message, delay_seconds=min(delay, int(_LONGEST_DELAY.total_seconds())))
            logger().info("the import goes on later", import_id=asked.id)
            return
        outcome = _failed(asked, f"The page's host may not be asked before {postponed.until:%H:%M} UTC.")
    except RefusedError as refused:
        # What is over is not to be had in another way either.
        outcome = _failed(asked, refused.reason, advised=not isinstance(refused, OverError))
        if isinstance(refused, OverError) and _close(people, asked.person_id, refused, now):
            _tell(people, asked.person_id, settings, message)
    _finish(people, outcome.model_copy(update={"finished_at": now}), settings)


def give_up(message: ImportPosting, settings: Settings) -> None:
    """End the import that ``message`` names as failed: every attempt at it was cut short, by whatever.

    Raises:
        GivenUpError: always where it was under way, so that the message ends where somebody looks at it.
    """
    people, now = clients.table(settings.people_table), datetime.now(UTC)
    asked = store.get(people, message.person_id, message.import_id)
    if asked is None or asked.status is not ImportStatus.PENDING:
        return
    # An attempt may have stored postings before it was cut short.
    _tell(people, asked.person_id, settings, message)
    outcome = _failed(asked, "Something went wrong on our side, and trying again did not help.")
    _finish(people, outcome.model_copy(update={"finished_at": now}), settings)
    raise GivenUpError(asked.id)


def _finish(people: "Table", finished: Import, settings: Settings) -> None:
    """Store what became of an import, and remove what was brought in: it is needed no more."""
    store.finish(people, finished)
    if finished.kind in bringing.WITH_CONTENT:
        gateway.delete_content(settings.uploads_bucket, finished)
    metrics().add_metric("ImportsDone" if finished.status is ImportStatus.DONE else "ImportsFailed", "Count", 1)
    logger().info(
        "imported",
        import_id=finished.id,
        kind=finished.kind.value,
        status=finished.status.value,
        how=finished.how and finished.how.value,
        postings=len(finished.posting_ids),
        boards=len(finished.boards),
    )


def _failed(asked: Import, reason: str, *, advised: bool = True) -> Import:
    boards = bringing.known_boards(asked.url) if asked.kind is ImportKind.URL and asked.url else ()
    if advised:
        advice = "If it is a company's whole board, add that as a source." if boards else _ADVICE[asked.kind]
        reason = f"{reason} {advice}"
    changes = {"status": ImportStatus.FAILED, "reason": reason, "boards": boards}
    return asked.model_copy(update=changes)


def _done(asked: Import, content: bytes | None, settings: Settings, message: ImportPosting, now: datetime) -> Import:
    """The import with what it brought, all of it stored and told of.

    Raises:
        RefusedError: it brought nothing.
        PostponedError: the host that it is about may not be asked now.
    """
    client = _client(settings.contact, settings.operations_table, settings.allowed_hosts)
    if asked.kind is ImportKind.BOARD:
        boards = bringing.boards(asked, client, now)
        return asked.model_copy(update={"status": ImportStatus.DONE, "boards": boards})
    brought = bringing.bring(asked, content, client, _reader(settings, asked.person_id), now)
    people, catalog = clients.table(settings.people_table), clients.table(settings.catalog_table)
    kept: dict[str, bool] = {}
    refusals = list(brought.refusals)
    for found in brought.found:
        if (shared := _in_catalog(catalog, found)) is not None:
            kept[shared] = False
            continue
        read = normalising.read(found.listing, found.draft, now, owner=asked.person_id)
        if isinstance(read, Rejection):
            refusals.append(read.reason)
            continue
        _put(people, asked.person_id, read)
        kept[read.id] = True
    if not kept:
        raise RefusedError(f"No posting could be read: {'; '.join(dict.fromkeys(refusals)) or 'none was found'}.")
    if any(kept.values()):
        _tell(people, asked.person_id, settings, message)
    changes = {"posting_ids": tuple(kept), "refusals": tuple(dict.fromkeys(refusals)), "how": brought.how}
    return asked.model_copy(update={"status": ImportStatus.DONE, **changes})


def _in_catalog(catalog: "Table", found: Found) -> str | None:
    """The id by which the catalog has this very posting open: the person needs no copy of it."""
    if found.listing.kind is SourceKind.CUSTOM:
        return None
    shared = posting_id(found.listing.id, found.draft.source_posting_id)
    held = postings.get(catalog, shared)
    return shared if held is not None and held.life.open else None


def _put(people: "Table", person_id: str, posting: Posting) -> None:
    if not posting.description_text:
        # A list or a mail tells less than the page that was brought in before.
        held = private.get(people, person_id, posting.id)
        if held is not None and held.posting.description_text:
            return
    private.put(people, person_id, posting)


def _close(people: "Table", person_id: str, over: OverError, now: datetime) -> bool:
    """Whether this closed postings of the person's own: those that have the address of what is over.

    What an own source brought is closed by its collections alone: they would not open again what they saw as it is.
    """
    addresses = identity.addresses(over.url)
    of_it = [
        one
        for one in private.each(people, person_id)
        if links.cleaned(one.posting.url) in addresses and not one.posting.source_id.startswith(_OWN_SOURCE)
    ]
    return sum(private.close(people, person_id, one.posting.id, over.closed, now) for one in of_it) > 0


def _tell(people: "Table", person_id: str, settings: Settings, message: ImportPosting) -> None:
    """Have the person ranked anew. Told before the import is finished: what is cut short in between is told again."""
    profile = resumes.get_profile(people, person_id)
    if profile is not None:
        event = ProfileChanged(
            correlation_id=message.correlation_id, person_id=person_id, profile_version=profile.version
        )
        bus.publish(settings.event_bus, event)


def _reader(settings: Settings, person_id: str) -> Reader | None:
    operations, people = clients.table(settings.operations_table), clients.table(settings.people_table)
    return language_model.reader(settings, operations, people, person_id, _PURPOSE)


@cache
def _client(contact: str, operations_table: str, allowed_hosts: str) -> PoliteClient:
    pace = TablePace(clients.table(operations_table))
    return PoliteClient(contact, pace=pace, guard=Guard.allowing(allowed_hosts), limits=_LIMITS)
