"""What a person defines as a source: what is accepted, what is asked, and what becomes of the answers."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jobtracker.postings.model import Pay, PayPeriod
from jobtracker.sources.custom import CustomApi, OwnSource
from jobtracker.sources.model import SourceError, SourceKind, SourceStatus, Terms
from jobtracker.sources.own_source import build
from tests.fakes.job_answers import Reading, read_all, read_bodies, recorded
from tests.fakes.job_board import Answer, JobBoard, Request

SECRET = "s3cret-of-ours"
FIELDS = {
    "id": "id",
    "url": "links.web",
    "title": "name",
    "company": "employer.name",
    "place": "places[*].city",
    "html": "text",
    "pay_text": "pay",
    "employment_type": "kind",
    "posted_at": "date",
    "apply_url": "links.apply",
}
API: dict[str, Any] = {
    "kind": "api",
    "url": "https://jobs.example/api/jobs",
    "records": "data.items",
    "fields": FIELDS,
}


def _own(config: Mapping[str, Any], name: str = "Harbour jobs") -> OwnSource:
    return OwnSource.model_validate(
        {
            "id": "own:0123456789ab",
            "owner_id": "person-1",
            "name": name,
            "config": dict(config),
            "created_at": datetime(2026, 3, 1, tzinfo=UTC),
        }
    )


def _record(number: int, **fields: Any) -> dict[str, Any]:
    links = {"web": f"https://jobs.example/{number}", "apply": f"https://apply.example/{number}"}
    return {"id": number, "links": links, "name": f"Pilot {number}"} | fields


def _body(*records: Any, **beside: Any) -> bytes:
    return json.dumps({"data": {"items": list(records)}} | beside).encode()


def _read(board: JobBoard, config: Mapping[str, Any], **secrets: str) -> Reading:
    return read_all(build(_own(config)), board, secrets=secrets, pages=120)


def test_an_api_s_records_become_postings_as_its_paths_say(board: JobBoard) -> None:
    record = _record(
        1,
        employer={"name": "Ferrymoor"},
        places=[{"city": "Rotterdam"}, {"city": "Bremen"}],
        text="&lt;p&gt;You steer ferries.&lt;/p&gt;",
        pay="€62,000 - €78,000",
        kind="Full-time",
        date="2026-03-02T08:00:00Z",
    )
    board.answer("/api/jobs", Answer(_body(record)))
    (pilot,) = _read(board, API).postings
    assert (pilot.source_id, pilot.source_posting_id) == ("own:0123456789ab", "1")
    assert (pilot.title, pilot.company) == ("Pilot 1", "Ferrymoor")
    assert (pilot.url, pilot.apply_url) == ("https://jobs.example/1", "https://apply.example/1")
    assert [place.city for place in pilot.places] == ["Rotterdam", "Bremen"]
    assert pilot.description_html == "<p>You steer ferries.</p>"
    assert pilot.pay == Pay(minimum=62_000, maximum=78_000, currency="EUR", period=PayPeriod.YEAR)
    assert pilot.employment_type == "full-time"
    assert pilot.posted_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert pilot.attribution == "Source: Harbour jobs"


def test_a_record_of_another_shape_is_rejected_alone(board: JobBoard) -> None:
    records = [
        _record(1),
        _record(2, name={"de": "Lotse"}),
        _record(3, id=None),
        _record(4, links={"web": "ftp://x"}),
        _record(5, name=True),
        "text",
        None,
    ]
    board.answer("/api/jobs", Answer(_body(*records)))
    read = _read(board, API)
    assert [posting.title for posting in read.postings] == ["Pilot 1"]
    assert read.rejected == ["title is not text", "no id", "no link", "title is not text", "no id", "no id"]


def test_a_field_s_function_that_fails_rejects_the_record(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1, pay=7), _record(2, pay="£40k"))))
    read = _read(board, API | {"fields": FIELDS | {"pay_text": "starts_with(pay, '£') && pay || ''"}})
    assert read.rejected == ["the record is not what its pay_text can be read from"]
    assert [posting.source_posting_id for posting in read.postings] == ["2"]


def test_secrets_go_into_headers_and_query_and_nowhere_else(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1), token=SECRET)))
    config = API | {
        "query": {"q": "ferry & tug"},
        "headers": {"Accept-Language": "nl"},
        "secret_headers": {"Authorization": "key"},
        "secret_query": {"app_key": "key"},
    }
    own = _own(config)
    source = build(own)
    read = read_all(source, board, secrets={"key": SECRET})
    (request,) = board.requests
    assert request.path == f"/api/jobs?q=ferry+%26+tug&app_key={SECRET}"
    assert request.headers["authorization"] == SECRET
    assert request.headers["accept-language"] == "nl"
    assert own.listing.secrets == ("key",)
    assert own.listing.terms is Terms.KEY
    assert own.listing.politeness.robots
    assert SECRET not in repr(source) + repr(own) + own.model_dump_json() + repr(read.pages)


def test_an_api_is_not_asked_while_its_secret_is_not_set(board: JobBoard) -> None:
    with pytest.raises(SourceError) as caught:
        _read(board, API | {"secret_headers": {"X-Api-Key": "key"}})
    assert caught.value.status is SourceStatus.OFF
    assert "'key'" in caught.value.reason
    assert board.requests == []


def test_a_record_that_no_advertisement_is_as_long_as_is_not_looked_into(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1, more="x" * 1_000_000), _record(2))))
    read = _read(board, API)
    assert read.rejected == ["longer than any advertisement"]
    assert [posting.source_posting_id for posting in read.postings] == ["2"]


def test_a_number_that_no_function_takes_rejects_the_record(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1, pay=float("inf")))))
    read = _read(board, API | {"fields": FIELDS | {"pay_text": "ceil(pay)"}})
    assert read.rejected == ["the record is not what its pay_text can be read from"]


def _paths(board: JobBoard) -> list[str]:
    return [request.path for request in board.requests]


def test_pages_are_counted_until_one_is_empty(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1))), Answer(_body(_record(2))), Answer(_body()))
    read = _read(board, API | {"paging": {"kind": "page", "parameter": "p", "first": 0}})
    assert _paths(board) == ["/api/jobs?p=0", "/api/jobs?p=1", "/api/jobs?p=2"]
    assert [posting.source_posting_id for posting in read.postings] == ["1", "2"]
    assert read.rejected == []


def test_a_page_s_number_may_stand_in_the_address(board: JobBoard) -> None:
    board.answer("/api/jobs/1/x", Answer(_body(_record(1))))
    board.answer("/api/jobs/2/x", Answer(_body()))
    _read(board, API | {"url": "https://jobs.example/api/jobs/{page}/x?a=b", "paging": {"kind": "page"}})
    assert _paths(board) == ["/api/jobs/1/x?a=b", "/api/jobs/2/x?a=b"]


def test_an_offset_grows_by_what_was_read(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1), _record(2))), Answer(_body(_record(3))), Answer(_body()))
    _read(board, API | {"paging": {"kind": "offset", "parameter": "from"}})
    assert _paths(board) == ["/api/jobs?from=0", "/api/jobs?from=2", "/api/jobs?from=3"]


def test_a_cursor_is_followed_until_there_is_none(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1), next="a/b")), Answer(_body(_record(2), next=None)))
    _read(board, API | {"paging": {"kind": "cursor", "path": "next", "parameter": "after"}})
    assert _paths(board) == ["/api/jobs", "/api/jobs?after=a%2Fb"]


def test_cursors_that_go_in_circles_end_with_the_reason(board: JobBoard) -> None:
    board.answer(
        "/api/jobs",
        *(Answer(_body(_record(number), next=cursor)) for number, cursor in enumerate(["a", "b", "a", "b"], 1)),
    )
    read = _read(board, API | {"paging": {"kind": "cursor", "path": "next"}})
    assert len(read.pages) == 3
    assert read.rejected == ["the pages that the source names repeat: no more were read"]
    assert len(read.postings) == 3


def test_a_source_that_gives_the_same_page_for_every_number_is_read_twice_at_most(board: JobBoard) -> None:
    board.answer("/api/jobs", Answer(_body(_record(1))))
    read = _read(board, API | {"paging": {"kind": "page"}})
    assert len(read.pages) == 2
    assert read.rejected == ["the pages that the source names repeat: no more were read"]


def test_no_more_pages_are_read_than_the_person_said(board: JobBoard) -> None:
    numbers = iter(range(1, 100))
    board.answer("/api/jobs", lambda _: Answer(_body(_record(number := next(numbers)), next=number)))
    read = _read(board, API | {"paging": {"kind": "cursor", "path": "next"}, "pages": 4})
    assert len(read.pages) == 4
    assert read.rejected == []


def test_a_list_is_whole_only_where_the_person_says_so_and_its_last_page_was_read(board: JobBoard) -> None:
    board.answer("/api/jobs", lambda asked: Answer(_body(_record(1)) if asked.path.endswith("page=1") else _body()))
    assert not build(_own(API)).listing.complete
    assert build(_own(API | {"complete": True})).listing.complete
    ended = _read(board, API | {"paging": {"kind": "page"}})
    assert [page.partial for page in ended.pages] == [False, False]
    bounded = _read(board, API | {"paging": {"kind": "page"}, "pages": 1})
    assert [page.partial for page in bounded.pages] == [True]
    board.answer("/api/jobs", Answer(_body(_record(1))))
    repeated = _read(board, API | {"paging": {"kind": "page"}})
    assert repeated.pages[-1].partial


def test_the_link_header_is_followed_on_the_same_host_with_our_secret_added_anew(board: JobBoard) -> None:
    def answer(request: Request) -> Answer:
        if "page=2" in request.path:
            return Answer(_body(_record(2)), headers={"Link": '<https://elsewhere.example/?page=3>; rel="next"'})
        return Answer(_body(_record(1)), headers={"Link": f'</api/jobs?page=2&key={SECRET}>; rel="next"'})

    board.answer("/api/jobs", answer)
    config = {"url": f"{board.url}/api/jobs", "paging": {"kind": "link"}, "secret_query": {"key": "k"}}
    read = _read(board, API | config, k=SECRET)
    assert _paths(board) == [f"/api/jobs?key={SECRET}", f"/api/jobs?page=2&key={SECRET}"]
    assert SECRET not in str(read.pages[0].next)
    assert read.rejected == ["the next page is said to be on another host: no more were read"]
    assert len(read.postings) == 2


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"null", b'{"data": {"items": {}}}', b"", b"nonsense", b"<html></html>", b"[" * 99_999]
)
def test_an_answer_without_the_list_is_no_empty_one(body: bytes) -> None:
    with pytest.raises(SourceError):
        read_bodies(build(_own(API)), body)


def test_a_feed_of_one_s_own_is_read_like_any_other(board: JobBoard) -> None:
    board.answer("/feed", Answer(recorded("atom.xml")))
    own = _own({"kind": "feed", "url": "https://archive.example/feed"}, "County archive")
    read = read_all(build(own), board)
    assert [posting.title for posting in read.postings] == ["Paper Conservator", "Reading Room Assistant"]
    assert {posting.source_id for posting in read.postings} == {own.id}
    assert (own.listing.host, own.listing.kind, own.listing.on) == ("archive.example", SourceKind.CUSTOM, True)


def test_a_company_s_board_of_one_s_own_keeps_its_system_s_limits_and_credit(board: JobBoard) -> None:
    board.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
    own = _own({"kind": "board", "system": "greenhouse", "token": "ferrymoor"}, "Ferrymoor")
    read = read_all(build(own), board)
    assert read.postings
    assert {posting.source_id for posting in read.postings} == {own.id}
    assert own.listing.host == "boards-api.greenhouse.io"
    assert own.listing.complete
    assert "through Greenhouse" in own.listing.attribution


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ({"url": "ftp://jobs.example"}, "url", "must begin with https://"),
        ({"url": "https://"}, "url", "must begin with https://"),
        ({"url": "https://jobs.example:99999/"}, "url", "no web address"),
        ({"url": "https://jobs.example/a b"}, "url", "white space"),
        ({"url": "https://me:pass@jobs.example/"}, "url", "user or password"),
        ({"url": "https://jobs..example/"}, "url", "no host can have this name"),
        ({"url": f"https://{'x' * 64}.example/"}, "url", "no host can have this name"),
        ({"url": f"https://{'x.' * 130}example/"}, "url", "no host can have this name"),
        ({"url": "https://www.linkedin.com/jobs/search"}, "url", "LinkedIn forbids programs to read it"),
        ({"url": "https://de.LinkedIn.com./x", "secret_headers": {"Cookie": "c"}}, "url", "LinkedIn forbids"),
        ({"url": "https://linkedin。com:443/x"}, "url", "LinkedIn forbids programs"),
        ({"url": "https://wellfound.com/jobs"}, "url", "forbids programs to read it"),
        ({"url": "https://{page}.example/", "paging": {"kind": "page"}}, "url", "host may have no placeholder"),
        ({"url": "https://jobs.example/{page}"}, "", "placeholder, with this paging: none"),
        ({"url": "https://jobs.example/{cursor}", "paging": {"kind": "page"}}, "", "one {page}"),
        ({"url": "https://jobs.example/{page}/{page}", "paging": {"kind": "page"}}, "", "one {page}"),
        ({"records": "data.["}, "records", "no JMESPath expression"),
        ({"records": "(" * 300}, "records", "no JMESPath expression"),
        ({"records": "data."}, "records", "no JMESPath expression: something is missing at its end"),
        ({"records": "data..jobs"}, "records", "no JMESPath expression: it cannot be read from its character 6 on"),
        ({"records": "a[?b='x"}, "records", "no JMESPath expression: it cannot be read from its character 5 on"),
        ({"records": ""}, "records", "at least 1 character"),
        ({"records": "|".join(["[@,@][]"] * 20)}, "records", "copies"),
        ({"records": "a" * 301}, "records", "at most 300"),
        ({"records": "join(', ', a)"}, "records", "join is for the fields of one record alone"),
        ({"paging": {"kind": "cursor", "path": "to_string(@)"}}, "paging.cursor.path", "to_string is for the fields"),
        ({"fields": FIELDS | {"html": "|".join(["to_string([@])"] * 8)}}, "fields.html", "may write more than"),
        ({"fields": FIELDS | {"title": "nosuch("}}, "fields.title", "no JMESPath expression"),
        ({"fields": FIELDS | {"colour": "x"}}, "fields.colour", "Extra inputs"),
        ({"fields": {"id": "id"}}, "fields.url", "Field required"),
        ({"headers": {"Host": "x.example"}}, "headers.Host.[key]", "this header cannot be set"),
        ({"headers": {"user-agent": "x"}}, "headers.user-agent.[key]", "this header cannot be set"),
        ({"secret_headers": {"Host": "x"}}, "secret_headers.Host.[key]", "this header cannot be set"),
        ({"headers": {"X-Api-Key": "123"}}, "headers.X-Api-Key.[key]", "put it under the secrets, so that it is kept"),
        ({"headers": {"Cookie": "123"}}, "headers.Cookie.[key]", "put it under the secrets, so that it is kept"),
        ({"headers": {"A\nB": "1"}}, "headers.A\nB.[key]", "pattern"),
        ({"headers": {"A": "1\r\nHost: x"}}, "headers.A", "pattern"),
        ({"secret_headers": {"Authorization": "Bearer abc"}}, "secret_headers.Authorization", "pattern"),
        ({"pages": 101}, "pages", "less than or equal to 100"),
        ({"per_hour": 0}, "per_hour", "greater than or equal to 1"),
        ({"paging": {"kind": "cursor"}}, "paging.cursor.path", "Field required"),
        ({"paging": {"kind": "scroll"}}, "paging", "does not match any of the expected tags"),
        ({"kind": "script"}, "", "does not match any of the expected tags"),
        ({"kind": "feed"}, "feed.records", "Extra inputs"),
    ],
)
def test_a_definition_that_cannot_be_is_refused_where_it_is_wrong(
    change: dict[str, Any], where: str, what: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        _own(API | change)
    found = [(".".join(map(str, error["loc"])), error["msg"]) for error in caught.value.errors()]
    prefix = "config" if where.startswith("feed") or change.get("kind") == "script" else "config.api"
    assert any(loc == f"{prefix}.{where}".rstrip(".") and what in msg for loc, msg in found), found


@pytest.mark.parametrize("token", ["", "a/b", "..", "ferry moor", "x?y=z", "evil.example/#"])
def test_a_board_s_token_that_is_none_is_refused(token: str) -> None:
    with pytest.raises(ValidationError):
        _own({"kind": "board", "system": "greenhouse", "token": token})
    with pytest.raises(ValidationError, match="no board of a system"):
        _own({"kind": "board", "system": "nosuch", "token": "ferrymoor"})


def test_what_a_person_typed_wrongly_is_not_repeated() -> None:
    with pytest.raises(ValidationError) as caught:
        _own(API | {"url": f"https://me:{SECRET}@jobs.example/", "headers": {"Authorization": SECRET}})
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value)


@pytest.mark.parametrize("source_id", ["own:1", "own:0123456789AB", "remoteok", "own:0123456789abc"])
def test_an_own_source_s_id_is_twelve_digits(source_id: str) -> None:
    known = _own(API).model_dump()
    with pytest.raises(ValidationError):
        OwnSource.model_validate(known | {"id": source_id})


def test_a_definition_comes_back_from_json_as_it_was() -> None:
    own = _own(API | {"paging": {"kind": "offset"}, "secret_query": {"key": "k"}})
    assert OwnSource.model_validate_json(own.model_dump_json()) == own


names = st.sampled_from(["id", "links", "name", "web", "items", "data", "next", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("https://x.example/1"),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(names, one, max_size=4),
    max_leaves=10,
)


@given(st.lists(values, max_size=3), values)
def test_no_record_and_no_cursor_of_an_api_raises(records: list[Any], cursor: Any) -> None:
    source = build(_own(API | {"paging": {"kind": "cursor", "path": "next"}}))
    read = read_bodies(source, _body(*records, next=cursor))
    assert len(read.postings) + len(read.rejected) == len(records)


@given(values)
def test_no_answer_of_an_api_raises_anything_but_a_source_error(answer: Any) -> None:
    with suppress(SourceError):
        read_bodies(build(_own(API)), json.dumps(answer).encode())


@given(st.text(max_size=60) | st.sampled_from(["[@,@]", "data[?a>`1`]", "to_string(@)", "@", "sort_by(@, &x)"]))
def test_every_text_as_a_path_is_refused_or_can_be_used(path: str) -> None:
    try:
        own = _own(API | {"records": path})
    except ValidationError:
        return
    assert isinstance(own.config, CustomApi)
    with suppress(SourceError):
        read_bodies(build(own), _body(_record(1)))
