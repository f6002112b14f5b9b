"""Each board, read from an answer in its own shape over HTTP."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from jobtracker.postings.model import Pay, PayPeriod, Seniority, WorkMode
from jobtracker.sources import hiring_line
from jobtracker.sources.boards.arbeitnow import Arbeitnow
from jobtracker.sources.boards.hackernews import HackerNews
from jobtracker.sources.model import SourceError, SourceStatus
from jobtracker.sources.registry import board_sources
from jobtracker.sources.source import Source
from tests.fakes.job_answers import json_answer, read_all, recorded
from tests.fakes.job_board import Answer, JobBoard, Request


def _board(source_id: str) -> Source:
    return board_sources()[source_id]


def _query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_remotive_s_jobs_become_postings(board: JobBoard) -> None:
    board.answer("/api/remote-jobs", json_answer("remotive.json"))
    read = read_all(_board("remotive"), board)
    forecaster, editor, keeper = read.postings
    assert read.rejected == ["no title"]
    assert (forecaster.title, forecaster.company) == ("Senior Tide Forecaster", "Tidewatt")
    assert forecaster.source_posting_id == "700201"
    assert forecaster.pay == Pay(minimum=60_000, maximum=75_000, currency="EUR", period=PayPeriod.YEAR)
    assert forecaster.remote_countries == ("PT", "ES")
    assert forecaster.employment_type == "full-time"
    assert forecaster.posted_at == datetime(2026, 3, 2, 12, 55, 11, tzinfo=UTC)
    assert {"python", "sql", "typescript", "postgresql"} <= set(forecaster.skills)
    assert "track" not in forecaster.description_text
    assert (editor.company, editor.employment_type, editor.pay) == ("Margin & Quire", "part-time", None)
    assert (keeper.pay, keeper.posted_at, keeper.places) == (None, None, ())
    assert all(posting.work_mode is WorkMode.REMOTE for posting in read.postings)


def test_a_board_that_has_not_changed_has_no_records(board: JobBoard) -> None:
    def unchanged_if_known(request: Request) -> Answer:
        return Answer(status=304) if request.headers.get("if-none-match") else json_answer("remotive.json")

    board.answer("/api/remote-jobs", unchanged_if_known)
    source = _board("remotive")
    first = read_all(source, board)
    again = read_all(source, board, validators=first.pages[0].validators)
    assert len(first.postings) == 3
    assert again.pages[0].unchanged
    assert again.postings == []


def test_arbeitnow_is_read_page_by_page_and_never_by_its_own_link(board: JobBoard) -> None:
    last = json_answer("arbeitnow.json").body.replace(b'"next": "https', b'"next": null, "was": "https')
    path = "/api/job-board-api"
    board.answer(f"{path}?page=1", json_answer("arbeitnow.json"))
    board.answer(f"{path}?page=2", Answer(last.replace(b"-3100", b"-3200")))
    read = read_all(_board("arbeitnow"), board)
    assert [_query(address) for address in read.asked] == [{"page": "1"}, {"page": "2"}]
    glazier, developer = read.postings[:2]
    assert len(read.postings) == 4
    assert len({posting.id for posting in read.postings}) == 4
    assert read.rejected == ["no id", "no id"]
    assert (glazier.title, glazier.company) == ("Glaser", "Kiln und Sohn GmbH")
    assert glazier.employment_type == "full-time"
    assert glazier.language == "de"
    assert glazier.description_html.startswith("<p>Wir suchen für die Werkstatt")
    assert (glazier.places[0].city, glazier.places[0].country) == ("Graz", "AT")
    assert glazier.posted_at == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert developer.work_mode is WorkMode.REMOTE


def test_arbeitnow_ends_at_an_empty_page_and_at_its_bound(board: JobBoard) -> None:
    board.answer("/api/job-board-api?page=1", json_answer("arbeitnow.json"))
    board.answer("/api/job-board-api?page=2", Answer(b'{"data": [], "links": {"next": "https://x.example"}}'))
    assert len(read_all(_board("arbeitnow"), board).pages) == 2
    board.answer("/api/job-board-api", json_answer("arbeitnow.json"))
    board.answer("/api/job-board-api?page=2", json_answer("arbeitnow.json"))
    assert len(read_all(Arbeitnow(pages=4), board).pages) == 4


def test_jobicy_s_jobs_become_postings_that_are_applied_for_on_jobicy(board: JobBoard) -> None:
    board.answer("/api/v2/remote-jobs", json_answer("jobicy.json"))
    read = read_all(_board("jobicy"), board)
    planner, proofreader = read.postings
    assert len(read.rejected) == 1
    assert planner.title == "Lead Harbour Planner – Night Traffic"
    assert planner.pay == Pay(minimum=62_000, maximum=78_000, currency="EUR", period=PayPeriod.YEAR)
    assert planner.remote_countries == ("NL",)
    assert planner.employment_type == "full-time"
    assert planner.posted_at == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert proofreader.pay == Pay(minimum=24, maximum=31, currency="USD", period=PayPeriod.HOUR)
    assert proofreader.employment_type == "part-time"
    assert proofreader.description_text == "Every comma counts."
    assert {posting.apply_url for posting in read.postings} == {None}
    assert _query(read.asked[0]) == {"count": "100"}


def test_himalayas_pages_follow_its_cursor_to_their_bound(board: JobBoard) -> None:
    path = "/jobs/api?limit=20"
    last = recorded("himalayas.json").replace(b'"MjAyNi0wMy0wNXwzMQ"', b"null").replace(b"/jobs/senior", b"/jobs/old")
    board.answer(path, json_answer("himalayas.json"))
    board.answer(f"{path}&cursor=MjAyNi0wMy0wNXwzMQ", Answer(last))
    read = read_all(_board("himalayas"), board)
    assert [_query(address).get("cursor") for address in read.asked] == [None, "MjAyNi0wMy0wNXwzMQ"]
    engineer, dispatcher, archivist = read.postings[0], read.postings[1], read.rejected[0]
    assert engineer.company == "Kettle And Kiln"
    assert engineer.pay == Pay(minimum=70_000, maximum=90_000, currency="CAD", period=PayPeriod.YEAR)
    assert engineer.remote_countries == ("CA",)
    assert engineer.seniority is Seniority.SENIOR
    assert engineer.expires_at == datetime(2026, 5, 3, 8, tzinfo=UTC)
    assert dispatcher.pay == Pay(minimum=22, maximum=26, currency="GBP", period=PayPeriod.HOUR)
    assert dispatcher.remote_countries == ("GB",)
    assert dispatcher.description_text == "You send out lorries at night."
    assert archivist == "no link"


def test_a_cursor_of_himalayas_that_repeats_itself_ends_the_reading(board: JobBoard) -> None:
    board.answer("/jobs/api", json_answer("himalayas.json"))
    assert len(read_all(_board("himalayas"), board).pages) == 2


def test_working_nomads_jobs_become_postings(board: JobBoard) -> None:
    board.answer("/api/exposed_jobs/", json_answer("workingnomads.json"))
    read = read_all(_board("workingnomads"), board)
    engineer, bookkeeper = read.postings
    assert read.rejected == ["no url"]
    assert engineer.source_posting_id == engineer.url
    assert {"go", "kubernetes", "postgresql"} <= set(engineer.skills)
    assert engineer.posted_at == datetime(2026, 3, 4, 10, 49, 46, tzinfo=UTC)
    assert bookkeeper.company == "Orchard Ledger"
    assert bookkeeper.work_mode is WorkMode.REMOTE


def test_nodesk_s_titles_end_with_the_company(board: JobBoard) -> None:
    board.answer("/remote-jobs/index.xml", Answer(recorded("nodesk.xml")))
    trainer, modeller = read_all(_board("nodesk"), board).postings
    assert (trainer.title, trainer.company) == ("Trainer for Work at Height", "Bread & Dawn")
    assert trainer.posted_at == datetime(2026, 3, 3, 6, tzinfo=UTC)
    assert (modeller.title, modeller.company) == ("Tide Modeller", None)


THREADS, ITEMS = "/api/v1/search_by_date", "/api/v1/items"


def test_hacker_news_offers_are_the_threads_first_answers(board: JobBoard) -> None:
    board.answer(THREADS, json_answer("hackernews_threads.json"))
    board.answer(f"{ITEMS}/47000001", json_answer("hackernews.json"))
    board.answer(f"{ITEMS}/46000001", Answer(b'{"id": 46000001, "children": []}'))
    read = read_all(HackerNews(), board)
    assert len(read.asked) == 3
    engineer, developer, keeper = read.postings
    assert read.rejected == ["not in the form of an offer"]
    assert (engineer.title, engineer.company) == ("Senior Grid Engineer", "Tidewatt")
    assert engineer.url == "https://news.ycombinator.com/item?id=47000011"
    assert engineer.apply_url == "https://tidewatt.example/careers/grid"
    assert engineer.pay == Pay(minimum=70_000, maximum=90_000, currency="EUR", period=PayPeriod.YEAR)
    assert engineer.work_mode is WorkMode.REMOTE
    assert engineer.employment_type == "full-time"
    assert engineer.posted_at == datetime(2026, 3, 2, 16, 20, tzinfo=UTC)
    assert "tide's power" in engineer.description_text
    assert (developer.title, developer.company) == ("Frontend Developer", "Kettle & Kiln")
    assert developer.work_mode is WorkMode.ONSITE
    assert (developer.places[0].city, developer.places[0].country) == ("Rotterdam", "NL")
    assert developer.employment_type == "contract"
    assert (keeper.title, keeper.company) == ("Lighthouse Software Engineer", "Bureau of Beacons")
    assert keeper.work_mode is WorkMode.HYBRID
    assert keeper.pay == Pay(minimum=120_000, maximum=140_000, currency="USD", period=PayPeriod.YEAR)


def test_hacker_news_is_read_from_firebase_where_algolia_does_not_answer(board: JobBoard) -> None:
    def item(text: str) -> Answer:
        return Answer(text.encode())

    board.answer(THREADS, Answer(status=403))
    board.answer(f"{ITEMS}/47000001", Answer(status=403))
    board.answer("/v0/user/whoishiring.json", item('{"submitted": [47000002, 47000001]}'))
    board.answer("/v0/item/47000002.json", item('{"title": "Ask HN: Who wants to be hired? (March 2026)"}'))
    board.answer(
        "/v0/item/47000001.json",
        item('{"title": "Ask HN: Who is hiring? (March 2026)", "kids": [1, 2, 3, 4, 5]}'),
    )
    board.answer("/v0/item/1.json", item('{"id": 1, "time": 1772467200, "text": "Kiln | Glazier Engineer | Graz"}'))
    board.answer("/v0/item/2.json", item('{"id": 2, "deleted": true, "time": 1772467200}'))
    board.answer("/v0/item/3.json", item('{"id": 3, "dead": true, "text": "Spam | Engineer | Remote"}'))
    board.answer("/v0/item/4.json", item("null"))
    read = read_all(HackerNews(), board, known={"5"})
    assert [(posting.title, posting.company) for posting in read.postings] == [("Glazier Engineer", "Kiln")]
    assert read.postings[0].posted_at == datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert read.seen == ["5"]
    assert read.rejected == []


def test_hacker_news_without_a_thread_is_failing(board: JobBoard) -> None:
    board.answer(THREADS, Answer(b'{"hits": []}'))
    with pytest.raises(SourceError) as caught:
        read_all(HackerNews(), board)
    assert caught.value.status is SourceStatus.FAILING


@pytest.mark.parametrize(
    ("text", "company", "title", "place", "mode"),
    [
        (
            "Kiln | Backend Engineer | Remote (US only) | Full time",
            "Kiln",
            "Backend Engineer",
            "Remote (US only)",
            "remote",
        ),
        ("Backend Engineer | Kiln | Graz, Austria", "Kiln", "Backend Engineer", "Graz, Austria", None),
        ("Remote | Software Engineer | REMOTE", "Remote", "Software Engineer", "REMOTE", "remote"),
        ("Kiln (kiln.io) | Various roles | ONSITE Berlin", "Kiln", "Various roles", "ONSITE Berlin", "onsite"),
        ("Kiln (YC S21) | CTO | Munich, no remote", "Kiln (YC S21)", "CTO", "Munich, no remote", "onsite"),
        ("Kiln | Berlin | https://kiln.example", "Kiln", "Kiln | Berlin | https://kiln.example", "Berlin", None),
        ("Kiln | Machine Learning | Hybrid, Oslo | Visa", "Kiln", "Machine Learning", "Hybrid, Oslo", "hybrid"),
        ("Kiln Engineering | Senior Developer | Oslo | Visa", "Kiln Engineering", "Senior Developer", "Oslo", None),
        ("Kiln - Full-Stack Developer - Oslo", "Kiln", "Full-Stack Developer", "Oslo", None),
    ],
)
def test_an_offer_s_first_line_is_read_in_any_order(
    text: str, company: str, title: str, place: str, mode: str | None
) -> None:
    line = hiring_line.read(f"{text}<p>More of it, engineer | and so on")
    assert line is not None
    assert (line.company, line.title, line.place) == (company, title, place)
    assert (line.mode.value if line.mode else None) == mode
