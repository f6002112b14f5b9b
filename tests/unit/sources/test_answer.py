"""An answer as text: whatever its host says of the encoding, and however wrong that is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.sources.answer import LONGEST_HOLD, Raw, Response, span
from jobtracker.sources.fresh import FreshAnswers, fresh_for
from tests.fakes.polite import NOON

WORDS = "Küfer für München, 60.000 €"


def _text(body: bytes, content_type: str = "") -> str:
    return Response("https://jobs.example", body, content_type=content_type).text()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORDS.encode(), "text/html; charset=utf-8"),
        (WORDS.encode(), "text/html"),
        (WORDS.encode(), ""),
        # Hosts that say otherwise than they do.
        (WORDS.encode(), "text/html; charset=ISO-8859-1"),
        (WORDS.encode(), "text/html; charset=none"),
        (WORDS.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (WORDS.encode("cp1252"), 'text/html; charset="Windows-1252"'),
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/html; charset=iso-8859-1"),
        (WORDS.encode("utf-16"), "application/json"),
        (WORDS.encode("utf-16-le"), "text/plain; charset=utf-16le"),
    ],
)
def test_the_text_is_found_under_what_is_said_and_what_is_meant(body: bytes, content_type: str) -> None:
    assert _text(body, content_type).removeprefix("\ufeff") == WORDS


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1252">',
        "<META http-equiv=Content-Type content='text/html; charset=windows-1252'>",
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
    ],
)
def test_what_a_page_says_of_itself_counts_where_its_host_says_nothing(head: str) -> None:
    page = f"{head}<p>{WORDS}</p>"
    assert _text(page.encode("cp1252"), "text/html") == page


def test_japanese_is_read_by_its_label() -> None:
    words = "樽職人を募集"
    assert _text(words.encode("shift_jis"), "text/html; charset=Shift_JIS") == words
    assert _text(words.encode("iso2022_jp"), "text/html; charset=iso-2022-jp") == words


def test_what_cannot_be_decoded_is_replaced_and_the_rest_kept() -> None:
    assert _text("Küfer".encode() + b"\xff in Bern") == "Küfer\ufffd in Bern"


@given(
    st.binary(max_size=300),
    st.text(max_size=40),
    st.sampled_from(["utf-8", "utf-7", "idna", "utf-16", "x-user-defined"]),
)
def test_no_body_and_no_header_is_too_strange_to_decode(body: bytes, noise: str, label: str) -> None:
    for content_type in (noise, f"text/html; charset={label}", f"charset={noise}"):
        assert isinstance(_text(body, content_type), str)
        assert isinstance(_text(b"<meta charset=" + label.encode() + b">" + body, content_type), str)


def test_an_unchanged_answer_has_no_text() -> None:
    assert Response("https://jobs.example", None).text() == ""


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('</jobs?page=2>; rel="next", </jobs>; rel="first"', "https://jobs.example/jobs?page=2"),
        ('<https://jobs.example/küfer?page=2>; rel="next"', "https://jobs.example/küfer?page=2"),
        ('</jobs?page=1>; rel="prev"', None),
        ('<http://[::1>; rel="next"', None),
        ("", None),
    ],
)
def test_the_page_that_follows_is_found_in_the_link_header(link: str, url: str | None) -> None:
    assert Raw("https://jobs.example/jobs", 200, {"link": link}, b"").next_url == url


@given(st.text(max_size=60))
def test_no_link_header_is_too_strange(link: str) -> None:
    for written in (link, f'<{link}>; rel="next"'):
        url = Raw("https://jobs.example/jobs", 200, {"link": written}, b"").next_url
        assert url is None or isinstance(url, str)


@given(st.text(max_size=40))
def test_retry_after_is_a_bounded_time_or_nothing(told: str) -> None:
    wait = Raw("https://jobs.example", 429, {"retry-after": told}, b"").wait(NOON)
    assert wait is None or timedelta() <= wait <= LONGEST_HOLD


@given(st.text(max_size=60), st.text(max_size=10))
def test_cache_control_is_a_bounded_time(control: str, age: str) -> None:
    headers = {"cache-control": f"max-age=5000, {control}", "age": age}
    assert timedelta() <= fresh_for(headers) <= timedelta(hours=1)


def test_fresh_answers_are_kept_within_a_bound_those_used_last() -> None:
    kept = FreshAnswers()
    headers = {"cache-control": "max-age=600"}
    body = bytes(3_000_000)
    for number in range(5):
        kept.put((str(number), ()), Response(str(number), body), headers, NOON)
    assert kept.get(("0", ()), NOON) is not None
    kept.put(("5", ()), Response("5", body), headers, NOON)
    assert [number for number in range(6) if kept.get((str(number), ()), NOON)] == [0, 2, 3, 4, 5]
    kept.put(("6", ()), Response("6", bytes(5_000_000)), headers, NOON)
    assert kept.get(("6", ()), NOON) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 seconds"),
        (1, "a second"),
        (50, "50 seconds"),
        (60, "a minute"),
        (900, "15 minutes"),
        (3_590, "an hour"),
        (7_000, "2 hours"),
        (86_400, "a day"),
        (604_800, "7 days"),
    ],
)
def test_a_wait_is_told_in_the_unit_that_people_would_use(seconds: float, words: str) -> None:
    assert span(timedelta(seconds=seconds)) == words
