"""The document beside the fields that were read from it: what has the focus lights up where it was read."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.conftest import DESKTOP, PHONE, OpenPage, Person

pytestmark = pytest.mark.e2e

_SHARE_SEEN = """
place => {
  const pane = place.closest("[role=group]").getBoundingClientRect();
  const { top, bottom } = place.getBoundingClientRect();
  return (Math.min(bottom, pane.bottom, innerHeight) - Math.max(top, pane.top)) / (bottom - top);
}
"""


def _faults(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESKTOP, False)], ids=["dark phone", "light desktop"])
def test_a_field_lights_up_on_the_page_that_it_was_read_from(
    open_page: OpenPage, person: Person, axe: str, size: ViewportSize, dark: bool
) -> None:
    page, _ = open_page("/resume", person=person, size=size, dark=dark)
    page.get_by_role("link", name="See where it was read").click()
    document = page.get_by_role("region", name="Document", exact=True)
    picture = document.get_by_role("img", name="Page 1 of sample_resume.pdf")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    lit = document.locator("[data-page] [data-lit]")
    expect(lit).to_have_count(0)

    fields = page.get_by_role("region", name="What was read")
    fields.get_by_role("button", name="Skill: Python").first.focus()
    expect(lit.first).to_have_accessible_name(re.compile("^Skill: Python"))
    page.keyboard.press("Home")
    expect(lit.first).to_have_accessible_name(re.compile("^Name: "))
    page.wait_for_function(f"({_SHARE_SEEN})(document.querySelector('[data-page] [data-lit]')) > 0.99")

    lit.first.click()
    expect(fields.get_by_role("button", pressed=True)).to_have_attribute("data-path", "/name")
    assert _faults(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
