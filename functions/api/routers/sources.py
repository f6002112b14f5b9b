"""The sources, how their last collection went, and asking for another one."""

from fastapi import APIRouter, status

from functions.api.dependencies import ApiConfig, CatalogTable, CorrelationId, CurrentPerson
from functions.api.errors import ForbiddenError, NotFoundError
from functions.api.schemas import CollectionAccepted, Source, SourceList
from jobtracker.accounts.model import Role
from jobtracker.aws import bus
from jobtracker.messages.model import CollectSource
from jobtracker.sources import store
from jobtracker.sources.listing import listings

router = APIRouter(prefix="/sources", tags=["sources"])


@router.get("")
def list_sources(_person: CurrentPerson, table: CatalogTable) -> SourceList:
    """All sources, by name."""
    found = sorted(listings().values(), key=lambda listing: listing.name.casefold())
    states = store.states(table, [listing.id for listing in found])
    return SourceList(items=[Source.of(listing, states[listing.id]) for listing in found])


@router.post("/{source_id}/collections", status_code=status.HTTP_202_ACCEPTED)
def create_collection(
    source_id: str, person: CurrentPerson, settings: ApiConfig, correlation: CorrelationId
) -> CollectionAccepted:
    """Ask for a collection now. Administrators may; in local mode everybody may."""
    if person.role is not Role.ADMIN and not settings.local_mode:
        raise ForbiddenError
    listing = listings().get(source_id)
    if listing is None:
        raise NotFoundError
    message = CollectSource(source_id=listing.id, correlation_id=correlation)
    bus.send(settings.collect_queue_url, message, group=listing.host)
    return CollectionAccepted(id=message.id, source_id=listing.id)
