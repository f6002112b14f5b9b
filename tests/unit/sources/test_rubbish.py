"""Whatever a board sends is a posting, a rejection or a SourceError, and nothing else."""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobtracker.postings.model import Posting
from jobtracker.sources import hiring_line, normalising
from jobtracker.sources.boards import linkedin, sample
from jobtracker.sources.feed import Feed, Titles
from jobtracker.sources.model import Listing, SourceError, SourceKind
from jobtracker.sources.registry import board_sources
from jobtracker.sources.source import Draft, Record, Rejection, Source, each
from tests.fakes.job_answers import NOW, Reading, read_bodies, recorded

KEYS = {"app_id": "1", "app_key": "2", "api_key": "3", "email": "me@tracker.example"}
texts = st.text(max_size=60) | st.sampled_from(
    [
        *("https://x.example/1", "0001-01-01T00:00:00+14:00", "$90k", "<p>x", "&#0;", "\ud800", "9" * 400, " "),
        *("Remote, WA", "31/02/2026", "A | B", "<a href=", "name"),
    ]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts
rubbish = st.recursive(
    leaves, lambda one: st.lists(one, max_size=3) | st.dictionaries(texts, one, max_size=3), max_leaves=6
)


@dataclass(frozen=True)
class Shape:
    """A board whose answer is JSON, and how one of its records lies in an answer."""

    board: str
    wrap: Callable[[list[Any]], Any]
    unwrap: Callable[[Any], list[Any]]


def _under(board: str, *path: str) -> Shape:
    def wrap(records: list[Any]) -> Any:
        answer: Any = records
        for step in reversed(path):
            answer = {step: answer}
        return answer

    def unwrap(answer: Any) -> list[Any]:
        for step in path:
            answer = answer[step]
        return list(answer)

    return Shape(board, wrap, unwrap)


SHAPES = [
    _under("remoteok"),
    _under("workingnomads"),
    _under("remotive", "jobs"),
    _under("jobicy", "jobs"),
    _under("himalayas", "jobs"),
    _under("arbeitnow", "data"),
    _under("adzuna", "results"),
    _under("reed", "results"),
    _under("usajobs", "SearchResult", "SearchResultItems"),
]


def _spoiled(good: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Anything at all; or a good record with some of its fields, at any depth, turned into anything."""
    inner = {
        name: rubbish | _spoiled(value) if isinstance(value, dict) and value else rubbish
        for name, value in good.items()
    }
    return st.fixed_dictionaries({}, optional=inner).map(lambda some: good | some)


def _check(reading: Reading) -> None:
    for reason in reading.rejected:
        assert 0 < len(reason) <= 200
    for posting in reading.postings:
        assert posting.title
        assert posting.url.lower().startswith("http")
        assert Posting.model_validate_json(posting.model_dump_json()).content_hash == posting.content_hash


def _survives(source: Source, *bodies: bytes) -> None:
    _check(read_bodies(source, *bodies, secrets=KEYS))


def _survive(listing: Listing, records: Iterable[Record]) -> None:
    reading = Reading()
    reading.add(listing, records)
    _check(reading)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.board)
@settings(max_examples=60)
@given(data=st.data())
def test_no_record_of_a_board_raises(shape: Shape, data: st.DataObject) -> None:
    source = board_sources()[shape.board]
    records = [one for one in shape.unwrap(json.loads(recorded(f"{shape.board}.json"))) if "legal" not in one][:2]
    some = data.draw(st.lists(rubbish | st.sampled_from(records).flatmap(_spoiled), max_size=3))
    body = json.dumps(shape.wrap(some)).encode()
    if shape.board != "reed":
        _survives(source, body)
        return
    # What it asks for after the list are details, which may be anything too.
    with suppress(SourceError):
        _survives(source, body, json.dumps(data.draw(rubbish)).encode())


@settings(max_examples=100)
@given(st.lists(rubbish | _spoiled(json.loads(recorded("hackernews.json"))["children"][0]), max_size=3), rubbish)
def test_no_comment_of_hacker_news_raises(comments: list[Any], threads: Any) -> None:
    source = board_sources()["hackernews"]
    thread = json.dumps({"children": comments}).encode()
    _survives(source, recorded("hackernews_threads.json"), thread)
    with suppress(SourceError):
        _survives(source, json.dumps({"hits": threads}).encode(), thread)


words = st.sampled_from(["Remote", "Engineer", "$90k", "Berlin", "https://x.io", "Full-time", "Acme", "(", "€", "0%"])
segments = st.lists(words | st.text(max_size=12), max_size=4).map(" ".join)


@given(st.lists(segments, max_size=6).map(" | ".join) | st.text(max_size=100))
def test_every_first_line_of_an_offer_is_read_or_is_none(text: str) -> None:
    line = hiring_line.read(text)
    assert line is None or line.title.strip()


@settings(max_examples=60)
@given(st.data())
def test_nothing_in_wellfound_s_data_raises(data: st.DataObject) -> None:
    page = recorded("wellfound.html").decode()
    match = re.search(r"(\{\"props.*\})\s*</script>", page, re.DOTALL)
    assert match is not None
    state = json.loads(match[1])["props"]["pageProps"]["apolloState"]["data"]
    spoiled = data.draw(_spoiled(state) | rubbish)
    answer = json.dumps({"props": {"pageProps": {"apolloState": {"data": spoiled}}}}).replace("</", "<\\/")
    with suppress(SourceError):
        _survives(board_sources()["wellfound"], f'<script id="__NEXT_DATA__">{answer}</script>'.encode())


def _without_parts(page: str) -> st.SearchStrategy[str]:
    """The page with some stretches of it left out or put in twice."""
    cuts = st.tuples(st.integers(0, len(page)), st.integers(0, 80), st.integers(0, 2))

    def cut(cuts: list[tuple[int, int, int]]) -> str:
        text = page
        for at, length, times in cuts:
            text = text[:at] + text[at : at + length] * times + text[at + length :]
        return text

    return st.lists(cuts, max_size=6).map(cut)


@settings(max_examples=60)
@given(
    _without_parts(recorded("linkedin.html").decode()),
    _without_parts(recorded("linkedin_posting.html").decode()) | st.text(max_size=40),
)
def test_no_page_of_linkedin_raises_anything_but_a_source_error(cards: str, posting: str) -> None:
    with suppress(SourceError):
        _survives(board_sources()["linkedin"], cards.encode(), posting.encode())
    with suppress(SourceError):
        _survive(linkedin.LISTING, linkedin.drafts_of(cards))


@given(
    st.text(max_size=100) | st.sampled_from(["https://[", "//x", "https://x/jobs/view/", "https://x/?currentJobId="])
)
def test_no_address_has_a_number_that_is_none(url: str) -> None:
    number = linkedin.posting_id_of(url)
    assert number is None or number.isdecimal()


GOOD_SAMPLE = {
    "id": "S1",
    "url": "https://x.example/1",
    "title": "Cooper",
    "company": "Hoop",
    "location": "Graz",
    "description_html": "",
    "salary": "",
    "remote_type": "remote",
    "employment_type": "",
    "published_at_days_ago": 1,
}


@example([GOOD_SAMPLE | {"published_at_days_ago": 10**6}])
@given(st.lists(rubbish | _spoiled(GOOD_SAMPLE), max_size=3))
def test_no_record_of_the_sample_feed_s_shape_raises(records: list[Any]) -> None:
    _survive(sample.LISTING, each(records, lambda record: sample.draft(record, NOW)))


FEED_FIELDS = ("title", "link", "guid", "description", "pubDate", "region", "type", "category", "expires_at", "author")
xml_texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40) | st.sampled_from(
    ["https://x.example/1", "Hoop: Cooper", "Cooper at Hoop", "<p>x</p>", "0001-01-01", "&#0;"]
)


@given(
    st.lists(st.lists(st.tuples(st.sampled_from(FEED_FIELDS), xml_texts), max_size=8), max_size=3),
    st.sampled_from(Titles),
)
def test_no_item_of_a_feed_raises(items: list[list[tuple[str, str]]], titles: Titles) -> None:
    inside = "".join(
        "<item>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in item) + "</item>" for item in items
    )
    listing = board_sources()["nodesk"].listing
    _survives(
        Feed(listing, "https://x.example", titles), f'<rss version="2.0"><channel>{inside}</channel></rss>'.encode()
    )


@pytest.mark.parametrize(
    "source",
    [one for one in board_sources().values() if one.listing.kind is not SourceKind.SAMPLE],
    ids=lambda one: one.listing.id,
)
@settings(max_examples=40)
@given(body=st.binary(max_size=200) | rubbish.map(lambda value: json.dumps(value).encode()))
def test_no_body_raises_anything_but_a_source_error(source: Source, body: bytes) -> None:
    with suppress(SourceError):
        _survives(source, body)


DRAFT_TEXTS = ("title", "company", "place", "html", "pay_text", "employment_type", "seniority", "apply_url")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(DRAFT_TEXTS, rubbish)))
def test_nothing_in_a_draft_s_fields_raises(fields: dict[str, Any]) -> None:
    good = {"source_posting_id": "1", "url": "https://x.example/1", "title": "Cooper", "company": None, "place": ""}
    draft = Draft(**(good | {"html": ""} | fields))
    assert isinstance(normalising.read(sample.LISTING, draft, NOW), Posting | Rejection)
