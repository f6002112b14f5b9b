"""What a message asks for: the source, where its items lie, and where its postings go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from functions.collect_source.settings import Settings
from jobtracker.aws import clients
from jobtracker.messages.model import CollectSource
from jobtracker.postings import private
from jobtracker.postings import store as postings
from jobtracker.postings.model import ClosedReason, Posting
from jobtracker.postings.store import Written
from jobtracker.sources import items, own, own_source, own_state, secrets, store
from jobtracker.sources.collect import Shelf
from jobtracker.sources.custom import OwnSource
from jobtracker.sources.items import Slot
from jobtracker.sources.listing import directory, find
from jobtracker.sources.model import Listing, SourceError
from jobtracker.sources.permission import why_off
from jobtracker.sources.registry import source as find_source
from jobtracker.sources.source import Page, Source, Visit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
else:
    Table = object


@dataclass(frozen=True, slots=True)
class Everybodys:
    """Keeps postings in the catalog."""

    table: Table

    def put(self, posting: Posting) -> Written:
        """Write one posting and say what that did."""
        return postings.put(self.table, posting)

    def close(self, posting_id: str, reason: ClosedReason, at: datetime) -> bool:
        """Whether this closed a posting."""
        return postings.close(self.table, posting_id, reason, at)


@dataclass(frozen=True, slots=True)
class Ones:
    """Keeps postings with one person, as long as the person's source is defined."""

    table: Table
    owner_id: str
    source_id: str

    @property
    def _needs(self) -> Mapping[str, str]:
        return own_state.key(self.owner_id, self.source_id)

    def put(self, posting: Posting) -> Written:
        """Write one posting and say what that did. Raises MissingError where the source was deleted."""
        return private.put(self.table, self.owner_id, posting, needs=self._needs)

    def close(self, posting_id: str, reason: ClosedReason, at: datetime) -> bool:
        """Whether this closed a posting. Raises MissingError where the source was deleted."""
        return private.close(self.table, self.owner_id, posting_id, reason, at, needs=self._needs)


@dataclass(frozen=True, slots=True)
class Task:
    """A source to be collected. ``off`` says why it is not; ``table`` and ``slot`` are where its items lie; ``group``
    is the message group of its collections; ``definition`` tells apart what a person's source was and is now, and
    ``keys`` what its secrets were and are."""

    source: Source
    group: str
    table: Table
    slot: Slot
    shelf: Shelf
    secrets: Mapping[str, str]
    off: str | None = None
    definition: str | None = None
    keys: str | None = None


def task_of(message: CollectSource, settings: Settings) -> Task | None:
    """What ``message`` asks for, None where there is no such source."""
    if message.owner_id is not None:
        return _of_a_person(message.source_id, message.owner_id, settings)
    # The directory knows what a company is called, and which are collected from the start.
    company = directory().get(message.source_id)
    listing = find(message.source_id)
    source = find_source(message.source_id, None if company is None else company.name)
    if source is None or listing is None:
        return None
    table, slot = clients.table(settings.catalog_table), store.slot(message.source_id)
    sealed = items.sealed(table, slot) if listing.secrets else {}
    off = why_off(listing, store.setting(table, message.source_id), sealed)
    opened = {} if off else secrets.unseal(settings.key_arn, message.source_id, sealed)
    keys = secrets.mark(sealed)
    return Task(source, listing.host, table, slot, Everybodys(table), opened, off, keys=keys)


def _of_a_person(source_id: str, owner_id: str, settings: Settings) -> Task | None:
    table = clients.table(settings.people_table)
    defined = own.get(table, owner_id, source_id)
    if defined is None:
        return None
    slot = own.slot(owner_id, source_id)
    sealed, shelf = items.sealed(table, slot), Ones(table, owner_id, source_id)
    opened, keys = secrets.unseal(settings.key_arn, source_id, sealed, owner_id), secrets.mark(sealed)
    return Task(_built(defined), defined.group, table, slot, shelf, opened, definition=defined.definition, keys=keys)


@dataclass(frozen=True, slots=True)
class _Unbuilt:
    """Stands for a source that cannot be made of its definition any more, so that its ledger says so."""

    listing: Listing
    error: SourceError

    def fetch(self, _visit: Visit) -> Page:
        raise self.error


def _built(defined: OwnSource) -> Source:
    try:
        return own_source.build(defined)
    except SourceError as error:
        return _Unbuilt(defined.listing, error)
