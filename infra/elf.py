"""Taking debug information out of shared libraries, without a tool of the machine: the same bytes everywhere.

A loader reads a library's segments and nothing else. What lies outside of them (debug information, the table of
sections, symbols for linkers) is left out; segments move together, each by whole pages, so that they stay aligned.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MAGIC: Final = b"\x7fELF\x02\x01"
_HEADER: Final = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT: Final = struct.Struct("<IIQQQQQQ")
# The largest page of any machine that we deploy to or test on.
_PAGE: Final = 65536


class NotALibraryError(ValueError):
    """The file is no 64-bit little-endian ELF library."""


@dataclass(frozen=True)
class _Move:
    """A range of the file that is kept, and where it goes."""

    start: int
    end: int
    to: int


def strip(file: Path) -> int:
    """Rewrite a library with its segments alone, and return how many bytes smaller it became."""
    data = file.read_bytes()
    small = stripped(data)
    if len(small) < len(data):
        file.write_bytes(small)
    return max(len(data) - len(small), 0)


def stripped(data: bytes) -> bytes:
    """The library's segments as a library. Raises NotALibraryError."""
    if not data.startswith(_MAGIC):
        raise NotALibraryError("no 64-bit little-endian ELF file")
    header = list(_HEADER.unpack_from(data))
    table, size, count = header[5], header[9], header[10]
    segments = [list(_SEGMENT.unpack_from(data, table + number * size)) for number in range(count)]
    kept = [(0, _HEADER.size), (table, table + size * count)]
    kept += [(segment[2], segment[2] + segment[5]) for segment in segments if segment[5]]
    moves = list(_moves(kept))
    packed = bytearray(moves[-1].to + moves[-1].end - moves[-1].start)
    for move in moves:
        packed[move.to : move.to + move.end - move.start] = data[move.start : move.end]
    header[5] = _moved(moves, table)
    # No table of sections: its place, size, count and the number of its names.
    header[6], header[11], header[12], header[13] = 0, 0, 0, 0
    _HEADER.pack_into(packed, 0, *header)
    for number, segment in enumerate(segments):
        if segment[5]:
            segment[2] = _moved(moves, segment[2])
        _SEGMENT.pack_into(packed, header[5] + number * size, *segment)
    return bytes(packed)


def _moves(kept: list[tuple[int, int]]) -> Iterator[_Move]:
    """The kept ranges, those that touch as one, each moved towards the beginning by whole pages."""
    merged: list[list[int]] = []
    for start, end in sorted(kept):
        # Ranges of one page stay as they are to each other.
        if merged and start <= -(-merged[-1][1] // _PAGE) * _PAGE:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    shift = free = 0
    for start, end in merged:
        shift += max(0, start - shift - free) // _PAGE * _PAGE
        yield _Move(start, end, start - shift)
        free = end - shift


def _moved(moves: list[_Move], offset: int) -> int:
    move = next(move for move in moves if move.start <= offset <= move.end)
    return offset - move.start + move.to
