"""The polite client against a real host on this machine: what it asks, and where redirects lead it."""

import json
from datetime import timedelta

import pytest

from jobtracker.sources.client import PoliteClient
from jobtracker.sources.model import SourceStatus, Validators
from tests.fakes.job_board import Answer, JobBoard, Request, job_board
from tests.fakes.polite import BODY, EAGER, QUICK, FakeTime, error_of, polite_client, told


def test_it_says_who_it_is_and_how_to_reach_the_operator(board: JobBoard, client: PoliteClient) -> None:
    headers = {"ETag": '"a1"', "Last-Modified": "yesterday", "Content-Type": "application/json"}
    answer = client.get(board.answer("/jobs", Answer(BODY, headers=headers)))
    assert (answer.body, answer.content_type) == (BODY, "application/json")
    assert answer.validators == Validators(etag='"a1"', last_modified="yesterday")
    assert board.requests[0].headers["user-agent"] == "AIJobTracker/1.0 (+ops@tracker.example)"


def test_further_headers_are_sent_and_may_replace_its_own(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY))
    client.get(url, headers={"Accept": "application/json"}, secret_headers={"User-Agent": "me@tracker.example"})
    sent = board.requests[0].headers
    assert (sent["accept"], sent["user-agent"]) == ("application/json", "me@tracker.example")


@pytest.mark.parametrize("value", ["a\r\nHost: other", "ü", "a\0b"])
def test_a_header_that_cannot_be_sent_counts_as_failing(board: JobBoard, client: PoliteClient, value: str) -> None:
    url = board.answer("/jobs", Answer(BODY))
    assert told(lambda: client.get(url, headers={"X-Key": value})) == (
        SourceStatus.FAILING,
        "the request cannot be sent as it is",
    )
    assert board.requests == []


def test_no_cookie_is_kept(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, headers={"Set-Cookie": "id=7; Path=/"}))
    client.get(url)
    client.get(url)
    assert "cookie" not in board.requests[1].headers


def test_it_counts_what_it_asks_for_each_politeness_apart(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY))
    other = client.polite(EAGER)
    client.get(url)
    client.get(url)
    other.get(url)
    # The first also asked for robots.txt.
    assert (client.requests, other.requests) == (3, 1)


def test_json_is_posted_and_what_comes_back_read(board: JobBoard, client: PoliteClient) -> None:
    def search(request: Request) -> Answer:
        return Answer(json.dumps({"offset": json.loads(request.body)["offset"]}).encode())

    url = board.answer("/search", search)
    answer = client.post_json(url, {"offset": 20}, headers={"X-Site": "jobs"}, secret_headers={"Authorization": "key"})
    assert json.loads(answer.body or b"") == {"offset": 20}
    (request,) = board.requests
    assert request.method == "POST"
    sent = request.headers
    assert (sent["content-type"], sent["x-site"], sent["authorization"]) == ("application/json", "jobs", "key")


def test_a_post_meets_the_same_refusals_and_further_tries(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/search", Answer(status=503), Answer(BODY), Answer(status=403))
    assert client.post_json(url, {}).body == BODY
    assert error_of(lambda: client.post_json(url, {})).status is SourceStatus.BLOCKED


# Conditional requests and answers that are still fresh.


def test_it_asks_conditionally_and_takes_304_for_unchanged(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=304, headers={"ETag": '"a2"'}))
    known = Validators(etag='"a1"', last_modified="Tue, 03 Mar 2026 08:00:00 GMT")
    answer = client.get(url, validators=known)
    assert answer.body is None
    assert answer.validators == Validators(etag='"a2"', last_modified=known.last_modified)
    asked = board.requests[0].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (known.etag, known.last_modified)


def test_it_asks_plainly_when_it_knows_nothing(board: JobBoard, client: PoliteClient) -> None:
    client.get(board.answer("/jobs", Answer(BODY)))
    assert not {"if-none-match", "if-modified-since"} & set(board.requests[0].headers)


def test_304_to_a_plain_question_is_no_answer(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=304))
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "HTTP 304")


def test_an_answer_that_is_still_fresh_is_not_asked_for_again(
    board: JobBoard, client: PoliteClient, time: FakeTime
) -> None:
    headers = {"Cache-Control": "public, max-age=600", "Age": "100", "ETag": '"a1"'}
    url = board.answer("/jobs", Answer(BODY, headers=headers))
    first = client.get(url)
    assert client.get(url) == first
    assert client.get(url, validators=first.validators).body is None
    assert client.get(url, validators=Validators(etag='"a0"')).body == BODY
    assert len(board.requests) == 1
    client.get(url, headers={"Accept-Language": "de"})
    assert len(board.requests) == 2
    time.now += timedelta(seconds=501)
    client.get(url)
    assert len(board.requests) == 3


