"""Building the index, and building the next one from it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jobtracker.catalog import merging, snapshot
from jobtracker.catalog.build import build, build_next, read_postings, read_sample
from jobtracker.catalog.columns import COLUMN_TYPES
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Query, summarise
from jobtracker.catalog.rows import posting_text
from jobtracker.catalog.search import search
from jobtracker.postings.model import Pay, PayPeriod, Place, Seniority, StoredPosting, WorkMode
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.text.encoder import Encoder
from jobtracker.text.training import fit_encoder
from tests.unit.catalog.conftest import MakePosting, Opened, stored


def _same(one: CatalogIndex, other: CatalogIndex) -> bool:
    """All that they show; slots tell of the history."""
    names = [name for name in COLUMN_TYPES if name not in {"slot", "source"}]
    arrays = [(one.columns[name], other.columns[name]) for name in names]
    arrays += [
        (one.id_bytes, other.id_bytes),
        (one.skills_indptr, other.skills_indptr),
        (one.skills_indices, other.skills_indices),
        (one.skills_either, other.skills_either),
    ]
    if one.vectors is not None and one.title_vectors is not None:
        assert other.vectors is not None
        assert other.title_vectors is not None
        everything = np.arange(one.n)
        arrays += [(one.vectors[everything], other.vectors[everything])]
        arrays += [(one.title_vectors[everything], other.title_vectors[everything])]
    return (
        all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in arrays)
        and [one.record(at) for at in range(one.n)] == [other.record(at) for at in range(other.n)]
        and one.held_by_source() == other.held_by_source()
        and one.info.model_dump(include=_COUNTS) == other.info.model_dump(include=_COUNTS)
    )


_COUNTS = {"version", "postings", "rows", "closed", "duplicates", "encoder_version", "dims"}


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
    assert sorted(read_postings(index), key=lambda one: one.posting.id) == sorted(
        map(stored, postings), key=lambda one: one.posting.id
    )
    assert [one.id for one in read_sample(index, 7)] == [index.ids[at] for at in (0, 4, 9, 14, 19, 24, 29)]


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
    build_next(
        before, map(stored, (postings[3], postings[99], postings[5])), [removed, "unknown"], encoder, tmp_path / "next"
    )
    after = CatalogIndex.open(tmp_path / "next")
    afresh = opened(*postings.values(), encoder=encoder)
    assert after.version == afresh.version != before.version
    assert _same(after, afresh)
    whole = [sorted(one.model_dump_json() for one in read_postings(index)) for index in (after, afresh)]
    assert whole[0] == whole[1]
    for text in ("nurse", "pilot", "warehouse", "clerk 4", "hall"):
        assert search(after, Query(text=text)).total == search(afresh, Query(text=text)).total


def test_applying_the_same_changes_twice_changes_nothing_the_second_time(
    make_posting: MakePosting, tmp_path: Path
) -> None:
    changes = snapshot.Changes.of([stored(make_posting(1)), stored(make_posting(2))])
    changes.remove(make_posting(3).id)
    first = snapshot.apply(None, changes, None, tmp_path / "first")
    second = snapshot.apply(CatalogIndex.open(tmp_path / "first"), changes, None, tmp_path / "second")
    assert second.version == first.version
    assert second.segments == first.segments


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
    build_next(before, [stored(make_posting(40)), stored(make_posting(2))], [], encoder, tmp_path / "next")
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
    assert np.allclose(
        after.vectors[np.array([position])][0], encoder.encode([posting_text(postings[3])])[0], atol=1e-3
    )


def test_an_empty_catalog_can_be_built_opened_searched_and_filled(make_posting: MakePosting, tmp_path: Path) -> None:
    build([], None, tmp_path / "empty")
    empty = CatalogIndex.open(tmp_path / "empty")
    assert (empty.n, empty.ids, search(empty, Query(text="clerk")).total) == (0, [], 0)
    build_next(empty, [stored(make_posting(1))], [], None, tmp_path / "one")
    one = CatalogIndex.open(tmp_path / "one")
    assert search(one, Query(text="clerk")).total == 1
    build_next(one, [], [make_posting(1).id], None, tmp_path / "none")
    assert CatalogIndex.open(tmp_path / "none").version == empty.version


_KINDS = ("clerk", "nurse", "copy", "closed", "separated", None)
_steps = st.lists(st.lists(st.tuples(st.integers(0, 7), st.sampled_from(_KINDS)), max_size=6), max_size=5)
_LONG = " ".join(f"word{number} of the duties in the long text that boards copy" for number in range(40))


def _made(make_posting: MakePosting, key: int, kind: str) -> StoredPosting:
    """Posting ``key`` as the step wants it: copies have one text and title whatever their number."""
    title = "nurse" if kind == "nurse" else "clerk"
    fields = {"title": title, "requisition_id": f"R-{1_000 + key}"}
    if kind != "nurse":
        fields = {"title": "Clerk of the parcels", "requisition_id": "R-7", "description_text": _LONG}
    others = tuple(make_posting(other).id for other in range(8) if other != key) if kind == "separated" else ()
    posting = make_posting(key, source_id=f"board-{key}", **fields)
    return stored(posting, closed=kind == "closed", separated=others)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps)
def test_any_history_of_changes_ends_where_a_fresh_build_would(
    steps: list[list[tuple[int, str | None]]],
    make_posting: MakePosting,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    work = tmp_path_factory.mktemp("history")
    index: CatalogIndex | None = None
    present: dict[str, StoredPosting] = {}
    for number, step in enumerate(steps):
        changes = snapshot.Changes()
        for key, kind in step:
            made = _made(make_posting, key, kind or "clerk")
            if kind is None:
                changes.remove(made.posting.id)
                present.pop(made.posting.id, None)
            else:
                changes.add(made)
                present[made.posting.id] = made
        snapshot.apply(index, changes, None, work / str(number))
        index = CatalogIndex.open(work / str(number))
    if index is None:
        return
    build(present.values(), None, work / "fresh")
    fresh = CatalogIndex.open(work / "fresh")
    assert _same(index, fresh)
    assert index.version == fresh.version
    for posting_id in present:
        assert index.canonical(posting_id) == fresh.canonical(posting_id)
        assert index.appearances(posting_id) == fresh.appearances(posting_id)
    for query in (Query(), Query(text="clerk"), Query(text="nurse"), Query(sources=("board-1", "board-2"))):
        pages = [search(one, query) for one in (index, fresh)]
        assert pages[0].facets == pages[1].facets
        assert {item.id for item in pages[0].items} == {item.id for item in pages[1].items} <= set(fresh.ids)
        assert pages[0].coverage == pages[1].coverage


def test_closed_postings_are_kept_and_never_shown(make_posting: MakePosting, opened: Opened, tmp_path: Path) -> None:
    before = opened(make_posting(1), make_posting(2))
    build_next(before, [stored(make_posting(1), closed=True)], [], None, tmp_path / "next")
    after = CatalogIndex.open(tmp_path / "next")
    assert after.ids == [make_posting(2).id]
    assert [item.id for item in search(after, Query(text="clerk")).items] == after.ids
    assert (after.info.rows, after.info.closed) == (2, 1)
    assert after.appearances(make_posting(1).id)[0].closed_at is not None
    assert after.info.segments == before.info.segments
    build_next(after, [stored(make_posting(1))], [], None, tmp_path / "again")
    again = CatalogIndex.open(tmp_path / "again")
    assert again.version == before.version
    assert search(again, Query(text="clerk")).total == 2


def test_one_posting_stands_for_its_copies_and_another_takes_over_when_it_closes(
    make_posting: MakePosting, opened: Opened, tmp_path: Path
) -> None:
    copies = [_made(make_posting, key, "copy") for key in range(3)]
    ids = [one.posting.id for one in copies]
    index = opened(*copies, make_posting(9))
    assert (index.n, index.info.duplicates) == (2, 2)
    (first,) = {index.canonical(one) for one in ids}
    assert first in ids
    assert index.appearances(ids[1])[0].id == first
    assert {one.id for one in index.appearances(ids[1])} == set(ids)
    assert all(one.reasons for one in index.appearances(ids[1])[1:])
    assert search(index, Query(text="parcels", sources=("board-0", "board-1", "board-2"))).total == 1
    assert index.held_by_source()[copies[0].posting.source_id][0] == 1
    closed = next(one for one in copies if one.posting.id == first)
    build_next(index, [stored(closed.posting, closed=True)], [], None, tmp_path / "next")
    after = CatalogIndex.open(tmp_path / "next")
    (second,) = {after.canonical(one) for one in ids}
    assert second is not None
    assert second != first
    assert (after.n, after.position(second) is not None) == (2, True)
    assert [item.id for item in search(after, Query(text="copy parcels")).items] in ([second], [])
    assert second in {item.id for item in search(after, Query(text="clerk")).items}


def test_postings_that_were_taken_apart_stand_alone(make_posting: MakePosting, opened: Opened, tmp_path: Path) -> None:
    one, other = (_made(make_posting, key, "copy") for key in range(2))
    before = opened(one, other)
    assert before.n == 1
    apart = one.model_copy(update={"separated": (other.posting.id,)})
    build_next(before, [apart], [], None, tmp_path / "next")
    after = CatalogIndex.open(tmp_path / "next")
    assert after.n == 2
    assert search(after, Query(text="clerk")).total == 2
    assert after.canonical(one.posting.id) == one.posting.id


@pytest.mark.parametrize("side", [0, 1])
def test_postings_whose_taking_apart_is_taken_back_are_one_again_in_the_next_index(
    make_posting: MakePosting, opened: Opened, tmp_path: Path, side: int
) -> None:
    pair = [_made(make_posting, key, "copy") for key in range(2)]
    first = opened(*pair)
    joined = first.info.version
    index = first
    for name, others in (("apart", (pair[1 - side].posting.id,)), ("together", ())):
        said = pair[side].model_copy(update={"separated": others})
        build_next(index, [said], [], None, tmp_path / name)
        index = CatalogIndex.open(tmp_path / name)
        assert index.n == (2 if others else 1)
    assert index.info.version == joined
    assert len({index.canonical(one.posting.id) for one in pair}) == 1


def test_a_batch_adds_one_segment_and_leaves_all_others_alone(
    make_posting: MakePosting, opened: Opened, tmp_path: Path
) -> None:
    before = opened(*(make_posting(number) for number in range(30)))
    build_next(before, [stored(make_posting(99))], [], None, tmp_path / "next")
    after = CatalogIndex.open(tmp_path / "next")
    assert after.info.segments[:-1] == before.info.segments
    for path in before.directory.rglob("segments/*/*"):
        same = after.directory / path.relative_to(before.directory)
        assert same.samefile(path)


def test_segments_stay_few_and_none_grows_beyond_the_largest(
    make_posting: MakePosting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "LARGEST", 12)
    index: CatalogIndex | None = None
    for number in range(30):
        changes = snapshot.Changes.of([stored(make_posting(number)), stored(make_posting(100 + number))])
        changes.remove(make_posting(number - 5).id)
        snapshot.apply(index, changes, None, tmp_path / str(number))
        index = CatalogIndex.open(tmp_path / str(number))
        sizes = [segment.rows for segment in index.info.segments]
        assert max(sizes) <= 12
        assert len(sizes) <= merging.FAN + sum(sizes) // 6
    assert index is not None
    present = {number: make_posting(number) for number in (*range(25, 30), *range(100, 130))}
    build(map(stored, present.values()), None, tmp_path / "fresh")
    assert _same(index, CatalogIndex.open(tmp_path / "fresh"))
    assert len(list((index.directory / "segments").iterdir())) == len(index.info.segments)


def test_the_text_index_is_made_anew_when_most_of_it_is_hidden(
    make_posting: MakePosting, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobtracker.catalog.text_writer._SPARE", 0)
    index = opened(*(make_posting(number) for number in range(10)))
    for number in range(3):
        changed = [stored(make_posting(other, title=f"Pilot {number}")) for other in range(10)]
        build_next(index, changed, [], None, tmp_path / f"next-{number}")
        index = CatalogIndex.open(tmp_path / f"next-{number}")
        assert search(index, Query(text=f'"pilot {number}"')).total == 10
        assert index.info.documents <= 20


def test_what_a_build_writes_before_it_breaks_changes_nothing(
    make_posting: MakePosting, opened: Opened, tmp_path: Path
) -> None:
    before = opened(*(make_posting(number) for number in range(10)))
    held = {
        path: path.read_bytes() for path in before.directory.rglob("*") if path.is_file() and path.suffix != ".lock"
    }

    def breaking() -> Iterator[StoredPosting]:
        yield stored(make_posting(99))
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        build_next(before, breaking(), [make_posting(1).id], None, tmp_path / "next")
    assert {path: path.read_bytes() for path in held} == held
    assert search(CatalogIndex.open(before.directory), Query(text="clerk")).total == 10
