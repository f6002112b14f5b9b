"""Searching the catalog: words, filters, further pages, and the way back."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage, Person

pytestmark = pytest.mark.e2e


def test_a_search_with_a_filter_counts_pages_and_keeps_its_state_in_the_address(
    open_page: OpenPage, person: Person
) -> None:
    page, _ = open_page("/search", person=person)
    cards = page.get_by_role("article")
    expect(cards).to_have_count(20)
    status = page.get_by_role("status").first
    everything = status.inner_text()
    page.get_by_role("searchbox", name="Search postings").fill("engineer")
    expect(page).to_have_url(re.compile(r"\?q=engineer$"))

    expect(status).not_to_have_text(everything)
    # The counts beside the filters belong to these words as soon as nothing is asked any more.
    expect(page.get_by_role("region", name="Found postings")).to_have_attribute("aria-busy", "false")
    with_words = status.inner_text()

    remote = page.get_by_role("group", name="Work mode").get_by_role("button", name=re.compile("^Remote"))
    expect(remote).to_be_visible()
    promised = re.findall(r"[\d,]+(?= posting)", remote.inner_text())[0]
    remote.click()
    expect(page).to_have_url(re.compile(r"\?q=engineer&work_mode=remote$"))
    expect(status).to_have_text(f"{promised} postings found")
    for card in cards.all()[:5]:
        expect(card).to_contain_text("Remote")

    page.get_by_role("button", name="Clear filters").click()
    expect(page).to_have_url(re.compile(r"\?q=engineer$"))
    # The address changes before the list does, and both lists begin with twenty.
    expect(status).to_have_text(with_words)
    expect(cards).to_have_count(20)
    page.get_by_role("button", name="Load more").click()
    expect(cards).to_have_count(40)
    addresses = [link.get_attribute("href") for link in cards.get_by_role("heading").get_by_role("link").all()]
    assert len(set(addresses)) == 40

    cards.first.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("region", name="Description")).to_be_visible()
    page.get_by_role("link", name="Back to the search").click()
    expect(page).to_have_url(re.compile(r"\?q=engineer$"))
    expect(cards.first).to_be_visible()


def test_a_search_takes_several_values_a_place_and_a_pay_and_each_is_taken_away_again(
    open_page: OpenPage, person: Person
) -> None:
    page, _ = open_page("/search", person=person)
    found = page.get_by_role("region", name="Found postings")
    status = page.get_by_role("status").first
    expect(page.get_by_test_id("coverage")).to_contain_text(re.compile(r"^[\d,]+ seen"))

    levels = page.get_by_role("group", name="Level")
    promised = 0
    for level in ("Senior", "Lead"):
        button = levels.get_by_role("button", name=re.compile(f"^{level}"))
        promised += int(re.findall(r"(\d+)(?= posting)", button.inner_text())[0])
        button.click()
    expect(page).to_have_url(re.compile(r"\?seniority=senior&seniority=lead$"))
    expect(status).to_have_text(f"{promised} postings found")

    page.get_by_label("Place", exact=True).fill("berlin")
    expect(page.get_by_text("Read as Berlin, Germany")).to_be_visible()
    expect(found).to_have_attribute("aria-busy", "false")
    near = status.inner_text()
    page.get_by_role("combobox", name="Distance").click()
    page.get_by_role("option", name="Within 500 km").click()
    expect(page).to_have_url(re.compile(r"place=berlin&km=500$"))
    expect(status).not_to_have_text(near)

    page.get_by_label("Minimum pay").fill("60000")
    expect(page.get_by_role("group", name="Filters in use")).to_contain_text("From $60K")
    page.get_by_role("checkbox", name=re.compile("that state no pay$")).click()
    expect(page).to_have_url(re.compile("pay_unknown=true"))
    page.get_by_role("combobox", name="Order").click()
    page.get_by_role("option", name="Best paid first").click()
    expect(page).to_have_url(re.compile("sort=pay"))

    page.get_by_role("button", name="Take away: Within 500 km of berlin").click()
    page.get_by_role("button", name="Take away: Senior").click()
    expect(page).to_have_url(re.compile(r"/search\?min_pay=60000&pay_unknown=true&sort=pay&seniority=lead$"))
    page.get_by_label("Place", exact=True).fill("qwxzvk")
    expect(page.get_by_text("This names no place that is known")).to_be_visible()
    expect(status).to_have_text("0 postings found")


def test_the_nearest_say_how_far_they_are_also_from_the_city_that_a_slip_meant(
    open_page: OpenPage, person: Person
) -> None:
    page, _ = open_page("/search", person=person)
    order = page.get_by_role("combobox", name="Order")
    expect(order).to_have_value("Newest first")
    page.get_by_label("Place", exact=True).fill("Berlni")
    expect(page.get_by_text("Read as Berlin, Germany, instead of “Berlni”")).to_be_visible()
    page.get_by_role("combobox", name="Distance").click()
    page.get_by_role("option", name="Within 500 km").click()
    order.click()
    page.get_by_role("option", name="Nearest first").click()
    expect(page.get_by_role("article").first).to_contain_text("Less than 1 km away")
    expect(page.get_by_role("article").last).to_contain_text(re.compile(r"\d+ km away"))


def test_a_search_that_finds_nothing_leads_back_to_everything(open_page: OpenPage, person: Person) -> None:
    page, _ = open_page("/search?q=xqzvwkjh&min_pay=900000000", person=person)
    page.get_by_role("button", name="Show all postings").click()
    expect(page.get_by_role("article")).to_have_count(20)