@pytest.mark.parametrize(
    "control", ["", "max-age=0", "no-store, max-age=600", "no-cache, max-age=600", "s-maxage=600", "max-age=soon"]
)
def test_an_answer_that_does_not_say_it_stays_fresh_is_asked_for_again(
    board: JobBoard, client: PoliteClient, control: str
) -> None:
    url = board.answer("/jobs", Answer(BODY, headers={"Cache-Control": control}))
    client.get(url)
    client.get(url)
    assert len(board.requests) == 2


def test_what_a_secret_opened_is_never_kept(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(BODY, headers={"Cache-Control": "max-age=600"}))
    client.get(url, secret_headers={"Authorization": "key"})
    client.get(url)
    client.get(url, secret_headers={"Authorization": "other"})
    assert len(board.requests) == 3


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(board: JobBoard, client: PoliteClient, status: int) -> None:
    url = board.answer("/old", Answer(status=status, headers={"Location": "/new?page=1#top"}))
    board.answer("/new", Answer(BODY))
    answer = client.get(url, secret_headers={"Authorization": "key"})
    assert (answer.url, answer.body) == (f"{board.url}/new?page=1", BODY)
    assert board.requests[1].headers["authorization"] == "key"


@pytest.mark.parametrize(("status", "method", "body"), [(303, "GET", b""), (308, "POST", b'{"a": 1}')])
def test_a_post_stays_one_only_where_the_redirect_says_so(
    board: JobBoard, client: PoliteClient, status: int, method: str, body: bytes
) -> None:
    url = board.answer("/old", Answer(status=status, headers={"Location": "/new"}))
    board.answer("/new", Answer(BODY))
    client.post_json(url, {"a": 1})
    assert (board.requests[1].method, board.requests[1].body) == (method, body)


def test_a_redirect_to_another_host_is_refused_and_that_host_never_asked(board: JobBoard, client: PoliteClient) -> None:
    with job_board() as other:
        url = board.answer("/jobs", Answer(status=302, headers={"Location": other.answer("/x", Answer(BODY))}))
        assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "redirected to another host (127.0.0.1)")
        assert other.requests == []


def test_a_page_that_a_person_named_may_lead_to_another_host_but_no_secret_goes_there() -> None:
    with job_board() as here, job_board() as there:
        client = polite_client(here, there)
        back = here.answer("/back", Answer(BODY))
        there.answer("/moved", Answer(status=302, headers={"Location": back}))
        url = here.answer("/jobs", Answer(status=302, headers={"Location": f"{there.url}/moved"}))
        answer = client.get(url, headers={"X-Plain": "yes"}, secret_headers={"X-Key": "secret"}, follow=True)
        assert (answer.url, answer.body) == (back, BODY)
        first, last = here.requests
        (middle,) = there.requests
        assert first.headers["x-key"] == "secret"
        # Nor when it leads back: what the other host made of the address is not known.
        assert "x-key" not in middle.headers
        assert "x-key" not in last.headers
        assert middle.headers["x-plain"] == "yes"
        assert (here.robots_requests, there.robots_requests) == (1, 1)
        client.close()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[::1", "ftp://127.0.0.1/x", "//other.example/x", ""])
def test_a_redirect_to_what_is_no_page_of_the_host_is_refused(
    board: JobBoard, client: PoliteClient, target: str
) -> None:
    url = board.answer("/jobs", Answer(status=302, headers={"Location": target}))
    assert error_of(lambda: client.get(url)).status is SourceStatus.FAILING
    assert len(board.requests) in {1, 4}


def test_redirects_in_circles_end(board: JobBoard, client: PoliteClient) -> None:
    url = board.answer("/jobs", Answer(status=302, headers={"Location": "/jobs"}))
    assert told(lambda: client.get(url)) == (SourceStatus.FAILING, "redirected in circles")
    assert len(board.requests) == QUICK.redirects + 1


@pytest.mark.parametrize(
    "url", ["", "jobs", "file:///etc/passwd", "http://", "http://[::1/x", "http://a b/", "http://\udcff/"]
)
def test_an_address_that_is_none_counts_as_failing(client: PoliteClient, url: str) -> None:
    assert error_of(lambda: client.get(url)).status is SourceStatus.FAILING


def test_a_dot_at_the_end_of_a_host_makes_no_other_host_of_it(board: JobBoard, client: PoliteClient) -> None:
    board.answer("/jobs", Answer(BODY))
    port = board.host.partition(":")[2]
    assert client.get(f"http://127.0.0.1.:{port}/jobs").url == f"{board.url}/jobs"
