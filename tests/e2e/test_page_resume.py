"""The main job as a person does it: make an account, upload a resume, read why postings fit."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jobtracker_local import main_job
from tests.e2e.conftest import PASSWORD, OpenPage

pytestmark = pytest.mark.e2e


def _register(page: Page, email: str) -> None:
    page.get_by_role("button", name="Create an account").click()
    page.get_by_label("Name").fill("Grace Novak")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Find the postings that fit you")).to_be_visible()


def _upload(page: Page, file: Path) -> None:
    page.get_by_label("Resume file").set_input_files(file)


def test_a_new_person_uploads_a_resume_and_reads_why_the_best_postings_fit(open_page: OpenPage) -> None:
    page, _ = open_page("/")
    expect(page).to_have_url(re.compile("/sign-in$"))
    _register(page, "grace@example.com")

    _upload(page, main_job.sample_resume())
    expect(page.get_by_test_id("upload-progress")).to_contain_text("sample_resume.pdf")
    expect(page.get_by_test_id("upload-progress").locator("li")).to_have_count(5)

    # The welcome gives way to the matches as soon as they are ranked.
    cards = page.get_by_role("article")
    expect(page.get_by_role("heading", name="Your matches", exact=True)).to_be_visible(timeout=60_000)
    expect(cards).to_have_count(25, timeout=60_000)
    shown = [
        int(re.findall(r"\d+", ring.get_attribute("aria-label") or "")[0])
        for ring in page.get_by_role("img", name="Score ").all()
    ]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] >= 50
    best = cards.first
    expect(best.get_by_role("group", name="Skills you have")).to_be_visible()
    expect(best.get_by_text("Sample", exact=True)).to_be_visible()
    best.get_by_role("button", name="Why this score").click()
    reasons = best.get_by_role("list", name="Why this score").get_by_role("listitem")
    expect(reasons).to_have_count(6)
    points = [
        float(line.locator("[class*=points]").inner_text().split("of")[0].split("/")[0]) for line in reasons.all()
    ]
    assert round(sum(points)) == pytest.approx(shown[0], abs=1)

    title = best.get_by_role("heading").inner_text()
    best.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_role("region", name="How it fits you")).to_be_visible()
    expect(page.get_by_role("region", name="Description")).not_to_be_empty()
    # The sample's postings are made up, so there is nowhere to apply.
    expect(page.get_by_role("link", name="Apply")).to_have_count(0)
    page.go_back()
    expect(cards.first.get_by_role("heading")).to_have_text(title)

    page.get_by_role("link", name="Profile").first.click()
    expect(page.get_by_role("region", name="Skills", exact=True)).to_contain_text("Python")


def test_a_file_that_cannot_be_read_is_refused_with_its_reason_and_another_may_follow(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page, _ = open_page("/")
    _register(page, "refused@example.com")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnot really")

    _upload(page, broken)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This resume was refused", timeout=60_000)
    expect(alert).to_contain_text(re.compile(r"damaged|cannot be (opened|read)"))
    page.get_by_role("button", name="Try another file").click()
    expect(page.get_by_test_id("drop-zone")).to_be_visible()

    page.get_by_role("link", name="Resume").first.click()
    expect(page.get_by_role("region", name="Uploaded resumes").get_by_role("listitem")).to_contain_text("Refused")

    picture = tmp_path / "photo.gif"
    picture.write_bytes(b"GIF89a")
    _upload(page, picture)
    expect(page.get_by_role("alert")).to_contain_text("PDF, DOCX, ODT")
