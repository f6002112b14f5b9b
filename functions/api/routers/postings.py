"""What happened to a posting, and taking duplicates apart. (The search function shows postings: it holds the index.)"""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, status

from functions.api import caching, finding
from functions.api.dependencies import Administrator, CatalogTable, CurrentPerson, PeopleTable
from functions.api.errors import NotFoundError
from functions.api.posting_schemas import SeparationRequest, Version, VersionList
from jobtracker.postings import private, store

router = APIRouter(prefix="/postings", tags=["postings"])


@router.get("/{posting_id}/versions")
def list_versions(
    posting_id: str,
    person: CurrentPerson,
    catalog: CatalogTable,
    people: PeopleTable,
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> VersionList:
    """The changes of a posting since it was first seen, newest first."""
    found = finding.posting(catalog, people, person.id, posting_id)
    if found is None:
        raise NotFoundError
    _, own = found
    versions = (
        private.versions(people, person.id, posting_id, limit) if own else store.versions(catalog, posting_id, limit)
    )
    life = VersionList(items=[Version.of(version) for version in versions])
    return caching.of_person(person.id, life, request, response)


@router.post("/{posting_id}/separations", status_code=status.HTTP_202_ACCEPTED)
def create_separation(
    posting_id: str, body: SeparationRequest, _admin: Administrator, catalog: CatalogTable
) -> VersionList:
    """Say that two postings are not the same job: the next index shows both again. Saying it twice is no error."""
    if body.posting_id == posting_id or len(store.get_many(catalog, [posting_id, body.posting_id])) < 2:
        raise NotFoundError
    store.separate(catalog, posting_id, body.posting_id)
    return VersionList(items=[Version.of(version) for version in store.versions(catalog, posting_id)])


@router.delete("/{posting_id}/separations/{other_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_separation(posting_id: str, other_id: str, _admin: Administrator, catalog: CatalogTable) -> None:
    """Take back that two postings are not the same job: the next index joins them where they are alike.

    Where that was never said, or was taken back already, nothing changes.
    """
    if store.get(catalog, posting_id) is None:
        raise NotFoundError
    store.rejoin(catalog, posting_id, other_id)
