"""Coming in and going out."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, OpenPage, Person

pytestmark = pytest.mark.e2e


def test_a_person_signs_out_and_in_again_and_a_wrong_password_is_told(open_page: OpenPage, person: Person) -> None:
    page, watch = open_page("/profile", person=person)
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in$"))
    assert page.evaluate("sessionStorage.length") == 0

    watch.expect(401, "/api/v1/sessions")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()

    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("article").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("article").first).to_be_visible()


def test_an_address_behind_the_sign_in_is_reached_after_it(open_page: OpenPage, person: Person) -> None:
    page, _ = open_page("/sources")
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Sources")).to_be_visible()


def test_an_address_that_is_taken_is_told_beside_the_form(open_page: OpenPage, person: Person) -> None:
    page, watch = open_page("/sign-in")
    watch.expect(409, "/api/v1/accounts")
    page.get_by_role("button", name="Create an account").click()
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_be_visible()
