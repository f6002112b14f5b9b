"""The parts that an index is made of: packed lines, ragged lists, and what a segment remembers of them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.catalog.gateway import Use
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.lines import Lines, LineWriter
from jobtracker.catalog.ragged import Ragged
from jobtracker.catalog.text_index import order_key

_lines = st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")), min_size=1, max_size=70)


@given(lines=_lines)
def test_every_line_can_be_read_by_itself_and_all_in_their_order(
    lines: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("lines") / "lines.bin"
    writer = LineWriter(path)
    for line in lines:
        writer.add(line)
    writer.close()
    read = Lines(path)
    assert list(read) == lines
    assert [read[at] for at in reversed(range(len(lines)))] == lines[::-1]


@given(lists=st.lists(st.lists(st.integers(0, 900), max_size=5), max_size=20), data=st.data())
def test_chosen_lists_are_taken_whole_and_in_the_order_of_choice(lists: list[list[int]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(lists))), max_size=30)) if lists else []
    half = len(lists) // 2
    parts = [Ragged.of(part, np.uint16) for part in (lists[:half], lists[half:])]
    taken = Ragged.together(parts).take(np.array(chosen, dtype=np.int64))
    assert taken.lengths.tolist() == [len(lists[at]) for at in chosen]
    assert taken.values.tolist() == [value for at in chosen for value in lists[at]]


@given(value=st.integers(-5, 1 << 40), other=st.integers(-5, 1 << 33), ids=st.tuples(st.text(), st.text()))
def test_an_order_key_orders_by_its_value_first_and_fits_the_engine(
    value: int, other: int, ids: tuple[str, str]
) -> None:
    one, two = order_key(value, ids[0]), order_key(other, ids[1])
    assert 0 <= one < 1 << 63
    limit = (1 << 33) - 1
    clipped = [min(max(number, 0), limit) for number in (value, other)]
    assert clipped[0] == clipped[1] or (one < two) == (clipped[0] < clipped[1])


def test_who_searches_and_who_ranks_need_not_have_each_other_s_files(small_index: CatalogIndex) -> None:
    paths = [
        path.relative_to(small_index.directory).as_posix()
        for path in small_index.directory.rglob("*")
        if path.is_file()
    ]
    searched, ranked, built = ({path for path in paths if use.wants(path)} for use in (Use.SEARCH, Use.RANK, Use.BUILD))
    kept = {"info.json", "state.npz", "edges.npz"}
    assert kept <= searched & ranked & built
    assert not any(Path(path).name.startswith(("postings-", "keys.")) for path in searched | ranked)
    assert not any(path.startswith("text/") for path in ranked)
    assert any(path.startswith("text/") for path in searched & built)
    assert not any(Path(path).name.startswith(("postings-", "records.")) for path in built)
    assert set(filter(Use.ALL.wants, paths)) == set(paths)
