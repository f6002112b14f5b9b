"""What other classifications call skills, as it was read: kept so that the taxonomy can be made without their data."""

import gzip
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = Path(__file__).parent / "imported.jsonl.gz"


class Source(StrEnum):
    """The classification, and the part of it, that a candidate is of."""

    ONET_TECHNOLOGY = "O*NET technologies"
    ONET_SKILL = "O*NET skills"
    ONET_KNOWLEDGE = "O*NET knowledge"
    ESCO_SKILL = "ESCO skills"
    ESCO_KNOWLEDGE = "ESCO knowledge"
    ESCO_LANGUAGE = "ESCO languages"
    ESCO_ATTITUDE = "ESCO attitudes"
    LINGUIST = "Linguist languages"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name with other names for the same. Of O*NET's technologies: ``uses``, how many occupations use it, ``hot``,
    whether employers often ask for it, and ``related``, the names of technologies that go with it."""

    source: Source
    name: str
    others: tuple[str, ...] = ()
    uses: int = 0
    hot: bool = False
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """The candidates, and which of their words are ordinary English."""

    candidates: tuple[Candidate, ...]
    words: frozenset[str]


def read() -> Imported:
    """The candidates as they were written last."""
    words, *rows = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    candidates = (
        Candidate(Source(source), name, tuple(others), uses, hot, tuple(related))
        for source, name, others, uses, hot, related in map(json.loads, rows)
    )
    return Imported(tuple(candidates), frozenset(json.loads(words)))


def write(imported: Imported) -> None:
    """Write them, one a line; the same candidates give the same bytes."""
    rows = [[one.source, one.name, one.others, one.uses, one.hot, one.related] for one in imported.candidates]
    lines = [json.dumps(row, ensure_ascii=False) for row in (sorted(imported.words), *rows)]
    FILE.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
