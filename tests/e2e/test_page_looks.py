"""Every page fits a phone, can be read in light and dark, and is usable without a mouse."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.conftest import DESKTOP, PHONE, OpenPage, Person

pytestmark = pytest.mark.e2e

PAGES = {
    "/": "Your matches",
    "/search?q=python&place=Berlin&min_pay=1": "Search postings",
    "/resume": "Your resume",
    "/profile": "Your profile",
    "/add": "Add a posting",
    "/sources": "Sources",
    "/sources/companies?q=stripe": "Sources",
    "/sources/own": "Sources",
    "/no/such/page": "Page not found",
}

_BREAK_IN = """
() => new Promise((done) => {
  document.addEventListener("securitypolicyviolation", () => done(window.ran ? "ran" : "blocked"));
  const smuggled = document.createElement("div");
  smuggled.innerHTML = '<img src="data:image/gif;base64,x" onerror="window.ran = true">';
  document.body.append(smuggled);
  setTimeout(() => done("nothing happened"), 3000);
})
"""


def _ready(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
    expect(page.get_by_test_id("skeletons")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def _faults(page: Page, axe: str) -> list[str]:
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    broken = [
        f"{each['id']}: {[node['target'] for node in each['nodes']]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
    return [f"{wide} px wider than its window", *broken] if wide > 0 else broken


def _each_page(page: Page) -> list[str]:
    """The addresses of all pages: those above, and the best match's posting."""
    page.goto("/")
    _ready(page, PAGES["/"])
    posting = page.get_by_role("article").first.get_by_role("heading").get_by_role("link").get_attribute("href")
    assert posting
    return [*PAGES, posting]


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESKTOP, True)], ids=["light phone", "dark desktop"])
def test_every_page_fits_its_window_and_has_no_serious_accessibility_fault(
    open_page: OpenPage, person: Person, axe: str, size: ViewportSize, dark: bool
) -> None:
    signing_in, _ = open_page("/sign-in", size=size, dark=dark)
    expect(signing_in.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    faults = {"/sign-in": _faults(signing_in, axe)}
    page, _ = open_page("/", person=person, size=size, dark=dark)
    for path in _each_page(page):
        page.goto(path)
        _ready(page, PAGES.get(path) or page.get_by_role("heading", level=1).inner_text())
        if path == "/":
            page.get_by_role("button", name="Why this score").first.click()
        faults[path] = _faults(page, axe)
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESKTOP, False)], ids=["dark phone", "light desktop"])
def test_every_window_that_opens_on_a_page_has_no_serious_accessibility_fault(
    open_page: OpenPage, person: Person, axe: str, size: ViewportSize, dark: bool
) -> None:
    page, _ = open_page("/sources?source=adzuna", person=person, size=size, dark=dark)
    expect(page.get_by_role("dialog").get_by_role("form")).to_be_visible()
    faults = {"a source's details": _faults(page, axe)}
    page.goto("/sources/own")
    page.get_by_role("button", name="Add a source").click()
    form = page.get_by_role("dialog").get_by_role("form")
    form.get_by_text("API", exact=True).click()
    form.get_by_role("button", name="Add a secret").click()
    expect(form.get_by_role("group", name="Fields")).to_be_visible()
    faults["the form of a source"] = _faults(page, axe)
    page.goto("/search")
    if size == PHONE:
        page.get_by_role("button", name="Filters").click()
        expect(page.get_by_role("dialog").get_by_role("group", name="Skill")).to_be_visible()
        faults["the filters"] = _faults(page, axe)
    assert {where: found for where, found in faults.items() if found} == {}


def test_the_dark_theme_follows_the_system_and_a_choice_outlives_a_reload(open_page: OpenPage, person: Person) -> None:
    page, _ = open_page("/sources", person=person, dark=True)
    root = page.locator("html")
    expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Use the light theme").click()
    expect(root).to_have_attribute("data-mantine-color-scheme", "light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != ground
    page.reload()
    expect(root).to_have_attribute("data-mantine-color-scheme", "light")
    expect(page.get_by_role("button", name="Use the dark theme")).to_be_visible()


def test_the_keyboard_alone_reaches_the_content_and_shows_where_it_is(open_page: OpenPage, person: Person) -> None:
    page, _ = open_page("/sources", person=person)
    _ready(page, "Sources")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_the_page_is_answered_with_a_strict_security_policy(open_page: OpenPage) -> None:
    page, watch = open_page("/sign-in")
    watch.allow("violates the following Content Security Policy directive")
    answer = page.request.get("/")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    # The policy is obeyed, not only sent: a script that is no file of the page does not run.
    assert page.evaluate(_BREAK_IN) == "blocked"
