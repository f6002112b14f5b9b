"""A resume from its announcement to the profile, against S3, SQS, EventBridge and DynamoDB as moto plays them."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from moto.textract.models import TextractBackend

from functions.extract_resume import extractor
from functions.extract_resume import handler as extract_resume
from functions.extract_resume.settings import Settings as ExtractSettings
from functions.read_profile import handler as read_profile
from functions.read_profile.settings import Settings as ReadSettings
from jobtracker.aws import clients
from jobtracker.messages.model import ProfileChanged, ResumeExtracted
from jobtracker.resumes import gateway, store
from jobtracker.resumes.uploads import CONTENT_TYPES, LARGEST_FILE, RefusalCode, Resume, ResumeStatus, Scanner
from tests.fakes.bus import heard
from tests.fakes.lambda_calls import batch, context
from tests.unit.resumes import formats
from tests.unit.resumes.documents import LINES, pdf
from tests.unit.resumes.formats import with_member
from tests.unit.resumes.scans import photo, saved, scanned_pdf

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHARDS = 4


def detected(*lines: str) -> list[dict[str, Any]]:
    """Lines as Textract answers them: the page, its lines, and the words that these are made of."""
    blocks: list[dict[str, Any]] = [{"BlockType": "PAGE", "Id": "page", "Confidence": 99.0}]
    for number, line in enumerate(lines):
        words = [
            {
                "BlockType": "WORD",
                "Id": f"{number}-{at}",
                "Text": text,
                "Confidence": 98.0,
                "Geometry": {
                    "BoundingBox": {"Left": 0.1 + 0.1 * at, "Top": 0.05 * number, "Width": 0.09, "Height": 0.04}
                },
            }
            for at, text in enumerate(line.split())
        ]
        relation = {"Type": "CHILD", "Ids": [word["Id"] for word in words]}
        about = {"Id": str(number), "Text": line, "Confidence": 99.0, "Relationships": [relation]}
        blocks += [{"BlockType": "LINE", **about}, *words]
    return blocks


def resume(number: int = 1, *, person: str = "p1") -> Resume:
    return Resume(
        id=f"r{number}",
        person_id=person,
        filename="My resume.pdf",
        content_type=CONTENT_TYPES[".pdf"],
        created_at=NOON + timedelta(hours=number),
    )


class Pipeline:
    """The two functions with their queues and the bus, and what came out of them."""

    def __init__(self, bucket: str, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bucket, self.table = bucket, clients.table(table)
        self.profiles = clients.sqs().create_queue(QueueName="profiles")["QueueUrl"]
        self.events = heard()
        self.extract_settings = ExtractSettings(stage="test", uploads_bucket=bucket, skills_queue_url=self.profiles)
        read_settings = ReadSettings(
            stage="test",
            uploads_bucket=bucket,
            people_table=table,
            event_bus="jobtracker",
            match_shards=SHARDS,
            careful_queue_url=clients.sqs().create_queue(QueueName="careful")["QueueUrl"],
        )
        monkeypatch.setattr(extract_resume, "settings", lambda: self.extract_settings)
        monkeypatch.setattr(read_profile, "settings", lambda: read_settings)

    def scan_by(self, scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
        """Deploy extract_resume with what reads scans and photos."""
        chosen = self.extract_settings.model_copy(update={"scans_by": scanner})
        monkeypatch.setattr(self, "extract_settings", chosen)

    def upload(self, data: bytes, one: Resume) -> dict[str, Any]:
        """Put a file as the form would, and return what S3 tells EventBridge of it (the shape of the AWS docs)."""
        form = gateway.upload_form(self.bucket, one, "c0ffee")
        key = form.fields["key"]
        metadata = {"correlation-id": form.fields["x-amz-meta-correlation-id"]}
        clients.s3().put_object(Bucket=self.bucket, Key=key, Body=data, Metadata=metadata)
        return {
            "version": "0",
            "id": "17793124-05d4-b198-2fde-7ededc63b103",
            "detail-type": "Object Created",
            "source": "aws.s3",
            "account": "123456789012",
            "time": "2026-03-01T12:00:00Z",
            "region": "eu-central-1",
            "resources": [f"arn:aws:s3:::{self.bucket}"],
            "detail": {
                "version": "0",
                "bucket": {"name": self.bucket},
                "object": {
                    "key": key,
                    "size": len(data),
                    "etag": "b1946ac92492d2347c6235b4d2611184",
                    "version-id": "null",
                    "sequencer": "00617F08299329D189",
                },
                "request-id": "N4N7GDK58NMKJ12R",
                "requester": "123456789012",
                "source-ip-address": "192.0.2.17",
                "reason": "PostObject",
            },
        }

    def extract(self, event: dict[str, Any]) -> list[ResumeExtracted]:
        """Run extract_resume for an event and take what it sent."""
        assert extract_resume.lambda_handler(batch(json.dumps(event)), context()) == {"batchItemFailures": []}
        return [ResumeExtracted.model_validate_json(body) for body in _drain(self.profiles)]

    def read(self, message: ResumeExtracted) -> list[ProfileChanged]:
        """Run read_profile for a message and take the events that it published."""
        assert read_profile.lambda_handler(batch(message.model_dump_json()), context()) == {"batchItemFailures": []}
        return [ProfileChanged.model_validate(json.loads(body)["detail"]) for body in _drain(self.events)]


def _drain(queue: str) -> list[str]:
    bodies = []
    while messages := clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            bodies.append(message["Body"])
            clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return bodies


@pytest.fixture
def pipeline(uploads_bucket: str, people_table: str, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    return Pipeline(uploads_bucket, people_table, monkeypatch)


def test_a_resume_becomes_a_profile_and_keeps_its_correlation_id(pipeline: Pipeline) -> None:
    store.put_resume(pipeline.table, resume())
    [message] = pipeline.extract(pipeline.upload(pdf(LINES), resume()))
    [event] = pipeline.read(message)
    stored = store.get_profile(pipeline.table, "p1")
    assert stored is not None
    assert (stored.version, stored.resume_id, stored.profile.email) == (1, "r1", "amara@example.com")
    assert {"python", "sql"} <= set(stored.profile.skills)
    assert (event.profile_version, event.correlation_id) == (1, "c0ffee")
    done = store.get_resume(pipeline.table, "p1", "r1")
    assert done is not None
    assert done.status is ResumeStatus.READ
    assert done.read_at is not None


@pytest.mark.parametrize(("ending", "kind"), [(".odt", "odt"), (".json", "json"), (".zip", "linkedin")])
def test_a_resume_of_another_type_becomes_a_profile_as_well(pipeline: Pipeline, ending: str, kind: str) -> None:
    one = resume().model_copy(update={"content_type": CONTENT_TYPES[ending], "filename": f"resume{ending}"})
    store.put_resume(pipeline.table, one)
    [message] = pipeline.extract(pipeline.upload(formats.ALL[kind](), one))
    pipeline.read(message)
    stored = store.get_profile(pipeline.table, "p1")
    assert stored is not None
    assert (stored.profile.name, stored.profile.email) == (formats.NAME, formats.EMAIL)


def test_a_scan_is_read_by_textract_where_the_deployment_says_so(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.scan_by(Scanner.TEXTRACT, monkeypatch)
    monkeypatch.setattr(TextractBackend, "BLOCKS", detected(*LINES))
    one = resume().model_copy(update={"content_type": CONTENT_TYPES[".jpg"], "filename": "photo.jpg"})
    store.put_resume(pipeline.table, one)
    [message] = pipeline.extract(pipeline.upload(saved(photo(), "JPEG"), one))
    pipeline.read(message)
    stored, done = store.get_profile(pipeline.table, "p1"), store.get_resume(pipeline.table, "p1", "r1")
    assert stored is not None
    assert stored.profile.email == "amara@example.com"
    assert {"python", "sql"} <= set(stored.profile.skills)
    assert done is not None
    assert done.scan is not None
    assert (done.scan.by, done.scan.confidence, done.scan.pages_read) == (Scanner.TEXTRACT, 0.98, 1)
    extracted = gateway.get_extracted(pipeline.bucket, message.key)
    assert extracted is not None
    # The second word of the second line.
    assert extracted.lines[1].words[1].box == pytest.approx((0.2, 0.05, 0.29, 0.09))


def test_what_textract_finds_no_words_in_is_refused(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.scan_by(Scanner.TEXTRACT, monkeypatch)
    monkeypatch.setattr(TextractBackend, "BLOCKS", [])
    store.put_resume(pipeline.table, resume())
    [message] = pipeline.extract(pipeline.upload(scanned_pdf(photo()), resume()))
    assert pipeline.read(message) == []
    refused = store.get_resume(pipeline.table, "p1", "r1")
    assert refused is not None
    assert refused.refusal is not None
    assert refused.refusal.code is RefusalCode.NO_TEXT


def test_what_is_no_resume_is_refused_and_the_profile_in_use_stays(pipeline: Pipeline) -> None:
    store.put_resume(pipeline.table, resume())
    [message] = pipeline.extract(pipeline.upload(pdf(LINES), resume()))
    assert pipeline.read(message)
    before = store.get_profile(pipeline.table, "p1")
    store.put_resume(pipeline.table, resume(2))
    lines = ("Quill Printing", "Invoice No. 2231", "Bill to: Marsh Theatre", "Subtotal 124.00", "Total due 148.80")
    [message] = pipeline.extract(pipeline.upload(pdf(lines), resume(2)))
    assert pipeline.read(message) == []
    assert store.get_profile(pipeline.table, "p1") == before
    refused = store.get_resume(pipeline.table, "p1", "r2")
    assert refused is not None
    assert refused.status is ResumeStatus.REFUSED
    assert refused.refusal is not None
    assert refused.refusal.code is RefusalCode.NOT_A_RESUME
    assert "an invoice" in refused.refusal.reason


def test_a_document_with_macros_is_refused_as_unsafe(pipeline: Pipeline) -> None:
    store.put_resume(pipeline.table, resume())
    [message] = pipeline.extract(pipeline.upload(with_member(formats.docx(), "word/vbaProject.bin", b"x"), resume()))
    assert pipeline.read(message) == []
    refused = store.get_resume(pipeline.table, "p1", "r1")
    assert refused is not None
    assert refused.refusal is not None
    assert refused.refusal.code is RefusalCode.UNSAFE
    assert "macros" in refused.refusal.reason


def test_a_file_that_cannot_be_read_is_refused_with_its_reason_and_changes_no_profile(pipeline: Pipeline) -> None:
    store.put_resume(pipeline.table, resume())
    [message] = pipeline.extract(pipeline.upload(pdf(LINES, password="secret"), resume()))
    assert pipeline.read(message) == []
    refused = store.get_resume(pipeline.table, "p1", "r1")
    assert refused is not None
    assert refused.status is ResumeStatus.REFUSED
    assert refused.refusal is not None
    assert refused.refusal.code is RefusalCode.ENCRYPTED
    assert store.get_profile(pipeline.table, "p1") is None


def test_everything_that_comes_twice_counts_once(pipeline: Pipeline) -> None:
    store.put_resume(pipeline.table, resume())
    uploaded = pipeline.upload(pdf(LINES), resume())
    [message] = pipeline.extract(uploaded)
    [again] = pipeline.extract(uploaded)
    assert again.key == message.key
    pipeline.read(message)
    [event] = pipeline.read(again)
    assert event.profile_version == 1


def test_pages_are_drawn_and_evidence_is_kept_beside_the_text(pipeline: Pipeline) -> None:
    store.put_resume(pipeline.table, resume())
    uploaded = pipeline.upload(pdf(LINES, LINES[:2]), resume())
    [message] = pipeline.extract(uploaded)
    pipeline.extract(uploaded)
    pipeline.read(message)
    addresses = gateway.page_images(pipeline.bucket, "p1", "r1")
    assert list(addresses) == [1, 2]
    # The same event twice draws the same pages to the same places.
    listed = clients.s3().list_objects_v2(Bucket=pipeline.bucket, Prefix="extracted/")["Contents"]
    assert sorted(item["Key"] for item in listed) == [
        "extracted/p1/r1.evidence.json",
        "extracted/p1/r1.json",
        "extracted/p1/r1/1.webp",
        "extracted/p1/r1/2.webp",
    ]
    image = clients.s3().get_object(Bucket=pipeline.bucket, Key="extracted/p1/r1/2.webp")
    assert image["ContentType"] == "image/webp"
    assert image["Body"].read(4) == b"RIFF"
    evidence = gateway.get_evidence(pipeline.bucket, "p1", "r1")
    extracted = gateway.get_extracted(pipeline.bucket, message.key)
    assert evidence is not None
    assert extracted is not None
    [email] = [field for field in evidence.fields if field.path == "/email"]
    [span] = email.spans
    assert extracted.text[span.start : span.end] == evidence.profile.email == "amara@example.com"
    assert (span.page, span.box is not None, (email.confidence or 0) > 0.5) == (1, True, True)


def test_pictures_come_after_the_text_is_on_its_way(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def none_drawn(_data: bytes) -> list[tuple[int, bytes]]:
        sent.extend(_drain(pipeline.profiles))
        return []

    monkeypatch.setattr(extractor, "page_images", none_drawn)
    store.put_resume(pipeline.table, resume())
    assert pipeline.extract(pipeline.upload(pdf(LINES), resume())) == []
    assert len(sent) == 1


def test_a_refused_file_and_one_without_pages_have_no_pictures(pipeline: Pipeline) -> None:
    for number, data in ((1, pdf(LINES, password="secret")), (2, formats.docx())):
        store.put_resume(pipeline.table, resume(number))
        pipeline.extract(pipeline.upload(data, resume(number)))
        assert gateway.page_images(pipeline.bucket, "p1", f"r{number}") == {}


def test_what_lies_beside_resumes_or_is_gone_is_passed_over(pipeline: Pipeline) -> None:
    event = pipeline.upload(pdf(LINES), resume())
    event["detail"]["object"]["key"] = "uploads/p1/../../secrets"
    assert pipeline.extract(event) == []
    event["detail"]["object"]["key"] = "uploads/p1/r9/original.pdf"
    assert pipeline.extract(event) == []
    gone = ResumeExtracted(person_id="p1", resume_id="r9", key="extracted/p1/r9.json")
    assert pipeline.read(gone) == []


def test_the_form_takes_one_file_of_the_announced_type_and_at_most_ten_megabytes(uploads_bucket: str) -> None:
    form = gateway.upload_form(uploads_bucket, resume(), "c0ffee")
    conditions = json.loads(base64.b64decode(form.fields["policy"]))["conditions"]
    assert ["content-length-range", 1, LARGEST_FILE] in conditions
    assert {"Content-Type": "application/pdf"} in conditions
    assert {"key": "uploads/p1/r1/original.pdf"} in conditions
