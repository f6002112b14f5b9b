"""Ranking people against the current catalog index, kept in memory while its version is the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from functions.match_profiles import privately
from functions.match_profiles.settings import Settings
from jobtracker.accounts import consent
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.catalog import gateway as catalog
from jobtracker.catalog.gateway import Use
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching import store as matches
from jobtracker.matching.model import MatchSummary
from jobtracker.matching.rank import Ranker
from jobtracker.messages.model import MatchesFound, MatchShard, ProfileChanged, ReadMatches
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import StoredProfile
from jobtracker.text.encoder import Encoder
from jobtracker.text.gateway import current_encoder

PEOPLE_AT_ONCE = 100
# Who was overtaken ranks again at once with what there is then; after so many times the message comes again later.
ATTEMPTS = 3


class NotIndexedError(RuntimeError):
    """The index that a message speaks of is not to be had yet: the message comes again."""


def match(message: MatchShard | ProfileChanged, settings: Settings) -> None:
    """Rank the people whom ``message`` means and store their matches.

    Raises:
        NotIndexedError: the index that the message speaks of cannot be read yet.
        OvertakenError: time and again others ranked the same people at once.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _match(message, settings)
        except matches.OvertakenError:
            logger().warning("Others ranked the same person meanwhile", extra={"attempt": attempt})
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _match(message: MatchShard | ProfileChanged, settings: Settings) -> None:
    """Rank once.

    The index is opened before profiles are read: who reads a profile's latest version later has an index at least
    as new. Own postings are read last. So of two that rank a person at once the one that must win is known by these.
    """
    published = _published(message, settings.artifacts_bucket)
    if published is None:
        if isinstance(message, MatchShard):
            raise NotIndexedError(message.index_version)
        # The first index matches everybody, so there is nothing to wait for.
        for person in _people(message, settings):
            privately.forget(clients.table(settings.people_table), person.person_id)
        logger().info("There is no catalog index yet")
        return
    ranker = _ranker(published.index, _encoder(settings.artifacts_bucket, published.index))
    everybody = _people(message, settings)
    while people := list(islice(everybody, PEOPLE_AT_ONCE)):
        ranked = ranker.rank_many([(person.profile, person.preferences) for person in people])
        for person, shared in zip(people, ranked, strict=True):
            table = clients.table(settings.people_table)
            changed = isinstance(message, ProfileChanged)
            own = privately.matches_of(table, person, ranker.encoder, changed=changed)
            found = privately.merged(shared, own, ranker.index)
            summary = MatchSummary(
                person_id=person.person_id,
                index_version=ranker.index.version,
                profile_version=person.version,
                postings=ranker.index.n + own.postings,
                matches=len(found),
                matched_at=datetime.now(UTC),
            )
            indexed_at = published.manifest.created_at
            if matches.replace(table, found, summary, indexed_at=indexed_at, own_read_at=own.read_at):
                bus.publish(settings.event_bus, _event(summary, message.correlation_id))
                _have_read(person.person_id, message.correlation_id, settings)
        metrics().add_metric(name="PeopleMatched", unit="Count", value=len(people))
        logger().info("matched", extra={"people": len(people), "index_version": ranker.index.version})


def _published(message: MatchShard | ProfileChanged, bucket: str) -> catalog.Published | None:
    if isinstance(message, MatchShard):
        return catalog.open_current(bucket, Use.RANK, wanted=message.index_version)
    # Nobody may tell this worker again of the index that was published a moment ago, so it asks.
    return catalog.open_latest(bucket, Use.RANK)


def _people(message: MatchShard | ProfileChanged, settings: Settings) -> Iterator[StoredProfile]:
    table = clients.table(settings.people_table)
    if isinstance(message, MatchShard):
        yield from resumes.profiles_of_shard(table, message.shard)
        return
    stored = resumes.get_profile(table, message.person_id)
    if stored is not None:
        yield stored


def _have_read(person_id: str, correlation_id: str, settings: Settings) -> None:
    """Have the language model read the best matches, where there is one and the person allows it."""
    if settings.llm_person_month_microdollars == 0:
        return
    if consent.get(clients.table(settings.people_table), person_id).given:
        bus.send(settings.careful_queue_url, ReadMatches(correlation_id=correlation_id, person_id=person_id))


def _event(summary: MatchSummary, correlation_id: str) -> MatchesFound:
    return MatchesFound(
        correlation_id=correlation_id,
        person_id=summary.person_id,
        index_version=summary.index_version,
        profile_version=summary.profile_version,
        matches=summary.matches,
    )


def _encoder(bucket: str, index: CatalogIndex) -> Encoder | None:
    """The encoder that made the index's vectors; what is on disk may be the one before."""
    if index.encoder_version is None:
        return None
    encoder = current_encoder(bucket)
    if encoder is None or encoder.version != index.encoder_version:
        encoder = current_encoder(bucket, every=0.0)
    return encoder


# The ranker made last, with what it was made of: what it derives from an index takes longer than ranking with it.
_kept: list[tuple[CatalogIndex, Encoder | None, Ranker]] = []


def _ranker(index: CatalogIndex, encoder: Encoder | None) -> Ranker:
    if not _kept or _kept[0][0] is not index or _kept[0][1] is not encoder:
        # Two of them may be more than the worker's memory.
        _kept.clear()
        _kept.append((index, encoder, Ranker(index, encoder)))
    return _kept[0][2]
