"""The OpenAPI document: stored as it is, whole, and good for generating clients."""

import json
import re
import tomllib
from pathlib import Path

from fastapi.testclient import TestClient

from functions.api.description import document
from functions.api.version import VERSION
from tools import openapi

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = {
    ("/api/v1/accounts", "post"),
    ("/api/v1/sessions", "post"),
    ("/api/v1/health", "get"),
}


def test_the_stored_document_describes_the_api() -> None:
    assert openapi.main(["--check"]) == 0, "run: python -m tools.openapi"


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


def test_the_api_serves_the_document(client: TestClient) -> None:
    assert client.get("/api/v1/openapi.json").json() == json.loads(openapi.text())


def test_every_operation_has_a_short_name_of_its_own() -> None:
    names = [operation["operationId"] for path in document()["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)


def test_every_operation_needs_a_token_but_those_that_give_one_and_the_health() -> None:
    open_ones = {
        (path, method)
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        if not operation.get("security")
    }
    assert open_ones == PUBLIC


def test_every_operation_answers_errors_as_problems_only() -> None:
    for operations in document()["paths"].values():
        for operation in operations.values():
            errors = {status: answer for status, answer in operation["responses"].items() if status[0] not in "23"}
            assert list(errors) == ["default"]
            assert list(errors["default"]["content"]) == ["application/problem+json"]


def test_every_named_type_is_described() -> None:
    for name, schema in document()["components"]["schemas"].items():
        assert schema.get("description"), name


def test_no_path_ends_in_a_slash() -> None:
    assert not any(path.endswith("/") for path in document()["paths"])
