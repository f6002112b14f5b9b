"""Bringing the text index from one version to the next."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jobtracker.artifacts.files import link
from jobtracker.catalog import text_index
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.table import Table
from jobtracker.postings.model import StoredPosting

# Hidden documents stay in the text index until their part of it is written again: past so many all of it is.
_SPARE: Final = 100_000


class TextWriter:
    """One change of the text index, which holds the open postings that stand for their job, by slot."""

    def __init__(self, previous: CatalogIndex | None, to: Path) -> None:
        self._documents = 0 if previous is None else previous.info.documents
        self._added: list[int] = []
        if previous is None:
            self._index = text_index.create_text(to)
        else:
            _link_all(previous.directory / text_index.DIRECTORY, to / text_index.DIRECTORY)
            self._index = text_index.open_text(to)
        self._to, self._new = to, previous is None
        self._writer = text_index.writer(self._index, incremental=previous is not None)

    def add(self, batch: Sequence[tuple[int, StoredPosting]]) -> None:
        """Write documents of new rows; which of them are duplicates is known only at the end."""
        for slot, stored in batch:
            if stored.life.open:
                self._writer.add_document(text_index.document(stored, slot))
                self._added.append(slot)

    def finish(self, table: Table, before: NDArray[np.bool_], after: NDArray[np.bool_]) -> int:
        """Hide what is no longer shown, write what is shown again; how many documents were written in all.

        ``before`` and ``after`` say by slot what the two versions show.
        """
        there = np.zeros(len(after), dtype=bool)
        there[: len(before)] = before
        there[self._added] = True
        documents = self._documents + len(self._added) + int(np.count_nonzero(after & ~there))
        if not self._new and documents > 2 * int(after.sum()) + _SPARE:
            return self._anew(table, np.flatnonzero(after))
        for slot in np.flatnonzero(there & ~after).tolist():
            self._writer.delete_documents_by_term("slot", slot)
        self._write(table, np.flatnonzero(after & ~there))
        self._commit()
        return documents

    def _write(self, table: Table, slots: NDArray[np.int64]) -> None:
        for slot in slots.tolist():
            self._writer.add_document(text_index.document(table.whole(slot), slot))

    def _anew(self, table: Table, slots: NDArray[np.int64]) -> int:
        # What this build added is forgotten too: deleting all reaches only what was committed.
        self._writer.rollback()
        self._writer.delete_all_documents()
        self._write(table, slots)
        self._commit()
        return len(slots)

    def _commit(self) -> None:
        self._writer.commit()
        self._writer.garbage_collect_files()
        self._writer.wait_merging_threads()


def _link_all(earlier: Path, to: Path) -> None:
    to.mkdir()
    for path in earlier.iterdir():
        if path.suffix != ".lock":
            link(path, to / path.name)
