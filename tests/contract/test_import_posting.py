"""import_posting as it is called: from a message to a person's own postings, and the reason where there are none."""

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from functions.import_posting import handler, importer
from functions.import_posting.settings import Settings
from jobtracker.aws import bus, clients
from jobtracker.messages.model import ImportPosting, ProfileChanged
from jobtracker.postings import private
from jobtracker.postings import store as postings
from jobtracker.postings.model import posting_id
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Profile, Resume
from jobtracker.sources.companies import greenhouse
from jobtracker.sources.imports import gateway, store
from jobtracker.sources.imports.model import How, Import, ImportKind, ImportStatus, new_id
from jobtracker.sources.pace import MemoryPace, TablePace
from tests.fakes.claude import FakeClaude, Fault, Said, fake_claude
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.lambda_calls import batch, context
from tests.fakes.polite import FakeTime, polite_client

FIXTURES = Path(__file__).parents[1] / "unit" / "sources" / "fixtures"
PERSON = "robin"
POSTING = """<script type="application/ld+json">{"@type":"JobPosting","title":"Bell Founder",
"hiringOrganization":{"name":"Bronze"},"jobLocation":"Graz, Austria","description":"Cast bells in Python."}</script>"""


@pytest.fixture
def board() -> Iterator[JobBoard]:
    with job_board() as running:
        yield running


@pytest.fixture
def service() -> Iterator[FakeClaude]:
    with fake_claude() as running:
        yield running


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

    def handle(self, *asked: Import) -> list[str]:
        """Hand the function one message for each; gives the ids of the messages that it reports as failed."""
        messages = [ImportPosting(person_id=one.person_id, import_id=one.id).model_dump_json() for one in asked]
        return [
            failed["itemIdentifier"]
            for failed in handler.lambda_handler(batch(*messages), context())["batchItemFailures"]
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
def importing(
    catalog_table: str,
    people_table: str,
    operations_table: str,
    uploads_bucket: str,
    board: JobBoard,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Importing]:
    events = clients.sqs().create_queue(QueueName="events")["QueueUrl"]
    arn = clients.sqs().get_queue_attributes(QueueUrl=events, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    clients.events().create_event_bus(Name="jobtracker")
    clients.events().put_rule(Name="all", EventBusName="jobtracker", EventPattern='{"source":["jobtracker"]}')
    target = {"Id": "queue", "Arn": arn}
    clients.events().put_targets(Rule="all", EventBusName="jobtracker", Targets=[target])  # type: ignore[list-item]
    settings = Settings(
        stage="test",
        people_table=people_table,
        catalog_table=catalog_table,
        operations_table=operations_table,
        uploads_bucket=uploads_bucket,
        event_bus="jobtracker",
        import_queue_url=clients.sqs().create_queue(QueueName="import")["QueueUrl"],
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


def test_a_page_is_fetched_and_becomes_the_persons_own_posting(importing: Importing, board: JobBoard) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode(), headers={"Content-Type": "text/html"}))
    done = importing.outcome(ImportKind.URL, f"{url}?utm_source=friend")
    assert (done.status, done.how, done.reason) == (ImportStatus.DONE, How.STRUCTURED, None)
    (made,) = done.posting_ids
    held = private.get(importing.people, PERSON, made)
    assert held is not None
    assert (held.posting.title, held.posting.company, held.posting.url) == ("Bell Founder", "Bronze", url)
    assert held.posting.source_id == "import"
    (event,) = importing.told()
    assert (event.person_id, event.profile_version) == (PERSON, 1)
    assert clients.table(importing.settings.catalog_table).scan()["Items"] == []


def test_the_same_message_ten_times_changes_nothing_more(importing: Importing, board: JobBoard) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode()))
    asked = importing.ask(ImportKind.URL, url)
    assert importing.handle(asked) == []
    items = importing.items()
    assert importing.handle(*[asked] * 9) == []
    assert importing.items() == items
    assert len(importing.told()) == 1
    assert len(board.requests) == 1


