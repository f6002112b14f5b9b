"""Changes to the catalog, and the snapshot that follows from the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from jobtracker.catalog.build import build, build_next, read_postings
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import IndexInfo
from jobtracker.postings.model import Posting
from jobtracker.text.encoder import Encoder

__all__ = ["Changes", "apply", "read_postings"]


@dataclass(slots=True)
class Changes:
    """Net changes: of several about one posting the last counts."""

    put: dict[str, Posting] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, postings: Iterable[Posting]) -> Self:
        """Changes that put ``postings``."""
        return cls({posting.id: posting for posting in postings})

    def add(self, posting: Posting) -> None:
        """The posting is new or changed."""
        self.removed.discard(posting.id)
        self.put[posting.id] = posting

    def remove(self, posting_id: str) -> None:
        """The posting is gone."""
        self.put.pop(posting_id, None)
        self.removed.add(posting_id)


def apply(previous: CatalogIndex | None, changes: Changes, encoder: Encoder | None, to: Path) -> IndexInfo:
    """Build the snapshot that follows ``previous`` into the new directory ``to``.

    The version is a hash of the content: applying the same changes twice gives the same version.
    """
    if previous is None:
        return build(changes.put.values(), encoder, to)
    return build_next(previous, changes.put.values(), changes.removed, encoder, to)
