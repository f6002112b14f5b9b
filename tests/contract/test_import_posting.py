"""import_posting as it is called: from a message to a person's own postings, and the reason where there are none."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.import_posting import handler, importer
from jobtracker.aws import clients
from jobtracker.messages.model import ImportPosting
from jobtracker.postings import private
from jobtracker.postings import store as postings
from jobtracker.postings.model import posting_id
from jobtracker.sources import detect
from jobtracker.sources.companies import greenhouse
from jobtracker.sources.imports import store
from jobtracker.sources.imports.model import How, Import, ImportKind, ImportStatus, new_id
from jobtracker.sources.pace import MemoryPace
from tests.contract.importing import FIXTURES, PERSON, POSTING, Importing, board, importing
from tests.fakes.claude import FakeClaude, Fault, Said, fake_claude
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.polite import polite_client

__all__ = ["board", "importing"]


@pytest.fixture
def service() -> Iterator[FakeClaude]:
    with fake_claude() as running:
        yield running


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
    assert (done.subject, done.sender) == ("Lighthouse Keeper – Cape Holm and 2 more", "LinkedIn Job Alerts")


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


def test_a_search_for_a_board_that_took_too_long_says_so(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = (*(f"https://bells.example/{number} names no board" for number in range(9)), detect._TOO_LONG)
    monkeypatch.setattr(detect, "detect", lambda *_, **__: detect.Detection(tried=tried))
    reason = importing.outcome(ImportKind.BOARD, "bells.example").reason or ""
    assert reason.startswith("No board of this company was found, but the answers took too long for all to be asked (")
    monkeypatch.setattr(detect, "detect", lambda *_, **__: detect.Detection(tried=tried[:-1]))
    assert "too long" not in (importing.outcome(ImportKind.BOARD, "bells.example").reason or "")


def test_a_companys_board_that_is_brought_in_as_a_page_is_named(importing: Importing) -> None:
    asked = importing.ask(ImportKind.URL, "https://boards.greenhouse.io/ferrymoor")
    failed = importer._failed(asked, "No posting was recognised on this page.")
    assert [found.source_id for found in failed.boards] == ["greenhouse:ferrymoor"]
    assert failed.reason == (
        "No posting was recognised on this page. If it is a company's whole board, add that as a source."
    )


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
