from urllib.parse import urlsplit

import pytest

from jobtracker.sources.listing import Listing, listings
from jobtracker.sources.model import SourceState, Terms
from jobtracker.sources.registry import sources
from jobtracker.sources.source import Source


class _NotedError(Exception):
    """Raised in place of a request."""


class _Asked:
    """Stands for the client: notes the address and asks nobody."""

    def get(self, url: str, **_: str | None) -> None:
        raise _NotedError(url)


def test_every_source_has_a_listing_and_every_listing_a_source() -> None:
    assert list(sources()) == list(listings())


@pytest.mark.parametrize("source", sources().values(), ids=lambda one: one.id)
def test_a_source_is_what_its_listing_says(source: Source) -> None:
    facts = ("id", "name", "homepage", "host", "attribution", "terms", "every_hours")
    assert {fact: getattr(source, fact) for fact in facts} == {
        fact: getattr(listings()[source.id], fact) for fact in facts
    }


@pytest.mark.parametrize("listing", listings().values(), ids=lambda one: one.id)
def test_a_listing_names_credit_terms_host_and_limits(listing: Listing) -> None:
    assert listing.name
    assert listing.attribution
    assert listing.host
    assert listing.homepage.startswith("https://")
    assert listing.terms in Terms
    assert 1 <= listing.every_hours <= 168


@pytest.mark.parametrize("source", [one for one in sources().values() if one.id != "sample"], ids=lambda one: one.id)
def test_a_source_asks_the_host_that_it_names_over_https(source: Source) -> None:
    with pytest.raises(_NotedError) as noted:
        source.fetch(_Asked(), SourceState(source_id=source.id))  # type: ignore[arg-type]
    address = urlsplit(str(noted.value))
    assert (address.scheme, address.netloc) == ("https", source.host)
