"""A person's own source that is deleted: what goes with it, and what does not."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from functions.api.settings import Settings
from jobtracker.aws import clients
from jobtracker.messages.model import CollectSource
from jobtracker.postings import private
from jobtracker.postings.model import Posting, posting_id
from jobtracker.resumes import store as resumes
from jobtracker.resumes.model import Profile
from jobtracker.resumes.uploads import Resume
from jobtracker.sources import own
from jobtracker.sources.seen import Sighting, StoredMemory
from tests.contract.collecting import Collecting, board, collecting
from tests.contract.test_api import API, posting
from tests.contract.test_api_sources import FEED, ada, app, bob, sent
from tests.fakes.bus import heard

__all__ = ["ada", "app", "board", "bob", "collecting"]


def _brought(source_id: str, number: int, *, title: str = "Thatcher", hours: int = 0) -> Posting:
    changes = {
        "id": posting_id(f"x/{source_id}", str(number)),
        "source_id": source_id,
        "title": title,
        "content_hash": title,
        "description_text": "straw " * 20_000,
        "fetched_at": datetime(2026, 3, 6, 12, tzinfo=UTC) + timedelta(hours=hours),
    }
    return posting(number).model_copy(update=changes)


def test_a_deletion_that_was_cut_short_goes_on_when_it_is_asked_for_again(
    ada: TestClient, api_settings: Settings
) -> None:
    people = clients.table(api_settings.people_table)
    me = ada.get(f"{API}/me").json()["id"]
    source = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()["id"]
    private.put(people, me, _brought(source, 1))
    own.delete(people, me, source)

    answers = [ada.delete(f"{API}/own-sources/{source}", params={"postings": "true"}).status_code for _ in range(2)]

    assert answers == [204, 404]
    assert list(private.each(people, me)) == []


@pytest.mark.parametrize(("query", "left"), [({}, 15), ({"postings": "false"}, 15), ({"postings": "true"}, 1)])
def test_the_postings_of_a_source_go_with_it_where_the_person_wants_it(
    ada: TestClient, bob: TestClient, api_settings: Settings, query: dict[str, str], left: int
) -> None:
    people = clients.table(api_settings.people_table)
    me, other = (one.get(f"{API}/me").json()["id"] for one in (ada, bob))
    source = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()["id"]
    # More than one answer of the table holds, each with a version.
    for number in range(14):
        private.put(people, me, _brought(source, number))
        private.put(people, me, _brought(source, number, title="Master", hours=1))
    kept = _brought("import", 99)
    private.put(people, me, kept)
    private.put(people, other, _brought(source, 1))
    sent(api_settings.collect_queue_url)
    assert ada.delete(f"{API}/own-sources/{source}", params=query).status_code == 204
    assert len(list(private.each(people, me))) == left
    assert private.get(people, me, kept.id) is not None
    versions = [private.versions(people, me, _brought(source, number).id) for number in range(14)]
    assert sum(map(len, versions)) == left - 1
    assert private.get(people, other, _brought(source, 1).id) is not None
    # Whoever keeps what collections saw is told to look after it.
    (message,) = sent(api_settings.collect_queue_url)
    assert (message["source_id"], message["owner_id"]) == (source, me)


def test_a_person_is_ranked_anew_without_what_was_deleted(ada: TestClient, api_settings: Settings) -> None:
    events = heard(api_settings.event_bus)
    people, me = clients.table(api_settings.people_table), ada.get(f"{API}/me").json()["id"]
    resume = Resume(
        id="r", person_id=me, filename="cv.pdf", content_type="application/pdf", created_at=datetime.now(UTC)
    )
    resumes.put_profile(people, resume, Profile(), match_shards=2)
    told = []
    for with_posting in (False, True):
        source = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()["id"]
        if with_posting:
            private.put(people, me, _brought(source, 1))
        ada.delete(f"{API}/own-sources/{source}", params={"postings": "true"})
        told.append(len(clients.sqs().receive_message(QueueUrl=events).get("Messages", [])))
    assert told == [0, 1]


def test_the_collector_forgets_what_it_saw_of_a_source_that_is_none_any_more(collecting: Collecting) -> None:
    seen = {"1": Sighting("ab", 1, 1)}
    gone, other = (
        StoredMemory(collecting.settings.artifacts_bucket, f"own:00000000000{end}", "ann") for end in ("a", "ab")
    )
    for memory in (gone, other):
        memory.save(seen)
        memory.save_part("run", 0, seen)
    assert collecting.handle(CollectSource(source_id="own:00000000000a", owner_id="ann")) == []
    assert (gone.load(), gone.load_parts("run", 1)) == ({}, None)
    assert (other.load(), other.load_parts("run", 1)) == (seen, seen)
