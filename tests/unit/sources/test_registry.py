"""Every source that there is has what it takes: a fixture, a credit, conditions, limits, and a host that it asks."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from jobtracker.sources import listing
from jobtracker.sources.boards import sample
from jobtracker.sources.model import CompanyListing, Listing, SourceKind, Terms
from jobtracker.sources.registry import board_sources, company_systems, source
from jobtracker.sources.source import Source, Visit
from tests.fakes.job_answers import FOLDER, NOW
from tools.listings import FILE, document

BOARDS = [one for one in board_sources().values() if one.listing.id != sample.LISTING.id]
SYSTEMS = [module.LISTING for module in company_systems().values()]
# A company's system that has another of its own kind elsewhere answers in the same shape.
SHAPES = {"greenhouse-eu": "greenhouse", "lever-eu": "lever", "personio-com": "personio"}
DOCUMENT = Path(__file__).parents[3] / "docs" / "sources.md"
TOKENS = {"workday": "ferrymoor.wd5~External"}


class _NotedError(Exception):
    """Raised in place of a request."""


class _Asked:
    """Stands for the client: notes the address and asks nobody."""

    def get(self, url: str, **_: Any) -> None:
        raise _NotedError(url)

    def post_json(self, url: str, *_: Any, **__: Any) -> None:
        raise _NotedError(url)


class _EverySecret(dict[str, str]):
    def get(self, name: str, default: Any = None) -> Any:
        return f"secret of {name}"


def _token(system: str) -> str:
    return TOKENS.get(system, "ferrymoor")


def _first_address(one: Source) -> str:
    with pytest.raises(_NotedError) as noted:
        one.fetch(Visit(_Asked(), NOW, secrets=_EverySecret()))  # type: ignore[arg-type]  # a stand-in
    return str(noted.value)


def test_the_boards_are_those_that_the_tracker_is_meant_to_read() -> None:
    assert set(board_sources()) == {
        *("remoteok", "remotive", "arbeitnow", "jobicy", "himalayas", "weworkremotely", "workingnomads", "hackernews"),
        *("nodesk", "adzuna", "usajobs", "reed", "linkedin", "wellfound", "sample"),
    }


def test_the_systems_are_those_that_the_tracker_is_meant_to_read() -> None:
    assert {SHAPES.get(system.id, system.id) for system in SYSTEMS} == {
        *("greenhouse", "lever", "ashby", "workable", "smartrecruiters", "recruitee", "personio", "teamtailor"),
        "workday",
    }


@pytest.mark.parametrize("source_id", [one.listing.id for one in BOARDS] + [system.id for system in SYSTEMS])
def test_every_source_has_an_answer_of_our_own_writing_named_after_it(source_id: str) -> None:
    name = SHAPES.get(source_id, source_id)
    assert len(list(FOLDER.glob(f"{name}.*"))) == 1


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one.id)
def test_a_system_s_listing_is_whole(system: CompanyListing) -> None:
    _check_listing(system.of(_token(system.id), "Ferrymoor"))
    # Workday's pages of twenty may be asked for faster than once a second.
    assert system.politeness.between_s >= (0.25 if system.id == "workday" else 1)
    assert system.addresses
    assert "Ferrymoor" in system.of(_token(system.id), "Ferrymoor").attribution


@pytest.mark.parametrize("one", BOARDS, ids=lambda one: one.listing.id)
def test_a_board_s_listing_is_whole(one: Source) -> None:
    _check_listing(one.listing)
    assert one.listing.politeness.between_s >= 1
    assert one.listing.kind is SourceKind.BOARD


def _check_listing(one: Listing) -> None:
    assert one.name
    assert one.attribution.startswith(("Source: ", "Jobs by "))
    assert len(one.conditions) > 20
    assert one.homepage.startswith("https://")
    assert "{" not in one.homepage + one.host + one.attribution
    assert 1 <= one.every_hours <= 24
    assert one.politeness.trips_at >= 1
    assert (one.terms is Terms.KEY) == bool(one.secrets)
    assert not (one.on and one.terms is not Terms.OPEN)


@pytest.mark.parametrize("one", BOARDS, ids=lambda one: one.listing.id)
def test_a_board_asks_the_host_that_it_names_over_https(one: Source) -> None:
    address = urlsplit(_first_address(one))
    assert (address.scheme, address.netloc) == ("https", one.listing.host)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one.id)
def test_a_company_s_board_asks_the_host_that_it_names_over_https(system: CompanyListing) -> None:
    board = source(f"{system.id}:{_token(system.id)}")
    assert board is not None
    address = urlsplit(_first_address(board))
    assert (address.scheme, address.netloc) == ("https", board.listing.host)


def test_what_shows_sources_without_reading_them_knows_the_same() -> None:
    assert document() == FILE.read_text(), "run: python -m tools.listings"
    shown = listing.listings()
    assert {board_id: shown[board_id] for board_id in board_sources()} == {
        board_id: one.listing for board_id, one in board_sources().items()
    }
    assert listing.systems() == {system.id: system for system in SYSTEMS}


@pytest.mark.parametrize("one", BOARDS, ids=lambda one: one.listing.id)
def test_the_documentation_tells_a_board_s_terms_and_credit(one: Source) -> None:
    (row,) = [row for row in DOCUMENT.read_text().splitlines() if row.startswith(f"| `{one.listing.id}` |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[2] == f"{one.listing.every_hours} hours"
    assert cells[4].startswith(one.listing.terms.value)
    assert cells[5] == one.listing.attribution


def test_the_documentation_names_every_system() -> None:
    rows = [row for row in DOCUMENT.read_text().splitlines() if row.startswith("| `")]
    for system in SYSTEMS:
        assert any(f"`{system.id}`" in row for row in rows)


def test_every_source_s_id_is_its_own() -> None:
    boards = [one.listing.id for one in board_sources().values()]
    systems = [system.id for system in SYSTEMS]
    assert len({*boards, *systems}) == len(boards) + len(systems)
    assert not {"own", "import", "mail"} & {*boards, *systems}
    assert not [source_id for source_id in (*boards, *systems) if ":" in source_id]


@pytest.mark.parametrize("source_id", ["", "nosuch", "greenhouse", "greenhouse:", "greenhouse:../x", "nosuch:x"])
def test_an_id_of_no_source_has_none(source_id: str) -> None:
    assert source(source_id) is None
    assert listing.find(source_id) is None


def test_a_company_of_the_directory_is_read_as_it_is_shown() -> None:
    for source_id, shown in list(listing.listings().items())[-50:]:
        board = source(source_id)
        assert board is not None
        assert board.listing.model_copy(update={"on": shown.on}) == shown
