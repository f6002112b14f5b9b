"""Who answers searches: whatever holds the catalog index, which the API itself does not load."""

from typing import Annotated, Protocol

from fastapi import Depends, Request

from jobtracker.catalog.model import Page, PostingInfo, Query


class Searcher(Protocol):
    """What knows the catalog index. Each call raises IndexMissingError before there is one."""

    def search(self, query: Query) -> Page:
        """One page of the postings that match."""

    def posting_info(self, posting_id: str) -> PostingInfo | None:
        """Where a posting stands in the index; None for one that is not in it."""

    def version(self) -> str:
        """The version of the index that is current."""


def searcher(request: Request) -> Searcher:
    """The searcher that the app was made with."""
    found: Searcher = request.app.state.searcher
    return found


CatalogSearch = Annotated[Searcher, Depends(searcher)]
