"""The command in a terminal of 80 columns, through the real API."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from functions.api.app import ROUTERS, create_app
from functions.api.routers import search
from functions.api.settings import Settings
from functions.search.snapshot import searcher
from jobtracker.accounts import store as accounts
from jobtracker.artifacts import cache
from jobtracker.aws import clients
from jobtracker.catalog import build
from jobtracker.catalog import gateway as catalog
from jobtracker.postings.model import Place, StoredPosting
from jobtracker_local import cli, terminal
from jobtracker_local.api_client import ApiClient
from tests.contract.test_api import API, PASSWORD, posting, signed_in

Run = Callable[..., Result]
BERLIN = Place(text="Berlin", city="Berlin", country="DE", latitude=52.4, longitude=13.3)
WIDE = 80


@pytest.fixture
def client(api_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client of the whole API of a machine of one's own, where everybody administers."""
    monkeypatch.setattr(cache, "default_directory", lambda: tmp_path / "artifacts")
    cache.forget()
    local = api_settings.model_copy(update={"local_mode": True})
    app = create_app(local, [search.router, *ROUTERS], searcher(local.artifacts_bucket))
    account = accounts.create(clients.table(local.people_table), email="eve@example.org", password=PASSWORD)
    return signed_in(app, account)


@pytest.fixture
def run(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a terminal of 80 columns."""
    api = ApiClient("http://testserver")
    signed = TestClient(client.app, base_url=f"https://testserver{API}", headers=dict(client.headers))
    monkeypatch.setattr(api, "_http", signed)
    # The API's log finds its stream here, before the runner lends it one that it closes again.
    client.get(f"{API}/health")
    monkeypatch.setattr(terminal, "session", lambda: api)
    monkeypatch.setattr(terminal.out, "width", WIDE)
    monkeypatch.setattr(terminal.err, "width", WIDE)
    return lambda *words, typed="": CliRunner().invoke(cli.app, list(words), input=typed)


@pytest.fixture
def indexed(api_settings: Settings, tmp_path: Path) -> None:
    """Five postings that can be searched, one of which states no pay and lies in Berlin."""
    postings = [posting(number) for number in range(4)] + [
        posting(4).model_copy(update={"pay": None, "places": (BERLIN,)})
    ]
    info = build.build([StoredPosting.fresh(one) for one in postings], None, tmp_path / "index")
    catalog.publish(api_settings.artifacts_bucket, tmp_path / "index", info, follows=None)
