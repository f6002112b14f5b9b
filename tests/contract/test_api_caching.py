"""Answers of the API that a client has already: they are not sent again, and never to somebody else."""

from datetime import timedelta

from fastapi.testclient import TestClient

from functions.api.settings import Settings
from jobtracker.aws import clients
from jobtracker.postings import store as postings
from jobtracker.sources import items, own, store
from jobtracker.sources.model import Collection, SourceState, SourceStatus
from tests.contract.test_api import API, NOW, posting
from tests.contract.test_api_sources import FEED, ada, app, bob

__all__ = ["ada", "app", "bob"]


def test_ledgers_are_sent_again_only_after_another_collection(
    ada: TestClient, bob: TestClient, api_settings: Settings
) -> None:
    people, me = clients.table(api_settings.people_table), ada.get(f"{API}/me").json()["id"]
    mine = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()["id"]

    def collected(hour: int) -> None:
        at = NOW + timedelta(hours=hour)
        for table, slot in (
            (clients.table(api_settings.catalog_table), store.slot("remoteok")),
            (people, own.slot(me, mine)),
        ):
            source_id = slot.source_id
            ledger = Collection(
                id=at.isoformat(), source_id=source_id, started_at=at, ended_at=at, status=SourceStatus.OK, reason=None
            )
            items.record(table, slot, ledger, SourceState(source_id=source_id, last_run_at=at))

    collected(0)
    paths = [
        f"{API}/{path}"
        for path in ("sources/remoteok", "sources/remoteok/collections", f"own-sources/{mine}/collections")
    ]
    first = [ada.get(path) for path in paths]
    assert {answer.headers["cache-control"] for answer in first} == {"private, no-cache"}
    known = [{"If-None-Match": answer.headers["etag"]} for answer in first]
    again = [ada.get(path, headers=etag) for path, etag in zip(paths, known, strict=True)]
    assert {(answer.status_code, answer.content) for answer in again} == {(304, b"")}
    assert [bob.get(path, headers=etag).status_code for path, etag in zip(paths, known, strict=True)] == [200, 200, 404]
    collected(1)
    for path, etag in zip(paths, known, strict=True):
        answer = ada.get(path, headers=etag)
        assert answer.status_code == 200
        assert len(answer.json().get("items") or answer.json()["ledgers"]) == 2


def test_the_changes_of_a_posting_are_sent_again_only_after_another_change(
    ada: TestClient, api_settings: Settings
) -> None:
    catalog = clients.table(api_settings.catalog_table)
    path = f"{API}/postings/{posting(1).id}/versions"
    for title, status in (("Engineer", 200), ("Senior engineer", 200), ("Senior engineer", 304)):
        known = {"If-None-Match": ada.get(path).headers.get("etag", "")}
        postings.put(catalog, posting(1).model_copy(update={"title": title, "content_hash": title}))
        answer = ada.get(path, headers=known)
        assert answer.status_code == status
        assert (answer.headers["cache-control"], answer.headers["vary"]) == ("private, no-cache", "authorization")
    assert answer.content == b""


def test_ones_own_sources_companies_and_matches_are_sent_again_only_when_they_changed(
    ada: TestClient, bob: TestClient
) -> None:
    first = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()["id"]
    paths = [f"{API}/{path}" for path in ("own-sources", f"own-sources/{first}", "companies?q=a", "matches")]
    known = [{"If-None-Match": ada.get(path).headers["etag"]} for path in paths]
    assert [ada.get(path, headers=one).status_code for path, one in zip(paths, known, strict=True)] == [304] * 4
    assert [bob.get(path, headers=one).status_code for path, one in zip(paths, known, strict=True)] == [
        200,
        404,
        200,
        200,
    ]
    ada.put(f"{API}/own-sources/{first}", json={"name": "Ours", "config": FEED})
    assert [ada.get(path, headers=one).status_code for path, one in zip(paths, known, strict=True)][:2] == [200, 200]
