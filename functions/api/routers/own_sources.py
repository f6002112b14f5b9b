"""A person's own sources: feeds, companies' boards and interfaces that only this person's postings come from."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

from fastapi import APIRouter, Query, Request, Response, status

from functions.api import caching, defining
from functions.api.dependencies import ApiConfig, CorrelationId, CurrentPerson, PeopleTable
from functions.api.errors import NotFoundError, TooManyError
from functions.api.ranking import rank_anew
from functions.api.settings import Settings
from functions.api.source_schemas import (
    CollectionAccepted,
    Ledger,
    LedgerList,
    OwnSource,
    OwnSourceList,
    OwnSourceRequest,
)
from jobtracker.aws import bus
from jobtracker.aws.transactions import MissingError
from jobtracker.messages.model import CollectSource
from jobtracker.postings import private
from jobtracker.sources import custom, own, secrets

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
else:
    Table = object

router = APIRouter(prefix="/own-sources", tags=["own sources"])
MOST = 50


def _found(table: Table, person_id: str, source_id: str) -> custom.OwnSource:
    source = own.get(table, person_id, source_id)
    if source is None:
        raise NotFoundError
    return source


def _view(table: Table, source: custom.OwnSource) -> OwnSource:
    return OwnSource.of(
        source,
        own.state_of(source, own.state(table, source.owner_id, source.id)),
        own.secret_names(table, source.owner_id, source.id),
    )


def _keep(
    table: Table, settings: Settings, source: custom.OwnSource, body: OwnSourceRequest, correlation: str
) -> OwnSource:
    if body.secrets:
        values = {name: value.get_secret_value() for name, value in body.secrets.items()}
        sealed = secrets.seal(settings.key_arn, source.id, values, source.owner_id)
        try:
            own.put_secrets(table, source.owner_id, source.id, sealed)
        except MissingError:
            raise NotFoundError from None
    _ask(settings, source, correlation)
    return _view(table, source)


def _ask(settings: Settings, source: custom.OwnSource, correlation: str) -> CollectSource:
    message = CollectSource(source_id=source.id, owner_id=source.owner_id, correlation_id=correlation)
    bus.send(settings.collect_queue_url, message, group=source.group)
    return message


@router.get("")
def list_own_sources(person: CurrentPerson, table: PeopleTable, request: Request, response: Response) -> OwnSourceList:
    """All of the person's own sources, by name."""
    found = sorted(own.list_sources(table, person.id), key=lambda source: source.name.casefold())
    views = OwnSourceList(items=[_view(table, source) for source in found])
    return caching.of_person(person.id, views, request, response)


@router.post("", status_code=status.HTTP_201_CREATED)
def create_own_source(
    body: OwnSourceRequest, person: CurrentPerson, settings: ApiConfig, table: PeopleTable, correlation: CorrelationId
) -> OwnSource:
    """Define a source of one's own. It is collected at once, and on schedule from now on."""
    defining.check(settings, body)
    if len(own.list_sources(table, person.id)) >= MOST:
        raise TooManyError
    source = custom.OwnSource(
        id=f"own:{uuid4().hex[:12]}",
        owner_id=person.id,
        name=body.name,
        config=body.config,
        created_at=datetime.now(UTC),
    )
    own.put(table, source)
    return _keep(table, settings, source, body, correlation)


@router.get("/{source_id}")
def get_own_source(
    source_id: str, person: CurrentPerson, table: PeopleTable, request: Request, response: Response
) -> OwnSource:
    """One of the person's own sources."""
    return caching.of_person(person.id, _view(table, _found(table, person.id, source_id)), request, response)


@router.put("/{source_id}")
def update_own_source(
    source_id: str,
    body: OwnSourceRequest,
    person: CurrentPerson,
    settings: ApiConfig,
    table: PeopleTable,
    correlation: CorrelationId,
) -> OwnSource:
    """Define the source anew, and collect it. Secrets that are not sent stay as they are."""
    source = _found(table, person.id, source_id)
    defining.check(settings, body, own.secret_names(table, person.id, source.id))
    changed = source.model_copy(update={"name": body.name, "config": body.config})
    if not own.replace(table, changed):
        raise NotFoundError
    return _keep(table, settings, changed, body, correlation)


@router.delete("/{source_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_own_source(
    source_id: str,
    person: CurrentPerson,
    settings: ApiConfig,
    table: PeopleTable,
    correlation: CorrelationId,
    postings: Annotated[bool, Query(description="delete the postings that it brought, too")] = False,
) -> None:
    """Forget the source, its secrets and its ledgers. The postings that it brought stay unless told otherwise.

    A deletion that was cut short goes on when it is asked for again.
    """
    source = own.get(table, person.id, source_id)
    own.delete(table, person.id, source_id)
    if source is not None:
        # What its collections saw lies where the collector alone reaches; it forgets what is no source any more.
        _ask(settings, source, correlation)
    gone = private.delete_of(table, person.id, source_id) if postings else 0
    if gone:
        rank_anew(table, settings, person.id, correlation)
    if source is None and not gone:
        raise NotFoundError


@router.get("/{source_id}/collections")
def list_own_collections(
    source_id: str,
    person: CurrentPerson,
    table: PeopleTable,
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> LedgerList:
    """The ledgers of the source's collections, newest first."""
    source = _found(table, person.id, source_id)
    found = own.ledgers(table, person.id, source.id, limit=limit)
    ledgers = LedgerList(items=[Ledger.of(one) for one in found])
    return caching.of_person(person.id, ledgers, request, response)


@router.post("/{source_id}/collections", status_code=status.HTTP_202_ACCEPTED)
def create_own_collection(
    source_id: str, person: CurrentPerson, settings: ApiConfig, table: PeopleTable, correlation: CorrelationId
) -> CollectionAccepted:
    """Ask for a collection now."""
    message = _ask(settings, _found(table, person.id, source_id), correlation)
    return CollectionAccepted(id=message.id, source_id=message.source_id)
