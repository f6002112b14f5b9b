"""Collecting on this machine without any cloud, for a snapshot of the command line's own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from jobtracker.postings.model import ClosedReason, Posting
from jobtracker.postings.store import Written
from jobtracker.sources.boards.sample import SOURCE as SAMPLE
from jobtracker.sources.client import Limits, PoliteClient
from jobtracker.sources.collect import Around, collect
from jobtracker.sources.guard import Guard
from jobtracker.sources.listing import listings
from jobtracker.sources.model import SourceState, SourceStatus
from jobtracker.sources.pace import MemoryPace
from jobtracker.sources.registry import source as find_source
from jobtracker.sources.seen import Sightings
from jobtracker.sources.source import Source

CONTACT = "https://example.com/jobtracker"
# A person waits: what a source has not told by then, it tells the local cloud another time.
_PATIENCE = timedelta(seconds=20)
_LIMITS = Limits(tries=1)


@dataclass(slots=True)
class Found:
    """Keeps what one collection found, and remembers nothing of another."""

    postings: list[Posting] = field(default_factory=list)

    def put(self, posting: Posting) -> Written:
        """Keep one posting."""
        self.postings.append(posting)
        return Written.NEW

    def close(self, _posting_id: str, _reason: ClosedReason, _at: datetime) -> bool:
        """Nothing was there before that could be closed."""
        return False

    def load(self) -> Sightings:
        """Nothing was seen before."""
        return {}

    def save(self, _sightings: Sightings) -> None:
        """There is no collection after this one."""

    def load_parts(self, _run_id: str, _parts: int) -> Sightings:
        """There are no parts."""
        return {}

    def load_left(self, _run_id: str, _parts: int) -> Sightings:
        """There are no parts."""
        return {}

    def save_part(self, _run_id: str, _part: int, _sightings: Sightings) -> None:
        """It does not go on."""

    def forget_parts(self, _run_id: str, _parts: int) -> None:
        """There are no parts."""


def collect_one(source: Source, client: PoliteClient) -> tuple[list[Posting], str | None]:
    """The postings of one source, and why they are not all of them, if so."""
    found = Found()
    around = Around(client, found, found, deadline=datetime.now(UTC) + _PATIENCE)
    outcome = collect(source, SourceState(source_id=source.listing.id), around)
    if outcome.ledger is None or outcome.ledger.status is SourceStatus.OK:
        return found.postings, None
    return found.postings, outcome.ledger.reason or outcome.ledger.status.value


def collect_here(progress: Callable[[str], None]) -> Iterator[Posting]:
    """Postings of all sources that are on by themselves; of the sample source when none of them answers."""
    client = PoliteClient(CONTACT, pace=MemoryPace(), guard=Guard(), limits=_LIMITS)
    public = [source for one in listings().values() if one.on and (source := find_source(one.id, one.name)) is not None]
    progress(f"No snapshot yet: collecting from {len(public)} public sources …")
    found: list[Posting] = []
    reasons: list[str] = []
    for source in public:
        postings, reason = collect_one(source, client)
        found += postings
        reasons += filter(None, [reason])
    if not found:
        why = reasons[0] if reasons else "they are empty"
        progress(f"No public source answered ({why}): using the bundled sample postings.")
        found, _ = collect_one(SAMPLE, client)
    client.close()
    yield from found
