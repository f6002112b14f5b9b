"""What the command line shows and sets, through the real API."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from functions.api.app import ROUTERS, create_app
from functions.api.routers import search
from functions.api.settings import Settings
from functions.search.snapshot import searcher
from jobtracker.accounts import store as accounts
from jobtracker.artifacts import cache
from jobtracker.aws import clients
from jobtracker.catalog import build
from jobtracker.catalog import gateway as catalog
from jobtracker.postings import private
from jobtracker.postings.model import Place, StoredPosting
from jobtracker.sources import items, own, store
from jobtracker.sources.model import Collection, Counts, SourceState, SourceStatus
from jobtracker_local import cli, main_job, tables, terminal
from jobtracker_local.api_client import ApiClient
from jobtracker_local.errors import LocalCloudError
from tests.contract.test_api import API, NOW, PASSWORD, posting, signed_in

Run = Callable[..., Result]
FEED = {"kind": "feed", "url": "https://jobs.example.org/feed.xml"}
BERLIN = Place(text="Berlin", city="Berlin", country="DE", latitude=52.4, longitude=13.3)
WIDE = 80


@pytest.fixture
def client(api_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client of the whole API of a machine of one's own, where everybody administers."""
    monkeypatch.setattr(cache, "default_directory", lambda: tmp_path / "artifacts")
    cache.forget()
    local = api_settings.model_copy(update={"local_mode": True})
    app = create_app(local, [search.router, *ROUTERS], searcher(local.artifacts_bucket))
    account = accounts.create(clients.table(local.people_table), email="eve@example.org", password=PASSWORD)
    return signed_in(app, account)


