"""Changes to the catalog, and the snapshot that follows from the one before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from jobtracker.catalog.build import build, build_next
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import IndexInfo
from jobtracker.postings.model import StoredPosting
from jobtracker.text.encoder import Encoder


@dataclass(slots=True)
class Changes:
    """Net changes: of several about one posting the last counts."""

    put: dict[str, StoredPosting] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, stored: Iterable[StoredPosting]) -> Self:
        """Changes that put ``stored``."""
        return cls({one.posting.id: one for one in stored})

    def add(self, stored: StoredPosting) -> None:
        """The posting is new or changed."""
        self.removed.discard(stored.posting.id)
        self.put[stored.posting.id] = stored

    def remove(self, posting_id: str) -> None:
        """The posting is gone."""
        self.put.pop(posting_id, None)
        self.removed.add(posting_id)

    def over(self, held: Iterable[StoredPosting]) -> Iterator[StoredPosting]:
        """What is ``held``, one by one, as it is after these changes."""
        yield from (one for one in held if one.posting.id not in self.put and one.posting.id not in self.removed)
        yield from self.put.values()


def apply(
    previous: CatalogIndex | None,
    changes: Changes,
    encoder: Encoder | None,
    to: Path,
    *,
    held: Iterable[StoredPosting] = (),
) -> IndexInfo:
    """Build the snapshot that follows ``previous`` into the new directory ``to``.

    The version is a hash of the content: applying the same changes twice gives the same version. Where there is no
    previous one, the changes are to what is ``held``, which is read once and never kept whole.
    """
    if previous is None:
        return build(changes.over(held), encoder, to)
    return build_next(previous, changes.put.values(), changes.removed, encoder, to)


def open_built(directory: Path, previous: CatalogIndex | None) -> CatalogIndex:
    """The index that was just built into ``directory``: what it took over from ``previous`` may lie with that one."""

    def file(path: str) -> Path:
        here = directory / path
        return here if previous is None or here.exists() else previous.file(path)

    return CatalogIndex.open(directory, file)
