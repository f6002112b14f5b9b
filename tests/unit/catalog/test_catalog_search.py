"""Searching the index."""

import math
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.catalog import cursor, snapshot
from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import InvalidCursorError, Page, PostingSummary, Query, Sort
from jobtracker.catalog.search import posting_info, search
from jobtracker.postings.model import Pay, PayPeriod, Place, Posting, Seniority, WorkMode
from jobtracker.skills.taxonomy import taxonomy
from tests.unit.catalog.conftest import MOMENT, MakePosting, Opened, stored


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
        (Query(work_modes=(WorkMode.REMOTE,), limit=100), remote),
        (Query(work_modes=(WorkMode.REMOTE, WorkMode.ONSITE), limit=100), small_index.ids),
        (Query(countries=("fr",), limit=100), french),
        (Query(countries=("FR", "DE"), limit=100), small_index.ids),
        (Query(min_pay=20_000, limit=100), paid),
        (Query(countries=("FR",), min_pay=20_000, text="clerk", limit=100), sorted({*french} & {*paid})),
        (Query(seniorities=(Seniority.MID,), sources=("board",), limit=100), small_index.ids),
        (Query(seniorities=(Seniority.LEAD,)), []),
        (Query(sources=("elsewhere",)), []),
        (Query(countries=("XX",)), []),
        (Query(companies=("northwind",), limit=100), small_index.ids),
        (Query(companies=("Southwind",)), []),
    ):
        page = search(small_index, query)
        assert sorted(item.id for item in page.items) == sorted(expected)
        assert page.total == len(expected)


def test_a_posting_counts_for_each_of_its_countries(make_posting: MakePosting, opened: Opened) -> None:
    places = tuple(Place(text=code, country=code) for code in ("AT", "BE", "CH", "DK", "EE", "AT"))
    index = opened(make_posting(1, places=places, remote_countries=("FI",)), make_posting(2, places=()))
    for code in ("AT", "EE", "FI"):
        assert search(index, Query(countries=(code,))).total == 1
    assert search(index, Query()).facets["country"] == dict.fromkeys(("AT", "BE", "CH", "DK", "EE", "FI"), 1)


def test_pay_is_compared_by_its_highest_stated_end_in_dollars_a_year(make_posting: MakePosting, opened: Opened) -> None:
    monthly = Pay(minimum=5_000, maximum=6_000, currency="USD", period=PayPeriod.MONTH)
    index = opened(make_posting(1, pay=monthly), make_posting(2, pay=None))
    assert search(index, Query(min_pay=71_000)).total == 1
    assert search(index, Query(min_pay=73_000)).total == 0
    assert search(index, Query(min_pay=0)).total == 1


def test_facets_count_all_results_of_the_query(small_index: CatalogIndex) -> None:
    page = search(small_index, Query(text="clerk", work_modes=(WorkMode.REMOTE,), limit=1), now=MOMENT)
    assert page.total == 19
    names = ("country", "seniority", "source", "employment_type", "pay")
    assert {facet: page.facets[facet] for facet in names} == {
        "country": {"DE": 19},
        "seniority": {"mid": 19},
        "source": {"board": 19},
        "employment_type": {},
        "pay": {"under_50k": 15, "unknown": 4},
    }
    assert page.facets["skill"] == dict.fromkeys(list(taxonomy().index)[:2], 19)