def test_the_same_message_ten_times_at_once_makes_one_posting(importing: Importing, board: JobBoard) -> None:
    asked = importing.ask(ImportKind.URL, board.answer("/jobs/bell", Answer(POSTING.encode())))
    message = ImportPosting(person_id=PERSON, import_id=asked.id)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: importer.import_posting(message, importing.settings), range(10)))
    kinds = sorted(str(item["SK"]).partition("#")[0] for item in importing.items())
    assert kinds == ["IMPORT", "POSTING", "PROFILE"]
    assert importing.stored(asked).status is ImportStatus.DONE


def test_what_was_cut_short_before_it_was_told_is_told_when_it_comes_again(
    importing: Importing, board: JobBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = importing.ask(ImportKind.URL, board.answer("/jobs/bell", Answer(POSTING.encode())))
    with monkeypatch.context() as broken:

        def fails(*_: object) -> None:
            raise bus.PublishError("no bus")

        broken.setattr(bus, "publish", fails)
        with pytest.raises(BatchProcessingError):
            importing.handle(asked)
    assert importing.stored(asked).status is ImportStatus.PENDING
    assert importing.handle(asked) == []
    assert importing.stored(asked).status is ImportStatus.DONE
    assert len(importing.told()) == 1


def test_one_that_fails_is_reported_and_the_others_are_done(
    importing: Importing, board: JobBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.answer("/jobs/bell", Answer(POSTING.encode()))
    good = importing.ask(ImportKind.URL, f"{board.url}/jobs/bell")
    bad = importing.ask(ImportKind.MAIL, content=b"x")
    real = gateway.get_content

    def fails(bucket: str, of: Import) -> bytes | None:
        if of.id == bad.id:
            raise ConnectionError("S3 is away")
        return real(bucket, of)

    monkeypatch.setattr(gateway, "get_content", fails)
    assert len(importing.handle(bad, good)) == 1
    assert [importing.stored(one).status for one in (bad, good)] == [ImportStatus.PENDING, ImportStatus.DONE]


def test_a_page_as_the_browser_showed_it_is_read_without_asking_anybody(importing: Importing, board: JobBoard) -> None:
    html = (FIXTURES / "pages" / "linkedin_signed_in.html").read_bytes()
    done = importing.outcome(ImportKind.PAGE, "https://www.linkedin.com/jobs/view/3900000009/?trk=x", html)
    (made,) = done.posting_ids
    held = private.get(importing.people, PERSON, made)
    assert held is not None
    assert (held.posting.source_id, held.posting.attribution) == ("linkedin", "Source: LinkedIn")
    assert done.how is How.LAYOUT
    assert board.requests == []


def test_a_mail_gives_all_its_postings_and_takes_no_text_away(importing: Importing) -> None:
    alert = (FIXTURES / "mails" / "linkedin.eml").read_bytes()
    html = (FIXTURES / "pages" / "linkedin_signed_in.html").read_bytes()
    page = importing.outcome(ImportKind.PAGE, "https://www.linkedin.com/jobs/view/3900000001/", html)
    done = importing.outcome(ImportKind.MAIL, content=alert)
    assert done.how is How.MAIL
    assert len(done.posting_ids) == 2
    assert page.posting_ids[0] in done.posting_ids
    held = private.get(importing.people, PERSON, page.posting_ids[0])
    assert held is not None
    assert "Send the ferries" in held.posting.description_text


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=404), "closed, or was moved"),
        (Answer(status=410), "closed, or was moved"),
        (Answer(status=403), "HTTP 403"),
        (Answer(b"<html><p>Nothing to see</p></html>"), "No posting was recognised"),
        (Answer((FIXTURES / "pages" / "notice.html").read_bytes()), "no longer accepting applications"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}), "private network"),
    ],
)
def test_a_page_that_gives_no_posting_ends_with_a_reason_and_what_to_do(
    importing: Importing, board: JobBoard, answer: Answer, reason: str
) -> None:
    done = importing.outcome(ImportKind.URL, board.answer("/jobs/bell", answer))
    assert done.status is ImportStatus.FAILED
    assert done.reason is not None
    assert reason in done.reason
    assert "bookmarklet" in done.reason
    assert importing.told() == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://localhost.localdomain:8080/", "port 8080"),
        ("ftp://files.example/job", "no address of a web page"),
        ("what is this", "no address of a web page"),
        ("https://www.linkedin.com/jobs/view/3900000001/", "LinkedIn does not let programs read"),
        ("linkedin.com/jobs/view/3900000001", "LinkedIn does not let programs read"),
        ("https://wellfound.com/jobs/1-x", "Wellfound does not let programs read"),
    ],
)
def test_an_address_that_is_not_to_be_asked_is_refused(importing: Importing, url: str, reason: str) -> None:
    done = importing.outcome(ImportKind.URL, url)
    assert done.status is ImportStatus.FAILED
    assert reason in (done.reason or "")


