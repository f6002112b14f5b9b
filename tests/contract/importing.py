"""What people bring in, given to import_posting as the API gives it, and what came of it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from functions.import_posting import handler, importer
from functions.import_posting.settings import Settings
from jobtracker.aws import clients
from jobtracker.messages.model import ImportPosting, ProfileChanged
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Profile
from jobtracker.resumes.uploads import Resume
from jobtracker.sources.imports import gateway, store
from jobtracker.sources.imports.model import Import, ImportKind, new_id
from jobtracker.sources.pace import TablePace
from tests.fakes.bus import heard
from tests.fakes.job_board import JobBoard, job_board
from tests.fakes.lambda_calls import batch, context
from tests.fakes.polite import FakeTime, polite_client

FIXTURES = Path(__file__).parents[1] / "unit" / "sources" / "fixtures"
PERSON = "robin"
POSTING = """<script type="application/ld+json">{"@type":"JobPosting","title":"Bell Founder",
"hiringOrganization":{"name":"Bronze"},"jobLocation":"Graz, Austria","description":"Cast bells in Python."}</script>"""


class Importing:
    """The function with its tables, its bucket and what it told the bus."""

    def __init__(self, settings: Settings, events: str) -> None:
        self.settings = settings
        self.people = clients.table(settings.people_table)
        self._events = events

    def ask(self, kind: ImportKind, url: str | None = None, content: bytes | None = None, **more: Any) -> Import:
        """Bring something in, as the API does."""
        now = datetime.now(UTC)
        asked = Import(id=new_id(now), person_id=PERSON, kind=kind, url=url, created_at=now, **more)
        if content is not None:
            gateway.put_content(self.settings.uploads_bucket, asked, content)
        store.create(self.people, asked)
        return asked

    def content(self) -> list[str]:
        """The keys of what lies in the bucket."""
        listed = clients.s3().list_objects_v2(Bucket=self.settings.uploads_bucket)
        return [one["Key"] for one in listed.get("Contents", [])]

    def handle(self, *asked: Import, received: int = 1) -> list[str]:
        """Hand the function one message for each; gives the ids of the messages that it reports as failed."""
        messages = [ImportPosting(person_id=one.person_id, import_id=one.id).model_dump_json() for one in asked]
        return [
            failed["itemIdentifier"]
            for failed in handler.lambda_handler(batch(*messages, received=received), context())["batchItemFailures"]
        ]

    def outcome(self, kind: ImportKind, url: str | None = None, content: bytes | None = None) -> Import:
        """What becomes of something that is brought in."""
        asked = self.ask(kind, url, content)
        assert self.handle(asked) == []
        return self.stored(asked)

    def stored(self, asked: Import) -> Import:
        """The import as it is stored."""
        found = store.get(self.people, PERSON, asked.id)
        assert found is not None
        return found

    def received(self, queue: str) -> list[dict[str, Any]]:
        """What lies in a queue since the last call."""
        got = clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in got:
            clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in got]

    def told(self) -> list[ProfileChanged]:
        """The events since the last call."""
        return [ProfileChanged.model_validate(body["detail"]) for body in self.received(self._events)]

    def items(self) -> list[dict[str, Any]]:
        """All items of the people table, in order."""
        return sorted(self.people.scan()["Items"], key=lambda item: (item["PK"], item["SK"]))


@pytest.fixture
def board() -> Iterator[JobBoard]:
    """A host on this machine."""
    with job_board() as running:
        yield running


@pytest.fixture
def importing(
    catalog_table: str,
    people_table: str,
    operations_table: str,
    uploads_bucket: str,
    board: JobBoard,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Importing]:
    """The function, with its stores empty but for a person with a profile."""
    events = heard()
    settings = Settings(
        stage="test",
        people_table=people_table,
        catalog_table=catalog_table,
        operations_table=operations_table,
        uploads_bucket=uploads_bucket,
        event_bus="jobtracker",
        import_queue_url=clients.sqs().create_queue(QueueName="import")["QueueUrl"],
        queue_attempts=4,
        contact="ops@tracker.example",
        allowed_hosts=board.host,
    )
    time = FakeTime(datetime.now(UTC))
    client = polite_client(board, time=time, pace=TablePace(clients.table(operations_table)))
    monkeypatch.setattr(handler, "settings", lambda: settings)
    monkeypatch.setattr(importer, "_client", lambda *_: client)
    resume = Resume(
        id="r1", person_id=PERSON, filename="cv.pdf", content_type="application/pdf", created_at=datetime.now(UTC)
    )
    resumes.put_profile(clients.table(people_table), resume, Profile(), match_shards=2)
    yield Importing(settings, events)
    client.close()
