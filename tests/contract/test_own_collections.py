"""collect_source where a person's own source changes, or the collection of it is cut short: what the person is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from jobtracker.aws import bus
from jobtracker.messages.model import CollectSource
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Profile
from jobtracker.resumes.uploads import Resume
from jobtracker.sources import items, own, own_source, secrets
from jobtracker.sources.custom import CustomFeed, OwnSource
from jobtracker.sources.model import SourceError, SourceStatus
from jobtracker.sources.seen import StoredMemory
from tests.contract.collecting import Collecting, Keyed, Pages, board, collecting
from tests.contract.test_collection_later import own_feed
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard

__all__ = ["board", "collecting", "own_feed"]


@pytest.fixture(autouse=True)
def profile(collecting: Collecting) -> None:
    """Ann has a profile, so that she is ranked."""
    resume = Resume(
        id="r", person_id="ann", filename="a.pdf", content_type="application/pdf", created_at=datetime.now(UTC)
    )
    assert resumes.put_profile(collecting.people, resume, Profile(), match_shards=2) is not None


@contextmanager
def away(module: object, name: str) -> Iterator[None]:
    """Whoever calls this function meanwhile finds that its service does not answer."""

    def fail(*_: object) -> None:
        raise ConnectionError

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(module, name, fail)
        yield


def told(collecting: Collecting) -> list[str]:
    """Who was to be ranked anew since the last call."""
    return [event["person_id"] for event in collecting.events()]


@pytest.mark.parametrize(("module", "name"), [(bus, "publish"), (StoredMemory, "save"), (items, "record")])
def test_a_person_is_ranked_anew_wherever_the_collection_is_cut_short(
    collecting: Collecting, own_feed: OwnSource, module: object, name: str
) -> None:
    message = CollectSource(source_id=own_feed.id, owner_id="ann")
    with away(module, name), pytest.raises(BatchProcessingError):
        collecting.handle(message)
    assert collecting.handle(message) == []
    assert "ann" in told(collecting)
    collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann"))
    assert told(collecting) == []


def moved(source: OwnSource) -> OwnSource:
    """The source, defined anew."""
    return source.model_copy(update={"config": CustomFeed(kind="feed", url="https://feeds.example/other.rss")})


def test_a_source_that_is_defined_anew_while_it_is_collected_is_collected_again(
    collecting: Collecting, own_feed: OwnSource, board: JobBoard
) -> None:
    def answer(_: object) -> Answer:
        own.put(collecting.people, moved(own_feed))
        # Whoever asks for it now finds it claimed.
        assert collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann")) == []
        return Answer(recorded("weworkremotely.xml"))

    board.answer("/feed", answer)
    collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann"))
    now = datetime.now(UTC)
    assert len(list(own.due(collecting.people, now))) == 1
    board.answer("/feed", Answer(recorded("weworkremotely.xml")))
    [again] = collecting.queued()
    collecting.handle(again)
    assert own.state(collecting.people, "ann", own_feed.id).definition == moved(own_feed).definition
    assert list(own.due(collecting.people, now + timedelta(hours=1))) == []
    assert collecting.queued() == []


@pytest.mark.parametrize("lost", [False, True])
def test_what_a_collection_brought_that_goes_on_no_more_is_told_of_and_closed_some_day(
    collecting: Collecting, own_feed: OwnSource, monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    source = Pages(own_feed.listing, wait=timedelta())
    monkeypatch.setattr(own_source, "build", lambda _: source)
    collecting.handle(CollectSource(source_id=own_feed.id, owner_id="ann"))
    [again] = collecting.queued()
    memory = StoredMemory(collecting.settings.artifacts_bucket, own_feed.id, "ann")
    brought = memory.load_parts(str(again.run_id), 1)
    assert brought
    if lost:
        state = own.state(collecting.people, "ann", own_feed.id)
        assert state.run is not None
        two = state.model_copy(update={"run": state.run.model_copy(update={"parts": 2})})
        items.save(collecting.people, own.slot("ann", own_feed.id), two)
    else:
        own.put(collecting.people, moved(own_feed))
        again = again.model_copy(update={"run_id": None})

    def no_answer(_: object) -> None:
        raise SourceError(SourceStatus.FAILING, "no answer")

    monkeypatch.setattr(source, "fetch", no_answer)
    assert collecting.handle(again) == []
    assert memory.load() == brought
    assert memory.load_left(str(again.run_id), 2) == {}
    assert told(collecting) == ["ann"]


@pytest.mark.parametrize("claimed", [False, True])
def test_a_key_that_is_given_while_the_source_is_asked_with_a_wrong_one_is_tried(
    collecting: Collecting, own_feed: OwnSource, monkeypatch: pytest.MonkeyPatch, *, claimed: bool
) -> None:
    source = Keyed(own_feed.listing)
    monkeypatch.setattr(own_source, "build", lambda _: source)
    asked: list[CollectSource] = []

    def give(key: str) -> None:
        sealed = secrets.seal(collecting.settings.key_arn, own_feed.id, {"key": key}, "ann")
        own.put_secrets(collecting.people, "ann", own_feed.id, sealed)
        asked.append(CollectSource(source_id=own_feed.id, owner_id="ann"))

    def given() -> None:
        source.on_asked = lambda: None
        give("right")
        if claimed:
            collecting.handle(asked.pop())

    give("wrong")
    source.on_asked = given
    collecting.handle(asked.pop())
    collecting.handle(*asked, *collecting.queued())
    assert source.given == ["wrong", "right"]
    assert own.state(collecting.people, "ann", own_feed.id).status is SourceStatus.OK