@pytest.mark.parametrize(
    "query",
    [
        Query(text="clerk"),
        Query(text="clerk -warehouse"),
        Query(text='"night nurse"', countries=("FR", "DE")),
        Query(text="wharehouse", work_modes=(WorkMode.REMOTE,)),
        Query(min_pay=10_000, pay_unknown=True, posted_within_days=20),
        Query(countries=("FR",), companies=("Northwind",)),
    ],
)
def test_many_postings_are_counted_from_sets_to_the_same_numbers(
    small_index: CatalogIndex, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over = search(small_index, query, now=MOMENT)
    monkeypatch.setattr("jobtracker.catalog.members._FEW", 1)
    for _ in range(2):
        small_index.counted.clear()
        from_sets = search(small_index, query, now=MOMENT)
        assert (from_sets.total, from_sets.facets) == (handed_over.total, handed_over.facets)


def test_a_facet_counts_what_its_own_filter_left_out(small_index: CatalogIndex) -> None:
    page = search(small_index, Query(text="clerk", work_modes=(WorkMode.REMOTE,), countries=("DE",)))
    assert page.facets["work_mode"] == {"remote": 19, "onsite": 10}
    assert page.facets["country"] == {"DE": 19}


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


LONDON = Place(text="London", city="London", country="GB", latitude=51.507, longitude=-0.128)
READING = Place(text="Reading", city="Reading", country="GB", latitude=51.454, longitude=-0.973)
LEEDS = Place(text="Leeds", city="Leeds", country="GB", latitude=53.8, longitude=-1.549)


def _numbers(index: CatalogIndex, query: Query, **more: Any) -> list[int]:
    """The numbers in the titles of what is found."""
    return sorted(int(item.title.split()[-1]) for item in search(index, query, **more).items)


def test_a_radius_is_measured_from_every_place_of_a_posting(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(
        make_posting(1, places=(LONDON,)),
        make_posting(2, places=(LEEDS, READING)),
        make_posting(3, places=(LEEDS,)),
        make_posting(4, places=()),
    )
    assert _numbers(index, Query(place="London", km=50)) == [1]
    assert _numbers(index, Query(place="London, UK", km=60)) == [1, 2]
    assert _numbers(index, Query(latitude=53.8, longitude=-1.55, km=1)) == [2, 3]
    assert _numbers(index, Query(place="London", km=20_000)) == [1, 2, 3]
    assert _numbers(index, Query(place="United Kingdom")) == [1, 2, 3]
    page = search(index, Query(place="London"))
    assert page.place is not None
    assert page.place.city == "London"
    nowhere = search(index, Query(place="Nowhere-on-Sea upon Blah"))
    assert (nowhere.total, nowhere.place) == (0, None)


@settings(max_examples=40, deadline=None)
@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), km=st.floats(1, 20_000))
def test_whatever_the_circle_it_holds_exactly_what_lies_in_it(
    world: tuple[CatalogIndex, list[Place]], latitude: float, longitude: float, km: float
) -> None:
    index, places = world
    found = set(_numbers(index, Query(latitude=latitude, longitude=longitude, km=km, limit=100)))
    for number, place in enumerate(places):
        away = _km(latitude, longitude, place.latitude or 0, place.longitude or 0)
        if abs(away - km) > 0.2:
            assert (number in found) == (away < km)


def _km(north: float, east: float, other_north: float, other_east: float) -> float:
    a, b = math.radians(north), math.radians(other_north)
    straight = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(math.radians(east - other_east))
    return 6371.0088 * math.acos(max(-1.0, min(1.0, straight)))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, make_posting: MakePosting) -> tuple[CatalogIndex, list[Place]]:
    """A posting in each of sixty places all over the world."""
    drawn = random.Random(5)
    places = [
        Place(text=f"place {number}", latitude=drawn.uniform(-89, 89), longitude=drawn.uniform(-180, 180))
        for number in range(60)
    ]
    directory = tmp_path_factory.mktemp("world") / "index"
    build((stored(make_posting(number, places=(place,))) for number, place in enumerate(places)), None, directory)
    return CatalogIndex.open(directory), places


