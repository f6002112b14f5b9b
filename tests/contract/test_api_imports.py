"""Imports and own postings over HTTP: what a person brings along is that person's alone."""

import base64

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings
from jobtracker.aws import clients
from jobtracker.postings import private
from jobtracker.sources.imports import gateway as brought
from jobtracker.sources.imports import store as imports
from tests.contract.test_api import API, posting, signed_in
from tests.contract.test_api_sources import account, sent


@pytest.fixture
def app(api_settings: Settings) -> FastAPI:
    """The API."""
    return create_app(api_settings)


@pytest.fixture
def ada(app: FastAPI, api_settings: Settings) -> TestClient:
    """A client signed in as somebody."""
    return signed_in(app, account(api_settings, "ada"))


@pytest.fixture
def bob(app: FastAPI, api_settings: Settings) -> TestClient:
    """A client signed in as somebody else."""
    return signed_in(app, account(api_settings, "bob"))


def test_an_import_waits_with_its_content_and_asks_to_be_read(ada: TestClient, api_settings: Settings) -> None:
    page = b"<html><title>J\xf6b</title></html>"
    url = "https://example.org/jobs/1"
    body = {"kind": "page", "url": url, "content": base64.b64encode(page).decode()}
    made = ada.post(f"{API}/imports", json=body | {"filename": "saved \u202epage.html"})
    assert made.status_code == 202
    assert made.json()["filename"] == "saved page.html"
    assert (made.json()["status"], made.json()["posting_ids"], made.json()["url"]) == ("pending", [], url)
    me = ada.get(f"{API}/me").json()["id"]
    stored = imports.get(clients.table(api_settings.people_table), me, made.json()["id"])
    assert stored is not None
    assert brought.get_content(api_settings.uploads_bucket, stored) == page
    (message,) = sent(api_settings.import_queue_url)
    assert (message["type"], message["person_id"], message["import_id"]) == ("ImportPosting", me, stored.id)
    assert ada.get(f"{API}/imports").json()["items"] == [ada.get(f"{API}/imports/{stored.id}").json()]


@pytest.mark.parametrize("body", [{"kind": "url"}, {"kind": "page", "url": "https://example.org"}, {"kind": "mail"}])
def test_an_import_without_what_it_takes_is_refused(ada: TestClient, body: dict[str, str]) -> None:
    assert ada.post(f"{API}/imports", json=body).status_code == 422


def test_nobody_sees_another_persons_imports(ada: TestClient, bob: TestClient) -> None:
    mine = ada.post(f"{API}/imports", json={"kind": "url", "url": "https://example.org/jobs/1"}).json()["id"]
    assert bob.get(f"{API}/imports").json() == {"items": []}
    assert bob.get(f"{API}/imports/{mine}").status_code == 404


def test_own_postings_are_the_persons_alone_and_can_be_deleted(
    ada: TestClient, bob: TestClient, api_settings: Settings
) -> None:
    people = clients.table(api_settings.people_table)
    me = ada.get(f"{API}/me").json()["id"]
    for number in range(3):
        private.put(people, me, posting(number).model_copy(update={"source_id": "import"}))
    first = ada.get(f"{API}/own-postings", params={"limit": 2}).json()
    rest = ada.get(f"{API}/own-postings", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    found = [item["id"] for item in first["items"] + rest["items"]]
    assert found == sorted(posting(number).id for number in range(3))
    assert rest["next_cursor"] is None
    assert first["items"][0]["source"] == {"id": "import", "name": "Imported page"}
    assert bob.get(f"{API}/own-postings").json()["items"] == []
    assert bob.delete(f"{API}/own-postings/{found[0]}").status_code == 404
    assert bob.get(f"{API}/postings/{found[0]}/versions").status_code == 404
    assert ada.get(f"{API}/postings/{found[0]}/versions").json() == {"items": []}
    assert ada.delete(f"{API}/own-postings/{found[0]}").status_code == 204
    assert ada.delete(f"{API}/own-postings/{found[0]}").status_code == 404
