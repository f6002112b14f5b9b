"""How a person comes to know what a collection of an own source changed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from jobtracker.sources.seen import Sightings, StoredMemory


@dataclass(frozen=True)
class ToldMemory(StoredMemory):
    """A memory that tells before it keeps other postings, or other contents of them, than it has.

    What a collection wrote is told of once it is to be remembered, and remembered once it was told of. So it is told
    of however often the collection was cut short in between, and then perhaps twice.
    """

    tell: Callable[[], None] = field(kw_only=True, repr=False)

    def save(self, sightings: Sightings) -> None:
        """Replace what earlier collections saw, having told where that makes a difference.

        Raises:
            Exception: whatever telling raises; nothing is replaced then.
        """
        if _contents(self.load()) != _contents(sightings):
            self.tell()
        super().save(sightings)


def _contents(sightings: Sightings) -> dict[str, str]:
    return {posting: one.content for posting, one in sightings.items()}
