"""Searching the index."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.catalog import cursor
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import InvalidCursorError, Page, PostingSummary, Query, Sort
from jobtracker.catalog.search import search
from jobtracker.postings.model import Pay, PayPeriod, Place, Seniority, WorkMode
from jobtracker.skills.taxonomy import taxonomy
from tests.unit.catalog.conftest import MOMENT, MakePosting, Opened


def _pages(index: CatalogIndex, query: Query) -> list[Page]:
    pages = [search(index, query)]
    while pages[-1].next_cursor is not None:
        pages.append(search(index, query.model_copy(update={"cursor": pages[-1].next_cursor})))
    return pages


def _all(index: CatalogIndex) -> list[PostingSummary]:
    return [index.record(at) for at in range(index.n)]


@pytest.mark.parametrize(
    "text",
    ["nurse", "NURSES", "night nurse", '"night nurse"', "nurse -clerk", "nurse parcels", "nurse Lyon Northwind"],
)
def test_words_are_found_in_any_field_and_form(small_index: CatalogIndex, text: str) -> None:
    page = search(small_index, Query(text=text))
    assert [item.title for item in page.items] == ["Night nurse"]
    assert not page.approximate


def test_all_words_must_occur(small_index: CatalogIndex) -> None:
    assert search(small_index, Query(text="nurse clerk")).total == 0
    assert search(small_index, Query(text='"nurse night"')).total == 0


def test_a_minus_excludes(small_index: CatalogIndex) -> None:
    assert search(small_index, Query(text="-nurse")).total == 39
    assert search(small_index, Query(text='-"night nurse" clerk')).total == 39


def test_a_word_typed_wrongly_finds_what_was_meant_and_says_so(small_index: CatalogIndex) -> None:
    page = search(small_index, Query(text="wharehouse"))
    assert (page.total, page.approximate) == (39, True)
    assert search(small_index, Query(text="zzzzzzzz")).approximate is False


def test_names_with_signs_are_words_of_their_own(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(
        make_posting(1, title="C++ developer"),
        make_posting(2, title="C# developer"),
        make_posting(3, title="Node.js developer"),
        make_posting(4, title="Développeur"),
    )
    for text, title in (
        ("c++", "C++ developer"),
        ("C#", "C# developer"),
        ("node.js", "Node.js developer"),
        ("developpeur", "Développeur"),
    ):
        assert [item.title for item in search(index, Query(text=text)).items] == [title]


def test_skills_are_found_by_name(make_posting: MakePosting, opened: Opened) -> None:
    skill = next(iter(taxonomy().index))
    index = opened(make_posting(1, skills=(skill,)), make_posting(2, skills=()))
    (name,) = taxonomy().names((skill,))
    assert [item.skills for item in search(index, Query(text=f'"{name}"')).items] == [(skill,)]


def test_a_word_in_the_title_counts_more_than_one_in_the_description(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(
        make_posting(1, title="Clerk", description_text="You work with a baker."),
        make_posting(2, title="Baker", description_text="You work with a clerk."),
    )
    assert [item.title for item in search(index, Query(text="baker")).items] == ["Baker", "Clerk"]


def test_filters_are_exact(small_index: CatalogIndex) -> None:
    everything = _all(small_index)
    remote = [item.id for item in everything if item.work_mode is WorkMode.REMOTE]
    french = [item.id for item in everything if item.places[0].country == "FR"]
    paid = [item.id for item in everything if item.pay and item.pay.minimum and item.pay.minimum >= 20_000]
    for query, expected in (
        (Query(work_mode=WorkMode.REMOTE, limit=100), remote),
        (Query(country="fr", limit=100), french),
        (Query(min_pay=20_000, limit=100), paid),
        (Query(country="FR", min_pay=20_000, text="clerk", limit=100), sorted({*french} & {*paid})),
        (Query(seniority=Seniority.MID, source="board", limit=100), small_index.ids),
        (Query(seniority=Seniority.LEAD), []),
        (Query(source="elsewhere"), []),
        (Query(country="XX"), []),
    ):
        page = search(small_index, query)
        assert sorted(item.id for item in page.items) == sorted(expected)
        assert page.total == len(expected)


def test_a_posting_counts_for_each_of_its_countries(make_posting: MakePosting, opened: Opened) -> None:
    places = tuple(Place(text=code, country=code) for code in ("AT", "BE", "CH", "DK", "EE", "AT"))
    index = opened(make_posting(1, places=places, remote_countries=("FI",)), make_posting(2, places=()))
    for code in ("AT", "EE", "FI"):
        assert search(index, Query(country=code)).total == 1
    assert search(index, Query()).facets["country"] == dict.fromkeys(("AT", "BE", "CH", "DK", "EE", "FI"), 1)


def test_pay_is_compared_by_its_highest_stated_end_in_dollars_a_year(make_posting: MakePosting, opened: Opened) -> None:
    monthly = Pay(minimum=5_000, maximum=6_000, currency="USD", period=PayPeriod.MONTH)
    index = opened(make_posting(1, pay=monthly), make_posting(2, pay=None))
    assert search(index, Query(min_pay=71_000)).total == 1
    assert search(index, Query(min_pay=73_000)).total == 0
    assert search(index, Query(min_pay=0)).total == 1


def test_facets_count_all_results_of_the_query(small_index: CatalogIndex) -> None:
    page = search(small_index, Query(text="clerk", work_mode=WorkMode.REMOTE, limit=1))
    assert page.total == 19
    assert page.facets == {
        "country": {"DE": 19},
        "work_mode": {"remote": 19},
        "seniority": {"mid": 19},
        "source": {"board": 19},
    }


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("text", ["", "clerk"])
def test_pages_follow_each_other_without_gap_or_repetition(small_index: CatalogIndex, sort: Sort, text: str) -> None:
    pages = _pages(small_index, Query(text=text, sort=sort, limit=7))
    ids = [item.id for page in pages for item in page.items]
    assert len(ids) == len(set(ids)) == pages[0].total
    assert {page.total for page in pages} == {pages[0].total}


def test_newest_come_first_and_the_undated_last(make_posting: MakePosting, opened: Opened) -> None:
    moments = [MOMENT, None, MOMENT + timedelta(days=2), MOMENT + timedelta(hours=1)]
    index = opened(*(make_posting(number, posted_at=moment) for number, moment in enumerate(moments)))
    for query in (Query(sort=Sort.NEWEST), Query(), Query(text="clerk", sort=Sort.NEWEST)):
        assert [item.posted_at for item in search(index, query).items] == [moments[2], moments[3], MOMENT, None]


def test_a_cursor_of_another_query_or_of_nobody_is_refused(small_index: CatalogIndex) -> None:
    given_out = search(small_index, Query(text="clerk")).next_cursor
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
    other = opened(*(make_posting(number) for number in range(25)))
    page = search(other, Query(text="clerk", limit=10, cursor=first.next_cursor))
    assert len(page.items) == 10
    assert page.index_version == other.version != first.index_version
    few = opened(make_posting(1))
    assert search(few, Query(text="clerk", limit=10, cursor=first.next_cursor)).items == ()


_syntax = st.text(
    alphabet=st.one_of(st.sampled_from(list("\"'()[]{}:^~*?+-!&|/\\ \t\n\0<>=,.#@aAZé日")), st.characters()),
    max_size=60,
)
_words = st.lists(
    st.sampled_from(
        ["nurse", "AND", "OR", "NOT", "IN", "TO", "title:", "slot:1", "[a TO", "}", '"', "*", "-", "x~9", "^9"]
    )
).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(_syntax, _words))
def test_nothing_that_a_person_types_is_an_error(small_index: CatalogIndex, text: str) -> None:
    page = search(small_index, Query(text=text))
    assert 0 <= page.total <= small_index.n
    assert len(page.items) == min(20, page.total)


@settings(max_examples=100, deadline=None)
@given(
    country=st.none() | st.text(max_size=3),
    source=st.none() | st.text(max_size=8),
    min_pay=st.none() | st.floats(min_value=0, allow_nan=False),
    text=st.sampled_from(["", "clerk", "nurse"]),
)
def test_no_filter_is_an_error(
    small_index: CatalogIndex, country: str | None, source: str | None, min_pay: float | None, text: str
) -> None:
    page = search(small_index, Query(text=text, country=country, source=source, min_pay=min_pay))
    assert page.total == sum(page.facets["source"].values())


@settings(max_examples=200, deadline=None)
@given(raw=st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda b: b.hex())))
def test_a_made_up_cursor_is_refused_or_nothing_worse(small_index: CatalogIndex, raw: str) -> None:
    with pytest.raises(InvalidCursorError):
        cursor.read(Query(cursor=raw))
