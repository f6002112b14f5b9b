"""Whatever is in a record of a company's board, it is a posting or a rejection, and the others are read."""

import json
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Posting
from jobtracker.sources import normalising
from jobtracker.sources.answer import Response
from jobtracker.sources.companies import (
    ashby,
    greenhouse,
    lever,
    personio,
    recruitee,
    smartrecruiters,
    teamtailor,
    workable,
    workday,
)
from jobtracker.sources.model import SourceError
from jobtracker.sources.source import Draft, Rejection, Seen, Visit
from tests.fakes.job_answers import recorded

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
LINK = "https://x.example/1"

texts = st.text(max_size=40) | st.sampled_from(
    [
        LINK,
        "0001-01-01T00:00:00+14:00",
        "$90k",
        "<p>x",
        "\ud800",
        "9" * 400,
        " ",
        "Remote, WA",
        "EUR",
        "year",
        "/job/a_b",
    ]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts
rubbish = st.recursive(
    leaves, lambda one: st.lists(one, max_size=3) | st.dictionaries(texts, one, max_size=3), max_leaves=6
)


class Answers:
    """Stands for the client: gives its answers in order, the last again and again, and asks nobody."""

    def __init__(self, *bodies: Any) -> None:
        self.bodies = [body if isinstance(body, bytes) else json.dumps(body).encode() for body in bodies]

    def get(self, url: str, **_: Any) -> Response:
        """The next answer."""
        return Response(url, self.bodies.pop(0) if len(self.bodies) > 1 else self.bodies[0])

    def post_json(self, url: str, _: Any) -> Response:
        """The next answer."""
        return self.get(url)


def _survives(module: Any, token: str, *bodies: Any) -> None:
    board = module.board(token, None)
    client: Any = Answers(*bodies)
    try:
        page = board.fetch(Visit(client, NOW))
    except SourceError:
        return
    for record in page.records:
        if isinstance(record, Draft):
            posting = normalising.read(board.listing, record, NOW)
            assert isinstance(posting, Rejection) or (isinstance(posting, Posting) and posting.content_hash)
        else:
            assert isinstance(record, Seen | Rejection)


def _spoiled(good: Any) -> st.SearchStrategy[Any]:
    """A good value in which some fields, or fields of its fields, are anything at all."""
    if isinstance(good, dict):
        spoiled = {name: _spoiled(value) for name, value in good.items()}
        return rubbish | st.fixed_dictionaries({}, optional=spoiled).map(lambda some: good | some)
    if isinstance(good, list) and good:
        return rubbish | st.lists(_spoiled(good[0]), max_size=2)
    return rubbish | st.just(good)


def _good(fixture: str, *path: str) -> dict[str, Any]:
    """The first record of a fixture, in which everything is as it should be."""
    found: Any = json.loads(recorded(fixture))
    for step in path:
        found = found[step]
    record: dict[str, Any] = found[0] if isinstance(found, list) else found
    return record


GOOD: dict[str, tuple[Any, tuple[str, ...]]] = {
    "greenhouse": (greenhouse, ("jobs",)),
    "lever": (lever, ()),
    "ashby": (ashby, ("jobs",)),
    "workable": (workable, ("jobs",)),
    "recruitee": (recruitee, ("offers",)),
}


def _under(path: tuple[str, ...], records: Any) -> Any:
    return {path[0]: records} if path else records


@pytest.mark.parametrize("system", GOOD)
@given(data=st.data())
def test_no_record_raises(system: str, data: st.DataObject) -> None:
    module, path = GOOD[system]
    records = data.draw(st.lists(_spoiled(_good(f"{system}.json", *path)), max_size=3))
    _survives(module, "acme", _under(path, records))


@given(
    st.lists(_spoiled(_good("workday.json", "jobPostings")), max_size=2),
    leaves | st.just(2),
    _spoiled(_good("workday_posting.json")),
)
def test_no_record_of_workday_raises(records: list[Any], total: Any, details: Any) -> None:
    _survives(workday, "acme.wd1~Site", {"total": total, "jobPostings": records}, details)


@given(
    st.lists(_spoiled(_good("smartrecruiters.json", "content")), max_size=2),
    leaves | st.just(2),
    _spoiled(_good("smartrecruiters_posting.json")),
)
def test_no_record_of_smartrecruiters_raises(records: list[Any], total: Any, details: Any) -> None:
    _survives(smartrecruiters, "Acme", {"totalFound": total, "content": records}, details)


xml_texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40) | st.sampled_from(
    [LINK, "1", "<p>x</p>", "0001-01-01", "full-time", "remote"]
)


def _xml(fixture: str) -> st.SearchStrategy[str]:
    """Some elements of a fixture's names, within each other too."""
    names = st.sampled_from(sorted({one.tag.rpartition("}")[2] for one in fromstring(recorded(fixture)).iter()}))
    leaf = st.builds("<{0}>{1}</{0}>".format, names, xml_texts.map(escape))
    nested = st.builds("<{0}>{1}</{0}>".format, names, st.lists(leaf, max_size=3).map("".join))
    return st.lists(leaf | nested, max_size=6).map("".join)


@given(st.lists(_xml("personio.xml"), max_size=3))
def test_no_position_of_personio_raises(positions: list[str]) -> None:
    inside = "".join(f"<position>{one}</position>" for one in positions)
    _survives(personio, "acme", f"<workzag-jobs>{inside}</workzag-jobs>".encode())


@given(st.lists(_xml("teamtailor.xml"), max_size=3))
def test_no_item_of_teamtailor_raises(items: list[str]) -> None:
    inside = "".join(f"<item>{one}</item>" for one in items)
    _survives(teamtailor, "acme", f"<rss><channel>{inside}</channel></rss>".encode())


@pytest.mark.parametrize("module", [personio, teamtailor, *(module for module, _ in GOOD.values())])
@given(body=st.binary(max_size=200) | rubbish.map(lambda value: json.dumps(value).encode()))
def test_no_body_raises_anything_but_a_source_error(module: Any, body: bytes) -> None:
    _survives(module, "acme", body)
