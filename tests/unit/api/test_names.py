"""What the API calls things, without loading what it takes to read them."""

import pytest

from functions.api import names
from jobtracker.sources.listing import Listing, listings
from jobtracker.sources.registry import sources


def test_every_source_that_is_read_is_listed_and_no_other() -> None:
    assert list(listings()) == list(sources())


@pytest.mark.parametrize("listing", listings().values(), ids=lambda listing: listing.id)
def test_a_listing_says_what_its_source_says(listing: Listing) -> None:
    source = sources()[listing.id]
    for fact in Listing.__slots__:
        assert getattr(source, fact) == getattr(listing, fact), fact


def test_ids_that_are_no_longer_known_are_their_own_names() -> None:
    assert names.skill_name("no-such-skill") == "no-such-skill"
    assert names.source_name("no-such-source") == "no-such-source"
