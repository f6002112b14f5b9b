"""Ranking what is one person's alone: a small index of the person's own postings, made for the moment.

It is made when the person's postings or profile changed, of which a ProfileChanged tells. Where only everybody's
postings changed, the matches that were found then are taken as they were kept.
"""

import heapq
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching import store
from jobtracker.matching.model import Match, OwnMatches
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


def matches_of(
    table: "Table", person: StoredProfile, encoder: Encoder | None, *, changed: bool
) -> tuple[Sequence[Match], int]:
    """The best of the person's own open postings, and how many there are.

    Args:
        table: the people table.
        person: whose they are.
        encoder: the one of everybody's index.
        changed: the person's postings or profile may have changed.
    """
    kept = store.own(table, person.person_id)
    version = None if encoder is None else encoder.version
    if not changed and (
        kept is None or (kept.profile_version, kept.encoder_version) == (person.version, version) or not kept.postings
    ):
        return (kept.matches, kept.postings) if kept is not None else ((), 0)
    read_at = datetime.now(UTC)
    found, count = _ranked(table, person, encoder)
    if count or kept is not None:
        own = OwnMatches(
            profile_version=person.version,
            encoder_version=version,
            postings=count,
            read_at=read_at,
            matches=tuple(found),
        )
        store.keep_own(table, person.person_id, own)
    return found, count


def _ranked(table: "Table", person: StoredProfile, encoder: Encoder | None) -> tuple[list[Match], int]:
    postings = list(islice(_open(table, person.person_id), MOST))
    if not postings:
        return [], 0
    with _indexed(postings, encoder) as index:
        return Ranker(index, encoder).rank(person.profile, person.preferences), index.n


def merged(shared: Sequence[Match], own: Sequence[Match]) -> list[Match]:
    """The best of both, best first."""
    ordered = heapq.merge(shared, own, key=lambda match: -match.score)
    return list(islice(ordered, DEFAULT_LIMIT))


def _open(table: "Table", person_id: str) -> Iterator[StoredPosting]:
    after: str | None = None
    while True:
        shown, after = private.page(table, person_id, limit=_PAGE, after=after, consistent=True)
        yield from (stored for stored in shown if stored.life.open)
        if after is None:
            return


@contextmanager
def _indexed(postings: list[StoredPosting], encoder: Encoder | None) -> Iterator[CatalogIndex]:
    with tempfile.TemporaryDirectory() as folder:
        build(postings, encoder, Path(folder) / "index")
        yield CatalogIndex.open(Path(folder) / "index")
