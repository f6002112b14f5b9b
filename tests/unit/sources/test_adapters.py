"""What all sources have in common, read through Remote OK, feeds and whichever source there is."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobtracker.postings.model import Pay, PayPeriod, Posting, Seniority, WorkMode, posting_id
from jobtracker.sources.boards.remoteok import RemoteOk
from jobtracker.sources.companies.greenhouse import board as greenhouse
from jobtracker.sources.feed import Feed
from jobtracker.sources.model import Listing, SourceError, SourceKind, SourceStatus
from jobtracker.sources.normalising import MAX_DESCRIPTION_BYTES
from jobtracker.sources.registry import board_sources
from jobtracker.sources.source import Source
from tests.fakes.job_answers import FOLDER, NOW, read_all, read_bodies, recorded
from tests.fakes.job_board import Answer, JobBoard

ARCHIVE = Feed(
    Listing(
        id="archive",
        kind=SourceKind.BOARD,
        name="Archive",
        homepage="https://archive.example",
        host="archive.example",
        attribution="Source: archive",
        conditions="Ours.",
    ),
    "https://archive.example/feed",
)
WE_WORK_REMOTELY = board_sources()["weworkremotely"]
KEYS = {"app_id": "1", "app_key": "2", "api_key": "3", "email": "me@tracker.example"}
EVERY = [*(source for source in board_sources().values() if source.listing.id != "sample"), ARCHIVE]


def _read(source: Source, body: bytes) -> tuple[list[Posting], list[str]]:
    read = read_bodies(source, body, secrets=KEYS)
    return read.postings, read.rejected


def test_remote_ok_s_records_become_postings_and_its_legal_notice_none() -> None:
    postings, rejected = _read(RemoteOk(), recorded("remoteok.json"))
    assert rejected == ["no title"]
    analyst = postings[0]
    assert analyst.id == posting_id("remoteok", "900101")
    assert analyst.url.startswith("https://remoteok.com/remote-jobs/")
    assert analyst.apply_url == "https://remoteok.com/l/900101"
    assert (analyst.title, analyst.company) == ("Senior Grid Analyst", "Tidewatt")
    assert analyst.pay == Pay(minimum=70_000, maximum=95_000, currency="USD", period=PayPeriod.YEAR)
    assert analyst.work_mode is WorkMode.REMOTE
    assert analyst.remote_countries == ("IE",)
    assert analyst.seniority is Seniority.SENIOR
    assert {"python", "postgresql", "sql"} <= set(analyst.skills)
    assert analyst.posted_at == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert analyst.fetched_at == NOW
    assert "track()" not in analyst.description_html + analyst.description_text


def test_remote_ok_s_double_encoding_is_mended_and_its_zero_salary_unknown() -> None:
    technician = _read(RemoteOk(), recorded("remoteok.json"))[0][1]
    assert technician.title == "Técnico de Soporte"
    assert technician.places[0].text == "São Paulo, Brazil"
    assert technician.places[0].city == "São Paulo"
    assert (technician.pay, technician.apply_url) == (None, None)
    assert technician.language == "es"


def test_remote_ok_s_turned_salary_bad_link_and_empty_fields_are_put_right() -> None:
    proofreader = _read(RemoteOk(), recorded("remoteok.json"))[0][2]
    assert proofreader.pay == Pay(minimum=41_000, maximum=52_000, currency="USD", period=PayPeriod.YEAR)
    assert proofreader.company == "Margin & Quire"
    assert proofreader.apply_url is None
    assert proofreader.places == ()
    assert proofreader.posted_at == datetime(2026, 3, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("low", "high", "pay"),
    [
        (0, 90_000, Pay(maximum=90_000, currency="USD", period=PayPeriod.YEAR)),
        (90_000, 0, Pay(minimum=90_000, currency="USD", period=PayPeriod.YEAR)),
        ("60000", "70000", Pay(minimum=60_000, maximum=70_000, currency="USD", period=PayPeriod.YEAR)),
        *(
            (low, high, None)
            for low, high in [(0, 0), (1, 60), (None, None), ("", "n/a"), (True, True), (1e300, 1e301)]
        ),
    ],
)
def test_a_salary_that_is_unknown_or_absurd_stays_unknown(low: object, high: object, pay: Pay | None) -> None:
    record = {"id": "1", "url": "https://remoteok.com/1", "position": "Miller", "salary_min": low, "salary_max": high}
    assert _read(RemoteOk(), json.dumps([record]).encode())[0][0].pay == pay


def test_a_feed_s_items_become_postings_with_the_company_from_the_title() -> None:
    (bookkeeper, developer), rejected = _read(WE_WORK_REMOTELY, recorded("weworkremotely.xml"))
    assert rejected == ["no link"]
    assert (bookkeeper.company, bookkeeper.title) == ("Orchard Ledger", "Bookkeeper: Accounts Payable")
    assert bookkeeper.source_posting_id == bookkeeper.url
    assert bookkeeper.pay == Pay(minimum=28_000, maximum=34_000, currency="EUR", period=PayPeriod.YEAR)
    assert bookkeeper.employment_type == "full-time"
    assert bookkeeper.posted_at == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    assert bookkeeper.expires_at == datetime(2026, 4, 2, tzinfo=UTC)
    assert bookkeeper.description_html.startswith("<p><strong>Headquarters:</strong> Porto</p>")
    assert (developer.company, developer.employment_type) == ("Kettle & Kiln", "contract")
    assert developer.posted_at == datetime(2026, 3, 2, 15, 40, tzinfo=UTC)
    assert developer.work_mode is WorkMode.REMOTE
    assert developer.places == ()
    assert {"typescript", "react"} <= set(developer.skills)
    assert "onclick" not in developer.description_html
    assert "javascript" not in developer.description_html


def test_an_atom_feed_s_entries_become_postings() -> None:
    (conservator, assistant), rejected = _read(ARCHIVE, recorded("atom.xml"))
    assert rejected == []
    assert (conservator.title, conservator.company) == ("Paper Conservator", "County Archive Linz")
    assert conservator.url == "https://archive.example/jobs/7"
    assert conservator.source_posting_id == "tag:archive.example,2026:job-7"
    assert [(place.city, place.country) for place in conservator.places] == [("Linz", "AT")]
    assert conservator.posted_at == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert assistant.description_text.startswith("Part-time")
    assert assistant.posted_at == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert assistant.work_mode is WorkMode.ONSITE


def test_equal_ids_of_two_boards_are_two_postings_and_of_one_board_the_same() -> None:
    first, again, other = (
        {posting.id for posting in _read(greenhouse(token, None), recorded("greenhouse.json"))[0]}
        for token in ("ferrymoor", "ferrymoor", "othermoor")
    )
    assert len(first) >= 2
    assert first == again
    assert first.isdisjoint(other)


@pytest.mark.parametrize("source", EVERY, ids=lambda one: one.listing.id)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", SourceStatus.FAILING),
        (b"   ", SourceStatus.FAILING),
        (b"<!DOCTYPE html><html><title>Just a moment...</title></html>", SourceStatus.BLOCKED),
        (b"\xef\xbb\xbf\n<html><body>Access denied</body></html>", SourceStatus.BLOCKED),
        (b"Too many requests", SourceStatus.FAILING),
        (b'{"error": "maintenance"}', SourceStatus.FAILING),
        (b"\x00\xff\xfe\x80", SourceStatus.FAILING),
        (b"[" * 200_000, SourceStatus.FAILING),
        (b"null", SourceStatus.FAILING),
    ],
)
def test_an_answer_that_is_none_is_never_read_as_zero_postings(
    source: Source, body: bytes, status: SourceStatus
) -> None:
    with pytest.raises(SourceError) as caught:
        _read(source, body)
    # A page of a board that is read as a page carries no sign of what it is.
    blocked = {SourceStatus.BLOCKED} if source.listing.id in {"linkedin", "wellfound"} else {status}
    assert caught.value.status in blocked
    assert caught.value.reason


# A page for people that was cut off is a page all the same; only its length can tell, and the client sees to that.
@pytest.mark.parametrize(
    "source", [source for source in EVERY if source.listing.id != "linkedin"], ids=lambda one: one.listing.id
)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_an_answer_that_was_cut_off_is_not_read_as_a_shorter_one(source: Source, share: float) -> None:
    name = "atom" if source is ARCHIVE else source.listing.id
    (file,) = FOLDER.glob(f"{name}.*")
    body = file.read_bytes()
    with pytest.raises(SourceError):
        _read(source, body[: int(len(body) * share)])


def test_an_answer_that_is_the_name_of_a_file_opens_no_file(tmp_path: Path) -> None:
    private = tmp_path / "feed.xml"
    private.write_bytes(recorded("atom.xml"))
    with pytest.raises(SourceError, match="not a feed"):
        _read(ARCHIVE, str(private).encode())


def test_entities_that_multiply_each_other_do_not_fill_the_memory() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    item = "<channel><item><title>&e9;</title></item></channel>"
    body = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss version="2.0">{item}</rss>'
    try:
        postings, _ = _read(ARCHIVE, body.encode())
    except SourceError:
        return
    assert all(len(posting.title) < 1_000 for posting in postings)


@pytest.mark.parametrize(
    "description",
    ["word " * (MAX_DESCRIPTION_BYTES // 4), "<ul><li>" * 100_000, "x" * 5_000_000],
    ids=["text", "tags", "x"],
)
def test_a_record_that_is_no_advertisement_s_length_is_rejected(description: str) -> None:
    record = {"id": "1", "url": "https://remoteok.com/1", "position": "Miller", "description": description}
    assert _read(RemoteOk(), json.dumps([record]).encode()) == ([], ["longer than any advertisement"])


def test_a_date_in_the_future_is_no_date_of_posting() -> None:
    record = {"id": "1", "url": "https://remoteok.com/1", "position": "Miller", "date": "2031-01-01T00:00:00Z"}
    assert _read(RemoteOk(), json.dumps([record]).encode())[0][0].posted_at is None


def test_pay_named_in_a_heading_is_read_from_the_line_after_it() -> None:
    text = "<h3>Compensation</h3><p>$98,000 - $120,000 CAD</p><p>And a $2,000 budget for courses.</p>"
    record = {"id": "1", "url": "https://remoteok.com/1", "position": "Miller", "description": text}
    assert _read(RemoteOk(), json.dumps([record]).encode())[0][0].pay == Pay(
        minimum=98_000, maximum=120_000, currency="CAD", period=PayPeriod.YEAR
    )


@pytest.mark.parametrize(
    "line",
    [
        "We raised $40,000 for the town.",
        "Competitive pay and a $3,000 signing bonus",
        "<ul><li>A yearly pay review</li><li>A van worth $40,000</li></ul>",
        "We manage $90,000 machines.",
    ],
)
def test_other_money_is_not_taken_for_pay(line: str) -> None:
    record = {"id": "1", "url": "https://remoteok.com/1", "position": "Miller", "description": f"<p>{line}</p>"}
    assert _read(RemoteOk(), json.dumps([record]).encode())[0][0].pay is None


def test_every_posting_carries_the_credit_that_its_source_demands() -> None:
    for source, name in (
        (RemoteOk(), "remoteok.json"),
        (WE_WORK_REMOTELY, "weworkremotely.xml"),
        (ARCHIVE, "atom.xml"),
    ):
        postings, _ = _read(source, recorded(name))
        assert {posting.attribution for posting in postings} == {source.listing.attribution}


def test_remote_ok_is_read_over_http(board: JobBoard) -> None:
    board.answer("/api", Answer(recorded("remoteok.json")))
    read = read_all(RemoteOk(), board)
    assert len(read.postings) == 3
    assert read.asked == ["https://remoteok.com/api"]


def test_we_work_remotely_is_read_over_http(board: JobBoard) -> None:
    board.answer("/remote-jobs.rss", Answer(recorded("weworkremotely.xml")))
    assert len(read_all(WE_WORK_REMOTELY, board).postings) == 2
