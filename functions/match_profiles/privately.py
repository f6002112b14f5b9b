"""Ranking what is one person's alone: a small index of the person's own postings, made for the moment.

It is made when the person's postings or profile changed, of which a ProfileChanged tells, and for whom nothing is kept
yet. Where only everybody's postings changed, the matches that were found then are taken as they were kept, until one
of the postings ends or they would be ranked in another way; that somebody has no such postings is kept too.
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
from jobtracker.catalog.columns import SECONDS_PER_HOUR, seconds
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching import store
from jobtracker.matching.model import Match, OwnMatches
from jobtracker.matching.rank import DEFAULT_LIMIT, Ranker, ranking_version
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
    read_at = datetime.now(UTC)
    if kept is not None and _stands(kept, person, version, read_at):
        return kept
    postings = list(islice(_open(table, person.person_id), MOST))
    found, count = _ranked(postings, person, encoder)
    links = {stored.posting.id: _links(stored.posting) for stored in postings}
    own = OwnMatches(
        profile_version=person.version,
        encoder_version=version,
        ranking_version=ranking_version(),
        postings=count,
        read_at=read_at,
        until=_first_end(postings, read_at),
        matches=tuple(found),
        links={match.posting_id: links[match.posting_id] for match in found},
    )
    store.keep_own(table, person.person_id, own)
    return own


def forget(table: "Table", person_id: str) -> None:
    """Have the person's own postings read when the person is next ranked, whatever is kept of them."""
    now = datetime.now(UTC)
    store.keep_own(
        table, person_id, OwnMatches(profile_version=0, encoder_version=None, postings=0, read_at=now, until=now)
    )


def _stands(kept: OwnMatches, person: StoredProfile, encoder_version: str | None, now: datetime) -> bool:
    """Whether ranking the same postings would lead to what is kept."""
    if kept.until is not None and kept.until <= now:
        return False
    versions = (kept.profile_version, kept.encoder_version, kept.ranking_version)
    return not kept.postings or versions == (person.version, encoder_version, ranking_version())


def _first_end(postings: list[StoredPosting], now: datetime) -> datetime | None:
    """When the first of those that have not expired is hidden: at the end of the hour in which it does."""
    this = seconds(now) // SECONDS_PER_HOUR
    hours = (seconds(stored.posting.expires_at) // SECONDS_PER_HOUR for stored in postings)
    first = min((hour for hour in hours if hour >= this), default=None)
    return None if first is None else datetime.fromtimestamp((first + 1) * SECONDS_PER_HOUR, UTC)


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
