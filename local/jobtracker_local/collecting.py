"""Collecting on this machine without any cloud, for a snapshot of the command line's own."""

from collections.abc import Callable, Iterator

from jobtracker.postings.model import Posting
from jobtracker.postings.store import Written
from jobtracker.sources.boards.sample import SOURCE as SAMPLE
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.collect import collect
from jobtracker.sources.listing import listings
from jobtracker.sources.model import SourceState, SourceStatus
from jobtracker.sources.registry import source as find_source

CONTACT = "https://example.com/jobtracker"


def collect_here(progress: Callable[[str], None]) -> Iterator[Posting]:
    """Postings of all public sources; of the sample source when none of them answers."""
    found: list[Posting] = []

    def keep(posting: Posting) -> Written:
        found.append(posting)
        return Written.NEW

    client = PoliteClient(CONTACT)
    public = [source for one in listings().values() if one.on and (source := find_source(one.id, one.name)) is not None]
    progress(f"No snapshot yet: collecting from {len(public)} public sources …")
    reasons = []
    for source in public:
        ledger, _ = collect(source, SourceState(source_id=source.listing.id), client, keep)
        if ledger.status is not SourceStatus.OK:
            reasons.append(ledger.reason or ledger.status.value)
    client.close()
    if not found:
        why = reasons[0] if reasons else "they are empty"
        progress(f"No public source answered ({why}): using the bundled sample postings.")
        collect(SAMPLE, SourceState(source_id=SAMPLE.listing.id), client, keep)
    yield from found
