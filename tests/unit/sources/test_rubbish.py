"""Whatever a source sends is a posting, a rejection or a SourceError, and nothing else."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Posting
from jobtracker.sources.client import SourceError
from jobtracker.sources.feed import WE_WORK_REMOTELY
from jobtracker.sources.greenhouse import Greenhouse
from jobtracker.sources.remoteok import RemoteOk
from jobtracker.sources.sample import Sample
from jobtracker.sources.source import Rejection, Source
from tests.fakes.job_answers import response

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
texts = st.text(max_size=60) | st.sampled_from(
    ["https://x.example/1", "0001-01-01T00:00:00+14:00", "$90k", "<p>x", "&#0;", "\ud800", "9" * 400, " ", "Remote, WA"]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts
rubbish = st.recursive(
    leaves, lambda one: st.lists(one, max_size=3) | st.dictionaries(texts, one, max_size=3), max_leaves=6
)

REMOTEOK_FIELDS = (
    *("id", "url", "position", "company", "location", "description", "salary_min", "salary_max", "tags", "date"),
    *("epoch", "apply_url", "slug"),
)
GREENHOUSE_FIELDS = (
    *("id", "absolute_url", "title", "company_name", "location", "offices", "content", "first_published"),
    "application_deadline",
)
SAMPLE_FIELDS = (
    *("id", "url", "title", "company", "location", "description_html", "salary", "remote_type", "employment_type"),
    "published_at_days_ago",
)


def _records(fields: tuple[str, ...], good: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Anything at all; or a good record with some of its fields turned into anything."""
    spoiled = st.fixed_dictionaries({}, optional=dict.fromkeys(fields, rubbish))
    return rubbish | spoiled | spoiled.map(lambda some: good | some)


def _survives(source: Source, body: bytes) -> None:
    for record in source.postings(response(body), NOW):
        assert isinstance(record, Posting | Rejection)
        if isinstance(record, Rejection):
            assert 0 < len(record.reason) <= 200
        else:
            assert record.title
            assert record.url.lower().startswith("http")
            assert record.content_hash
            assert Posting.model_validate_json(record.model_dump_json()).content_hash == record.content_hash


@given(st.lists(_records(REMOTEOK_FIELDS, {"id": "1", "url": "https://x.example/1", "position": "Cooper"}), max_size=3))
def test_no_record_of_remote_ok_raises(records: list[Any]) -> None:
    _survives(RemoteOk(), json.dumps(records).encode())


@given(
    st.lists(
        _records(GREENHOUSE_FIELDS, {"id": 1, "absolute_url": "https://x.example/1", "title": "Cooper"}), max_size=3
    )
)
def test_no_record_of_greenhouse_raises(records: list[Any]) -> None:
    _survives(Greenhouse("x", "X"), json.dumps({"jobs": records}).encode())


GOOD_SAMPLE = {
    "id": "S1",
    "url": "https://x.example/1",
    "title": "Cooper",
    "company": "Hoop",
    "location": "Graz",
    "description_html": "",
    "published_at_days_ago": 1,
}


@given(st.lists(_records(SAMPLE_FIELDS, GOOD_SAMPLE), max_size=3))
def test_no_record_of_the_sample_feed_s_shape_raises(records: list[Any]) -> None:
    _survives(Sample(), json.dumps({"jobs": records}).encode())


FEED_FIELDS = ("title", "link", "guid", "description", "pubDate", "region", "type", "category", "expires_at", "author")
xml_texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40) | st.sampled_from(
    ["https://x.example/1", "Hoop: Cooper", "<p>x</p>", "0001-01-01", "&#0;"]
)


@given(st.lists(st.lists(st.tuples(st.sampled_from(FEED_FIELDS), xml_texts), max_size=8), max_size=3))
def test_no_item_of_a_feed_raises(items: list[list[tuple[str, str]]]) -> None:
    inside = "".join(
        "<item>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in item) + "</item>" for item in items
    )
    _survives(WE_WORK_REMOTELY, f'<rss version="2.0"><channel>{inside}</channel></rss>'.encode())


@pytest.mark.parametrize("source", [RemoteOk(), Greenhouse("x", "X"), WE_WORK_REMOTELY], ids=lambda one: one.id)
@given(body=st.binary(max_size=200) | rubbish.map(lambda value: json.dumps(value).encode()))
def test_no_body_raises_anything_but_a_source_error(source: Source, body: bytes) -> None:
    with suppress(SourceError):
        _survives(source, body)
