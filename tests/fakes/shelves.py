"""Where a collection's postings and sightings go in tests: memory, behaving as table and bucket do."""

from datetime import datetime

from jobtracker.postings import life
from jobtracker.postings.model import ClosedReason, Posting, StoredPosting
from jobtracker.postings.store import Written
from jobtracker.sources.seen import Sightings


class MemoryShelf(dict[str, StoredPosting]):
    """Postings by id. ``puts`` counts what reached it: what is seen unchanged must not."""

    def __init__(self) -> None:
        super().__init__()
        self.puts = 0

    def put(self, posting: Posting) -> Written:
        """Write one posting and say what that did."""
        self.puts += 1
        if (before := self.get(posting.id)) is None:
            self[posting.id] = StoredPosting.fresh(posting)
            return Written.NEW
        if (step := life.after_put(before, posting)) is None:
            return Written.UNCHANGED
        self[posting.id] = step[0]
        return Written.CHANGED

    def close(self, posting_id: str, reason: ClosedReason, at: datetime) -> bool:
        """Whether this closed a posting."""
        before = self.get(posting_id)
        step = None if before is None else life.after_close(before, reason, at)
        if step is None:
            return False
        self[posting_id] = step[0]
        return True

    def open(self) -> set[str]:
        """The source's own ids of the postings that are open."""
        return {stored.posting.source_posting_id for stored in self.values() if stored.life.open}

    def closed(self) -> dict[str, ClosedReason | None]:
        """The source's own ids of the others, and why they are closed."""
        return {
            stored.posting.source_posting_id: stored.life.closed_reason
            for stored in self.values()
            if not stored.life.open
        }


class MemoryMemory:
    """Sightings of one source."""

    def __init__(self) -> None:
        self.seen: Sightings = {}
        self.parts: dict[tuple[str, int], Sightings] = {}

    def load(self) -> Sightings:
        """What earlier collections saw."""
        return dict(self.seen)

    def save(self, sightings: Sightings) -> None:
        """Replace it."""
        self.seen = dict(sightings)

    def load_parts(self, run_id: str, parts: int) -> Sightings | None:
        """What a collection under way saw so far, None where a part is missing."""
        found = [self.parts.get((run_id, part)) for part in range(parts)]
        return None if None in found else {key: one for part in found if part for key, one in part.items()}

    def load_left(self, run_id: str, parts: int) -> Sightings:
        """What is left of what a collection saw that goes on no more."""
        found = (self.parts.get((run_id, part), {}) for part in range(parts))
        return {key: one for part in found for key, one in part.items()}

    def save_part(self, run_id: str, part: int, sightings: Sightings) -> None:
        """Keep what one part saw."""
        self.parts[run_id, part] = dict(sightings)

    def forget_parts(self, run_id: str, parts: int) -> None:
        """Remove the parts."""
        for part in range(parts):
            self.parts.pop((run_id, part), None)
