"""Each system's board of a company, read over real HTTP from an answer in its own shape."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from jobtracker.postings.model import Pay, PayPeriod, Posting, WorkMode
from jobtracker.sources import normalising
from jobtracker.sources.companies import (
    ashby,
    greenhouse,
    greenhouse_eu,
    lever,
    lever_eu,
    personio,
    personio_com,
    recruitee,
    smartrecruiters,
    teamtailor,
    workable,
    workday,
)
from jobtracker.sources.model import UNCONDITIONAL, SourceError, SourceStatus, Validators
from jobtracker.sources.registry import company_systems, source
from jobtracker.sources.source import Closed, Draft, Page, Record, Rejection, Seen, Visit
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.polite import polite_client

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
NO_LINK = "no link"

# Where each system's board is asked for, and the list in its fixture.
SYSTEMS: dict[str, tuple[Any, Any, str, str, str]] = {
    "greenhouse": (greenhouse.Greenhouse, greenhouse, "ferrymoor", "/v1/boards/ferrymoor/jobs", "greenhouse.json"),
    "lever": (lever.Lever, lever, "kornhaus", "/v0/postings/kornhaus", "lever.json"),
    "ashby": (ashby.Ashby, ashby, "tidewatt", "/posting-api/job-board/tidewatt", "ashby.json"),
    "workable": (workable.Workable, workable, "larkspur", "/api/v1/widget/accounts/larkspur", "workable.json"),
    "smartrecruiters": (
        smartrecruiters.SmartRecruiters,
        smartrecruiters,
        "VetroGroup",
        "/v1/companies/VetroGroup/postings",
        "smartrecruiters.json",
    ),
    "recruitee": (recruitee.Recruitee, recruitee, "veloce", "/api/offers/", "recruitee.json"),
    "personio": (personio.Personio, personio, "lindgruen", "/xml", "personio.xml"),
    "teamtailor": (teamtailor.Teamtailor, teamtailor, "fjordglass", "/jobs.rss", "teamtailor.xml"),
    "workday": (
        workday.Workday,
        workday,
        "sobreiro.wd3~Careers",
        "/wday/cxs/sobreiro/Careers/jobs",
        "workday.json",
    ),
}
Fetch = Callable[..., Page]


@pytest.fixture
def fetch(board: JobBoard) -> Iterator[Fetch]:
    """One page of a system's board, as the board on this machine answers."""
    client = polite_client(board)

    def once(system: str, *, company: str | None = None, **visit: Any) -> Page:
        kind, module, token, _, _ = SYSTEMS[system]
        found: Page = kind(module.LISTING, token, company, base=board.url).fetch(Visit(client, NOW, **visit))
        return found

    yield once
    client.close()


def _read(system: str, page: Page) -> tuple[list[Posting], list[str]]:
    """The page's postings, and why its other records are none."""
    listing = SYSTEMS[system][1].board(SYSTEMS[system][2], None).listing
    read: list[Posting | Rejection] = [
        normalising.read(listing, record, NOW) if isinstance(record, Draft) else record
        for record in page.records
        if not isinstance(record, Seen | Closed)
    ]
    return [one for one in read if isinstance(one, Posting)], [one.reason for one in read if isinstance(one, Rejection)]


@pytest.fixture
def answered(board: JobBoard, fetch: Fetch) -> Callable[[str], tuple[list[Posting], list[str]]]:
    """What becomes of a system's fixture."""

    def read(system: str) -> tuple[list[Posting], list[str]]:
        _, _, _, path, fixture = SYSTEMS[system]
        board.answer(path, Answer(recorded(fixture)))
        return _read(system, fetch(system))

    return read


Answered = Callable[[str], tuple[list[Posting], list[str]]]


def _places(posting: Posting) -> list[tuple[str | None, str | None]]:
    return [(place.city, place.country) for place in posting.places]


def _yearly(low: float | None, high: float | None, currency: str) -> Pay:
    return Pay(minimum=low, maximum=high, currency=currency, period=PayPeriod.YEAR)


