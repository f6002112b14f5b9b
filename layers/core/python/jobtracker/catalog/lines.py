"""Many short texts in one file, compressed in blocks, any of which can be read without the others."""

import mmap
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

# Enough neighbours to compress well, few enough to be read for the sake of one.
BLOCK: Final = 16
_LEVEL: Final = 3
_BLOCKS_KEPT: Final = 64
_NUMBER: Final = 8


class LineWriter:
    """Writes texts, none of which has a line break. Only what was closed can be read."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb")
        self._waiting: list[bytes] = []
        self._ends: list[int] = [0]

    def add(self, line: bytes) -> None:
        """Append one text."""
        self._waiting.append(line)
        if len(self._waiting) == BLOCK:
            self._flush()

    def _flush(self) -> None:
        packed = zlib.compress(b"\n".join(self._waiting), _LEVEL)
        self._ends.append(self._ends[-1] + self._file.write(packed))
        self._waiting = []

    def close(self) -> None:
        """Write what is left, and where the blocks are."""
        if self._file.closed:
            return
        if self._waiting:
            self._flush()
        # Where blocks end stands behind them, and last of all how many ends there are.
        self._file.write(np.array(self._ends, dtype="<i8").tobytes())
        self._file.write(len(self._ends).to_bytes(_NUMBER, "little"))
        self._file.close()


class Lines:
    """Reads what a LineWriter wrote."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        count = int.from_bytes(self._data[-_NUMBER:], "little")
        start = len(self._data) - _NUMBER * (count + 1)
        self._ends: NDArray[np.int64] = np.frombuffer(self._data[start:-_NUMBER], dtype="<i8")
        self._block = lru_cache(_BLOCKS_KEPT)(self._unpacked)

    def __getitem__(self, at: int) -> bytes:
        return self._block(at // BLOCK)[at % BLOCK]

    def __iter__(self) -> Iterator[bytes]:
        for number in range(len(self._ends) - 1):
            yield from self._unpacked(number)

    def _unpacked(self, number: int) -> list[bytes]:
        return zlib.decompress(self._data[self._ends[number] : self._ends[number + 1]]).split(b"\n")
