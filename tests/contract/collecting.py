"""collect_source with its stores, its queue and whom it tells, for the tests that call it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from functions.collect_source import collector, handler, tasks
from functions.collect_source.settings import Settings
from jobtracker.aws import clients
from jobtracker.messages.model import CollectSource
from jobtracker.sources import store
from jobtracker.sources.boards.remoteok import RemoteOk
from jobtracker.sources.companies import greenhouse
from jobtracker.sources.feed import Feed
from jobtracker.sources.model import (
    Listing,
    Politeness,
    PostponedError,
    SourceError,
    SourceKind,
    SourceSetting,
    SourceStatus,
    Terms,
)
from jobtracker.sources.source import Draft, Page, Source, Visit
from tests.fakes.bus import heard
from tests.fakes.job_answers import recorded
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.lambda_calls import batch, context
from tests.fakes.polite import FakeTime, polite_client


@pytest.fixture
def board() -> Iterator[JobBoard]:
    with job_board() as running:
        running.answer("/api", Answer(recorded("remoteok.json"), headers={"ETag": '"r1"'}))
        running.answer("/feed", Answer(recorded("weworkremotely.xml")))
        running.answer("/v1/boards/ferrymoor/jobs", Answer(recorded("greenhouse.json")))
        yield running


def a_listing(source_id: str, *, terms: Terms = Terms.OPEN, wants: tuple[str, ...] = (), on: bool = True) -> Listing:
    return Listing(
        id=source_id,
        kind=SourceKind.BOARD,
        name=source_id.title(),
        homepage="https://b.example",
        host="b.example",
        attribution=f"Source: {source_id}",
        terms=terms,
        conditions="c",
        secrets=wants,
        on=on,
        complete=True,
        politeness=Politeness(between_s=0, trips_at=2),
    )


class Pages:
    """A source of three pages, the second of which has to wait once; it keeps the secrets that it was given."""

    def __init__(self, listing: Listing, wait: timedelta | None = None) -> None:
        self.listing = listing
        self.wait = wait
        self.given: list[dict[str, str]] = []

    def fetch(self, visit: Visit) -> Page:
        self.given.append(dict(visit.secrets))
        at = int(visit.cursor or 0)
        if at == 1 and self.wait is not None:
            until, self.wait = datetime.now(UTC) + self.wait, None
            raise PostponedError(until)
        number = str(at)
        draft = Draft(
            number, f"https://b.example/{number}", f"Miller {number}", "Mill", "Graz, Austria", "<p>Flour</p>"
        )
        return Page([draft], next=str(at + 1) if at < 2 else None)


class Keyed:
    """A source that answers whoever has the right key; ``on_asked`` is called whenever it is asked."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.given: list[str] = []
        self.on_asked: Callable[[], None] = lambda: None

    def fetch(self, visit: Visit) -> Page:
        self.given.append(visit.secret("key"))
        self.on_asked()
        if self.given[-1] != "right":
            raise SourceError(SourceStatus.BLOCKED, "the host refused us (HTTP 401)")
        return Page([Draft("1", "https://b.example/1", "Miller", "Mill", "Graz, Austria", "<p>Flour</p>")])


class Collecting:
    """The function, its stores and whom it tells."""

    def __init__(self, settings: Settings, events: str, known: dict[str, Source]) -> None:
        self.settings = settings
        self.known = known
        self.table = clients.table(settings.catalog_table)
        self.people = clients.table(settings.people_table)
        self.operations = clients.table(settings.operations_table)
        self._events = events

    def handle(self, *messages: CollectSource) -> list[str]:
        """Hand the function a batch; gives the ids of the messages that it reports as failed."""
        answer = handler.lambda_handler(batch(*(message.model_dump_json() for message in messages)), context())
        return [failed["itemIdentifier"] for failed in answer["batchItemFailures"]]

    def events(self) -> list[dict[str, Any]]:
        """What came over the bus since the last call."""
        return [json.loads(body)["detail"] for body in _drain(self._events)]

    def queued(self) -> list[CollectSource]:
        """What the function sent itself since the last call."""
        return [CollectSource.model_validate_json(body) for body in _drain(self.settings.collect_queue_url)]

    def items(self, prefix: str) -> list[dict[str, Any]]:
        """The catalog's items whose key begins so."""
        return [item for item in self.table.scan()["Items"] if str(item["PK"]).startswith(prefix)]

    def postings(self) -> list[dict[str, Any]]:
        """The catalog's postings."""
        return [item for item in self.items("POSTING#") if item["SK"] == "POSTING"]


def _drain(queue: str) -> list[str]:
    bodies = []
    while got := clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        for message in got:
            clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            bodies.append(message["Body"])
    return bodies


def _queue(name: str) -> tuple[str, str]:
    attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"} if name.endswith(".fifo") else {}
    url = clients.sqs().create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]  # type: ignore[arg-type]
    arn = clients.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return url, arn


@pytest.fixture
def collecting(
    catalog_table: str,
    people_table: str,
    operations_table: str,
    artifacts_bucket: str,
    board: JobBoard,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Collecting]:
    events = heard()
    _, letters_arn = _queue("letters")
    collect, collect_arn = _queue("collect.fifo")
    boto3.client("scheduler").create_schedule_group(Name="continuations")
    settings = Settings(
        stage="test",
        catalog_table=catalog_table,
        people_table=people_table,
        operations_table=operations_table,
        artifacts_bucket=artifacts_bucket,
        event_bus="jobtracker",
        key_arn=clients.kms().create_key()["KeyMetadata"]["Arn"],
        collect_queue_url=collect,
        collect_queue_arn=collect_arn,
        continuation_group="continuations",
        continuation_role_arn="arn:aws:iam::123456789012:role/continuations",
        continuation_letters_arn=letters_arn,
        contact="ops@tracker.example",
    )
    known: dict[str, Source] = {
        "remoteok": RemoteOk(url=f"{board.url}/api"),
        "feed": Feed(a_listing("feed"), f"{board.url}/feed"),
        "greenhouse:ferrymoor": replace(greenhouse.board("ferrymoor", "Ferrymoor"), base=board.url),
    }
    client = polite_client(board, time=FakeTime(datetime.now(UTC)))
    monkeypatch.setattr(handler, "settings", lambda: settings)
    monkeypatch.setattr(tasks, "find_source", lambda source_id, _company: known.get(source_id))
    monkeypatch.setattr(tasks, "find", lambda source_id: known[source_id].listing if source_id in known else None)
    monkeypatch.setattr(collector, "_client", lambda *_: client)
    made = Collecting(settings, events, known)
    store.decide(made.table, decided("greenhouse:ferrymoor"))
    yield made
    client.close()


def decided(source_id: str, *, on: bool = True, accepted: bool = False) -> SourceSetting:
    return SourceSetting(source_id=source_id, on=on, accepted=accepted, changed_by="a", changed_at=datetime.now(UTC))
