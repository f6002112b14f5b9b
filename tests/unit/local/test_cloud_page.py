"""The page's origin: files as CloudFront would serve them, and the way to the API."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from jobtracker_local.model import Deployment
from jobtracker_local.options import Options
from jobtracker_local.page import Page, Receive, Scope, Send

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def options(tmp_path: Path) -> Options:
    website = tmp_path / "frontend" / "dist"
    (website / "assets").mkdir(parents=True)
    (website / "index.html").write_text("<!doctype html>the page")
    (website / "assets" / "index-abc123.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / ".jobtracker").mkdir()
    return Options.of(tmp_path)


class Emulator:
    """Records what reaches the emulator."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"emulator", "more_body": False})


def _get(page: Page, path: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    listed = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "headers": listed}
    asyncio.run(page(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("path", ["/", "/index.html", "/matches", "/postings/abc"])
def test_the_applications_own_routes_get_its_page(options: Options, path: str) -> None:
    status, headers, body = _get(Page(options, Emulator()), path)
    assert (status, body) == (200, b"<!doctype html>the page")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_files_named_by_their_content_are_kept_for_ever(options: Options) -> None:
    status, headers, body = _get(Page(options, Emulator()), "/assets/index-abc123.js")
    assert (status, body) == (200, b"1")
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize("path", ["/missing.js", "/../../secret.txt", "/assets/../../../secret.txt"])
def test_missing_files_and_paths_out_of_the_folder_are_not_found(options: Options, path: str) -> None:
    assert _get(Page(options, Emulator()), path)[0] == 404


def test_head_has_no_body_and_other_methods_are_refused(options: Options) -> None:
    page = Page(options, Emulator())
    status, headers, body = _get(page, "/", method="HEAD")
    assert (status, body, headers["content-length"]) == (200, b"", "23")
    assert _get(page, "/", method="POST")[0] == 405


def test_before_the_deployment_the_api_says_so_as_a_problem(options: Options) -> None:
    status, headers, _ = _get(Page(options, Emulator()), "/api/v1/health")
    assert (status, headers["content-type"]) == (503, "application/problem+json")


def test_only_this_door_adds_the_origin_secret(options: Options) -> None:
    emulator = Emulator()
    page = Page(options, emulator)
    known = Deployment(api_id="abc", origin_secret="right", buckets=["uploads"])
    options.deployment_file.write_text(known.model_dump_json())
    _get(page, "/api/v1/me", headers={"X-Origin-Secret": "forged", "accept": "*/*"})
    assert emulator.scopes[0]["path"] == "/_aws/execute-api/abc/$default/api/v1/me"
    assert emulator.scopes[0]["raw_path"] == b"/_aws/execute-api/abc/$default/api/v1/me"
    assert emulator.scopes[0]["headers"] == [(b"accept", b"*/*"), (b"x-origin-secret", b"right")]


def test_uploads_go_to_their_bucket_and_the_rest_of_the_emulator_stays_away(options: Options) -> None:
    emulator = Emulator()
    page = Page(options, emulator)
    options.deployment_file.write_text(Deployment(buckets=["uploads"]).model_dump_json())
    assert _get(page, "/uploads", method="POST")[2] == b"emulator"
    assert _get(page, "/_ministack/reset", method="POST")[0] == 405
    assert _get(page, "/other-bucket", method="POST")[0] == 405
    assert len(emulator.scopes) == 1
