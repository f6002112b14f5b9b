"""Every source that the tracker knows. A module in ``boards`` or ``companies`` is known by lying there."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Protocol, cast

from jobtracker.sources import boards, companies
from jobtracker.sources.listing import directory
from jobtracker.sources.model import CompanyListing
from jobtracker.sources.source import Source


class CompanySystem(Protocol):
    """A module of ``companies``: the system's listing, and one company's board on it."""

    LISTING: CompanyListing

    def board(self, token: str, company: str | None) -> Source:
        """The board that ``token`` names; ``company`` is whose it is, None where only the token is known."""


@cache
def board_sources() -> dict[str, Source]:
    """The boards of many companies, by id."""
    found: list[Source] = [module.SOURCE for module in _modules(boards)]
    return {source.listing.id: source for source in found}


@cache
def company_systems() -> dict[str, CompanySystem]:
    """The systems by which companies publish their own boards, by id."""
    systems = [cast("CompanySystem", module) for module in _modules(companies)]
    return {system.LISTING.id: system for system in systems}


def source(source_id: str, company: str | None = None) -> Source | None:
    """The source with this id, None where there is none.

    Args:
        source_id: a board's id, or ``<system>:<token>``.
        company: what the company is called, for a board that the directory does not have; its token without.
    """
    if (board := board_sources().get(source_id)) is not None:
        return board
    system_id, _, token = source_id.partition(":")
    system = company_systems().get(system_id)
    if system is None or not system.LISTING.accepts(token):
        return None
    known = directory().get(source_id)
    return system.board(token, known.name if known is not None else company)


def _modules(package: ModuleType) -> list[ModuleType]:
    """The modules of a package that are sources, by name."""
    names = sorted(module.name for module in iter_modules(package.__path__))
    return [import_module(f"{package.__name__}.{name}") for name in names]
