"""Ranking people against the current catalog index, kept in memory while its version is the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from functions.match_profiles.settings import Settings
from jobtracker.artifacts.cache import cache
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger
from jobtracker.catalog import gateway as catalog
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching import store as matches
from jobtracker.matching.model import MatchSummary
from jobtracker.matching.rank import Ranker
from jobtracker.messages.model import MatchesFound, MatchShard, ProfileChanged
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import StoredProfile
from jobtracker.text.encoder import Encoder

PEOPLE_AT_ONCE = 100


class NotIndexedError(RuntimeError):
    """The index that a message speaks of is not to be had yet: the message comes again."""


def match(message: MatchShard | ProfileChanged, settings: Settings) -> None:
    """Rank the people whom ``message`` means and store their matches."""
    ranker = _current_ranker(settings.artifacts_bucket)
    if ranker is None:
        if isinstance(message, MatchShard):
            raise NotIndexedError(message.index_version)
        # The first index matches everybody, so there is nothing to wait for.
        logger().info("no catalog index yet", person_id=message.person_id)
        return
    table = clients.table(settings.people_table)
    everybody = _people(message, settings)
    while people := list(islice(everybody, PEOPLE_AT_ONCE)):
        ranked = ranker.rank_many([(person.profile, person.preferences) for person in people])
        for person, found in zip(people, ranked, strict=True):
            summary = MatchSummary(
                person_id=person.person_id,
                index_version=ranker.index.version,
                profile_version=person.version,
                postings=ranker.index.n,
                matches=len(found),
                matched_at=datetime.now(UTC),
            )
            if matches.replace(table, found, summary):
                bus.publish(settings.event_bus, _event(summary, message.correlation_id))


def _people(message: MatchShard | ProfileChanged, settings: Settings) -> Iterator[StoredProfile]:
    table = clients.table(settings.people_table)
    if isinstance(message, MatchShard):
        yield from resumes.profiles_of_shard(table, message.shard)
        return
    stored = resumes.get_profile(table, message.person_id)
    if stored is not None:
        yield stored


def _event(summary: MatchSummary, correlation_id: str) -> MatchesFound:
    return MatchesFound(
        correlation_id=correlation_id,
        person_id=summary.person_id,
        index_version=summary.index_version,
        profile_version=summary.profile_version,
        matches=summary.matches,
    )


def _current_ranker(bucket: str) -> Ranker | None:
    published = catalog.open_current(bucket)
    if published is None:
        return None
    encoder = cache(bucket, "encoder")
    return _ranker(published.index, encoder.path if encoder else None)


@lru_cache(maxsize=1)
def _ranker(index: CatalogIndex, encoder: Path | None) -> Ranker:
    return Ranker(index, Encoder.load(encoder) if encoder else None)
