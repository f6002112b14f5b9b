"""A client of the tracker's own HTTP API, for the command line."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import httpx

from jobtracker_local import problems
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options

Json = dict[str, Any]
Value = str | int | float | bool
T = TypeVar("T")
_TIMEOUT = httpx.Timeout(30, connect=5)


class ApiClient:
    """Speaks to ``<origin>/api/v1``. Problems (RFC 9457) become LocalCloudError with their detail."""

    def __init__(self, origin: str) -> None:
        self._http = httpx.Client(base_url=f"{origin}/api/v1", timeout=_TIMEOUT, trust_env=False, follow_redirects=True)

    def sign_in(self, email: str, password: str, *, name: str) -> None:
        """Sign in, making the account first when there is none."""
        answer = self._ask("POST", "/sessions", json={"email": email, "password": password})
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            answer = self._ask("POST", "/accounts", json={"email": email, "password": password, "name": name})
        self._http.headers["authorization"] = f"Bearer {_body(answer)['access_token']}"

    def get(self, path: str, **query: Value | Sequence[Value] | None) -> Json:
        """The answer to a GET; a parameter with several values is given several times."""
        return _body(self._ask("GET", path, params={key: value for key, value in query.items() if value is not None}))

    def find(self, path: str) -> Json | None:
        """The answer to a GET, or None where there is nothing."""
        answer = self._ask("GET", path)
        return None if answer.status_code == httpx.codes.NOT_FOUND else _body(answer)

    def post(self, path: str, body: Json) -> Json:
        """The answer to a POST."""
        return _body(self._ask("POST", path, json=body))

    def put(self, path: str, body: Json) -> Json:
        """The answer to a PUT."""
        return _body(self._ask("PUT", path, json=body))

    def delete(self, path: str, **query: Value) -> None:
        """Delete what is there."""
        _body(self._ask("DELETE", path, params=query))

    def collect(self, path: str) -> None:
        """Ask for a collection of the source at ``path``."""
        _body(self._ask("POST", f"{path}/collections"))

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **more)
        except httpx.TransportError as problem:
            raise LocalCloudError(
                f"The local cloud does not answer: {problem}. Try again: jobtracker status"
            ) from problem

    def upload(self, file: Path, content_type: str) -> Json:
        """Upload a resume as the page does: ask for a form, post the file to it. Returns the resume."""
        data = file.read_bytes()
        asked = {"filename": file.name, "content_type": content_type, "size": len(data)}
        made = _body(self._ask("POST", "/resumes", json=asked))
        form = made["upload"]
        sent = httpx.post(
            form["url"],
            data=form["fields"],
            files={"file": (file.name, data, content_type)},
            timeout=_TIMEOUT,
            trust_env=False,
        )
        if sent.is_error:
            raise LocalCloudError(f"The upload of {file.name} was refused; see {Options.of().log}.")
        resume: Json = made["resume"]
        return resume


def wait_until(ask: Callable[[], T | None], *, seconds: float, what: str) -> T:
    """Ask again and again until there is an answer. Raises LocalCloudError when there is none in time."""
    ends = time.monotonic() + seconds
    while (answer := ask()) is None:
        if time.monotonic() > ends:
            raise LocalCloudError(f"Waited {seconds:.0f} seconds in vain for {what}; see {Options.of().log}.")
        time.sleep(0.3)
    return answer


def _body(answer: httpx.Response) -> Json:
    if answer.is_error:
        raise LocalCloudError(problems.in_words(answer))
    body: Json = answer.json() if answer.content else {}
    return body
