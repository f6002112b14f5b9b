"""Every error is a problem, and none says more than it should."""

import pytest
from fastapi.testclient import TestClient

from functions.api import errors

REQUIRED = {"type", "title", "status", "detail"}


def assert_problem(response: object, status: int, slug: str) -> dict[str, object]:
    """That the response is a problem, whose body is returned."""
    assert response.status_code == status  # type: ignore[attr-defined]
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    body: dict[str, object] = response.json()  # type: ignore[attr-defined]
    assert set(body) >= REQUIRED
    assert body["status"] == status
    assert body["type"] == f"/api/v1/docs#problem-{slug}"
    return body


def test_an_unknown_path_is_a_problem(client: TestClient) -> None:
    assert_problem(client.get("/api/v1/nothing"), 404, "not-found")
    assert_problem(client.get("/"), 404, "not-found")


def test_a_wrong_method_is_a_problem_that_names_the_right_ones(client: TestClient) -> None:
    response = client.delete("/api/v1/health")
    assert_problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "GET"


def test_a_request_without_token_is_told_how_to_get_one(client: TestClient) -> None:
    response = client.get("/api/v1/me")
    body = assert_problem(response, 401, "token-missing")
    assert response.headers["www-authenticate"] == "Bearer"
    assert "POST /sessions" in str(body["detail"])


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer a.b.c", "Bearer ", "Basic YWRhOnB3"])
def test_a_token_that_is_none_is_refused(client: TestClient, header: str) -> None:
    response = client.get("/api/v1/me", headers={"Authorization": header})
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"


def test_fields_that_are_refused_are_listed_and_their_values_are_not_repeated(client: TestClient) -> None:
    response = client.post("/api/v1/accounts", json={"email": "nobody", "password": "secret", "nmae": "Ada"})
    body = assert_problem(response, 422, "invalid-request")
    found = body["errors"]
    assert isinstance(found, list)
    assert {error["field"] for error in found} == {"body.email", "body.password", "body.nmae"}
    assert all(error["code"] and error["message"] for error in found)
    assert {error["message"] for error in found if error["field"] == "body.password"} == {
        "Should have at least 10 characters"
    }
    assert "secret" not in response.text


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b"\xff\xfe", b'{"email": NaN'])
def test_a_body_that_is_no_json_object_is_a_problem(client: TestClient, content: bytes) -> None:
    response = client.post("/api/v1/sessions", content=content, headers={"content-type": "application/json"})
    assert_problem(response, 422, "invalid-request")


def test_a_broken_body_is_told_with_the_place_where_it_breaks(client: TestClient) -> None:
    response = client.post("/api/v1/sessions", content=b'{"email": x', headers={"content-type": "application/json"})
    body = assert_problem(response, 422, "invalid-request")
    assert body["errors"] == [
        {
            "field": "body",
            "code": "json_invalid",
            "message": "The body is not valid JSON, at character 10: Expecting value.",
        }
    ]


def test_an_unexpected_error_tells_nothing_but_its_correlation_id(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    response = client.get("/api/v1/broken/unexpected", headers={"x-correlation-id": "0123456789"})
    assert_problem(response, 500, "unexpected")
    assert response.headers["x-correlation-id"] == "0123456789"
    assert "ada@" not in response.text
    assert "ValueError" not in response.text


def test_an_unexpected_error_is_logged_without_its_message(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[tuple[str, dict[str, object]]] = []

    class Log:
        def error(self, message: str, extra: dict[str, object]) -> None:
            lines.append((message, extra))

        info = error

        def set_correlation_id(self, value: str | None) -> None:
            lines.append(("correlation", {"id": value}))

    monkeypatch.setattr("functions.api.middleware.logger", Log)
    client.get("/api/v1/broken/unexpected", headers={"x-correlation-id": "0123456789"})
    assert ("correlation", {"id": "0123456789"}) in lines
    (_, extra), (_, request) = lines[-2:]
    assert request["status"] == 500
    assert extra["error_type"] == "builtins.ValueError"
    assert any("unexpected" in frame for frame in extra["where"])  # type: ignore[attr-defined]
    assert "ada@" not in str(lines)


def test_a_domain_error_that_nobody_entered_is_unexpected_rather_than_guessed(client: TestClient) -> None:
    assert_problem(client.get("/api/v1/broken/unknown-domain-error"), 500, "unexpected")


def test_an_error_is_answered_as_its_nearest_relative_in_the_table(client: TestClient) -> None:
    body = assert_problem(client.get("/api/v1/broken/child"), 409, "email-taken")
    assert "ada" not in str(body)


def test_every_problem_of_the_table_is_documented_on_the_page(client: TestClient) -> None:
    page = client.get("/api/v1/docs").text
    for answer in (*errors.PROBLEMS.values(), errors.INVALID, errors.UNEXPECTED):
        assert f"id='problem-{answer.slug}'" in page


def test_no_two_problems_share_a_slug() -> None:
    slugs = [answer.slug for answer in errors.PROBLEMS.values()]
    assert len(slugs) == len(set(slugs))