def test_greenhouse_offices_say_where_hybrid_is_and_the_company_s_own_fields_say_how(answered: Answered) -> None:
    (lead, deckhand, trainer), refused = answered("greenhouse")
    assert refused == [NO_LINK]
    assert (lead.source_posting_id, lead.requisition_id, lead.title) == ("4100001", "FM-17", "Lead Port Scheduler")
    assert lead.company == "Careers at Ferrymoor"
    assert _places(lead) == [("Rotterdam", "NL")]
    assert (lead.work_mode, lead.employment_type) == (WorkMode.ONSITE, "part-time")
    assert lead.pay == _yearly(62_000, 78_000, "EUR")
    assert lead.posted_at == datetime(2026, 2, 20, 14, tzinfo=UTC)
    assert lead.expires_at == datetime(2026, 4, 16, 3, 59, tzinfo=UTC)
    assert "berths & crews" in lead.description_text
    assert _places(deckhand) == [("Rotterdam", "NL"), ("Bremen", "DE")]
    assert deckhand.company == "ferrymoor"
    assert deckhand.pay == Pay(minimum=18, maximum=23, currency="EUR", period=PayPeriod.HOUR)
    assert trainer.pay == _yearly(35_000, 41_000, "GBP")
    assert trainer.posted_at is None


def test_the_directory_s_name_goes_before_what_the_board_calls_itself(board: JobBoard, fetch: Fetch) -> None:
    board.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
    postings, _ = _read("greenhouse", fetch("greenhouse", company="Ferrymoor"))
    assert {posting.company for posting in postings} == {"Ferrymoor"}


def test_lever_s_text_is_whole_and_its_first_place_has_the_country(answered: Answered) -> None:
    (baker, engineer), refused = answered("lever")
    assert refused == [NO_LINK]
    words = ("two hundred shops", "What you will do", "PLC and Python", "Six years", "thirteen times", "bicycle")
    assert [word for word in words if word not in baker.description_text] == []
    order = [baker.description_text.index(word) for word in words]
    assert order == sorted(order)
    assert _places(baker) == [("Leuven", "BE"), ("Lille", "FR")]
    assert baker.pay == Pay(minimum=3400, maximum=4100, currency="EUR", period=PayPeriod.MONTH)
    assert (baker.work_mode, baker.employment_type) == (WorkMode.ONSITE, "full-time")
    assert baker.posted_at == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert baker.apply_url == f"{baker.url}/apply"
    assert (engineer.work_mode, engineer.remote_countries, engineer.pay) == (WorkMode.REMOTE, ("NL",), None)
    assert "wherever you are" in engineer.description_text


def test_lever_is_asked_for_a_hundred_at_a_time_until_fewer_come(board: JobBoard, fetch: Fetch) -> None:
    record = json.loads(recorded("lever.json"))[1]
    full = json.dumps([record | {"id": f"p{number}"} for number in range(100)]).encode()
    board.answer("/v0/postings/kornhaus?mode=json&skip=0&limit=100", Answer(full, headers={"ETag": '"a"'}))
    board.answer("/v0/postings/kornhaus?mode=json&skip=100&limit=100", Answer(b"[]", headers={"ETag": '"b"'}))
    first = fetch("lever")
    last = fetch("lever", cursor=first.next)
    assert (first.next, first.validators) == ("100", UNCONDITIONAL)
    assert (list(last.records), last.next, last.validators) == ([], None, UNCONDITIONAL)


def test_ashby_hides_what_is_not_listed_and_states_hybrid_where_it_marks_remote(answered: Answered) -> None:
    (modeller, diver), refused = answered("ashby")
    assert refused == [NO_LINK]
    assert _places(modeller) == [("Toronto", "CA"), ("Brest", "FR"), (None, "IE")]
    assert modeller.work_mode is WorkMode.HYBRID
    assert modeller.pay == _yearly(110_000, 150_000, "CAD")
    assert modeller.posted_at == datetime(2026, 3, 2, 10, 15, 30, 250_000, tzinfo=UTC)
    assert (diver.work_mode, diver.remote_countries) == (WorkMode.REMOTE, ("GB",))
    assert diver.pay == Pay(minimum=45, maximum=60, currency="GBP", period=PayPeriod.HOUR)
    assert (diver.employment_type, diver.company) == ("contract", "tidewatt")


def test_ashby_is_given_thirty_seconds_of_silence() -> None:
    assert ashby.LISTING.politeness.silence_s == 30


