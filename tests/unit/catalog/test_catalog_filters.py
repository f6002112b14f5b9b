"""Places, pay, age, skills and what else narrows a search; what is hidden, and what is said of it."""

import math
import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Query, Sort
from jobtracker.catalog.search import posting_info, search
from jobtracker.postings.model import Pay, PayPeriod, Place, WorkMode
from jobtracker.postings.places import read_places
from jobtracker.skills.taxonomy import taxonomy
from tests.unit.catalog.conftest import MOMENT, MakePosting, Opened, stored

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


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Illinois", ["Chicago, IL", "Illinois, US"]),
        ("Bavaria", ["München"]),
        ("Scotland", ["Glasgow, UK"]),
        ("United Kingdom", ["Glasgow, UK", "Leeds, UK"]),
        # Where nobody knows an area's cities it is the whole country, as the answer says.
        ("Catalonia", ["Madrid, Spain"]),
    ],
)
def test_a_region_is_all_of_it_and_nothing_else(
    make_posting: MakePosting, opened: Opened, place: str, found: list[str]
) -> None:
    names = (
        "Chicago, IL",
        "Illinois, US",
        "Boston, MA",
        "München",
        "Berlin",
        "Glasgow, UK",
        "Leeds, UK",
        "Madrid, Spain",
    )
    index = opened(*(make_posting(at, places=read_places(name)) for at, name in enumerate(names)))
    page = search(index, Query(place=place))
    assert sorted(item.places[0].text for item in page.items) == found
    assert page.place is not None
    assert (page.place.city, page.place.region is None) == (None, place in {"United Kingdom", "Catalonia"})
