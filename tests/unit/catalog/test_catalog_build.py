"""Building the index, and building the next one from it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jobtracker.catalog import snapshot
from jobtracker.catalog.build import build, build_next, posting_text, read_postings
from jobtracker.catalog.index import RECORDS, CatalogIndex
from jobtracker.catalog.model import Query, summarise
from jobtracker.catalog.search import search
from jobtracker.postings.model import Pay, PayPeriod, Place, Posting, Seniority, WorkMode
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.text.encoder import Encoder
from jobtracker.text.training import fit_encoder
from tests.unit.catalog.conftest import MakePosting, Opened


def _same(one: CatalogIndex, other: CatalogIndex) -> bool:
    """All but the slots, which tell of the history."""
    arrays = [(one.columns[name], other.columns[name]) for name in one.columns if name != "slot"]
    arrays += [
        (one.id_bytes, other.id_bytes),
        (one.skills_indptr, other.skills_indptr),
        (one.skills_indices, other.skills_indices),
    ]
    if one.vectors is not None and one.title_vectors is not None:
        assert other.vectors is not None
        assert other.title_vectors is not None
        arrays += [(one.vectors, other.vectors), (one.title_vectors, other.title_vectors)]
    return (
        all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in arrays)
        and (one.directory / RECORDS).read_bytes() == (other.directory / RECORDS).read_bytes()
    )


def _encoder(make_posting: MakePosting) -> Encoder:
    return fit_encoder([posting_text(make_posting(number)) for number in range(60)])


def test_an_index_gives_back_each_posting_as_it_came(make_posting: MakePosting, opened: Opened) -> None:
    postings = [make_posting(number) for number in range(30)]
    index = opened(*postings)
    assert index.n == 30
    for posting in postings:
        position = index.position(posting.id)
        assert position is not None
        assert index.ids[position] == posting.id
        assert index.record(position) == summarise(posting)
    assert sorted(read_postings(index.directory), key=lambda p: p.id) == sorted(postings, key=lambda p: p.id)


def test_a_posting_that_is_not_there_has_no_position(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(make_posting(1))
    assert [index.position(missing) for missing in ("", "0", "zzz", "\ud800", make_posting(2).id)] == [None] * 5
    assert opened().position(make_posting(1).id) is None


def test_columns_say_what_postings_say_and_nothing_more(make_posting: MakePosting, opened: Opened) -> None:
    skills = tuple(list(taxonomy().index)[3:6])
    full = make_posting(
        1,
        work_mode=WorkMode.REMOTE,
        seniority=Seniority.EXECUTIVE,
        pay=Pay(minimum=70_000, currency="USD", period=PayPeriod.YEAR),
        places=(Place(text="Graz", country="at"), Place(text="Lyon", country="FR", latitude=45.7, longitude=4.8)),
        remote_countries=("CH", "AT"),
        skills=(*skills, "no-such-skill", skills[0]),
        posted_at=datetime(1970, 1, 11, 5, tzinfo=UTC),
    )
    bare = make_posting(2, work_mode=None, seniority=None, pay=None, places=(), skills=(), posted_at=None)
    index = opened(full, bare)
    at, none = index.position(full.id), index.position(bare.id)
    assert at is not None
    assert none is not None
    columns = index.columns
    assert (columns["work_mode"][at], columns["work_mode"][none]) == (3, 0)
    assert (columns["seniority"][at], columns["seniority"][none]) == (6, 0)
    assert (columns["posted_day"][at], columns["posted_day"][none]) == (10, -1)
    assert columns["pay_min_usd"][at] == 70_000
    assert np.isnan(columns["pay_min_usd"][none])
    assert np.isnan(columns["pay_max_usd"][none])
    assert columns["latitude"][at] == pytest.approx(45.7)
    assert np.isnan(columns["latitude"][none])
    assert [index.countries[code] for code in columns["country_codes"][at] if code] == ["AT", "FR", "CH"]
    assert not columns["country_codes"][none].any()
    start, end = index.skills_indptr[at], index.skills_indptr[at + 1]
    assert [taxonomy().ids[i] for i in index.skills_indices[start:end]] == list(skills)
    assert index.skills_indptr[none] == index.skills_indptr[none + 1]


def test_the_same_postings_give_the_same_index_in_any_order(make_posting: MakePosting, opened: Opened) -> None:
    postings = [make_posting(number) for number in range(20)]
    one, other = opened(*postings), opened(*reversed(postings))
    assert one.version == other.version
    assert _same(one, other)


def test_of_several_postings_with_one_id_the_last_counts(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(make_posting(1, title="Baker"), make_posting(2), make_posting(1, title="Welder"))
    assert index.n == 2
    assert search(index, Query(text="baker")).total == 0
    assert [item.title for item in search(index, Query(text="welder")).items] == ["Welder"]


@pytest.mark.parametrize("encoded", [False, True])
def test_the_next_index_is_as_if_built_from_nothing(
    make_posting: MakePosting, opened: Opened, tmp_path: Path, encoded: bool
) -> None:
    encoder = _encoder(make_posting) if encoded else None
    postings = {number: make_posting(number) for number in range(30)}
    before = opened(*postings.values(), encoder=encoder)
    removed = postings.pop(4).id
    postings |= {3: make_posting(3, title="Night nurse"), 99: make_posting(99, title="Pilot")}
    build_next(before, [postings[3], postings[99], postings[5]], [removed, "unknown"], encoder, tmp_path / "next")
    after = CatalogIndex.open(tmp_path / "next")
    afresh = opened(*postings.values(), encoder=encoder)
    assert after.version == afresh.version != before.version
    assert _same(after, afresh)
    assert list(read_postings(after.directory)) == list(read_postings(afresh.directory))
    for text in ("nurse", "pilot", "warehouse", "clerk 4", "hall"):
        assert search(after, Query(text=text)).total == search(afresh, Query(text=text)).total


def test_applying_the_same_changes_twice_changes_nothing_the_second_time(
    make_posting: MakePosting, tmp_path: Path
) -> None:
    changes = snapshot.Changes.of([make_posting(1), make_posting(2)])
    changes.remove(make_posting(3).id)
    first = snapshot.apply(None, changes, None, tmp_path / "first")
    second = snapshot.apply(CatalogIndex.open(tmp_path / "first"), changes, None, tmp_path / "second")
    assert second == first


def test_unchanged_postings_are_not_encoded_again(
    make_posting: MakePosting, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = _encoder(make_posting)
    before = opened(*(make_posting(number) for number in range(30)), encoder=encoder)
    seen: list[str] = []
    real = Encoder.encode

    def spy(self: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return real(self, texts)

    monkeypatch.setattr(Encoder, "encode", spy)
    build_next(before, [make_posting(40), make_posting(2)], [], encoder, tmp_path / "next")
    assert seen == [posting_text(make_posting(40)), make_posting(40).title]


def test_a_new_encoder_encodes_everything_anew(make_posting: MakePosting, opened: Opened, tmp_path: Path) -> None:
    postings = [make_posting(number) for number in range(30)]
    before = opened(*postings)
    assert before.vectors is None
    encoder = _encoder(make_posting)
    build_next(before, [], [], encoder, tmp_path / "next")
    after = CatalogIndex.open(tmp_path / "next")
    assert after.encoder_version == encoder.version
    assert after.version != before.version
    assert after.vectors is not None
    position = after.position(postings[3].id)
    assert position is not None
    assert np.allclose(after.vectors[position], encoder.encode([posting_text(postings[3])])[0], atol=1e-3)


def test_an_empty_catalog_can_be_built_opened_searched_and_filled(make_posting: MakePosting, tmp_path: Path) -> None:
    build([], None, tmp_path / "empty")
    empty = CatalogIndex.open(tmp_path / "empty")
    assert (empty.n, empty.ids, search(empty, Query(text="clerk")).total) == (0, [], 0)
    build_next(empty, [make_posting(1)], [], None, tmp_path / "one")
    one = CatalogIndex.open(tmp_path / "one")
    assert search(one, Query(text="clerk")).total == 1
    build_next(one, [], [make_posting(1).id], None, tmp_path / "none")
    assert CatalogIndex.open(tmp_path / "none").version == empty.version


_steps = st.lists(
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["clerk", "nurse", None])), max_size=6), max_size=4
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps)
def test_any_history_of_changes_ends_where_a_fresh_build_would(
    steps: list[list[tuple[int, str | None]]], make_posting: MakePosting, tmp_path_factory: pytest.TempPathFactory
) -> None:
    work = tmp_path_factory.mktemp("history")
    index: CatalogIndex | None = None
    present: dict[str, Posting] = {}
    for number, step in enumerate(steps):
        changes = snapshot.Changes()
        for key, title in step:
            posting = make_posting(key, title=title or "gone")
            if title is None:
                changes.remove(posting.id)
                present.pop(posting.id, None)
            else:
                changes.add(posting)
                present[posting.id] = posting
        snapshot.apply(index, changes, None, work / str(number))
        index = CatalogIndex.open(work / str(number))
        for word in ("clerk", "nurse"):
            expected = {posting.id for posting in present.values() if posting.title == word}
            assert {item.id for item in search(index, Query(text=word)).items} == expected
    if index is not None:
        assert index.version == build(present.values(), None, work / "fresh").version
