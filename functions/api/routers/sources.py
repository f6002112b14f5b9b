"""The sources, how their last collections went, turning them on and off, and asking for a collection."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response, status

from functions.api import caching
from functions.api.dependencies import Administrator, ApiConfig, CatalogTable, CorrelationId, CurrentPerson
from functions.api.errors import ConditionsNotAcceptedError, NotFoundError, UnknownSecretError
from functions.api.source_schemas import (
    CollectionAccepted,
    Ledger,
    LedgerList,
    SecretsRequest,
    SettingRequest,
    Source,
    SourceDetail,
    SourceList,
)
from jobtracker.aws import bus
from jobtracker.messages.model import CollectSource
from jobtracker.sources import secrets, store
from jobtracker.sources.listing import find, listings
from jobtracker.sources.model import Listing, SourceKind, SourceSetting, Terms

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
else:
    Table = object

router = APIRouter(prefix="/sources", tags=["sources"])
LEDGERS_SHOWN = 10


def _listing(source_id: str) -> Listing:
    listing = find(source_id)
    if listing is None:
        raise NotFoundError
    return listing


def _views(table: Table, wanted: list[Listing], settings: dict[str, SourceSetting]) -> list[Source]:
    states = store.states(table, [listing.id for listing in wanted])
    coverage = store.coverage(table)
    return [
        Source.of(
            listing,
            states[listing.id],
            settings.get(listing.id),
            coverage.get(listing.id),
            store.secret_names(table, listing.id) if listing.secrets else (),
        )
        for listing in wanted
    ]


def _view(table: Table, listing: Listing) -> Source:
    return _views(table, [listing], store.settings(table))[0]


@router.get("")
def list_sources(person: CurrentPerson, table: CatalogTable, request: Request, response: Response) -> SourceList:
    """All boards, and the companies' boards that are in use, by name."""
    settings = store.settings(table)
    used = {
        listing.id: listing for listing in listings().values() if listing.on or listing.kind is not SourceKind.COMPANY
    }
    decided = {source_id: listing for source_id in settings if (listing := find(source_id)) is not None}
    wanted = sorted((used | decided).values(), key=lambda listing: listing.name.casefold())
    found = SourceList(items=_views(table, wanted, settings))
    return caching.of_person(person.id, found, request, response)


@router.get("/{source_id}")
def get_source(
    source_id: str, person: CurrentPerson, table: CatalogTable, request: Request, response: Response
) -> SourceDetail:
    """One source with its limits and its last collections."""
    listing = _listing(source_id)
    whole = SourceDetail.whole(_view(table, listing), listing, store.ledgers(table, source_id, limit=LEDGERS_SHOWN))
    return caching.of_person(person.id, whole, request, response)


@router.get("/{source_id}/collections")
def list_collections(
    source_id: str,
    person: CurrentPerson,
    table: CatalogTable,
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    before: Annotated[str | None, Query(max_length=40, description="the id of a collection: older ones only")] = None,
) -> LedgerList:
    """The ledgers of a source's collections, newest first."""
    found = store.ledgers(table, _listing(source_id).id, limit=limit, before=before)
    ledgers = LedgerList(items=[Ledger.of(one) for one in found])
    return caching.of_person(person.id, ledgers, request, response)


@router.put("/{source_id}/setting")
def update_setting(source_id: str, body: SettingRequest, admin: Administrator, table: CatalogTable) -> Source:
    """Turn a source on or off for everybody. A restricted one takes that its conditions were accepted."""
    listing = _listing(source_id)
    if body.on and listing.terms is Terms.RESTRICTED and not body.accepted:
        raise ConditionsNotAcceptedError
    setting = SourceSetting(
        source_id=source_id, on=body.on, accepted=body.accepted, changed_by=admin.id, changed_at=datetime.now(UTC)
    )
    store.decide(table, setting)
    return _view(table, listing)


@router.put("/{source_id}/secrets")
def update_secrets(
    source_id: str, body: SecretsRequest, _admin: Administrator, settings: ApiConfig, table: CatalogTable
) -> Source:
    """Set secrets of a source. They are encrypted at once and never shown again; others of its secrets stay."""
    listing = _listing(source_id)
    if not body.values.keys() <= set(listing.secrets):
        raise UnknownSecretError
    values = {name: value.get_secret_value() for name, value in body.values.items()}
    store.put_secrets(table, source_id, secrets.seal(settings.key_arn, source_id, values))
    return _view(table, listing)


@router.delete("/{source_id}/secrets")
def delete_secrets(source_id: str, _admin: Administrator, table: CatalogTable) -> Source:
    """Forget all secrets of a source."""
    listing = _listing(source_id)
    store.delete_secrets(table, source_id)
    return _view(table, listing)


@router.post("/{source_id}/collections", status_code=status.HTTP_202_ACCEPTED)
def create_collection(
    source_id: str, _admin: Administrator, settings: ApiConfig, correlation: CorrelationId
) -> CollectionAccepted:
    """Ask for a collection now."""
    listing = _listing(source_id)
    message = CollectSource(source_id=listing.id, correlation_id=correlation)
    bus.send(settings.collect_queue_url, message, group=listing.host)
    return CollectionAccepted(id=message.id, source_id=listing.id)
