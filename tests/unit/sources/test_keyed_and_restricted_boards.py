"""Boards that take a key, and those whose terms forbid reading them: what is asked, and what becomes of the answers."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from jobtracker.postings.model import ClosedReason, Pay, PayPeriod, Seniority, WorkMode
from jobtracker.sources.boards import linkedin, wellfound
from jobtracker.sources.boards.adzuna import Adzuna
from jobtracker.sources.boards.linkedin import LinkedIn, Search
from jobtracker.sources.boards.reed import Reed
from jobtracker.sources.boards.usajobs import UsaJobs
from jobtracker.sources.boards.wellfound import Wellfound
from jobtracker.sources.model import SourceError, SourceStatus, Terms
from jobtracker.sources.registry import board_sources
from jobtracker.sources.source import Closed, Draft
from tests.fakes.job_answers import json_answer, read_all, recorded
from tests.fakes.job_board import Answer, JobBoard

ADZUNA_KEYS = {"app_id": "id-7", "app_key": "key-7"}
NOTHING = b"<!DOCTYPE html>\n\n<!---->"
CHALLENGE = b"<html><head><title>wellfound.com</title></head><body><script>var dd={'rt':'c'}</script></body></html>"
SIGN_IN = b"<!DOCTYPE html><html><body><h1>Join LinkedIn</h1></body></html>"
SEARCH = "/jobs-guest/jobs/api/seeMoreJobPostings/search"
DETAIL = "/jobs-guest/jobs/api/jobPosting"
ONE_SEARCH = LinkedIn(searches=(Search("grid analyst", "Portugal"),))


def _query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_adzuna_s_predicted_pay_is_not_taken_for_stated_pay(board: JobBoard) -> None:
    board.answer("/v1/api/jobs/gb/search/1", json_answer("adzuna.json"))
    read = read_all(Adzuna(countries=("gb",)), board, secrets=ADZUNA_KEYS)
    mason, engineer = read.postings
    assert read.rejected == ["no id"]
    assert mason.title == "Stone Mason"
    assert mason.pay == Pay(minimum=31_000, maximum=36_000.5, currency="GBP", period=PayPeriod.YEAR)
    assert engineer.pay is None
    assert (mason.places[0].country, engineer.places[0].city) == ("GB", "Leeds")
    assert mason.employment_type == "full-time"
    assert {posting.attribution for posting in read.postings} == {"Jobs by Adzuna"}
    query = _query(read.asked[0])
    assert (query["app_id"], query["app_key"], query["sort_by"], query["results_per_page"]) == (
        *("id-7", "key-7", "date"),
        "50",
    )


def test_adzuna_is_asked_country_by_country_and_page_by_page(board: JobBoard) -> None:
    whole = b'{"results": [' + b",".join([b"null"] * 50) + b"]}"
    for country in ("gb", "us"):
        board.answer(f"/v1/api/jobs/{country}/search/1", Answer(whole))
        board.answer(f"/v1/api/jobs/{country}/search/2", Answer(whole))
    board.answer("/v1/api/jobs/us/search/2", Answer(b'{"results": []}'))
    read = read_all(Adzuna(countries=("gb", "us"), pages=2), board, secrets=ADZUNA_KEYS)
    assert [urlsplit(address).path.removeprefix("/v1/api/jobs/") for address in read.asked] == [
        *("gb/search/1", "gb/search/2"),
        *("us/search/1", "us/search/2"),
    ]


@pytest.mark.parametrize("source_id", ["adzuna", "usajobs", "reed"])
def test_a_board_with_a_key_is_not_asked_without_it(board: JobBoard, source_id: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_all(board_sources()[source_id], board)
    assert caught.value.status is SourceStatus.OFF
    assert board.requests == []


def test_usajobs_is_asked_with_its_key_and_read(board: JobBoard) -> None:
    board.answer("/api/Search", json_answer("usajobs.json"))
    read = read_all(UsaJobs(), board, secrets={"email": "me@tracker.example", "api_key": "k-7"})
    (request,) = board.requests
    assert request.headers["authorization-key"] == "k-7"
    assert request.headers["user-agent"] == "me@tracker.example"
    assert _query(read.asked[0])["ResultsPerPage"] == "500"
    keeper, cartographer = read.postings
    assert len(read.rejected) == 1
    assert keeper.url == "https://www.usajobs.gov/job/810000001"
    assert (keeper.company, keeper.requisition_id) == ("Bureau of Beacons", "26-0001-LIGHT-09")
    assert keeper.pay == Pay(minimum=58_000, maximum=75_400, currency="USD", period=PayPeriod.YEAR)
    assert [(place.city, place.country) for place in keeper.places] == [("Anchorage", "US"), ("Portland", "US")]
    assert keeper.work_mode is not WorkMode.REMOTE
    assert keeper.expires_at == datetime(2026, 3, 20, 23, 59, 59, 997_000, tzinfo=UTC)
    assert "* Trim the lamp" in keeper.description_text
    assert cartographer.company == "Department of Maps"
    assert cartographer.pay == Pay(minimum=31.5, maximum=40.25, currency="USD", period=PayPeriod.HOUR)
    assert cartographer.work_mode is WorkMode.REMOTE


def test_usajobs_is_read_page_by_page(board: JobBoard) -> None:
    whole = b'{"SearchResult": {"SearchResultItems": [' + b",".join([b"null"] * 500) + b"]}}"
    board.answer("/api/Search", Answer(whole), json_answer("usajobs.json"))
    read = read_all(UsaJobs(), board, secrets={"email": "me@tracker.example", "api_key": "k-7"})
    assert [_query(address)["Page"] for address in read.asked] == ["1", "2"]


def test_reed_s_details_are_asked_for_what_is_not_known(board: JobBoard) -> None:
    board.answer("/api/1.0/search", json_answer("reed.json"))
    board.answer("/api/1.0/jobs/41000001", json_answer("reed_job.json"))
    read = read_all(Reed(), board, secrets={"api_key": "k-7"}, known={"41000002"})
    assert read.seen == ["41000002"]
    assert read.rejected == ["no id"]
    assert [request.path.partition("?")[0] for request in board.requests] == [
        "/api/1.0/search",
        "/api/1.0/jobs/41000001",
    ]
    assert {request.headers["authorization"] for request in board.requests} == {"Basic " + b64encode(b"k-7:").decode()}
    (mason,) = read.postings
    assert mason.company == "Ashlar & Daughters"
    assert mason.pay == Pay(minimum=31_000, maximum=36_000, currency="GBP", period=PayPeriod.YEAR)
    assert mason.posted_at == datetime(2026, 3, 5, tzinfo=UTC)
    assert mason.expires_at == datetime(2026, 4, 21, tzinfo=UTC)
    assert mason.description_text == "You carve and set limestone on old churches across Surrey."
    assert mason.apply_url == "https://ashlar.example/jobs/mason"
    assert mason.places[0].country == "GB"
    assert mason.employment_type == "full-time"


def test_a_job_that_reed_has_taken_down_meanwhile_keeps_no_other_out(board: JobBoard) -> None:
    board.answer("/api/1.0/search", json_answer("reed.json"))
    board.answer("/api/1.0/jobs/41000002", Answer(b'{"jobId": 41000002, "jobDescription": "<p>Lorries.</p>"}'))
    read = read_all(Reed(), board, secrets={"api_key": "k-7"})
    assert (read.closed, read.rejected) == ({"41000001": "gone"}, ["no id"])
    assert [posting.title for posting in read.postings] == ["Night Dispatcher"]


def test_details_that_do_not_come_leave_a_job_listed_unless_the_host_refuses_us(board: JobBoard) -> None:
    board.answer("/api/1.0/search", json_answer("reed.json"))
    board.answer("/api/1.0/jobs/41000001", Answer(b"<html>Oh dear", status=500))
    board.answer("/api/1.0/jobs/41000002", Answer(b'{"jobId": 410'))
    read = read_all(Reed(), board, secrets={"api_key": "k-7"})
    assert read.seen == ["41000001", "41000002"]
    board.answer("/api/1.0/jobs/41000001", Answer(status=401))
    with pytest.raises(SourceError) as caught:
        read_all(Reed(), board, secrets={"api_key": "k-7"})
    assert caught.value.status is SourceStatus.BLOCKED


def test_that_one_country_s_list_is_the_same_says_nothing_of_the_others(board: JobBoard) -> None:
    for country in ("gb", "us"):
        board.answer(f"/v1/api/jobs/{country}/search/1", json_answer("adzuna.json"))
    one = read_all(Adzuna(countries=("gb",)), board, secrets=ADZUNA_KEYS)
    both = read_all(Adzuna(countries=("gb", "us")), board, secrets=ADZUNA_KEYS)
    assert one.pages[0].validators.etag == '"adzuna.json"'
    assert both.pages[0].validators.etag is None


def test_restricted_boards_are_off_and_say_what_may_happen() -> None:
    restricted = [board.listing for board in board_sources().values() if board.listing.terms is Terms.RESTRICTED]
    assert {listing.id for listing in restricted} == {"linkedin", "wellfound"}
    for listing in restricted:
        assert not listing.on
        assert listing.politeness.trips_at == 1
        assert "forbid" in listing.conditions
        assert "Whoever turn" in listing.conditions
    pace = linkedin.LISTING.politeness
    assert pace.per_hour == 100
    assert pace.between_s >= 3


def test_linkedin_s_cards_lead_to_details_of_what_is_not_known(board: JobBoard) -> None:
    board.answer(SEARCH, Answer(recorded("linkedin.html")), Answer(NOTHING))
    board.answer(f"{DETAIL}/4400000001", Answer(recorded("linkedin_posting.html")))
    board.answer(f"{DETAIL}/4400000002", Answer(recorded("linkedin_closed.html")))
    read = read_all(ONE_SEARCH, board)
    assert (read.closed, read.rejected) == ({"4400000002": "no_longer_accepting"}, ["no id"])
    (analyst,) = read.postings
    assert analyst.url == "https://www.linkedin.com/jobs/view/4400000001"
    assert analyst.apply_url == "https://tidewatt.example/jobs/7"
    assert (analyst.title, analyst.company) == ("Senior Grid Analyst", "Tidewatt")
    assert analyst.pay == Pay(minimum=52_000, maximum=68_000, currency="EUR", period=PayPeriod.YEAR)
    assert analyst.seniority is Seniority.SENIOR
    assert analyst.employment_type == "full-time"
    assert analyst.posted_at == datetime(2026, 3, 5, tzinfo=UTC)
    assert (analyst.places[0].city, analyst.places[0].country) == ("Porto", "PT")
    assert "* You join the night shift" in analyst.description_text
    assert "Show more" not in analyst.description_text
    searches = [_query(address) for address in read.asked if SEARCH in address]
    assert [query["start"] for query in searches] == ["0", "10"]
    assert searches[0]["keywords"] == "grid analyst"
    assert searches[0]["f_TPR"] == "r86400"


def test_linkedin_s_details_are_not_asked_for_again(board: JobBoard) -> None:
    board.answer(SEARCH, Answer(recorded("linkedin.html")), Answer(NOTHING))
    read = read_all(ONE_SEARCH, board, known={"4400000001", "4400000002"})
    assert read.seen == ["4400000001", "4400000002"]
    assert all(SEARCH in address for address in read.asked)


def test_linkedin_s_bad_request_ends_a_search_but_begins_none(board: JobBoard) -> None:
    board.answer(SEARCH, Answer(recorded("linkedin.html")), Answer(status=400), Answer(NOTHING))
    two = replace(ONE_SEARCH, searches=(Search("a", "b"), Search("c", "d")))
    read = read_all(two, board, known={"4400000001", "4400000002"})
    assert [(_query(address)["keywords"], _query(address)["start"]) for address in read.asked] == [
        *(("a", "0"), ("a", "10")),
        ("c", "0"),
    ]
    board.answer(SEARCH, Answer(status=400))
    with pytest.raises(SourceError) as caught:
        read_all(ONE_SEARCH, board)
    assert caught.value.status is SourceStatus.FAILING


def test_linkedin_is_left_after_its_bound_of_pages(board: JobBoard) -> None:
    board.answer(SEARCH, Answer(recorded("linkedin.html")))
    read = read_all(replace(ONE_SEARCH, pages=3), board, known={"4400000001", "4400000002"})
    assert [_query(address)["start"] for address in read.asked] == ["0", "10", "20"]


@pytest.mark.parametrize("answer", [Answer(status=999), Answer(status=403), Answer(SIGN_IN)])
def test_linkedin_s_refusal_is_blocked_and_never_none(board: JobBoard, answer: Answer) -> None:
    board.answer(SEARCH, answer)
    with pytest.raises(SourceError) as caught:
        read_all(ONE_SEARCH, board)
    assert caught.value.status is SourceStatus.BLOCKED


def test_a_page_to_sign_in_at_in_place_of_a_posting_is_blocked(board: JobBoard) -> None:
    board.answer(SEARCH, Answer(recorded("linkedin.html")))
    board.answer(f"{DETAIL}/4400000001", Answer(SIGN_IN))
    with pytest.raises(SourceError) as caught:
        read_all(ONE_SEARCH, board)
    assert caught.value.status is SourceStatus.BLOCKED


def test_linkedin_s_pages_that_a_person_brings_are_read_without_asking() -> None:
    cards = linkedin.drafts_of(recorded("linkedin.html").decode())
    drafts = [card for card in cards if isinstance(card, Draft)]
    assert [draft.title for draft in drafts] == ["Senior Grid Analyst", "Port Scheduler"]
    assert [draft.place for draft in drafts] == ["Porto, Portugal", "Rotterdam, South Holland, Netherlands"]
    posting = linkedin.draft_of(recorded("linkedin_posting.html").decode(), "4400000001")
    assert isinstance(posting, Draft)
    assert posting.place == "Porto, Porto, Portugal"
    over = linkedin.draft_of(recorded("linkedin_closed.html").decode(), "4400000002")
    assert over == Closed("4400000002", ClosedReason.NO_LONGER_ACCEPTING)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://pt.linkedin.com/jobs/view/grid-analyst-at-tidewatt-4400000001?position=1", "4400000001"),
        ("https://www.linkedin.com/jobs/view/4400000001/", "4400000001"),
        ("https://www.linkedin.com/jobs/search/?currentJobId=4400000001&keywords=x", "4400000001"),
        ("https://www.linkedin.com/jobs-guest/jobs/api/jobPosting/4400000001", "4400000001"),
        ("https://www.linkedin.com/company/tidewatt-4400000001", None),
        ("https://www.linkedin.com/jobs/search/?currentJobId=x", None),
        ("https://www.linkedin.com/jobs/view/", None),
    ],
)
def test_the_number_of_a_posting_is_found_in_linkedin_s_addresses(url: str, number: str | None) -> None:
    assert linkedin.posting_id_of(url) == number


def test_wellfound_s_data_become_postings(board: JobBoard) -> None:
    board.answer("/role/engineer", Answer(recorded("wellfound.html")))
    read = read_all(Wellfound(roles=("engineer",)), board)
    assert len(read.pages) == 2
    assert [_query(address) for address in read.asked] == [{}, {"page": "2"}]
    engineer, hand = read.postings[:2]
    assert engineer.url == "https://wellfound.com/jobs/3300001-senior-grid-engineer"
    assert (engineer.title, engineer.company) == ("Senior Grid Engineer", "Tidewatt")
    assert engineer.pay == Pay(minimum=136_000, maximum=180_000, currency="USD", period=PayPeriod.YEAR)
    assert engineer.work_mode is WorkMode.REMOTE
    assert engineer.employment_type == "full-time"
    assert engineer.posted_at == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert (hand.pay, hand.employment_type, hand.places[0].city) == (None, "contract", "London")
    assert len(read.rejected) == 2


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(CHALLENGE), SourceStatus.BLOCKED),
        (Answer(CHALLENGE, status=403), SourceStatus.BLOCKED),
        (Answer(b""), SourceStatus.BLOCKED),
        (Answer(b'<script id="__NEXT_DATA__">{"props": {}}</script>'), SourceStatus.FAILING),
        (Answer(b'<script id="__NEXT_DATA__">{"props": {"pageProps"</script>'), SourceStatus.FAILING),
        (
            Answer(b'<script id="__NEXT_DATA__">{"props":{"pageProps":{"apolloState":{"data":{}}}}}</script>'),
            SourceStatus.FAILING,
        ),
    ],
)
def test_wellfound_is_blocked_or_failing_and_never_without_jobs(
    board: JobBoard, answer: Answer, status: SourceStatus
) -> None:
    board.answer("/role/software-engineer", answer)
    with pytest.raises(SourceError) as caught:
        read_all(board_sources()["wellfound"], board)
    assert caught.value.status is status


def test_a_page_of_wellfound_that_a_person_brings_is_read_without_asking() -> None:
    drafts = [one for one in wellfound.drafts_of(recorded("wellfound.html").decode()) if isinstance(one, Draft)]
    assert [draft.source_posting_id for draft in drafts][:2] == ["3300001", "3300002"]