def test_a_host_that_does_not_want_machines_is_left_to_the_bookmarklet(importing: Importing, board: JobBoard) -> None:
    board.answer("/robots.txt", Answer(b"User-agent: *\nDisallow: /jobs/"))
    board.answer("/jobs/bell", Answer(POSTING.encode()))
    done = importing.outcome(ImportKind.URL, f"{board.url}/jobs/bell")
    assert done.status is ImportStatus.FAILED
    assert "robots.txt" in (done.reason or "")
    assert "bookmarklet" in (done.reason or "")
    assert board.requests == []


def test_a_host_that_may_not_be_asked_now_is_asked_by_the_same_message_later(
    importing: Importing, board: JobBoard
) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode()))
    pace = TablePace(clients.table(importing.settings.operations_table))
    pace.hold(board.host, datetime.now(UTC) + timedelta(minutes=5))
    asked = importing.ask(ImportKind.URL, url)
    assert importing.handle(asked) == []
    assert importing.stored(asked).status is ImportStatus.PENDING
    old = importing.ask(ImportKind.URL, url).model_copy(update={"created_at": datetime.now(UTC) - timedelta(hours=2)})
    importing.people.put_item(Item=store._item(old))
    assert importing.handle(old) == []
    assert "may not be asked before" in (importing.stored(old).reason or "")
    assert board.requests == []
    attributes = clients.sqs().get_queue_attributes(
        QueueUrl=importing.settings.import_queue_url, AttributeNames=["ApproximateNumberOfMessagesDelayed"]
    )
    assert attributes["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_posting_of_a_known_system_is_read_by_its_interface(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with job_board() as api:
        api.answer("/v1/boards/ferrymoor/jobs", Answer((FIXTURES / "greenhouse.json").read_bytes()))
        client = polite_client(api, pace=MemoryPace())
        monkeypatch.setattr(importer, "_client", lambda *_: client)
        real = greenhouse.board
        monkeypatch.setattr(greenhouse, "board", lambda token, company: replace(real(token, company), base=api.url))
        record = json.loads((FIXTURES / "greenhouse.json").read_bytes())["jobs"][0]
        done = importing.outcome(ImportKind.URL, f"https://boards.greenhouse.io/ferrymoor/jobs/{record['id']}?gh_src=x")
        assert (done.status, done.how) == (ImportStatus.DONE, How.SYSTEM)
        (made,) = done.posting_ids
        held = private.get(importing.people, PERSON, made)
        assert held is not None
        assert (held.posting.source_id, held.posting.source_posting_id) == ("greenhouse:ferrymoor", str(record["id"]))
        # Once everybody has it, the person needs no copy.
        shared = held.posting.model_copy(update={"id": posting_id("greenhouse:ferrymoor", str(record["id"]))})
        postings.put(clients.table(importing.settings.catalog_table), shared)
        again = importing.outcome(ImportKind.URL, f"https://boards.greenhouse.io/ferrymoor/jobs/{record['id']}")
        assert again.posting_ids == (shared.id,)
        client.close()


def test_a_language_model_reads_what_nothing_else_can(
    importing: Importing, board: JobBoard, service: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = clients.secrets().create_secret(Name="anthropic", SecretString="sk-test")["ARN"]
    with_key = importing.settings.model_copy(update={"anthropic_secret_arn": arn, "anthropic_base_url": service.url})
    monkeypatch.setattr(handler, "settings", lambda: with_key)
    url = board.answer("/work", Answer((FIXTURES / "pages" / "story.html").read_bytes()))
    service.says(Fault(529), Said(json.dumps({"title": "Night Baker", "company": "Invented Ltd"})))
    done = importing.outcome(ImportKind.URL, url)
    assert done.how is How.LANGUAGE_MODEL
    held = private.get(importing.people, PERSON, done.posting_ids[0])
    assert held is not None
    assert (held.posting.title, held.posting.company) == ("Night Baker", None)


def test_a_companys_board_is_found_by_its_address(importing: Importing) -> None:
    done = importing.outcome(ImportKind.BOARD, "https://boards.greenhouse.io/ferrymoor")
    assert done.status is ImportStatus.DONE
    (found,) = done.boards
    assert (found.source_id, found.system, found.how) == ("greenhouse:ferrymoor", "Greenhouse", "address")
    nobody = importing.outcome(ImportKind.BOARD, "...")
    assert nobody.status is ImportStatus.FAILED
    assert "No board of this company was found" in (nobody.reason or "")


def test_a_companys_board_that_is_brought_in_as_a_page_is_named(importing: Importing) -> None:
    asked = importing.ask(ImportKind.URL, "https://boards.greenhouse.io/ferrymoor")
    failed = importer._failed(asked, "No posting was recognised on this page.")
    assert [found.source_id for found in failed.boards] == ["greenhouse:ferrymoor"]
    assert failed.reason == (
        "No posting was recognised on this page. If it is a company's whole board, add that as a source."
    )


def test_neither_addresses_nor_titles_are_logged(
    importing: Importing, board: JobBoard, caplog: pytest.LogCaptureFixture
) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode()))
    with caplog.at_level(logging.INFO):
        importing.outcome(ImportKind.URL, f"{url}?candidate=robin.vale")
        importing.outcome(ImportKind.MAIL, content=(FIXTURES / "mails" / "letter.eml").read_bytes())
    written = " ".join(str(vars(record)) for record in caplog.records)
    assert "imported" in written
    for word in ("robin.vale", "Bell Founder", "/jobs/bell", "Mildred"):
        assert word not in written


