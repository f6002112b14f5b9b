"""What every source is called, where it is and what it asks: known without what it takes to read them.

``data/listings.json`` is written by ``python -m tools.listings`` from the sources' own modules, and a test fails when
the two differ; ``data/companies.csv`` is the directory of companies whose board is known.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import BaseModel

from jobtracker.sources.model import CompanyListing, Listing


class Listings(BaseModel):
    """The boards of many companies, and the systems by which companies publish their own."""

    boards: tuple[Listing, ...]
    systems: tuple[CompanyListing, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """A company of the directory. ``domains`` are its web addresses; ``on`` whether it is collected from the start."""

    system: str
    token: str
    name: str
    domains: tuple[str, ...]
    on: bool

    @property
    def source_id(self) -> str:
        """The id of its board's source."""
        return f"{self.system}:{self.token}"


def _data(name: str) -> str:
    return resources.files("jobtracker.sources").joinpath("data", name).read_text(encoding="utf-8")


@cache
def _all() -> Listings:
    return Listings.model_validate_json(_data("listings.json"))


@cache
def directory() -> dict[str, Company]:
    """The companies whose board is known, by their source's id."""
    rows = csv.DictReader(_data("companies.csv").splitlines())
    companies = (
        Company(row["system"], row["token"], row["name"], tuple(row["domains"].split()), row["on"] == "yes")
        for row in rows
    )
    return {company.source_id: company for company in companies}


@cache
def systems() -> dict[str, CompanyListing]:
    """The systems by which companies publish their boards, by id."""
    return {system.id: system for system in _all().systems}


@cache
def listings() -> dict[str, Listing]:
    """All sources that are known without anybody naming them, by id: the boards, then the directory's companies."""
    companies = (systems()[one.system].of(one.token, one.name, on=one.on) for one in directory().values())
    return {listing.id: listing for listing in (*_all().boards, *companies)}


def find(source_id: str, company: str | None = None) -> Listing | None:
    """The listing of a source, also of a company's board that the directory does not have; None where there is none."""
    if (known := listings().get(source_id)) is not None:
        return known
    system_id, _, token = source_id.partition(":")
    system = systems().get(system_id)
    return system.of(token, company or token) if system is not None and token else None
