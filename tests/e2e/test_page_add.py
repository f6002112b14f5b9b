"""Bringing postings along: a page's HTML, a job-alert mail, and the bookmarklet on somebody else's page."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from jobtracker_local.options import project_root
from tests.e2e.conftest import PASSWORD, OpenPage, Person

pytestmark = pytest.mark.e2e

MAILS = project_root() / "tests" / "unit" / "sources" / "fixtures" / "mails"
PAGE = """<!doctype html><title>{title}</title>
<script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "JobPosting", "title": "{title}", "datePosted": "2026-03-02",
 "description": "<p>You keep the lamps of four harbours lit, and write down what passes by.</p>",
 "hiringOrganization": {{"@type": "Organization", "name": "Cape Holm Lights"}},
 "jobLocation": {{"@type": "Place", "address": {{"@type": "PostalAddress", "addressLocality": "Hamburg",
 "addressCountry": "DE"}}}}}}
</script>
<script>document.title = "changed by the page itself"</script>
<h1>{title}</h1><p>Ä page with 🚀 in it</p>"""
ELSEWHERE = "https://jobs.example.com/openings/7?from=mail&to=all"


def _link(page: Page, title: str) -> None:
    found = page.get_by_role("region", name="What you added").get_by_role("link", name=re.compile(f"^{title}"))
    expect(found).to_be_visible(timeout=60_000)


def test_a_pages_html_becomes_a_posting_that_only_this_person_sees(open_page: OpenPage, person: Person) -> None:
    page, watch = open_page("/add", person=person)
    title = "Lamp Keeper of the Harbour"
    page.get_by_role("textbox", name="HTML").fill(PAGE.format(title=title))
    page.get_by_label("Address of the page").fill("https://jobs.example.com/openings/1")
    page.get_by_role("button", name="Read it").click()
    _link(page, title)

    own = page.get_by_role("region", name="Postings that only you have")
    own.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_role("group", name="Conditions of the job")).to_contain_text("Only you see this")
    expect(page.get_by_role("region", name="Description")).to_contain_text("four harbours")
    expect(page.get_by_role("region", name="Life of this posting")).to_contain_text("First seen")

    page.go_back()
    own.get_by_role("button", name=f"Delete {title}").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(own.get_by_role("listitem", name=title)).to_have_count(0)
    # Its import still names it, and says that it is gone.
    watch.allow("404")


def test_a_job_alert_mail_becomes_its_postings_and_other_files_are_refused(
    open_page: OpenPage, person: Person, tmp_path: Path
) -> None:
    page, _ = open_page("/add", person=person)
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG\r\n")
    files = page.get_by_label("Mails and saved pages")
    files.set_input_files([MAILS / "linkedin.eml", picture])
    expect(page.get_by_role("alert")).to_contain_text("photo.png is not read")
    _link(page, "Lighthouse Keeper")
    _link(page, "Senior Fog Analyst")

    files.set_input_files(MAILS / "letter.eml")
    added = page.get_by_role("region", name="What you added")
    # A mail that was sent as a file goes by its own subject once it was read.
    letter = added.get_by_role("listitem", name="Sunday")
    expect(letter).to_contain_text("Not read", timeout=60_000)
    expect(letter).to_contain_text("Mail from Aunt Mildred")


def test_the_bookmarklet_brings_a_strangers_page_and_nothing_is_sent_before_the_person_says_so(
    open_page: OpenPage, person: Person
) -> None:
    page, _ = open_page("/add", person=person)
    code = page.get_by_role("link", name="Add to Jobtracker").get_attribute("href") or ""
    assert code.startswith("javascript:")
    # A site that shares its windows with nobody, as many do.
    title = "Fog Horn Tuner"
    answer = {"content-type": "text/html; charset=utf-8", "cross-origin-opener-policy": "same-origin"}
    elsewhere = page.context.new_page()
    elsewhere.route(
        "https://jobs.example.com/**", lambda route: route.fulfill(body=PAGE.format(title=title), headers=answer)
    )
    elsewhere.goto(ELSEWHERE)
    with page.context.expect_page() as opened:
        elsewhere.evaluate(unquote(code.removeprefix("javascript:")))
    window = opened.value

    # Sessions belong to one window, so this one asks who is there, and keeps the page meanwhile.
    window.get_by_label("E-mail").fill(person.email)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    assert "page=" not in window.url
    window.get_by_role("button", name="Sign in", exact=True).click()
    asked = window.get_by_role("region", name="The page from your bookmark")
    expect(asked).to_contain_text(f"It says it is from jobs.example.com · {ELSEWHERE}")
    expect(window.get_by_role("listitem", name="jobs.example.com/openings/7")).to_have_count(0)
    asked.get_by_role("button", name="Read it").click()
    _link(window, title)
    expect(asked).to_have_count(0)
