"""What every source is called, where it is and what it asks: known without what it takes to read them.

``data/listings.json`` is written by ``python -m tools.listings`` from the sources' own modules, and a test fails when
the two differ; ``data/companies.csv`` is the directory of companies whose board is known.
"""

import csv
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources

from pydantic import BaseModel

from jobtracker.sources.addresses import boards_in, domain_of, name_key, registered
from jobtracker.sources.model import CompanyListing, Listing, Terms

# How alike two names are that a slip of the finger tells apart: one letter of six or more.
_ALIKE = 0.83
_LONGEST_SEARCH = 300


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
    return system.of(token, company or token) if system is not None and system.accepts(token) else None


@cache
def _restricted() -> dict[str, Listing]:
    return {registered(one.host): one for one in _all().boards if one.terms is Terms.RESTRICTED}


def restricted(host: str) -> Listing | None:
    """The board that this host is of and whose terms forbid programs to read it, None where it is of none."""
    return _restricted().get(registered(host.lower()))


def search_companies(text: str, limit: int = 20) -> list[Company]:
    """The companies that ``text`` names, the likeliest first; all of them, by name, where it names nothing.

    ``text`` is a name or its beginning (a slip of the finger is forgiven), a web address, or a board's address: a board
    that the directory does not have is given with its token for a name.
    """
    wanted = text[:_LONGEST_SEARCH]
    key = name_key(wanted)
    if not key:
        return sorted(directory().values(), key=lambda one: one.name.casefold())[:limit]
    if boards := boards_in(wanted, systems().values()):
        return [_company(*board) for board in boards[:limit]]
    if domain := domain_of(wanted):
        return _by_domain(domain)[:limit]
    ranked = [(_likeness(key, name_key(one.name)), one) for one in directory().values()]
    found = sorted((pair for pair in ranked if pair[0] > 0), key=lambda pair: (-pair[0], len(pair[1].name)))
    return [one for _, one in found[:limit]]


def _company(system: str, token: str) -> Company:
    known = directory().get(f"{system}:{token}") or directory().get(f"{system}:{token.lower()}")
    return known or Company(system, token, token, (), on=False)


def _by_domain(domain: str) -> list[Company]:
    """The companies at a domain; one at another of the same registered name ("acme.de", "acme.com") comes after."""
    whole = registered(domain)
    label = whole.partition(".")[0]
    exact = [one for one in directory().values() if domain in one.domains or whole in one.domains]
    alike = [
        one
        for one in directory().values()
        if one not in exact and any(registered(own).partition(".")[0] == label for own in one.domains)
    ]
    return exact + alike


def _likeness(key: str, name: str) -> float:
    """How well a name fits what was typed: 2 the same, above 1 its beginning or a part of it, else how alike; 0 not."""
    if key == name:
        return 2.0
    if name.startswith(key):
        return 1.5
    if len(key) >= 3 and key in name:
        return 1.2
    matcher = SequenceMatcher(None, key, name, autojunk=False)
    alike = matcher.ratio() if min(len(key), len(name)) > 3 and matcher.real_quick_ratio() >= _ALIKE else 0.0
    return alike if alike >= _ALIKE else 0.0
