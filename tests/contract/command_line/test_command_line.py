"""What the command line shows of postings and companies, and how it says what is wrong, through the real API."""

import re
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from typer.testing import Result

from functions.api.settings import Settings
from jobtracker.aws import clients
from jobtracker.postings import private
from jobtracker_local import problems, tables
from jobtracker_local.api_client import ApiClient
from jobtracker_local.errors import LocalCloudError
from tests.contract.test_api import API, posting

Run = Callable[..., Result]


@pytest.mark.usefixtures("indexed")
def test_a_search_takes_all_filters_some_of_them_several_times(run: Run) -> None:
    everything = run(
        "search", "data engineer", "--skill", "Python", "--skill", "sql", "--country", "de", "--country", "FR"
    )
    assert everything.exit_code == 0
    assert "5 postings" in everything.output
    for more in (
        ["--seniority", "intern", "--seniority", "executive"],
        ["--type", "volunteer"],
        ["--company", "Nobody & Sons"],
        ["--source", "remoteok"],
        ["--remote-from", "JP"],
    ):
        assert "0 postings" in run("search", *more).output, more
    pay = ["--min-pay", "999000000"]
    assert "0 postings" in run("search", *pay).output
    assert "1 posting\n" in run("search", *pay, "--pay-unknown").output


@pytest.mark.usefixtures("indexed")
def test_a_search_counts_what_it_found_and_says_what_it_left_out(run: Run) -> None:
    found = run("search", "engineer -backend", "--limit", "1", "--place", "Qwxz")
    assert "No place is called “Qwxz”" in found.output
    assert "5 seen: 5 that the search leaves out" in found.output
    assert "No place is called “[/new] :house:”" in run("search", "--place", "[/new] :house:").output
    assert "1 posting\n" in run("search", '"engineer 3"').output
    assert run("search", "--place", "Berlin", "--sort", "nearest").exit_code == 0
    meant = run("search", "dtaa").output
    assert "Searched for “data” instead of “dtaa”." in meant
    assert "5 postings" in meant


@pytest.mark.usefixtures("indexed")
def test_a_search_says_that_it_does_not_look_at_ones_own_postings_where_there_are_any(
    run: Run, client: TestClient, api_settings: Settings
) -> None:
    assert "only you have" not in run("search").output
    me = client.get(f"{API}/me").json()["id"]
    private.put(clients.table(api_settings.people_table), me, posting(9))
    said = " ".join(run("search").output.split())
    assert "5 postings" in said
    assert "Not among it: the postings that only you have; they are on the page, under Add." in said


def test_a_refusal_names_what_is_wrong_in_one_line(run: Run) -> None:
    refused = run("search", "--country", "Germany", "--skill", "whistling", "--type", "banana")
    assert isinstance(refused.exception, LocalCloudError)
    told = str(refused.exception)
    assert "\n" not in told
    assert "--country: “Germany” is no code of a country: it is two capital letters, as DE for Germany." in told
    assert "HTTP" not in told
    assert "/api/" not in told
    assert "--skill: no skill is called “whistling”." in told
    assert "--type: should be 'full-time'" in told
    assert "--days: should be less than" in str(run("search", "--days", "999999").exception)
    assert "--sort: nearest to what? Name a place" in str(run("search", "--sort", "nearest").exception)


def test_a_cloud_that_is_gone_is_said_in_one_line() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        api = ApiClient(f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(LocalCloudError, match=r"The local cloud does not answer: .*jobtracker status"):
        api.get("/me")


def test_what_is_added_is_named_as_it_is_typed(run: Run) -> None:
    refused = run("add", "the [/new] page.txt").exception
    assert isinstance(refused, LocalCloudError)
    assert "Give a page's address" in str(refused)


@pytest.mark.usefixtures("indexed")
def test_links_stay_whole_and_nearest_says_how_far(run: Run) -> None:
    found = run("search", "engineer", "--place", "Berlni", "--sort", "nearest").output
    assert "Near Berlin, " in found
    assert "instead of “Berlni”" in found
    assert "km away" in found
    assert [line.strip() for line in found.splitlines() if "https://" in line] == re.findall(r"https://\S+", found)


def test_a_search_is_around_one_place(run: Run) -> None:
    assert "How far from where?" in str(run("search", "--km", "20").exception)
    assert "Name one place" in str(run("search", "--place", "Rome", "--place", "Bari").exception)


def test_scores_are_rounded_as_on_the_page() -> None:
    assert [tables._rounded(score) for score in (72.5, 73.5, 72.49)] == ["73", "74", "72"]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (
            {"text": "Springfield", "city": "Springfield", "region": "Illinois", "country": "US"},
            "Springfield, Illinois, US",
        ),
        ({"text": "Springfield, IL", "city": "Springfield", "region": "Illinois", "country": "US"}, "Springfield, IL"),
        ({"text": "Berlin", "city": "Berlin", "region": None, "country": "DE"}, "Berlin, DE"),
        ({"text": "Remote, Europe", "city": None, "region": None, "country": None}, "Remote, Europe"),
    ],
)
def test_a_place_of_a_bare_name_is_told_from_others_of_this_name(place: dict[str, object], shown: str) -> None:
    assert tables.place_text({"places": [place], "work_mode": None}) == shown


@pytest.mark.usefixtures("indexed")
def test_a_place_searched_around_is_told_from_others_of_its_name(run: Run) -> None:
    assert "Near Springfield, Missouri, US\n" in run("search", "--place", "Springfield").output
    assert "Near Springfield, Illinois, US\n" in run("search", "--place", "Springfield, IL").output


def test_a_company_of_the_readme_is_known_and_its_id_stays_whole(run: Run) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    [example] = re.findall(r'jobtracker companies "(.+?)"', readme)
    assert f"greenhouse:{example} " in run("companies", example).output
    assert "greenhouse:10xgenomics " in run("companies", "--limit", "5").output


def test_a_company_that_is_not_known_comes_with_what_to_do(run: Run) -> None:
    assert "Try its web address" in run("companies", "qwxzqwxz").output


def test_a_fault_of_the_service_is_said_without_its_insides() -> None:
    asked = httpx.Request("GET", "https://localhost/api/v1/me")
    told = {"title": "Something went wrong here", "detail": "This is our fault."}
    ours = httpx.Response(500, json=told, headers={"x-correlation-id": "abc-12345"}, request=asked)
    assert problems.in_words(ours).startswith("This is our fault. It is abc-12345 in ")
    alone = problems.in_words(httpx.Response(502, text="<html>Bad gateway</html>", request=asked))
    assert alone.startswith("The local cloud did not answer as it should: see ")
    assert "502" not in alone