def test_workable_s_page_is_told_from_its_form_and_hidden_places_are_left_out(answered: Answered) -> None:
    (planner, dispatcher), refused = answered("workable")
    assert refused == ["no id"]
    assert (planner.company, planner.requisition_id) == ("Larkspur Freight", "LF-22")
    assert planner.url == "https://apply.workable.com/j/5F0A1B2C3D"
    assert planner.apply_url == "https://apply.workable.com/larkspur/j/5F0A1B2C3D/apply/"
    assert _places(planner) == [("Leeds", "GB"), ("Łódź", "PL")]
    assert planner.work_mode is WorkMode.HYBRID
    assert planner.posted_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert dispatcher.url == "https://apply.workable.com/larkspur/j/6E0A1B2C3D/"
    assert (dispatcher.work_mode, dispatcher.remote_countries) == (WorkMode.REMOTE, ("GR",))


def test_smartrecruiters_is_blocked_as_long_as_its_robots_txt_turns_us_away(board: JobBoard, fetch: Fetch) -> None:
    board.answer("/robots.txt", Answer(b"User-agent: *\nDisallow: /\n"))
    board.answer("/v1/companies/VetroGroup/postings", Answer(recorded("smartrecruiters.json")))
    with pytest.raises(SourceError) as caught:
        fetch("smartrecruiters")
    assert caught.value.status is SourceStatus.BLOCKED
    assert board.requests == []


def test_recruitee_s_requirements_are_read_too_and_its_pay_is_a_number_in_text(answered: Answered) -> None:
    (mechanic, developer), refused = answered("recruitee")
    assert refused == [NO_LINK]
    assert mechanic.pay == Pay(minimum=2600, maximum=3100, currency="EUR", period=PayPeriod.MONTH)
    assert "Mend what the town" in mechanic.description_text
    assert "true a wheel" in mechanic.description_text
    assert "May you work in the EU & the UK?" in mechanic.description_text
    assert _places(mechanic) == [("Utrecht", "NL"), ("Antwerp", "BE")]
    assert (mechanic.work_mode, mechanic.employment_type) == (WorkMode.ONSITE, "part-time")
    assert (mechanic.company, mechanic.requisition_id) == ("Veloce BV", "VE-9")
    assert mechanic.posted_at == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert mechanic.expires_at == datetime(2026, 4, 30, 23, 59, tzinfo=UTC)
    assert mechanic.apply_url == "https://veloce.recruitee.com/o/bike-mechanic/c/new"
    assert (_places(developer), developer.work_mode, developer.pay) == ([("Gdańsk", "PL")], None, None)


def test_personio_has_no_addresses_and_several_offices(answered: Answered) -> None:
    (planner, clerk), refused = answered("personio")
    assert refused == ["no id"]
    assert planner.url == "https://lindgruen.jobs.personio.de/job/310401"
    assert (planner.title, planner.company) == ("Netzplaner", "Lindgrün Energie GmbH")
    assert [country for _, country in _places(planner)] == ["DE", "AT"]
    assert "Deine Aufgaben" in planner.description_text
    assert "Python & QGIS" in planner.description_text
    assert "Leer" not in planner.description_text
    assert (planner.language, planner.employment_type) == ("de", "full-time")
    assert planner.posted_at == datetime(2026, 2, 18, 8, 30, tzinfo=UTC)
    assert (clerk.work_mode, clerk.remote_countries) == (WorkMode.REMOTE, ("DE",))
    assert clerk.employment_type == "part-time"


@pytest.mark.parametrize(
    ("module", "host", "page"),
    [
        (personio_com, "acme.jobs.personio.com", "https://acme.jobs.personio.com"),
        (lever_eu, "api.eu.lever.co", "https://jobs.eu.lever.co/acme"),
        (greenhouse_eu, "boards-api.eu.greenhouse.io", "https://job-boards.eu.greenhouse.io/acme"),
    ],
)
def test_a_system_s_other_host_is_a_system_of_its_own_with_the_same_reader(module: Any, host: str, page: str) -> None:
    board = module.board("acme", "Acme")
    assert (board.listing.host, board.listing.homepage) == (host, page)
    assert board.url("/x").startswith(f"https://{host}/")


def test_teamtailor_s_offices_are_places_where_they_name_no_city(answered: Answered) -> None:
    (optician, agent), refused = answered("teamtailor")
    assert refused == [NO_LINK]
    assert _places(optician) == [("Bergen", "NO"), ("Oslo", "NO")]
    assert (optician.work_mode, agent.work_mode) == (None, WorkMode.REMOTE)
    assert "lenses & talk" in optician.description_text
    assert optician.posted_at == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert optician.source_posting_id == "6c1f7e0b-0000-4c2b-9f00-000000002001"