@pytest.fixture
def run(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a terminal of 80 columns."""
    api = ApiClient("http://testserver")
    signed = TestClient(client.app, base_url=f"https://testserver{API}", headers=dict(client.headers))
    monkeypatch.setattr(api, "_http", signed)
    # The API's log finds its stream here, before the runner lends it one that it closes again.
    client.get(f"{API}/health")
    monkeypatch.setattr(terminal, "session", lambda: api)
    monkeypatch.setattr(terminal.out, "width", WIDE)
    monkeypatch.setattr(terminal.err, "width", WIDE)
    return lambda *words, typed="": CliRunner().invoke(cli.app, list(words), input=typed)


@pytest.fixture
def indexed(api_settings: Settings, tmp_path: Path) -> None:
    """Five postings that can be searched, one of which states no pay and lies in Berlin."""
    postings = [posting(number) for number in range(4)] + [
        posting(4).model_copy(update={"pay": None, "places": (BERLIN,)})
    ]
    info = build.build([StoredPosting.fresh(one) for one in postings], None, tmp_path / "index")
    catalog.publish(api_settings.artifacts_bucket, tmp_path / "index", info, follows=None)


def _fared(source_id: str, status: SourceStatus, reason: str | None) -> tuple[Collection, SourceState]:
    counts = Counts(seen=1_389, new=1_200, unchanged=180, duplicate=4, refused=5)
    ledger = Collection(
        id="2026-01-02T03:04:05Z",
        source_id=source_id,
        started_at=NOW,
        ended_at=NOW,
        status=status,
        reason=reason,
        counts=counts,
        refusals=("no title", "no address"),
        requests=1,
    )
    state = SourceState(
        source_id=source_id, status=status, reason=reason, postings=1_380, counts=counts, last_run_at=NOW
    )
    return ledger, state


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
    assert "country: “Germany” is no code of a country: it is two capital letters, as DE for Germany." in told
    assert "HTTP" not in told
    assert "/api/" not in told
    assert "skill: no skill is called “whistling”." in told
    assert "employment_type: should be 'full-time'" in told
    assert "sort: nearest to what? Name a place" in str(run("search", "--sort", "nearest").exception)


def test_a_source_of_ones_own_that_is_refused_says_at_which_field_in_the_terminal(run: Run) -> None:
    api = terminal.session()
    fields = {"id": "id", "url": "url", "title": "title"}
    config = {"kind": "api", "url": "http://10.0.0.7/jobs", "secret_headers": {"X-Key": "key"}, "fields": fields}
    with pytest.raises(LocalCloudError) as refused:
        api.post("/own-sources", {"name": "Mine", "config": config})
    told = str(refused.value)
    assert "\n" not in told
    assert "config.api.url: the address leads into a private network; sources are asked on the open" in told
    assert "config.api.secret_headers.X-Key: enter the secret that is sent under this name" in told


def test_names_and_addresses_are_shown_as_they_are_written(run: Run, client: TestClient) -> None:
    name, url = "Jobs [/new] [red]:house:", "https://jobs.example.org/feed?page[number]=1&filter[status]=open"
    config = FEED | {"url": url}
    mine = client.post(f"{API}/own-sources", json={"name": name, "config": config}).json()["id"]
    shown = run("sources", mine).output.replace("\n", "")
    assert name in shown
    assert url in shown
    assert name in run("sources").output


def test_what_is_added_is_named_as_it_is_typed(run: Run) -> None:
    refused = run("add", "the [/new] page.txt").exception
    assert isinstance(refused, LocalCloudError)
    assert "Give a page's address" in str(refused)


def test_sources_fit_a_narrow_terminal_with_reasons_on_their_own_lines(
    run: Run, client: TestClient, api_settings: Settings
) -> None:
    reason = "the host refused us (HTTP 403), and asks us to wait an hour"
    store.record(clients.table(api_settings.catalog_table), *_fared("remoteok", SourceStatus.BLOCKED, reason))
    mine = client.post(f"{API}/own-sources", json={"name": "My feed", "config": FEED}).json()["id"]
    ledger, state = _fared(mine, SourceStatus.BLOCKED, reason)
    me = client.get(f"{API}/me").json()["id"]
    people = clients.table(api_settings.people_table)
    defined = own.get(people, me, mine)
    assert defined is not None
    later = datetime.now(UTC) + timedelta(hours=1)
    due = state.model_copy(update={"definition": defined.definition, "left_until": later})
    items.record(people, own.slot(me, mine), ledger, due)
    shown = run("sources").output
    assert f"\n  {reason}\n" in shown
    assert f"\n  {reason}; left" in shown
    assert "\n  1,389 seen, 1,200 new, 180 unchanged, 4 duplicate, 5 refused\n" in shown
    assert re.search(rf"Your own sources\n{mine}  blocked .*\n  My feed\n", shown)
    one, own_one = run("sources", "remoteok").output, run("sources", mine).output
    for told in (one, own_one):
        assert "blocked  1,389 seen" in told
        assert f"\n  {reason}\n  no title\n  no address\n" in told
    assert f"feed · {FEED['url']}" in own_one
    assert f"left alone until {later.astimezone():%Y-%m-%d %H:%M}" in " ".join(own_one.split())
    assert max(len(line) for text in (shown, own_one, one) for line in text.splitlines()) <= WIDE
    assert run("sources", mine, "--json").exit_code == 0
    assert isinstance(run("sources", "own:ffffffffffff").exception, LocalCloudError)


def test_a_source_that_is_on_says_which_secrets_it_waits_for_until_they_are_set(run: Run, client: TestClient) -> None:
    turned = run("turn", "adzuna", "--on").output
    assert "is on, but needs app_id, app_key: jobtracker secret adzuna" in turned
    assert "needs a key: jobtracker secret adzuna" in run("sources").output
    asked = run("secret", "adzuna", "app_id", typed="hush-hush\n")
    assert asked.exit_code == 0
    assert "hush-hush" not in asked.output
    assert "has app_id; it needs app_key, too" in asked.output
    assert "app_key" in run("secret", "adzuna", typed="one\ntwo\n").output
    assert sorted(client.get(f"{API}/sources/adzuna").json()["source"]["secrets_set"]) == ["app_id", "app_key"]
    assert run("turn", "adzuna", "--on").output.strip().endswith("is on.")
    assert "it takes app_id, app_key" in str(run("secret", "adzuna", "password").exception)
    assert "takes no secrets" in str(run("secret", "remoteok").exception)


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


def test_a_source_is_turned_on_or_off_only_by_saying_which(run: Run, client: TestClient) -> None:
    assert "Say --on" in str(run("turn", "remoteok").exception)
    assert client.get(f"{API}/sources/remoteok").json()["source"]["on"] is True
    assert run("turn", "Remote OK", "--off").output.strip().endswith("is off.")
    assert client.get(f"{API}/sources/remoteok").json()["source"]["on"] is False


def test_a_source_that_is_off_is_not_collected_and_says_why(run: Run) -> None:
    run("turn", "sample", "--off")
    asked = run("collect", "sample")
    assert asked.exit_code == 1
    assert "is off: an administrator turned it off." in " ".join(asked.output.split())
    assert "off  an administrator turned it off" in run("sources", "sample").output


@pytest.mark.parametrize(("status", "code"), [(SourceStatus.OK, 0), (SourceStatus.FAILING, 1)])
def test_collecting_fails_where_nothing_could_be_collected(
    run: Run, client: TestClient, monkeypatch: pytest.MonkeyPatch, status: SourceStatus, code: int
) -> None:
    mine = client.post(f"{API}/own-sources", json={"name": "My feed", "config": FEED}).json()
    asked: list[list[str]] = []

    def collected(_api: ApiClient, ids: list[str]) -> list[dict[str, object]]:
        asked.append(ids)
        return [mine | {"status": status.value}]

    monkeypatch.setattr(main_job, "collect", collected)
    assert run("collect", "my feed").exit_code == code
    assert asked == [[mine["id"]]]


def test_a_source_of_ones_own_is_defined_changed_and_deleted_in_the_terminal(
    run: Run, client: TestClient, tmp_path: Path
) -> None:
    def mine() -> list[dict[str, object]]:
        items: list[dict[str, object]] = client.get(f"{API}/own-sources").json()["items"]
        return items

    assert run("own", "add", "My feed", "--feed", str(FEED["url"])).exit_code == 0
    assert "My feed" in run("sources", "my feed").output
    definition = tmp_path / "api.json"
    fields = {"id": "id", "url": "url", "title": "title"}
    config = {
        "kind": "api",
        "url": "https://api.example.org/jobs",
        "secret_headers": {"X-Key": "key"},
        "fields": fields,
    }
    definition.write_text(json.dumps(config))
    changed = run("own", "change", "My feed", "--name", "Mine", "--file", str(definition), typed="hush-hush\n")
    assert (changed.exit_code, "hush-hush" in changed.output) == (0, False)
    [one] = mine()
    assert (one["name"], one["secrets_set"]) == ("Mine", ["key"])
    assert run("own", "change", "mine", "--name", "Ours").exit_code == 0
    assert run("secret", "Ours", typed="another\n").exit_code == 0
    assert "is empty" in str(run("secret", "Ours", typed="\n").exception)
    assert "is your own" in str(run("turn", "Ours", "--off").exception)
    assert "everybody's source" in str(run("own", "delete", "remoteok").exception)
    assert "--feed ADDRESS" in str(run("own", "add", "None").exception)
    assert "no JSON" in str(run("own", "add", "None", "--file", "-", typed="{").exception)
    assert run("own", "delete", "Ours", "--postings").exit_code == 0
    assert mine() == []


def test_scores_are_rounded_as_on_the_page() -> None:
    assert [tables._rounded(score) for score in (72.5, 73.5, 72.49)] == ["73", "74", "72"]


def test_a_company_that_is_not_known_comes_with_what_to_do(run: Run) -> None:
    assert "Try its web address" in run("companies", "qwxzqwxz").output
