"""The Lambda handlers, by events as an HTTP API sends them (payload 2.0)."""

import base64
import json
from typing import Any

import pytest

from functions.api import handler
from functions.api.settings import Settings, settings
from tests.contract.test_api import API, PASSWORD
from tests.fakes.lambda_calls import context


def event(method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """An event with the fields that an HTTP API fills in. Bodies come base64 encoded, as browsers' may."""
    content = None if body is None else base64.b64encode(json.dumps(body).encode()).decode()
    return {
        "version": "2.0",
        "routeKey": "ANY /api/v1/{proxy+}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "example.org", **(headers or {})},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "domainName": "example.org",
            "domainPrefix": "example",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "test",
            },
            "requestId": "id",
            "routeKey": "ANY /api/v1/{proxy+}",
            "stage": "$default",
            "time": "01/Mar/2026:12:00:00 +0000",
            "timeEpoch": 1772366400000,
        },
        **({"body": content} if content else {}),
        "isBase64Encoded": content is not None,
    }


def call(request: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, body and headers of the handler's answer."""
    answer = handler.lambda_handler(request, context())
    return answer["statusCode"], json.loads(answer["body"]), answer["headers"]


@pytest.fixture(autouse=True)
def _environment(api_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment that the template gives the function: its settings' fields in capitals."""
    for name, value in api_settings.model_dump(exclude_none=True).items():
        monkeypatch.setenv(name.upper(), str(value))
    settings.cache_clear()
    handler.answer.cache_clear()


def test_the_handler_serves_the_api_from_its_environment() -> None:
    status, body, headers = call(event("GET", f"{API}/health"))
    assert (status, body["status"]) == (200, "ok")
    assert headers["content-type"] == "application/json"


def test_the_docs_page_leaves_the_handler_as_text() -> None:
    answer = handler.lambda_handler(event("GET", f"{API}/docs"), context())
    assert not answer["isBase64Encoded"]
    assert answer["body"].startswith("<!doctype html>")


def test_an_account_made_through_the_handler_can_be_used() -> None:
    status, made, _ = call(event("POST", f"{API}/accounts", {"email": "ada@example.org", "password": PASSWORD}))
    assert status == 201
    status, me, _ = call(event("GET", f"{API}/me", headers={"authorization": f"Bearer {made['access_token']}"}))
    assert (status, me) == (200, made["person"])


def test_a_problem_leaves_the_handler_as_a_problem() -> None:
    status, body, headers = call(event("GET", f"{API}/me"))
    assert (status, body["status"]) == (401, 401)
    assert headers["content-type"] == "application/problem+json"


def test_what_is_logged_names_no_person(capsys: pytest.CaptureFixture[str]) -> None:
    call(event("POST", f"{API}/accounts", {"email": "ada@example.org", "password": PASSWORD, "name": "Ada"}))
    call(event("POST", f"{API}/sessions", {"email": "ada@example.org", "password": "wrong password"}))
    captured = capsys.readouterr()
    for secret in ("ada@example.org", PASSWORD, "wrong password"):
        assert secret not in captured.out + captured.err
