"""Libraries without debug information: smaller, and still the same library to whoever loads it."""

import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from infra import elf

# Compiled packages of the lock file that come with debug information, and what proves that they work.
_PROOFS = {
    "murmurhash": "from murmurhash import hash; assert hash('a') == hash('a') != hash('b')",
    "numkong": "import numkong, numpy; v = numpy.ones(8, numpy.float32); assert abs(numkong.dot(v, v) - 8) < 1e-5",
    "srsly": "import srsly; assert srsly.msgpack_loads(srsly.msgpack_dumps({'a': 1})) == {'a': 1}",
}


def _copy(package: str, to: Path) -> list[Path]:
    """The package as a folder of its own; its libraries."""
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin).parent
    for folder in (source, source.with_name(f"{package}.libs")):
        for file in folder.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                target = to / file.relative_to(source.parent)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
    libraries = sorted((to / package).rglob("*.so"))
    if not libraries or not libraries[0].read_bytes().startswith(b"\x7fELF\x02\x01"):
        pytest.skip("this machine's libraries are no 64-bit ELF files")
    return libraries


def _segments(data: bytes) -> list[tuple[int, int, int, bytes]]:
    """Kind, flags, address and content of every segment; the program header's own place is no content."""
    [place] = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    found = []
    for number in range(count):
        kind, flags, offset, address, _, length = struct.unpack_from("<IIQQQQ", data, place + number * size)
        found.append((kind, flags, address, data[offset : offset + length]))
    return found


@pytest.mark.parametrize("package", _PROOFS)
def test_a_stripped_library_is_smaller_and_works(package: str, tmp_path: Path) -> None:
    libraries = _copy(package, tmp_path)
    saved = [elf.strip(library) for library in libraries]
    assert sum(saved) > 0
    proof = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import {package}; "
    proof += f"assert {package}.__file__.startswith({str(tmp_path)!r}); {_PROOFS[package]}"
    done = subprocess.run([sys.executable, "-c", proof], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", _PROOFS)
def test_every_segment_keeps_its_bytes_its_address_and_its_place_in_a_page(package: str, tmp_path: Path) -> None:
    for library in _copy(package, tmp_path):
        before = library.read_bytes()
        after = elf.stripped(before)
        # The first segment holds the headers, which say where things are.
        for one, other in zip(_segments(before), _segments(after), strict=True):
            assert one[:3] == other[:3]
            assert len(one[3]) == len(other[3])
            if not one[3].startswith(b"\x7fELF"):
                assert one[3] == other[3]
        assert elf.stripped(after) == after


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.so").write_bytes(b"MZ and so on")
    with pytest.raises(elf.NotALibraryError):
        elf.strip(tmp_path / "a.so")
