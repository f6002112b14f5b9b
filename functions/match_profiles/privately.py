"""Ranking what is one person's alone: a small index of the person's own postings, made for the moment."""

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching.model import Match
from jobtracker.matching.rank import DEFAULT_LIMIT, Ranker
from jobtracker.postings import private
from jobtracker.postings.model import StoredPosting
from jobtracker.resumes.model import StoredProfile
from jobtracker.text.encoder import Encoder

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# Nobody reads so many of one's own; what is beyond them waits for those before to close.
MOST = 2_000
_PAGE = 100


def rank(table: "Table", person: StoredProfile, encoder: Encoder | None) -> tuple[list[Match], int]:
    """The best of the person's own open postings, and how many there are."""
    postings = list(islice(_open(table, person.person_id), MOST))
    if not postings:
        return [], 0
    with _indexed(postings, encoder) as index:
        return Ranker(index, encoder).rank(person.profile, person.preferences), index.n


def merged(shared: list[Match], own: list[Match]) -> list[Match]:
    """The best of both, best first."""
    ordered = heapq.merge(shared, own, key=lambda match: -match.score)
    return list(islice(ordered, DEFAULT_LIMIT))


def _open(table: "Table", person_id: str) -> Iterator[StoredPosting]:
    after: str | None = None
    while True:
        shown, after = private.page(table, person_id, limit=_PAGE, after=after)
        yield from (stored for stored in shown if stored.life.open)
        if after is None:
            return


@contextmanager
def _indexed(postings: list[StoredPosting], encoder: Encoder | None) -> Iterator[CatalogIndex]:
    with tempfile.TemporaryDirectory() as folder:
        build(postings, encoder, Path(folder) / "index")
        yield CatalogIndex.open(Path(folder) / "index")
