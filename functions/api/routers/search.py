"""Searching the catalog, and one posting with its duplicates. Served by the search function, which holds the index."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from functions.api import caching, cursors, finding
from functions.api.dependencies import CatalogTable, CurrentPerson, PeopleTable, SigningKey
from functions.api.errors import IndexMissingError, NotFoundError
from functions.api.posting_schemas import PostingDetail
from functions.api.schemas import PostingPage
from functions.api.search_parameters import SearchParameters
from functions.api.searching import CatalogSearch, Searcher
from jobtracker.catalog import model as catalog
from jobtracker.postings import ghost, store
from jobtracker.postings.ghost import CompanyHistory
from jobtracker.sources import own_state
from jobtracker.sources import store as source_store

router = APIRouter(prefix="/postings", tags=["postings"])

# How long a browser may show an answer without asking whether it is still right.
FRESH_SECONDS = 30


@router.get("", responses={304: {"description": "Nothing changed since the answer with this ETag"}})
def search_postings(
    person: CurrentPerson,
    search: CatalogSearch,
    key: SigningKey,
    request: Request,
    response: Response,
    asked: Annotated[SearchParameters, Query()],
) -> PostingPage:
    """The postings that pass all filters, one page at a time, with counts by filter value."""
    query = asked.query(None if asked.cursor is None else cursors.unseal(asked.cursor, key))
    # It ages too: postings expire, and are no longer of the last day, while the index stays the same.
    hour = datetime.now(UTC).strftime("%Y%m%d%H")
    etag = caching.tag(search.version(), hour, person.id, query.model_dump_json())
    if kept := caching.unchanged(request, response, etag, fresh_seconds=FRESH_SECONDS):
        return kept  # type: ignore[return-value]
    page = search.search(query)
    return PostingPage.of(page, None if page.next_cursor is None else cursors.seal(page.next_cursor, key))


@router.get(
    "/{posting_id}",
    responses={307: {"description": "The posting is a duplicate: its job is shown under the id in Location"}},
)
def get_posting(
    posting_id: str,
    person: CurrentPerson,
    search: CatalogSearch,
    catalog_table: CatalogTable,
    people: PeopleTable,
    request: Request,
    response: Response,
) -> PostingDetail:
    """One posting with its text, its life, and where else it stands."""
    found = finding.posting(catalog_table, people, person.id, posting_id)
    if found is None:
        raise NotFoundError
    stored, own = found
    info = None if own else _info(search, posting_id)
    if info is not None and info.canonical_id != posting_id:
        return RedirectResponse(info.canonical_id)  # type: ignore[return-value]
    why = {one.id: one.reasons for one in info.appearances if one.id != posting_id} if info is not None else {}
    around = store.get_many(catalog_table, [*why, *stored.separated])
    others = [around[one] for one in why if one in around]
    history = CompanyHistory(open=info.company_open, long_open=info.company_long_open) if info is not None else None
    source_id, source_name = stored.posting.source_id, None
    if own:
        last_ok = own_state.state(people, person.id, source_id).last_ok_at
        source_name = own_state.name(people, person.id, source_id)
    else:
        last_ok = source_store.state(catalog_table, source_id).last_ok_at
    whole = PostingDetail.whole(
        stored,
        private=own,
        source_name=source_name,
        last_seen_at=last_ok,
        others=[(other, why[other.posting.id]) for other in others],
        separated=[around[one] for one in stored.separated if one in around],
        evidence=ghost.evidence(stored, others, now=datetime.now(UTC), history=history),
    )
    return caching.of_person(person.id, whole, request, response)


def _info(search: Searcher, posting_id: str) -> catalog.PostingInfo | None:
    """Where the posting stands in the index; one that was collected a moment ago is in none yet."""
    try:
        return search.posting_info(posting_id)
    except IndexMissingError:
        return None
