"""The app without AWS: only what needs no table."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from functions.api.app import ROUTERS, create_app
from functions.api.settings import Settings
from jobtracker.accounts import gateway
from jobtracker.accounts.model import AccountError, EmailTakenError
from jobtracker.aws import clients

ORIGIN_SECRET = "the front door's secret"


class SpellingOfTakenError(EmailTakenError):
    """An error that the table knows only by its parent."""


broken = APIRouter(prefix="/broken")


@broken.get("/unexpected")
def unexpected() -> None:
    """Fail with a message that holds what nobody may see."""
    raise ValueError("ada@example.org's password is correct horse battery")


@broken.get("/unknown-domain-error")
def unknown_domain_error() -> None:
    """Fail with a domain error that nobody entered in the table."""
    raise AccountError("ada@example.org")


@broken.get("/child")
def child() -> None:
    """Fail with a more special error than the table names."""
    raise SpellingOfTakenError("ada@example.org")


def make_settings(origin_secret_arn: str | None = None) -> Settings:
    """Settings that name nothing real."""
    return Settings(
        stage="test",
        catalog_table="catalog",
        people_table="people",
        operations_table="operations",
        uploads_bucket="uploads",
        artifacts_bucket="artifacts",
        event_bus="bus",
        collect_queue_url="https://sqs.invalid/collect.fifo",
        import_queue_url="https://sqs.invalid/import",
        careful_queue_url="https://sqs.invalid/careful",
        key_arn="arn:key",
        jwt_secret_arn="arn:jwt",
        origin_secret_arn=origin_secret_arn,
    )


@pytest.fixture(autouse=True)
def _no_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clients can be made, and have nobody to talk to: a test that reached AWS would fail."""
    known = {"arn:jwt": "a key of more than thirty-two bytes, for tests", "arn:origin": ORIGIN_SECRET}
    monkeypatch.setattr(gateway, "secret", known.__getitem__)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    clients.forget()
    yield
    clients.forget()


@pytest.fixture
def app() -> FastAPI:
    """The API with some routes that fail."""
    return create_app(make_settings(), (*ROUTERS, broken))


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A client of it; what the app raises is what a server would answer."""
    return TestClient(app, base_url="https://testserver")


@pytest.fixture
def guarded() -> TestClient:
    """A client of an app that has a front door."""
    return TestClient(create_app(make_settings("arn:origin")), base_url="https://testserver")
