"""A place that nobody knows is the large city one slip of the finger away, and what is a place stays what it is."""

import pytest

from jobtracker.postings.place_slips import slip


@pytest.mark.parametrize(
    ("typed", "what", "city", "country"),
    [
        ("Berlni", "Berlni", "Berlin", "DE"),
        ("berlinn", "berlinn", "Berlin", "DE"),
        ("Stuttgrat", "Stuttgrat", "Stuttgart", "DE"),
        ("Londno", "Londno", "London", "GB"),
        ("Zürihc", "Zürihc", "Zürich", "CH"),
        ("Munchne", "Munchne", "Munich", "DE"),
        ("New Yrok", "New Yrok", "New York City", "US"),
        ("Wein", "Wein", "Vienna", "AT"),
        ("Berlni, Germany", "Berlni", "Berlin", "DE"),
        ("Springfeild, IL", "Springfeild", "Springfield", "US"),
    ],
)
def test_a_slip_is_read_as_the_large_city_that_was_meant(typed: str, what: str, city: str, country: str) -> None:
    found = slip(typed)
    assert found is not None
    assert (found.typed, found.meant) == (what, city)
    assert (found.place.city, found.place.country) == (city, country)
    assert found.place.latitude is not None


@pytest.mark.parametrize(
    "typed",
    [
        *("Berlin", "Germany", "Bavaria", "Paris, TX", "Tokio", "San Fransisco"),
        # Several places of one name are not one that nobody knows.
        *("Cambridge", "Valencia"),
        *("Remote", "Remote, Germany", "Europe", "Anywhere", "Home", "Home office", "Nowhere-on-Sea upon Blah"),
        # Another country's city was not meant.
        "Berlni, France",
        *("", " ", ",,,", "Mid", "x" * 500, "東京x", "\ud800"),
    ],
)
def test_what_is_a_place_or_nothing_like_one_stays_what_it_is(typed: str) -> None:
    assert slip(typed) is None
