"""How imports end: with a reason where there is no posting, begun again, given up, cleaned up after."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from jobtracker.aws import bus, clients
from jobtracker.postings import private
from jobtracker.postings.model import ClosedReason
from jobtracker.sources.imports import gateway, store
from jobtracker.sources.imports.model import Import, ImportKind, ImportStatus
from jobtracker.sources.pace import TablePace
from tests.contract.importing import FIXTURES, PERSON, POSTING, Importing, board, importing
from tests.fakes.job_board import Answer, JobBoard

__all__ = ["board", "importing"]


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


@pytest.mark.parametrize(
    ("answer", "reason", "advised"),
    [
        (Answer(status=404), "closed, or was moved", False),
        (Answer(status=410), "closed, or was moved", False),
        (Answer(status=403), "HTTP 403", True),
        (Answer(b"<html><p>Nothing to see</p></html>"), "No posting was recognised", True),
        (Answer((FIXTURES / "pages" / "notice.html").read_bytes()), "no longer accepting applications", False),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}), "private network", True),
    ],
)
def test_a_page_that_gives_no_posting_ends_with_a_reason_and_what_to_do_unless_it_is_over(
    importing: Importing, board: JobBoard, answer: Answer, reason: str, *, advised: bool
) -> None:
    done = importing.outcome(ImportKind.URL, board.answer("/jobs/bell", answer))
    assert done.status is ImportStatus.FAILED
    assert done.reason is not None
    assert reason in done.reason
    assert ("bookmarklet" in done.reason) is advised
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


def test_an_import_of_somebody_else_or_that_is_gone_is_left_alone(importing: Importing) -> None:
    asked = importing.ask(ImportKind.URL, "https://bells.example/1")
    stranger = asked.model_copy(update={"person_id": "somebody"})
    assert importing.handle(stranger) == []
    assert importing.stored(asked).status is ImportStatus.PENDING


def test_neither_addresses_nor_titles_are_logged(
    importing: Importing, board: JobBoard, caplog: pytest.LogCaptureFixture
) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode()))
    with caplog.at_level(logging.INFO):
        importing.outcome(ImportKind.URL, f"{url}?candidate=robin.vale")
        letter = importing.outcome(ImportKind.MAIL, content=(FIXTURES / "mails" / "letter.eml").read_bytes())
    assert (letter.status, letter.subject, letter.sender) == (ImportStatus.FAILED, "Sunday", "Aunt Mildred")
    written = " ".join(str(vars(record)) for record in caplog.records)
    assert "imported" in written
    for word in ("robin.vale", "Bell Founder", "/jobs/bell", "Mildred", "Sunday"):
        assert word not in written


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=404), ClosedReason.GONE),
        (Answer(status=410), ClosedReason.GONE),
        (Answer((FIXTURES / "pages" / "notice.html").read_bytes()), ClosedReason.NO_LONGER_ACCEPTING),
    ],
)
def test_a_page_that_is_over_closes_the_persons_own_posting_of_it(
    importing: Importing, board: JobBoard, answer: Answer, reason: ClosedReason
) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode()), answer)
    other = board.answer("/jobs/gong", Answer(POSTING.replace("Bell", "Gong").encode()))
    (made,), (kept,) = (importing.outcome(ImportKind.URL, one).posting_ids for one in (url, other))
    importing.told()
    failed = importing.outcome(ImportKind.URL, f"{url}?utm_source=friend")
    assert failed.status is ImportStatus.FAILED
    assert "closed" in (failed.reason or "")
    over, still = (private.get(importing.people, PERSON, one) for one in (made, kept))
    assert over is not None
    assert still is not None
    assert (over.life.closed_reason, still.life.open) == (reason, True)
    assert len(importing.told()) == 1
    importing.outcome(ImportKind.URL, url)
    assert importing.told() == []


def test_a_page_that_is_over_leaves_what_an_own_source_lists_to_its_collections(
    importing: Importing, board: JobBoard
) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode()), Answer(status=404))
    (made,) = importing.outcome(ImportKind.URL, url).posting_ids
    imported = private.get(importing.people, PERSON, made)
    assert imported is not None
    listed = imported.posting.model_copy(update={"id": "0" * 32, "source_id": "own:00000000000a"})
    private.put(importing.people, PERSON, listed)
    assert importing.outcome(ImportKind.URL, url).status is ImportStatus.FAILED
    kept = {one.posting.source_id: one.life.open for one in private.each(importing.people, PERSON)}
    assert kept == {"import": False, "own:00000000000a": True}


def test_an_import_whose_attempts_were_all_cut_short_ends_with_a_reason_and_where_somebody_looks(
    importing: Importing, board: JobBoard
) -> None:
    url = board.answer("/jobs/bell", Answer(POSTING.encode()))
    asked = importing.ask(ImportKind.PAGE, url, POSTING.encode())
    with pytest.raises(BatchProcessingError):
        importing.handle(asked, received=4)
    ended = importing.stored(asked)
    assert ended.status is ImportStatus.FAILED
    assert ended.finished_at is not None
    assert (ended.reason or "").startswith("Something went wrong on our side")
    assert importing.content() == []
    # What was stored before an attempt was cut short is ranked.
    assert len(importing.told()) == 1
    assert importing.handle(asked, received=4) == []
    assert importing.stored(asked) == ended
    assert importing.told() == []


def test_what_was_brought_in_is_removed_once_the_import_is_finished(importing: Importing) -> None:
    html = (FIXTURES / "pages" / "linkedin_signed_in.html").read_bytes()
    done = importing.outcome(ImportKind.PAGE, "https://www.linkedin.com/jobs/view/3900000009/", html)
    failed = importing.outcome(ImportKind.MAIL, content=b"nothing")
    assert (done.status, failed.status) == (ImportStatus.DONE, ImportStatus.FAILED)
    assert importing.content() == []
    waiting = importing.ask(ImportKind.MAIL, content=b"x")
    assert importing.content() == [gateway.content_key(PERSON, waiting.id)]