def test_teamtailor_is_followed_to_a_company_s_own_domain(board: JobBoard, fetch: Fetch) -> None:
    board.answer("/jobs.rss", Answer(status=301, headers={"Location": f"{board.url}/at-home.rss"}))
    board.answer("/at-home.rss", Answer(recorded("teamtailor.xml")))
    assert len(_read("teamtailor", fetch("teamtailor"))[0]) == 2


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_page_for_people_counts_as_blocked(board: JobBoard, fetch: Fetch, system: str) -> None:
    board.answer(SYSTEMS[system][3], Answer(b"<!DOCTYPE html><html><body>Are you human?</body></html>"))
    with pytest.raises(SourceError) as caught:
        fetch(system)
    assert caught.value.status is SourceStatus.BLOCKED


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_answer_that_is_cut_off_counts_as_failing(board: JobBoard, fetch: Fetch, system: str) -> None:
    board.answer(SYSTEMS[system][3], Answer(recorded(SYSTEMS[system][4])[:-40]))
    with pytest.raises(SourceError) as caught:
        fetch(system)
    assert caught.value.status is SourceStatus.FAILING


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("body", [b"null", b"{}", b"[[", b'"x"', b"<rss/>", b"<workzag-jobs", b"", b"\x00"])
def test_an_answer_in_another_shape_counts_as_failing(board: JobBoard, fetch: Fetch, system: str, body: bytes) -> None:
    board.answer(SYSTEMS[system][3], Answer(body))
    with pytest.raises(SourceError) as caught:
        fetch(system)
    assert caught.value.status is SourceStatus.FAILING


@pytest.mark.parametrize("system", [one for one in SYSTEMS if one not in {"smartrecruiters", "workday"}])
def test_a_board_that_is_one_answer_is_asked_for_conditionally(board: JobBoard, fetch: Fetch, system: str) -> None:
    _, _, _, path, fixture = SYSTEMS[system]
    board.answer(path, Answer(recorded(fixture), headers={"ETag": '"a1"'}), Answer(status=304))
    first = fetch(system)
    assert first.validators == Validators(etag='"a1"')
    assert fetch(system, validators=first.validators).unchanged
    assert board.requests[-1].headers["if-none-match"] == '"a1"'


def test_a_bomb_of_entities_is_refused(board: JobBoard, fetch: Fetch) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workzag-jobs><position>&b;</position></workzag-jobs>'
    board.answer("/xml", Answer(bomb))
    with pytest.raises(SourceError) as caught:
        fetch("personio")
    assert caught.value.status is SourceStatus.FAILING


@pytest.mark.parametrize("system", company_systems())
@pytest.mark.parametrize(
    "token", ["", "a/b", "a?b", "a#b", "..", "../x", "a b", "a@evil.example", "a\n", "é", "x" * 99]
)
def test_what_is_no_token_never_gets_into_an_address(system: str, token: str) -> None:
    assert source(f"{system}:{token}") is None
    with pytest.raises(ValueError, match="no token"):
        company_systems()[system].LISTING.address("https://{token}", token)


@pytest.mark.parametrize("token", ["acme.wd5~External", "a-b.wd103~My_Site-1"])
def test_a_workday_token_names_tenant_pod_and_site(token: str) -> None:
    found = source(f"workday:{token}", "Acme")
    assert found is not None
    tenant, _, rest = token.partition(".")
    pod, _, site = rest.partition("~")
    assert found.listing.host == f"{tenant}.{pod}.myworkdayjobs.com"
    assert found.listing.homepage == f"https://{tenant}.{pod}.myworkdayjobs.com/{site}"


def test_a_space_in_an_ashby_board_s_name_is_a_plus_in_its_token() -> None:
    found = source("ashby:The+Tide+Company")
    assert found is not None
    assert found.listing.homepage == "https://jobs.ashbyhq.com/The%20Tide%20Company"


def _ids(records: list[Record]) -> list[str]:
    return [one.source_posting_id for one in records if isinstance(one, Draft)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_answer_gives_the_same_ids(board: JobBoard, fetch: Fetch, system: str) -> None:
    _, _, _, path, fixture = SYSTEMS[system]
    board.answer(path, Answer(recorded(fixture)))
    board.answer("/v1/companies/VetroGroup/postings/744000000000101", Answer(recorded("smartrecruiters_posting.json")))
    ids = partial(lambda: _ids(list(fetch(system).records)))
    assert ids() == ids()
