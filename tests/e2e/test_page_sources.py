"""Turning sources on, reading what became of their collections, and sources of one's own."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage, Person

pytestmark = pytest.mark.e2e


def _card(page: Page, source_id: str) -> Locator:
    return page.locator(f"[data-source='{source_id}']")


def _press(switch: Locator) -> None:
    """The box that is ticked lies hidden under what is drawn in its place."""
    switch.focus()
    switch.press(" ")


def test_a_source_is_turned_on_and_collected_and_its_ledger_says_what_it_saw(
    open_page: OpenPage, person: Person
) -> None:
    page, _ = open_page("/sources", person=person)
    card = _card(page, "sample")
    ledger = card.get_by_role("list", name="The last collection")
    expect(ledger).to_contain_text("seen")
    expect(page.get_by_test_id("summary")).to_contain_text(re.compile(r"[\d,]+ seen"))
    seen = re.findall(r"[\d,]+(?= seen)", ledger.inner_text())[0]
    switch = card.get_by_role("switch")
    expect(switch).not_to_be_checked()
    _press(switch)
    expect(switch).to_be_checked()

    card.get_by_role("button", name=re.compile("^Collect now")).click()
    # What was new is known now: the same answer changes nothing.
    expect(ledger).to_contain_text(f"{seen} unchanged", timeout=60_000)
    expect(ledger).not_to_contain_text("new")

    card.get_by_role("button", name=re.compile("^Details of")).click()
    details = page.get_by_role("dialog")
    expect(details.get_by_role("region", name="Limits")).to_contain_text("At most every")
    collections = details.get_by_role("list", name="The last collections in numbers")
    expect(collections.get_by_text("twice in the list")).not_to_have_count(1)
    expect(collections.get_by_role("listitem").first).to_contain_text("requests")
    expect(page).to_have_url(re.compile(r"/sources\?source=sample$"))
    page.keyboard.press("Escape")
    expect(details).to_have_count(0)
    _press(switch)
    expect(switch).not_to_be_checked()


def test_a_restricted_source_shows_its_conditions_and_takes_that_they_were_accepted(
    open_page: OpenPage, person: Person
) -> None:
    page, _ = open_page("/sources", person=person)
    card = _card(page, "wellfound")
    switch = card.get_by_role("switch")
    _press(switch)
    asked = page.get_by_role("dialog", name=re.compile("^Turn on"))
    expect(asked).to_contain_text("forbid")
    turn_on = asked.get_by_role("button", name="Turn on")
    expect(turn_on).to_be_disabled()
    asked.get_by_role("button", name="Cancel").click()
    expect(switch).not_to_be_checked()

    _press(switch)
    asked.get_by_role("checkbox", name="I have read this").check()
    turn_on.click()
    expect(switch).to_be_checked()
    _press(switch)
    expect(switch).not_to_be_checked()


def test_a_company_is_found_by_its_address_and_becomes_a_source_of_ones_own(
    open_page: OpenPage, person: Person
) -> None:
    page, _ = open_page("/sources/companies", person=person)
    page.get_by_role("searchbox", name="Company").fill("alan.com")
    row = page.get_by_role("listitem", name="Alan", exact=True)
    row.get_by_role("button", name="Add to my sources").click()
    expect(row).to_contain_text("Among your sources")

    page.get_by_role("link", name="My sources").click()
    own = page.get_by_role("listitem", name="Alan", exact=True)
    expect(own.get_by_role("button", name="Collect now from Alan")).to_be_visible()
    own.get_by_role("button", name="Delete Alan").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(own).to_have_count(0)


def test_an_address_that_cannot_be_is_told_at_its_field_and_a_host_that_does_not_answer_on_the_source(
    open_page: OpenPage, person: Person
) -> None:
    page, watch = open_page("/sources/own", person=person)
    name = f"Feed {uuid4().hex[:6]}"
    watch.expect(422, "/api/v1/own-sources")
    page.get_by_role("button", name="Add a source").click()
    form = page.get_by_role("form", name="A new source")
    form.get_by_label("Name", exact=True).fill(name)
    address = form.get_by_label("Address of the feed")
    address.fill("ftp://example.com/jobs")
    form.get_by_role("button", name="Add the source").click()
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(form).to_contain_text("No web address")
    expect(form).not_to_contain_text("Invalid request")
    expect(address).to_be_focused()

    address.fill("http://169.254.169.254/latest/meta-data")
    form.get_by_role("button", name="Add the source").click()
    expect(form).to_contain_text("private network")

    address.fill("https://nobody.invalid/jobs")
    form.get_by_role("button", name="Add the source").click()
    card = page.get_by_role("listitem", name=name)
    card.get_by_role("button", name=re.compile("^Collect now")).click()
    expect(card).to_contain_text("Failing", timeout=60_000)
    expect(card).to_contain_text("Since")
    card.get_by_role("button", name=f"Delete {name}").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(card).to_have_count(0)
