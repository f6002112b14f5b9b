"""import_posting as it is called: from a message to a person's own postings, and the reason where there are none."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.import_posting import handler, importer
from jobtracker.accounts import consent, spending
from jobtracker.accounts.consent import Consent
from jobtracker.aws import clients
from jobtracker.llm.model import Outcome, Provider
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


CAPS = (
    "llm_person_day_microdollars",
    "llm_person_month_microdollars",
    "llm_everybody_day_microdollars",
    "llm_everybody_month_microdollars",
    "llm_person_hour_calls",
    "llm_everybody_hour_calls",
)
STORY = (FIXTURES / "pages" / "story.html").read_bytes()


@pytest.fixture
def service() -> Iterator[FakeClaude]:
    with fake_claude() as running:
        yield running


def _set_up(importing: Importing, service: FakeClaude, monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    """Give the function a language model that the person allows, with a dollar for everything."""
    consent.put(importing.people, PERSON, Consent(given=True))
    stored = clients.secrets().list_secrets()["SecretList"]
    secret = stored[0] if stored else clients.secrets().create_secret(Name="anthropic", SecretString="sk-test")
    caps = dict.fromkeys(CAPS, 1_000_000)
    key = {"anthropic_secret_arn": secret["ARN"], "anthropic_base_url": service.url}
    changed = importing.settings.model_copy(update={**key, **caps, **more})
    monkeypatch.setattr(handler, "settings", lambda: changed)


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
    assert kinds == ["IMPORT", "POSTING", "PROFILE", "READING"]
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
    _set_up(importing, service, monkeypatch)
    url = board.answer("/work", Answer(STORY))
    service.says(Fault(529), Said(json.dumps({"title": "Night Baker", "company": "Invented Ltd"})))
    done = importing.outcome(ImportKind.URL, url)
    assert done.how is How.LANGUAGE_MODEL
    held = private.get(importing.people, PERSON, done.posting_ids[0])
    assert held is not None
    assert (held.posting.title, held.posting.company) == ("Night Baker", None)
    (receipt,) = spending.receipts(importing.people, PERSON, 9)
    assert (receipt.purpose, receipt.outcome) == ("Reading a page you brought in", Outcome.ANSWERED)
    operations = clients.table(importing.settings.operations_table)
    assert spending.spent(operations, PERSON, datetime.now(UTC)) == receipt.microdollars > 0
    # The same page again is read from memory.
    assert importing.outcome(ImportKind.URL, url).how is How.LANGUAGE_MODEL
    assert len(spending.receipts(importing.people, PERSON, 9)) == 1


@pytest.mark.parametrize("page", [POSTING.encode(), STORY])
@pytest.mark.parametrize("cap", CAPS)
def test_where_nothing_may_be_spent_the_local_reading_is_all_there_is(
    importing: Importing, board: JobBoard, service: FakeClaude, monkeypatch: pytest.MonkeyPatch, cap: str, page: bytes
) -> None:
    _set_up(importing, service, monkeypatch, **{cap: 0})
    done = importing.outcome(ImportKind.URL, board.answer("/work", Answer(page)))
    assert service.asked == []
    if page is STORY:
        # Whoever has no language model need not hear of one.
        assert "language model" not in (done.reason or "")
        assert (done.reason or "").startswith("No posting was recognised on this page. ")
    else:
        assert done.status is ImportStatus.DONE


@pytest.mark.parametrize("decided", [None, False])
def test_without_the_persons_consent_nothing_is_sent_and_the_reason_says_so(
    importing: Importing, board: JobBoard, service: FakeClaude, monkeypatch: pytest.MonkeyPatch, decided: bool | None
) -> None:
    _set_up(importing, service, monkeypatch)
    if decided is None:
        importing.people.delete_item(Key={"PK": f"USER#{PERSON}", "SK": "LLM_CONSENT"})
    else:
        consent.put(importing.people, PERSON, Consent(given=decided))
    reason = importing.outcome(ImportKind.URL, board.answer("/work", Answer(STORY))).reason or ""
    assert "a language model was not asked: you have not allowed that pages are sent to one." in reason
    assert service.asked == []
    assert spending.receipts(importing.people, PERSON, 9) == []
    other = board.answer("/jobs/bell", Answer(POSTING.encode()))
    assert importing.outcome(ImportKind.URL, other).status is ImportStatus.DONE


def test_why_the_language_model_was_not_asked_is_told(
    importing: Importing, board: JobBoard, service: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = board.answer("/work", Answer(STORY))
    _set_up(importing, service, monkeypatch, llm_person_month_microdollars=10)
    reason = importing.outcome(ImportKind.URL, url).reason or ""
    assert reason.startswith(
        "No posting was recognised on this page, and the language model was not asked: "
        "your budget for it of this month is used up. Open the page in your browser"
    )
    _set_up(importing, service, monkeypatch, llm_everybody_day_microdollars=10)
    assert "what may be spent on it today is used up." in (importing.outcome(ImportKind.URL, url).reason or "")
    assert service.asked == []
    _set_up(importing, service, monkeypatch)
    service.says(Said("", stop_reason="refusal"))
    assert "and the language model declined to answer." in (importing.outcome(ImportKind.URL, url).reason or "")
    service.says(Fault(500))
    for _ in range(3):
        assert "answered HTTP 500." in (importing.outcome(ImportKind.URL, url).reason or "")
    assert "it did not answer lately" in (importing.outcome(ImportKind.URL, url).reason or "")
    # What needs no language model is read as ever.
    other = board.answer("/jobs/bell", Answer(POSTING.encode()))
    assert importing.outcome(ImportKind.URL, other).status is ImportStatus.DONE


def test_bedrock_reads_where_it_is_chosen_and_no_key_is_needed(
    importing: Importing, board: JobBoard, service: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_up(importing, service, monkeypatch, anthropic_secret_arn=None, llm_provider=Provider.BEDROCK)
    service.says(Said(json.dumps({"title": "Night Baker"})))
    assert importing.outcome(ImportKind.URL, board.answer("/work", Answer(STORY))).how is How.LANGUAGE_MODEL
    assert service.asked[0]["model"] == "global.anthropic.claude-haiku-5-5"
    assert service.headers[0]["authorization"].startswith("AWS4-HMAC-SHA256 ")
    _set_up(importing, service, monkeypatch, anthropic_secret_arn=None)
    failed = importing.outcome(ImportKind.URL, board.answer("/other", Answer(STORY)))
    assert "language model" not in (failed.reason or "")


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
