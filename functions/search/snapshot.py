"""Searching the catalog index that is current: opened once, and anew when another one is published."""

from functions.api.errors import IndexMissingError
from jobtracker.catalog import gateway
from jobtracker.catalog.gateway import Use
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Page, PostingInfo, Query
from jobtracker.catalog.search import posting_info, search


class CatalogSearcher:
    """Searches the index of an artifacts bucket, at most a few seconds behind the published one.

    Each call raises IndexMissingError before there is one.
    """

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def search(self, query: Query) -> Page:
        """One page of the postings that match."""
        return search(self._index(), query)

    def posting_info(self, posting_id: str) -> PostingInfo | None:
        """Where a posting stands in the index; None for one that is not in it."""
        return posting_info(self._index(), posting_id)

    def version(self) -> str:
        """The version of the index that is current."""
        return self._index().version

    def _index(self) -> CatalogIndex:
        published = gateway.open_current(self._bucket, Use.SEARCH)
        if published is None:
            raise IndexMissingError
        return published.index


def searcher(bucket: str) -> CatalogSearcher:
    """The searcher of a bucket's index."""
    return CatalogSearcher(bucket)
