"""A page read by a language model: what it says and the page does not is dropped."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.llm.client import Claude
from jobtracker.llm.model import Reading, Usage
from jobtracker.sources.imports import assisted, page
from jobtracker.sources.imports.assisted import Answer, PageReading
from jobtracker.sources.imports.model import How, RefusedError
from jobtracker.sources.source import Draft
from tests.fakes.claude import FakeClaude, Fault, Said, fake_claude

STORY = (Path(__file__).parent / "fixtures" / "pages" / "story.html").read_text(encoding="utf-8")
URL = "https://crumb.example/work?utm_source=x"
NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def service() -> Iterator[FakeClaude]:
    with fake_claude() as running:
        yield running


def _read(service: FakeClaude, html: str = STORY, **said: str | None) -> Draft:
    service.says(Said(json.dumps(said)))
    brought = page.postings_of(URL, html, NOW, claude=Claude("sk-test", base_url=service.url))
    assert brought.how is How.LANGUAGE_MODEL
    (found,) = brought.found
    return found.draft


def test_what_the_model_quotes_from_the_page_becomes_a_posting(service: FakeClaude) -> None:
    draft = _read(
        service,
        title="night  baker",
        company="Crumb & Crust",
        place="Ghent, Belgium",
        pay="2 900 € a month",
        description_begins="You come at three",
        description_ends="you know sourdough.",
    )
    assert draft.title == "Night Baker"
    assert (draft.company, draft.place, draft.pay_text) == ("Crumb & Crust", "Ghent, Belgium", "2 900 € a month")
    assert draft.html == "<p>You come at three and leave at eleven.</p><p>You know sourdough.</p>"
    assert draft.url == draft.source_posting_id == "https://crumb.example/work"


def test_what_is_not_on_the_page_is_dropped(service: FakeClaude) -> None:
    draft = _read(
        service,
        title="Night Baker",
        company="Crumb & Crust International Holding",
        place="Antwerp",
        pay="€4,500 a month",
        employment_type="full-time",
        description_begins="A great opportunity",
        description_ends="since 1911",
    )
    assert (draft.company, draft.place, draft.pay_text, draft.employment_type) == (None, "", "", "")
    # Where the description is not told, it is all of the page's own text.
    assert "You know sourdough." in draft.html
    assert "opportunity" not in draft.html


@pytest.mark.parametrize("title", [None, "", "Head Baker", "aker", "Chief Pretender", "Home Shop", "  "])
def test_without_a_title_that_is_on_the_page_there_is_no_posting(service: FakeClaude, title: str | None) -> None:
    with pytest.raises(RefusedError, match="by a language model neither"):
        _read(service, title=title)


def test_the_page_goes_in_as_a_document_without_scripts_and_menus(service: FakeClaude) -> None:
    _read(service, title="Night Baker")
    (body,) = service.asked
    document = body["messages"][0]["content"][0]["source"]["data"]
    assert "Night Baker" in document
    assert "Chief Pretender" not in document
    assert "Home Shop Contact" not in document
    assert "crumb.example" not in json.dumps(body)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Fault(500), "answered HTTP 500"),
        (Fault(401), "answered HTTP 401"),
        (Said("", stop_reason="refusal"), "declined"),
        (Said('{"title": "Night', stop_reason="max_tokens"), "cut off"),
        (Said("Sure! Here is the posting."), "not in the form"),
    ],
)
def test_a_model_that_gives_no_answer_is_told_of(service: FakeClaude, reply: Said | Fault, reason: str) -> None:
    service.says(reply)
    claude = Claude("sk-test", base_url=service.url, retries=0)
    with pytest.raises(RefusedError, match=reason):
        page.postings_of(URL, STORY, NOW, claude=claude)


def test_a_page_that_can_be_read_without_it_does_not_ask_the_model(service: FakeClaude) -> None:
    html = '<script type="application/ld+json">{"@type":"JobPosting","title":"Baker","description":"x"}</script>'
    page.postings_of(URL, html, NOW, claude=Claude("sk-test", base_url=service.url))
    assert service.asked == []


class _Says:
    """A model that says what it is told to."""

    def __init__(self, reading: PageReading) -> None:
        self._reading = reading

    def read(
        self, form: type[Answer], instructions: str, document: str, *, title: str = "", max_tokens: int = 0
    ) -> Reading[Answer]:
        """The same for every document."""
        return Reading(form.model_validate(self._reading.model_dump()), Usage("none", 0, 0))


LETTERS = st.text(alphabet="ab İß<&>.\n", max_size=40)


@given(LETTERS, LETTERS, LETTERS, LETTERS)
def test_every_word_of_a_posting_is_from_the_page(text: str, title: str, begins: str, ends: str) -> None:
    reading = PageReading(title=title, description_begins=begins, description_ends=ends)
    try:
        draft = assisted.read(_Says(reading), URL, text)
    except RefusedError:
        return
    assert draft.title in " ".join(text.split())
    assert draft.title
