"""What a page must never do while a test drives it: complain, break its security policy, or call somebody else."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# Answers that the page asks for knowing that there may be nothing: the browser logs each as an error all the same.
_MAY_BE_MISSING = re.compile(r"^/local\.json$")
_LOGGED_ANSWER = "Failed to load resource"


class Watch:
    """Everything of one page that a test ends badly with, unless the test expects it."""

    def __init__(self, page: Page, origin: str) -> None:
        self._origin = origin
        self._found: list[str] = []
        self._expected: set[tuple[int, str]] = set()
        self._allowed: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._found.append(f"uncaught: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def expect(self, status: int, path: str) -> None:
        """This answer belongs to the test."""
        self._expected.add((status, path))

    def allow(self, words: str) -> None:
        """The console may say this."""
        self._allowed.append(words)

    def faults(self) -> list[str]:
        """What went wrong, in words."""
        return self._found

    def _said(self, message: ConsoleMessage) -> None:
        # The answers themselves are judged below, by their status.
        if message.type not in {"error", "warning"} or message.text.startswith(_LOGGED_ANSWER):
            return
        if not any(words in message.text for words in self._allowed):
            self._found.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:")) or request.url.startswith(f"{self._origin}/"):
            return
        self._found.append(f"left its origin: {request.url}")

    def _answered(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status < 400 or (response.status == 404 and _MAY_BE_MISSING.match(path)):
            return
        if (response.status, path) not in self._expected:
            self._found.append(f"{response.status} for {response.request.method} {path}")
