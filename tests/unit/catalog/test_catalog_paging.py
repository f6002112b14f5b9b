"""Pages and their cursors: nothing is repeated and nothing skipped."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.catalog import cursor, snapshot
from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import InvalidCursorError, Page, Query, Sort
from jobtracker.catalog.search import search
from jobtracker.postings.model import Pay, PayPeriod, Place, Posting
from tests.unit.catalog.conftest import MOMENT, MakePosting, Opened, stored


def _pages(index: CatalogIndex, query: Query) -> list[Page]:
    pages = [search(index, query)]
    while pages[-1].next_cursor is not None:
        pages.append(search(index, query.model_copy(update={"cursor": pages[-1].next_cursor})))
    return pages


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("text", ["", "clerk"])
def test_pages_follow_each_other_without_gap_or_repetition(small_index: CatalogIndex, sort: Sort, text: str) -> None:
    pages = _pages(small_index, Query(text=text, sort=sort, limit=7))
    ids = [item.id for page in pages for item in page.items]
    assert len(ids) == len(set(ids)) == pages[0].total
    assert {page.total for page in pages} == {pages[0].total}


def test_a_cursor_of_another_query_or_of_nobody_is_refused(small_index: CatalogIndex) -> None:
    given_out = search(small_index, Query(text="clerk")).next_cursor
    assert given_out is not None
    for query in (
        Query(text="parcels", cursor=given_out),
        Query(text="clerk", sort=Sort.NEWEST, cursor=given_out),
        Query(cursor=""),
        Query(cursor="nonsense"),
        Query(cursor="\ud800"),
        Query(cursor="e30"),
        Query(text="clerk", cursor=f"{given_out}x"),
    ):
        with pytest.raises(InvalidCursorError):
            search(small_index, query)


def test_a_cursor_reads_on_in_the_next_index(
    small_index: CatalogIndex, make_posting: MakePosting, opened: Opened
) -> None:
    first = search(small_index, Query(text="clerk", limit=10))
    other = opened(*(make_posting(number) for number in range(45)))
    page = search(other, Query(text="clerk", limit=10, cursor=first.next_cursor))
    assert len(page.items) == 10
    assert page.index_version == other.version != first.index_version
    few = opened(make_posting(1, title="Clerk clerk"))
    assert search(few, Query(text="clerk", limit=10, cursor=first.next_cursor)).total == 1


_NEAR = Query(latitude=50, longitude=10, km=500, sort=Sort.NEAREST)


@pytest.mark.parametrize("query", [Query(sort=Sort.NEWEST), Query(sort=Sort.PAY), Query(text="clerk"), _NEAR])
def test_pages_neither_repeat_nor_skip_when_the_index_changes_between_them(
    make_posting: MakePosting, tmp_path: Path, query: Query
) -> None:
    def dated(number: int) -> Posting:
        # Many share a day and a pay, and all their texts have as many words.
        pay = Pay(minimum=1_000 * (number % 3), currency="USD", period=PayPeriod.YEAR)
        places = (Place(text="Somewhere", latitude=50 + number % 3, longitude=10),)
        posted = MOMENT + timedelta(days=number % 4)
        return make_posting(number, title="Clerk", posted_at=posted, pay=pay, places=places)

    present = [dated(number) for number in range(40)]
    build(map(stored, present), None, tmp_path / "0")
    index, shown, cursor_ = CatalogIndex.open(tmp_path / "0"), [], None
    for step in range(1, 30):
        page = search(index, query.model_copy(update={"limit": 7, "cursor": cursor_}))
        shown += [item.id for item in page.items]
        cursor_ = page.next_cursor
        if cursor_ is None:
            break
        changes = snapshot.Changes.of([stored(dated(100 + step))])
        # The last one shown goes too: a page goes on from where it stood.
        changes.remove(shown[-1])
        snapshot.apply(index, changes, None, tmp_path / str(step))
        index = CatalogIndex.open(tmp_path / str(step))
    assert len(shown) == len(set(shown))
    assert {posting.id for posting in present} <= set(shown)


@pytest.mark.parametrize("first", [(1,), (2, 5), (32, 512)])
@pytest.mark.parametrize("limit", [1, 3, 4, 50])
def test_pages_by_distance_are_in_the_order_of_the_nearest_place_then_of_the_date(
    make_posting: MakePosting, opened: Opened, limit: int, first: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobtracker.catalog.nearby._FIRST", first)

    def at(*north: float) -> tuple[Place, ...]:
        return tuple(Place(text=f"{one}", latitude=50 + one, longitude=10) for one in north)

    # Number 9 is near by its second place, 10 out of reach, and 11 nowhere in particular.
    spread = [at(2), at(0), at(1), at(0), at(2), at(-1), at(0.5), at(3), at(0), at(40, 0.2), at(40), (Place(text="?"),)]
    index = opened(
        *(
            make_posting(number, title=f"Clerk {number}", places=places, posted_at=MOMENT + timedelta(days=number))
            for number, places in enumerate(spread)
        )
    )
    for query in (_NEAR, _NEAR.model_copy(update={"text": "clerk"})):
        pages = _pages(index, query.model_copy(update={"limit": limit}))
        shown = [int(item.title.removeprefix("Clerk ")) for page in pages for item in page.items]
        assert shown == [8, 3, 1, 9, 6, 5, 2, 4, 0, 7]
        assert {page.total for page in pages} == {len(shown)}
        away = [item.distance_km for page in pages for item in page.items]
        degree = 111.2
        assert away == pytest.approx(
            [0, 0, 0, 0.2 * degree, 0.5 * degree, degree, degree, 2 * degree, 2 * degree, 3 * degree], abs=0.1
        )
        assert {item.distance_km for item in search(index, query.model_copy(update={"sort": Sort.NEWEST})).items} == {
            None
        }


def test_near_a_whole_country_or_nothing_the_order_is_the_usual_one(small_index: CatalogIndex) -> None:
    for place in ("Germany", "Qwxz", None):
        for text in ("", "clerk"):
            asked, usual = (
                Query(text=text, place=place, sort=sort, limit=50) for sort in (Sort.NEAREST, Sort.RELEVANCE)
            )
            assert search(small_index, asked).items == search(small_index, usual).items


@settings(max_examples=200, deadline=None)
@given(raw=st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda b: b.hex())))
def test_a_made_up_cursor_is_refused_or_nothing_worse(small_index: CatalogIndex, raw: str) -> None:
    with pytest.raises(InvalidCursorError):
        cursor.read(Query(cursor=raw))