def test_remote_work_is_found_by_where_it_may_be_done_from(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(
        make_posting(1, work_mode=WorkMode.REMOTE, places=(), remote_countries=("DE", "AT")),
        make_posting(2, work_mode=WorkMode.REMOTE, places=(), remote_countries=()),
        make_posting(3, work_mode=WorkMode.REMOTE, places=(LONDON,)),
        make_posting(4, work_mode=WorkMode.ONSITE),
    )
    assert _numbers(index, Query(remote_from="de")) == [1, 2]
    assert _numbers(index, Query(remote_from="GB")) == [2, 3]


def test_unknown_pay_can_be_let_in_and_pay_sorts_with_the_unknown_last(
    make_posting: MakePosting, opened: Opened
) -> None:
    amounts = {1: 60_000, 2: 250_000, 3: None, 4: 90_000}
    index = opened(
        *(
            make_posting(number, pay=amount and Pay(minimum=float(amount), currency="USD", period=PayPeriod.YEAR))
            for number, amount in amounts.items()
        )
    )
    assert _numbers(index, Query(min_pay=80_000)) == [2, 4]
    assert _numbers(index, Query(min_pay=80_000, pay_unknown=True)) == [2, 3, 4]
    assert search(index, Query(min_pay=80_000)).facets["pay"] == {
        "50k_100k": 2,
        "over_200k": 1,
        "unknown": 1,
    }
    for text in ("", "clerk"):
        page = search(index, Query(text=text, sort=Sort.PAY))
        assert [item.title.split()[-1] for item in page.items] == ["2", "4", "1", "3"]


def test_age_type_and_skills_narrow(make_posting: MakePosting, opened: Opened) -> None:
    first, second, third = list(taxonomy().index)[:3]
    index = opened(
        make_posting(1, posted_at=MOMENT - timedelta(days=3), employment_type="contract", skills=(first, second)),
        make_posting(2, posted_at=MOMENT - timedelta(days=20), employment_type="full_time", skills=(second, third)),
        make_posting(3, posted_at=None, employment_type=None, skills=()),
    )
    assert _numbers(index, Query(posted_within_days=7), now=MOMENT) == [1]
    assert _numbers(index, Query(posted_within_days=20), now=MOMENT) == [1, 2]
    assert search(index, Query(posted_within_days=7), now=MOMENT).facets["age"] == {"7": 1, "30": 2, "90": 2}
    assert _numbers(index, Query(employment_types=("contract", "internship"))) == [1]
    assert _numbers(index, Query(skills=(second,))) == [1, 2]
    assert _numbers(index, Query(skills=(second, third))) == [2]
    assert search(index, Query()).facets["skill"] == {second: 2, first: 1, third: 1}


def test_what_has_expired_is_hidden_from_that_hour_on(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(make_posting(1, expires_at=MOMENT), make_posting(2, expires_at=None))
    before = search(index, Query(text="clerk"), now=MOMENT - timedelta(hours=1))
    after = search(index, Query(text="clerk"), now=MOMENT + timedelta(hours=1))
    assert (before.total, before.coverage.expired) == (2, 0)
    assert (after.total, after.coverage.expired, after.coverage.open) == (1, 1, 1)
    assert after.facets["country"] == {"DE": 1}
    assert index.ids == [make_posting(2).id]


def test_coverage_says_what_became_of_all_that_is_held(make_posting: MakePosting, opened: Opened) -> None:
    text = " ".join(f"word{number} that both boards print" for number in range(40))
    twin = {"title": "Baker of bread", "description_text": text, "requisition_id": "R-1"}
    index = opened(
        stored(make_posting(1), closed=True),
        make_posting(2, **twin),
        make_posting(3, source_id="other", **twin),
        make_posting(4),
        make_posting(5),
    )
    seen = search(index, Query(text="clerk 4")).coverage
    assert seen.model_dump() == {"rows": 5, "open": 3, "closed": 1, "duplicates": 1, "expired": 0, "filtered": 2}
    info = posting_info(index, make_posting(3, **twin).id)
    assert info is not None
    assert {one.source_id for one in info.appearances} == {"board", "other"}
    assert (info.company_open, info.open) == (3, True)
    assert posting_info(index, "nobody") is None


@pytest.mark.parametrize("query", [Query(sort=Sort.NEWEST), Query(sort=Sort.PAY), Query(text="clerk")])
def test_pages_neither_repeat_nor_skip_when_the_index_changes_between_them(
    make_posting: MakePosting, tmp_path: Path, query: Query
) -> None:
    def dated(number: int) -> Posting:
        # Many share a day and a pay, and all their texts have as many words.
        pay = Pay(minimum=1_000 * (number % 3), currency="USD", period=PayPeriod.YEAR)
        return make_posting(number, title="Clerk", posted_at=MOMENT + timedelta(days=number % 4), pay=pay)

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
    countries, sources = ((value,) if value is not None else () for value in (country, source))
    query = Query(text=text, countries=countries, sources=sources, min_pay=min_pay, place=country, remote_from=source)
    page = search(small_index, query)
    assert page.total >= len(page.items)
    assert page.total <= sum(page.facets["source"].values())


@settings(max_examples=200, deadline=None)
@given(raw=st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda b: b.hex())))
def test_a_made_up_cursor_is_refused_or_nothing_worse(small_index: CatalogIndex, raw: str) -> None:
    with pytest.raises(InvalidCursorError):
        cursor.read(Query(cursor=raw))
