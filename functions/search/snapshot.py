"""Searching the catalog index that is current: opened once, and anew when another one is published."""

from collections.abc import Callable

from functions.api.errors import IndexMissingError
from jobtracker.catalog import gateway
from jobtracker.catalog.model import Page, Query
from jobtracker.catalog.search import search


def searcher(bucket: str) -> Callable[[Query], Page]:
    """A search over the index of an artifacts bucket, at most a few seconds behind the published one."""

    def answer(query: Query) -> Page:
        published = gateway.open_current(bucket)
        if published is None:
            raise IndexMissingError
        return search(published.index, query)

    return answer