def test_an_import_of_somebody_else_or_that_is_gone_is_left_alone(importing: Importing) -> None:
    asked = importing.ask(ImportKind.URL, "https://bells.example/1")
    stranger = asked.model_copy(update={"person_id": "somebody"})
    assert importing.handle(stranger) == []
    assert importing.stored(asked).status is ImportStatus.PENDING


def test_imports_are_listed_the_newest_first_and_finished_once(importing: Importing) -> None:
    now = datetime.now(UTC)
    made = [
        Import(id=new_id(now + timedelta(seconds=at)), person_id=PERSON, kind=ImportKind.URL, created_at=now)
        for at in range(5)
    ]
    for one in made:
        store.create(importing.people, one)
    newest = store.list_recent(importing.people, PERSON, 2)
    assert newest == [made[4], made[3]]
    assert store.list_recent(importing.people, PERSON, 2, before=newest[-1].id) == [made[2], made[1]]
    assert store.list_recent(importing.people, PERSON, 9, before=made[1].id) == [made[0]]
    assert store.list_recent(importing.people, "nobody", 9) == []
    done = made[0].model_copy(update={"status": ImportStatus.DONE})
    assert store.finish(importing.people, done)
    assert not store.finish(importing.people, done.model_copy(update={"reason": "again"}))
    assert store.get(importing.people, PERSON, made[0].id) == done
    unknown = done.model_copy(update={"id": new_id(now)})
    assert not store.finish(importing.people, unknown)
