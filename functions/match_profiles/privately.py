"""Ranking what is one person's alone: a small index of the person's own postings, made for the moment.

It is made when the person's postings or profile changed, of which a ProfileChanged tells, and for whom nothing is kept
yet. Where only everybody's postings changed, the matches that were found then are taken as they were kept; that
somebody has no such postings is kept too.
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
from jobtracker.postings.model import Posting, StoredPosting
from jobtracker.postings.traits import link_of
from jobtracker.resumes.model import StoredProfile
from jobtracker.text.encoder import Encoder

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# Nobody reads so many of one's own; what is beyond them waits for those before to close.
MOST = 2_000
_PAGE = 100


def matches_of(table: "Table", person: StoredProfile, encoder: Encoder | None, *, changed: bool) -> OwnMatches:
    """The best of the person's own open postings.

    Args:
        table: the people table.
        person: whose they are.
        encoder: the one of everybody's index.
        changed: the person's postings or profile may have changed.
    """
    version = None if encoder is None else encoder.version
    kept = None if changed else store.own(table, person.person_id)
    if kept is not None and _stands(kept, person, version):
        return kept
    read_at = datetime.now(UTC)
    postings = list(islice(_open(table, person.person_id), MOST))
    found, count = _ranked(postings, person, encoder)
    links = {stored.posting.id: _links(stored.posting) for stored in postings}
    own = OwnMatches(
        profile_version=person.version,
        encoder_version=version,
        postings=count,
        read_at=read_at,
        matches=tuple(found),
        links={match.posting_id: links[match.posting_id] for match in found},
    )
    store.keep_own(table, person.person_id, own)
    return own


def _stands(kept: OwnMatches, person: StoredProfile, encoder_version: str | None) -> bool:
    """Whether ranking the same postings would lead to what is kept."""
    return not kept.postings or (kept.profile_version, kept.encoder_version) == (person.version, encoder_version)


def _links(posting: Posting) -> tuple[str, ...]:
    links = (link_of(posting.url), link_of(posting.apply_url or ""))
    return tuple(link for link in links if link is not None)


def _ranked(postings: list[StoredPosting], person: StoredProfile, encoder: Encoder | None) -> tuple[list[Match], int]:
    if not postings:
        return [], 0
    with _indexed(postings, encoder) as index:
        return Ranker(index, encoder).rank(person.profile, person.preferences), index.n


def merged(shared: Sequence[Match], own: OwnMatches, index: CatalogIndex) -> list[Match]:
    """The best of both, best first; where everybody's match leads to the same page, without the person's own."""
    told = {link for match in shared if (link := _link_in(index, match.posting_id))} if own.matches else set()
    mine = [match for match in own.matches if told.isdisjoint(own.links.get(match.posting_id, ()))]
    ordered = heapq.merge(shared, mine, key=lambda match: -match.score)
    return list(islice(ordered, DEFAULT_LIMIT))


def _link_in(index: CatalogIndex, posting_id: str) -> str | None:
    position = index.position(posting_id)
    return None if position is None else link_of(index.record(position).url)


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
