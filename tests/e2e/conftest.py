"""Fixtures that drive the built page in the machine's own Chromium, against a real local cloud."""

import json
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from jobtracker_local import cloud as local_cloud
from jobtracker_local import main_job
from jobtracker_local.api_client import ApiClient, Json, wait_until
from jobtracker_local.cloud import Cloud
from jobtracker_local.options import Options, project_root
from tests.e2e.watch import Watch

PASSWORD = "a long enough password"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# What the last assembly and the last page were made from.
_NOTES = ("synth.json", "website.json")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_NO_BROWSER = "NO BROWSER: nothing drove the page. Run: sudo apt-get install -y chromium"

OpenPage = Callable[..., tuple[Page, Watch]]


@dataclass(frozen=True)
class Person:
    """Somebody with an account whose resume is read and ranked."""

    email: str
    session: Json


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Quiet skips are easy to miss; this line is not."""
    if _browser() is None:
        terminalreporter.write_sep("!", _NO_BROWSER, red=True, bold=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. Without one the tests are skipped, and on CI they fail."""
    found = _browser()
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(_NO_BROWSER)
        pytest.skip("no browser")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        # A container has no user namespaces for the sandbox, and a small /dev/shm.
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server"]
        chromium = playwright.chromium.launch(executable_path=found, args=flags)
        yield chromium
        chromium.close()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The page on a local cloud with the sample postings. It asks for the browser first: no browser, no cloud."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("site")
    port, page_port = _free_ports()
    options = Options(project_root(), folder, port, page_port)
    kept = Options.of()
    # The checkout's last assembly and page are used again when they are still good: making them takes long.
    if kept.assembly.exists():
        shutil.copytree(kept.assembly, options.assembly)
    for note in _NOTES:
        if (kept.folder / note).exists():
            shutil.copy(kept.folder / note, folder)
    try:
        cloud = local_cloud.up(lambda _: None, options)
        # The page is built in the checkout itself, so what was built now is news there too.
        kept.folder.mkdir(exist_ok=True)
        shutil.copy(folder / "website.json", kept.folder)
        api = ApiClient(cloud.page)
        api.sign_in("collector@example.com", PASSWORD, name="Collector")
        [source] = main_job.collect(api, [main_job.SAMPLE])
        assert source["status"] == "ok", source
        yield cloud
    finally:
        local_cloud.down(options)


@pytest.fixture(scope="session")
def person(site: Cloud) -> Person:
    """Somebody who uploaded the sample resume, ranked by the index that has an encoder: nothing moves any more."""
    email = "ada@example.com"
    api = ApiClient(site.page)
    api.sign_in(email, PASSWORD, name="Ada")
    api.upload(main_job.sample_resume(), "application/pdf")
    wait_until(lambda: _settled(api), seconds=120, what="the matches")
    token = httpx.post(
        f"{site.page}/api/v1/sessions", json={"email": email, "password": PASSWORD}, timeout=30, trust_env=False
    ).json()
    expires = (time.time() + token["expires_in"]) * 1000
    known = {name: token["person"][name] for name in ("id", "email", "name")}
    return Person(email, {"token": token["access_token"], "expiresAt": expires, "person": known})


def _settled(api: ApiClient) -> Json | None:
    found = api.get("/matches", limit=1)
    if found["summary"] is None or found["stale"] or not found["items"]:
        return None
    return found if any(part["name"] == "text" and part["known"] for part in found["items"][0]["parts"]) else None


@pytest.fixture
def open_page(browser: Browser, site: Cloud) -> Iterator[OpenPage]:
    """Opens a page in a context of its own; at the end no page may have done what :class:`Watch` looks for."""
    contexts = []
    watches = []

    def make(
        path: str = "/", *, person: Person | None = None, size: ViewportSize = DESKTOP, dark: bool = False
    ) -> tuple[Page, Watch]:
        context = browser.new_context(
            base_url=site.page,
            viewport=size,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        if person is not None:
            kept = json.dumps(json.dumps(person.session))
            # Once only: signing out must stay possible.
            page.goto("/sign-in")
            page.evaluate(f"sessionStorage.setItem('jobtracker.session', {kept})")
        watch = Watch(page, site.page)
        watches.append(watch)
        page.goto(path)
        return page, watch

    yield make
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults()]
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script, which is one of the page's own development packages."""
    return (Path(project_root()) / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()
