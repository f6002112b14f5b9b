"""What happens around every request."""

import pytest
from fastapi.testclient import TestClient

from functions.api import docs_page
from tests.unit.api.conftest import ORIGIN_SECRET


@pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/nothing", "/api/v1/me", "/api/v1/broken/unexpected"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["strict-transport-security"].startswith("max-age=")


def test_a_correlation_id_is_kept_from_request_to_answer(client: TestClient) -> None:
    response = client.get("/api/v1/health", headers={"x-correlation-id": "from-the-page-1"})
    assert response.headers["x-correlation-id"] == "from-the-page-1"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "two words here", 'a"b\\ncdefgh', "-begins-wrong"])
def test_a_correlation_id_that_could_forge_a_log_line_is_replaced(client: TestClient, given: str) -> None:
    made = client.get("/api/v1/health", headers={"x-correlation-id": given}).headers["x-correlation-id"]
    assert made != given
    assert len(made) == 32


def test_two_requests_have_two_correlation_ids(client: TestClient) -> None:
    first, second = (client.get("/api/v1/health").headers["x-correlation-id"] for _ in range(2))
    assert first != second


def test_an_app_with_a_front_door_refuses_those_who_come_another_way(guarded: TestClient) -> None:
    for headers in (
        {},
        {"x-origin-secret": ""},
        {"x-origin-secret": "guessed"},
        {"x-origin-secret": ORIGIN_SECRET + "x"},
    ):
        response = guarded.get("/api/v1/health", headers=headers)
        assert response.status_code == 403
        assert response.json()["type"].endswith("#problem-wrong-origin")
        assert response.headers["x-content-type-options"] == "nosniff"


def test_an_app_with_a_front_door_serves_those_who_come_through_it(guarded: TestClient) -> None:
    assert guarded.get("/api/v1/health", headers={"x-origin-secret": ORIGIN_SECRET}).status_code == 200


def test_an_app_without_a_front_door_serves_everybody(client: TestClient) -> None:
    assert client.get("/api/v1/health").json()["status"] == "ok"


def test_the_docs_page_needs_nothing_from_elsewhere_and_its_policy_allows_its_own_style(client: TestClient) -> None:
    response = client.get("/api/v1/docs")
    assert response.headers["content-type"].startswith("text/html")
    assert f"style-src '{docs_page.STYLE_HASH}'" in response.headers["content-security-policy"]
    for sign in ("<script", "http://", "https://", "src=", "<link"):
        assert sign not in response.text
