"""Who answers searches: whatever holds the catalog index, which the API itself does not load."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from jobtracker.catalog.model import Page, Query

Searcher = Callable[[Query], Page]


def searcher(request: Request) -> Searcher:
    """The searcher that the app was made with."""
    found: Searcher = request.app.state.searcher
    return found


CatalogSearch = Annotated[Searcher, Depends(searcher)]
