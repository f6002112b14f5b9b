"""An opened catalog index: what a version shows as arrays ordered by posting id, and all that it holds by slot."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from jobtracker.catalog.columns import COLUMN_TYPES, COUNTRIES, SECONDS_PER_HOUR
from jobtracker.catalog.members import Members
from jobtracker.catalog.model import Appearance, IndexInfo, PostingSummary, Record
from jobtracker.catalog.segment import FileOf, Segment
from jobtracker.catalog.state import DUPLICATE, LIVE, State
from jobtracker.catalog.table import Gathered, Slots, Table
from jobtracker.catalog.text_index import open_text
from jobtracker.postings.model import ClosedReason, StoredPosting

INFO: Final = "info.json"
_OPEN_KINDS: Final = (LIVE, LIVE | DUPLICATE)
_HIDDEN_KINDS: Final = (LIVE | DUPLICATE,)


class _Columns(dict[str, NDArray[Any]]):
    """Columns, each gathered when it is first read."""

    def __init__(self, gather: Callable[[str], NDArray[Any]]) -> None:
        super().__init__()
        self._gather = gather

    def __missing__(self, name: str) -> NDArray[Any]:
        if name not in COLUMN_TYPES:
            raise KeyError(name)
        self[name] = self._gather(name)
        return self[name]


class CatalogIndex:
    """All postings at one moment.

    Positions number those that are shown, ordered by id; slots number all that were ever held. Files are opened when
    they are first needed, so that a search reads no vectors and a ranking no texts.

    Args:
        directory: where the files lie that are on this disk.
        info: what it was built from.
        file: brings a file that may not be on this disk yet; in a whole directory there is no need to.
    """

    def __init__(self, directory: Path, info: IndexInfo, file: FileOf | None = None) -> None:
        self.directory = directory
        self.info = info
        self.file: FileOf = file or (lambda path: directory / path)

    @classmethod
    def open(cls, directory: Path, file: FileOf | None = None) -> Self:
        """Open the index that ``build`` wrote into ``directory``."""
        return cls(directory, IndexInfo.model_validate_json((directory / INFO).read_bytes()), file)

    @property
    def version(self) -> str:
        """The version: a hash of the postings and of the encoder's version."""
        return self.info.version

    @property
    def encoder_version(self) -> str | None:
        """The version of the encoder that made the vectors."""
        return self.info.encoder_version

    @property
    def countries(self) -> list[str]:
        """ISO codes by the number that ``columns["country_codes"]`` holds; number 0 is none."""
        return COUNTRIES

    @cached_property
    def table(self) -> Table:
        """All rows by slot."""
        return Table([Segment(info, self.file) for info in self.info.segments], self.info.next_slot)

    @cached_property
    def state(self) -> State:
        """What this version says of the rows; not to be changed."""
        return self.read_state()

    def read_state(self) -> State:
        """The same, read anew: to go on from."""
        return State.load(self.directory)

    # What is shown, by position.

    @cached_property
    def shown(self) -> Slots:
        """The slot at each position: open postings that stand for their job and have not expired."""
        slots = self.state.shown()
        expires = self.table.column("expires_hour", slots)
        slots = slots[(expires < 0) | (expires >= int(time.time()) // SECONDS_PER_HOUR)]
        return slots[np.argsort(self.table.ids(slots), kind="stable")]

    @property
    def n(self) -> int:
        """The number of postings that are shown."""
        return len(self.shown)

    @cached_property
    def id_bytes(self) -> NDArray[np.bytes_]:
        """Posting ids by position."""
        return self.table.ids(self.shown)

    @cached_property
    def ids(self) -> list[str]:
        """The same as texts."""
        return [raw.decode() for raw in self.id_bytes.tolist()]

    @cached_property
    def columns(self) -> dict[str, NDArray[Any]]:
        """Arrays by name, see ``columns.values_of``."""
        return _Columns(lambda name: self.table.column(name, self.shown))

    @cached_property
    def _skills(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        lists = self.table.lists("skills").take(self.table.numbers(self.shown))
        return np.concatenate(([0], np.cumsum(lists.lengths))).astype(np.int64), lists.values

    @property
    def skills_indptr(self) -> NDArray[np.int64]:
        """Where each posting's skills begin in ``skills_indices``, and where the last one's end."""
        return self._skills[0]

    @property
    def skills_indices(self) -> NDArray[np.int32]:
        """Skills as indices of the taxonomy, posting by posting."""
        return self._skills[1]

    @cached_property
    def skills_either(self) -> NDArray[np.uint8]:
        """Beside each of ``skills_indices`` the number of the group of which the posting asks for one, 0 for none."""
        return self.table.lists("either").take(self.table.numbers(self.shown)).values

    @cached_property
    def _vectors(self) -> tuple[Gathered, Gathered] | None:
        version = self.info.encoder_version
        if version is None:
            return None
        pairs = [segment.vectors(version) for segment in self.table.segments]
        numbers = self.table.numbers(self.shown)
        text, title = (
            Gathered([pair[at] for pair in pairs], self.table.starts, numbers, self.info.dims) for at in range(2)
        )
        return text, title

    @property
    def vectors(self) -> Gathered | None:
        """Encoder vectors of the postings' texts [n, dims], None without an encoder."""
        return None if self._vectors is None else self._vectors[0]

    @property
    def title_vectors(self) -> Gathered | None:
        """Those of the titles."""
        return None if self._vectors is None else self._vectors[1]

    def position(self, posting_id: str) -> int | None:
        """The position of a posting, or None when it is not shown."""
        raw = posting_id.encode(errors="replace")
        if not self.n:
            return None
        at = int(np.searchsorted(self.id_bytes, np.bytes_(raw)))
        return at if at < self.n and bytes(self.id_bytes[at]) == raw else None

    def record(self, position: int) -> PostingSummary:
        """The summary of the posting at ``position``."""
        return self.summary(int(self.shown[position]))

    # What is held, by slot.

    def summary(self, slot: int) -> PostingSummary:
        """The summary of the posting at ``slot``."""
        return PostingSummary.model_validate_json(self.table.record_bytes(slot))

    def slot(self, posting_id: str) -> int | None:
        """The slot of a posting that is held, shown or not."""
        return next((slot for slot in self.table.slots_of(posting_id) if self.state.flags[slot] & LIVE), None)

    def canonical(self, posting_id: str) -> str | None:
        """The posting that stands for this one: itself when it has no duplicates; None when it is not held."""
        slot = self.slot(posting_id)
        return None if slot is None else self.table.id(self.state.canonical.get(slot, slot))

    def appearances(self, posting_id: str) -> list[Appearance]:
        """All postings of the same job as this one, the one that stands for them first."""
        slot = self.slot(posting_id)
        if slot is None:
            return []
        first = self.state.canonical.get(slot, slot)
        others = sorted(self._duplicates.get(first, ()), key=self.table.id)
        return [self._appearance(one, self.table.record(one)) for one in (first, *others)]

    @cached_property
    def _duplicates(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for slot, canonical in self.state.canonical.items():
            found.setdefault(canonical, []).append(slot)
        return found

    def _appearance(self, slot: int, record: Record) -> Appearance:
        return Appearance(
            **record.model_dump(include=set(Appearance.model_fields)),
            closed_at=self._closed_at(slot),
            reasons=self._reasons.get(slot, ()),
        )

    @cached_property
    def _reasons(self) -> dict[int, tuple[str, ...]]:
        """Why each duplicate is one: by its surest agreement with the posting that stands for it, or with another."""
        found: dict[int, tuple[tuple[bool, float], tuple[str, ...]]] = {}
        for (low, high), edge in self.state.edges.items():
            for slot, other in ((low, high), (high, low)):
                if slot in self.state.canonical:
                    worth = (self.state.canonical[slot] == other, edge.confidence)
                    found[slot] = max(found.get(slot, (worth, edge.reasons)), (worth, edge.reasons))
        return {slot: reasons for slot, (_, reasons) in found.items()}

    def _closed_at(self, slot: int) -> datetime | None:
        closed = self.state.closed_at.get(slot)
        return None if closed is None else datetime.fromtimestamp(closed, UTC)

    def as_it_is(self, slot: int, written: StoredPosting) -> StoredPosting:
        """A posting as it was written, with what this version says of it."""
        closed_at = self._closed_at(slot)
        reason = (written.life.closed_reason or ClosedReason.NOT_LISTED) if closed_at else None
        life = written.life.model_copy(update={"closed_at": closed_at, "closed_reason": reason})
        separated = self.state.separated.get(written.posting.id, ())
        return written.model_copy(update={"life": life, "separated": separated})

    def held_by_source(self) -> dict[str, tuple[int, int]]:
        """For each source with open postings: how many it has, and how many of them another posting stands for."""
        found: dict[str, tuple[int, int]] = {}
        for segment in self.table.segments:
            flags, sources = self.state.flags[segment.column("slot")], segment.names["source"]
            for at, kinds in enumerate((_OPEN_KINDS, _HIDDEN_KINDS)):
                counts = np.bincount(segment.column("source")[np.isin(flags, kinds)], minlength=len(sources))
                for source, count in zip(sources, counts.tolist(), strict=True):
                    open_, hidden = found.get(source, (0, 0))
                    found[source] = (open_ + count, hidden) if at == 0 else (open_, hidden + count)
        return {source: counts for source, counts in found.items() if counts[0]}

    # The text index.

    @cached_property
    def text(self) -> tantivy.Index:
        """The text index."""
        return open_text(self.directory)

    @cached_property
    def searcher(self) -> tantivy.Searcher:
        """The text index's searcher."""
        return self.text.searcher()

    @cached_property
    def spots(self) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
        """All places on earth that postings name: as terms, and their coordinates in radians."""
        terms = [term for term, _ in self.searcher.terms_with_prefix("spot", "")]
        degrees = np.array([term.split(",") for term in terms], dtype=np.float64).reshape(-1, 2)
        return terms, np.radians(degrees[:, 0]), np.radians(degrees[:, 1])

    @cached_property
    def members(self) -> Members:
        """Sets of postings that searches asked for in this version."""
        return Members(self.table, self.searcher, self.state.flags[self.table.all("slot")] == LIVE)

    @cached_property
    def derived(self) -> dict[str, Any]:
        """What searches derived from this version once and for all."""
        return {}

    @cached_property
    def counted(self) -> dict[object, Any]:
        """What searches counted in this version and may want again."""
        return {}
