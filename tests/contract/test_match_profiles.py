"""From a message on the match queue to stored matches and the event that tells of them."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.match_profiles import handler, matcher
from functions.match_profiles.settings import Settings
from jobtracker.accounts import consent
from jobtracker.accounts.consent import Consent
from jobtracker.artifacts import cache as caching
from jobtracker.aws import clients
from jobtracker.catalog import gateway as catalog
from jobtracker.catalog.build import build
from jobtracker.matching import store
from jobtracker.matching.model import Match, MatchSummary
from jobtracker.messages.model import MatchesFound, MatchShard, ProfileChanged
from jobtracker.postings.model import Posting, StoredPosting, posting_id
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Preferences, Profile
from jobtracker.resumes.uploads import Resume
from jobtracker.text.gateway import publish_encoder
from jobtracker.text.training import fit_encoder
from tests.fakes.bus import heard
from tests.fakes.lambda_calls import context

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLES = ("Data engineer", "Nurse", "Head chef", "Electrician", "Accountant")


@pytest.fixture(autouse=True)
def _own_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(caching, "default_directory", lambda: tmp_path / "cache")
    caching.forget()
    yield
    caching.forget()


class Worker:
    """The function with its stores, and what it told the bus."""

    def __init__(self, bucket: str, table: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bucket, self.table, self.folder = bucket, clients.table(table), folder
        self.events = heard()
        self.careful = clients.sqs().create_queue(QueueName="careful")["QueueUrl"]
        self.settings = Settings(
            stage="test",
            people_table=table,
            artifacts_bucket=bucket,
            event_bus="jobtracker",
            careful_queue_url=self.careful,
        )
        monkeypatch.setattr(handler, "settings", lambda: self.settings)

    def handle(self, *messages: MatchShard | ProfileChanged) -> list[str]:
        """Hand the function a batch; the ids of the messages that it could not deal with."""
        records = [
            {"messageId": message.id, "body": message.model_dump_json(), "eventSource": "aws:sqs"}
            for message in messages
        ]
        answer = handler.lambda_handler({"Records": records}, context())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def publish(self, titles: tuple[str, ...]) -> str:
        """Make an index of postings with these titles the current one; its version."""
        postings = [StoredPosting.fresh(_posting(title)) for title in titles]
        before = catalog.open_latest(self.bucket)
        to = self.folder / f"index-{len(list(self.folder.iterdir()))}"
        info = build(postings, None, to)
        catalog.publish(self.bucket, to, info, follows=before.manifest if before else None)
        caching.forget()
        return info.version

    def person(self, name: str, label: str, *, shards: int = 1) -> None:
        """Store a profile, or its next version."""
        resume = Resume(id=f"{name}-1", person_id=name, filename="a.txt", content_type="text/plain", created_at=NOON)
        resumes.put_profile(self.table, resume, Profile(label=label, skills=("sql", "python")), match_shards=shards)

    def told(self) -> list[MatchesFound]:
        """The events since the last time."""
        taken = []
        while messages := clients.sqs().receive_message(QueueUrl=self.events, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                taken.append(MatchesFound.model_validate(json.loads(message["Body"])["detail"]))
                clients.sqs().delete_message(QueueUrl=self.events, ReceiptHandle=message["ReceiptHandle"])
        return taken

    def data(self) -> dict[tuple[str, str], str]:
        """What is stored, by key, but for what was found among own postings: that tells when they were read."""
        items = self.table.scan()["Items"]
        return {(str(one["PK"]), str(one["SK"])): str(one["data"]) for one in items if one["SK"] != "OWN_MATCHES"}

    def stored(self, person: str) -> tuple[MatchSummary, list[Match]]:
        """What is stored for a person."""
        summary = store.stored_summary(self.table, person)
        assert summary is not None
        return summary, store.page(self.table, person)


def _posting(title: str) -> Posting:
    return Posting(
        id=posting_id("board", title),
        source_id="board",
        source_posting_id=title,
        url=f"https://jobs.example/{posting_id('board', title)}",
        title=title,
        description_text=f"We look for a {title.lower()} who knows SQL",
        skills=("sql",),
        fetched_at=NOON,
        attribution="the board",
    )


def _changed(person: str, version: int = 1) -> ProfileChanged:
    return ProfileChanged(person_id=person, profile_version=version, correlation_id="upload-1")


@pytest.fixture
def worker(artifacts_bucket: str, people_table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worker:
    folder = tmp_path / "built"
    folder.mkdir()
    return Worker(artifacts_bucket, people_table, folder, monkeypatch)


def test_a_changed_profile_is_matched_and_told_of(worker: Worker) -> None:
    version = worker.publish(TITLES)
    worker.person("ada", "Data engineer")

    assert worker.handle(_changed("ada")) == []

    summary, matches = worker.stored("ada")
    assert (summary.index_version, summary.profile_version, summary.postings) == (version, 1, len(TITLES))
    assert {match.posting_id for match in matches} == {posting_id("board", title) for title in TITLES}
    (event,) = worker.told()
    assert (event.person_id, event.index_version, event.matches) == ("ada", version, len(TITLES))
    assert event.correlation_id == "upload-1"


@pytest.mark.parametrize(("month", "given", "sent"), [(1_000_000, True, 1), (1_000_000, False, 0), (0, True, 0)])
def test_the_best_matches_are_sent_to_be_read_where_that_is_allowed(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, month: int, given: bool, sent: int
) -> None:
    changed = worker.settings.model_copy(update={"llm_person_month_microdollars": month})
    monkeypatch.setattr(handler, "settings", lambda: changed)
    worker.publish(TITLES)
    worker.person("ada", "Data engineer")
    consent.put(worker.table, "ada", Consent(given=given))
    assert worker.handle(_changed("ada")) == []
    got = clients.sqs().receive_message(QueueUrl=worker.careful).get("Messages", [])
    assert [json.loads(one["Body"])["person_id"] for one in got] == ["ada"] * sent


def test_everybody_in_a_shard_is_matched_and_nobody_else(worker: Worker) -> None:
    version = worker.publish(TITLES)
    for name in ("ada", "bob", "eve"):
        worker.person(name, "Nurse", shards=2)
    shards = [{one.person_id for one in resumes.profiles_of_shard(worker.table, shard)} for shard in (0, 1)]
    assert shards[0]

    assert worker.handle(MatchShard(shard=0, index_version=version)) == []

    assert {event.person_id for event in worker.told()} == shards[0]
    assert all(store.stored_summary(worker.table, name) is None for name in shards[1])


def test_a_repeated_message_changes_nothing_and_tells_again(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Data engineer")
    worker.handle(_changed("ada"))
    before, own = worker.data(), store.own(worker.table, "ada")
    first = worker.told()

    assert worker.handle(_changed("ada"), _changed("ada")) == []

    assert worker.data() == before
    again = store.own(worker.table, "ada")
    assert own is not None
    assert again is not None
    assert again.read_at > own.read_at
    assert again.model_copy(update={"read_at": own.read_at}) == own
    # The first time may have ended between storing and telling.
    assert [event.index_version for event in worker.told()] == [first[0].index_version] * 2


def test_a_posting_that_left_the_catalog_leaves_the_matches(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Data engineer")
    worker.handle(_changed("ada"))
    version = worker.publish(TITLES[:2])

    worker.handle(MatchShard(shard=0, index_version=version))

    summary, matches = worker.stored("ada")
    assert (summary.index_version, summary.matches) == (version, 2)
    assert {match.posting_id for match in matches} == {posting_id("board", title) for title in TITLES[:2]}


def test_a_worker_that_hears_of_a_newer_index_ranks_with_it(worker: Worker) -> None:
    worker.publish(TITLES[:2])
    worker.person("ada", "Nurse")
    worker.handle(_changed("ada"))
    seen = caching.cache(worker.bucket, catalog.NAME)
    assert seen is not None
    newer = worker.publish(TITLES)
    # The disk is as it was and was looked at a moment ago.
    caching._entries[worker.bucket, catalog.NAME, caching.default_directory() / worker.bucket] = caching._Entry(
        time.monotonic(), seen
    )

    worker.handle(MatchShard(shard=0, index_version=newer))

    assert worker.stored("ada")[0].index_version == newer


def test_a_changed_profile_is_matched_with_the_newest_index_whatever_is_on_disk(worker: Worker) -> None:
    worker.publish(TITLES[:2])
    seen = caching.cache(worker.bucket, catalog.NAME)
    assert seen is not None
    newer = worker.publish(TITLES)
    caching._entries[worker.bucket, catalog.NAME, caching.default_directory() / worker.bucket] = caching._Entry(
        time.monotonic(), seen
    )
    worker.person("ada", "Nurse")

    worker.handle(_changed("ada"))

    assert worker.stored("ada")[0].index_version == newer


def test_matches_of_an_older_index_or_profile_never_replace_newer_ones(worker: Worker) -> None:
    worker.publish(TITLES[:3])
    worker.person("ada", "Nurse")
    worker.person("ada", "Head nurse")
    worker.handle(_changed("ada", 2))
    summary, matches = worker.stored("ada")
    published = catalog.open_latest(worker.bucket)
    assert published is not None
    made = published.manifest.created_at
    old_index = summary.model_copy(update={"index_version": "older"})
    old_profile = summary.model_copy(update={"profile_version": 1})
    own = store.own(worker.table, "ada")
    assert own is not None
    read = own.read_at

    second = timedelta(seconds=1)
    assert not store.replace(worker.table, [], old_index, indexed_at=made - second, own_read_at=read)
    assert not store.replace(worker.table, [], summary, indexed_at=made, own_read_at=read - second)
    assert not store.replace(worker.table, [], old_profile, indexed_at=made + second, own_read_at=read + second)
    for later in (second, -second):
        with pytest.raises(store.OvertakenError):
            store.replace(worker.table, [], summary, indexed_at=made + later, own_read_at=read - later)

    assert worker.stored("ada") == (summary, matches)


@pytest.mark.parametrize("times", [1, matcher.ATTEMPTS])
def test_who_is_overtaken_while_writing_writes_again(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    real = store.page
    raced: list[str] = []

    def page(table: Any, person_id: str) -> list[Match]:
        if len(raced) < times:
            raced.append(person_id)
            worker.person("ada", "Accountant")
            with monkeypatch.context() as patched:
                patched.setattr(store, "page", real)
                matcher.match(_changed("ada", 2), worker.settings)
        return real(table, person_id)

    monkeypatch.setattr(store, "page", page)
    slow = _changed("ada", 1)
    # Who is overtaken each time leaves it to the queue, which hands the message out again.
    assert worker.handle(slow, _changed("nobody")) == ([] if times == 1 else [slow.id])
    assert worker.handle(slow) == []
    summary, matches = worker.stored("ada")
    assert summary.profile_version == 2
    assert len(matches) == len(TITLES)


def test_before_the_first_index_a_changed_profile_waits_for_it_and_a_shard_comes_again(worker: Worker) -> None:
    worker.person("ada", "Nurse")
    shard = MatchShard(shard=0, index_version="not to be seen yet")

    assert worker.handle(_changed("ada"), shard) == [shard.id]

    assert store.stored_summary(worker.table, "ada") is None
    assert worker.told() == []


def test_a_profile_that_is_gone_is_no_error(worker: Worker) -> None:
    worker.publish(TITLES)

    assert worker.handle(_changed("nobody")) == []
    assert worker.told() == []


def test_an_index_and_the_encoder_before_it_wait_for_the_right_encoder(worker: Worker) -> None:
    texts = [f"{title} with {word}" for title in TITLES for word in ("care", "tools", "spirit")]
    first, second = fit_encoder(texts, dims=4), fit_encoder([*texts, "Pilot with wings"], dims=4)
    manifest = publish_encoder(worker.bucket, first, postings=1, follows=None)
    assert caching.cache(worker.bucket, "encoder") is not None
    publish_encoder(worker.bucket, second, postings=1, follows=manifest)
    to = worker.folder / "with-vectors"
    info = build([StoredPosting.fresh(_posting(title)) for title in TITLES], second, to)
    catalog.publish(worker.bucket, to, info, follows=None)
    worker.person("ada", "Nurse")
    resumes.set_preferences(worker.table, "ada", Preferences(titles=("Nurse",)))

    worker.handle(MatchShard(shard=0, index_version=info.version))

    best = worker.stored("ada")[1][0]
    assert best.posting_id == posting_id("board", "Nurse")
    assert next(part.known for part in best.parts if part.name == "title")


def test_a_ranker_is_kept_as_long_as_its_index_is_current(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    worker.handle(_changed("ada"))
    kept = matcher._kept[0]
    worker.handle(_changed("ada"))
    assert matcher._kept[0] is kept

    worker.publish(TITLES[:2])
    worker.handle(_changed("ada"))
    assert matcher._kept[0] is not kept
