"""Definitions of own sources that could never be collected: refused when given, with the field and what to do."""

import pytest
from fastapi.testclient import TestClient

from functions.api.app import create_app
from functions.api.settings import Settings
from tests.contract.test_api import API
from tests.contract.test_api_sources import FEED, ada, app, sent

__all__ = ["ada", "app"]

KEYED = {
    "kind": "api",
    "url": "https://api.example.org/jobs",
    "secret_headers": {"X-Api-Key": "key"},
    "secret_query": {"token": "my.token"},
    "fields": {"id": "id", "url": "url", "title": "title"},
}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/feed", "private network"),
        ("http://127。0。0。1/feed", "private network"),
        ("http://0x7f000001/feed", "private network"),
        ("https://localhost/feed", "private network"),
        ("https://10.1.2.3/feed", "private network"),
        ("https://[::1]/feed", "private network"),
        ("https://[fe80::1]/feed", "private network"),
        ("http://169.254.169.254/latest/meta-data", "private network"),
        ("https://jobs.example.org:8080/feed", "port 8080"),
        ("ftp://jobs.example.org/feed", "must begin with https:// or http://"),
    ],
)
def test_an_address_that_is_never_asked_is_refused_when_it_is_given_with_what_to_do(
    ada: TestClient, api_settings: Settings, url: str, why: str
) -> None:
    mine = ada.post(f"{API}/own-sources", json={"name": "Mine", "config": FEED}).json()
    sent(api_settings.collect_queue_url)
    for config in (FEED, KEYED):
        body = {"name": "x", "config": {**config, "url": url}, "secrets": {"key": "k", "my.token": "t"}}
        for refused in (
            ada.post(f"{API}/own-sources", json=body),
            ada.put(f"{API}/own-sources/{mine['id']}", json=body),
        ):
            assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
            [error] = refused.json()["errors"]
            assert error["field"] == f"body.config.{config['kind']}.url"
            assert why in error["message"]
            assert "https://" in error["message"] or "give such an address" in error["message"]
    assert [one["config"] for one in ada.get(f"{API}/own-sources").json()["items"]] == [mine["config"]]
    assert sent(api_settings.collect_queue_url) == []


def test_a_host_of_this_machine_that_may_be_asked_may_be_given(ada: TestClient, api_settings: Settings) -> None:
    app = create_app(api_settings.model_copy(update={"allowed_hosts": "127.0.0.1:8080,127.0.0.1:1"}))
    client = TestClient(app, base_url="https://testserver", headers=dict(ada.headers))
    for port, status in ((8080, 201), (8081, 422)):
        body = {"name": "x", "config": {"kind": "feed", "url": f"http://127.0.0.1:{port}/feed"}}
        assert client.post(f"{API}/own-sources", json=body).status_code == status


def test_a_secret_that_a_definition_names_must_be_given_with_it_or_before(ada: TestClient) -> None:
    body = {"name": "x", "config": KEYED}
    refused = ada.post(f"{API}/own-sources", json=body)
    assert refused.status_code == 422
    told = {one["field"]: one["message"] for one in refused.json()["errors"]}
    assert told.keys() == {
        "body.config.api.secret_headers.X-Api-Key",
        "body.config.api.secret_query.token",
    }
    assert set(told.values()) == {"enter the secret that is sent under this name"}
    # What stands as a secret's name may be the secret.
    assert "my.token" not in refused.text
    half = ada.post(f"{API}/own-sources", json={**body, "secrets": {"key": "hush"}})
    assert [one["field"] for one in half.json()["errors"]] == ["body.config.api.secret_query.token"]
    assert ada.get(f"{API}/own-sources").json()["items"] == []
    made = ada.post(f"{API}/own-sources", json={**body, "secrets": {"key": "hush", "my.token": "hush"}})
    assert made.status_code == 201
    path = f"{API}/own-sources/{made.json()['id']}"
    assert ada.put(path, json=body).status_code == 200
    another = {**KEYED, "secret_headers": {"X-Api-Key": "another"}}
    assert ada.put(path, json={"name": "x", "config": another}).status_code == 422
    assert ada.put(path, json={"name": "x", "config": another, "secrets": {"another": "hush"}}).status_code == 200
