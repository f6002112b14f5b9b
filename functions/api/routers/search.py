"""Searching the catalog. Served by the search function, which holds the catalog index in memory."""

from typing import Annotated

from fastapi import APIRouter, Query

from functions.api import cursors
from functions.api.dependencies import CurrentPerson, SigningKey
from functions.api.schemas import PostingPage
from functions.api.searching import CatalogSearch
from jobtracker.catalog import model as catalog
from jobtracker.catalog.model import Sort
from jobtracker.postings.model import Seniority, WorkMode

router = APIRouter(prefix="/postings", tags=["postings"])


@router.get("")
def search_postings(
    _person: CurrentPerson,
    search: CatalogSearch,
    key: SigningKey,
    q: Annotated[str, Query(max_length=300, description="words to look for")] = "",
    country: Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2")] = None,
    work_mode: WorkMode | None = None,
    seniority: Seniority | None = None,
    source: Annotated[str | None, Query(max_length=100, description="source id")] = None,
    min_pay: Annotated[float | None, Query(ge=0, le=1e9, description="USD a year")] = None,
    sort: Sort = Sort.RELEVANCE,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> PostingPage:
    """The postings that pass all filters, one page at a time, with counts by filter value."""
    query = catalog.Query(
        text=q,
        country=country,
        work_mode=work_mode,
        seniority=seniority,
        source=source,
        min_pay=min_pay,
        sort=sort,
        limit=limit,
        cursor=None if cursor is None else cursors.unseal(cursor, key),
    )
    page = search(query)
    return PostingPage.of(page, None if page.next_cursor is None else cursors.seal(page.next_cursor, key))
