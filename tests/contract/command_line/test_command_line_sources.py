"""What the command line shows and sets of sources, everybody's and one's own, through the real API."""

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import Result

from functions.api.settings import Settings
from jobtracker.aws import clients
from jobtracker.postings import private
from jobtracker.sources import items, own, store
from jobtracker.sources.model import Collection, Counts, SourceState, SourceStatus
from jobtracker_local import main_job, tables, terminal
from jobtracker_local.api_client import ApiClient
from jobtracker_local.errors import LocalCloudError
from tests.contract.test_api import API, NOW, posting

Run = Callable[..., Result]
FEED = {"kind": "feed", "url": "https://jobs.example.org/feed.xml"}
WIDE = 80


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


def test_a_source_of_ones_own_that_is_refused_says_at_which_field_in_the_terminal(run: Run) -> None:
    api = terminal.session()
    fields = {"id": "id", "url": "url", "title": "title"}
    config = {"kind": "api", "url": "http://10.0.0.7/jobs", "secret_headers": {"X-Key": "key"}, "fields": fields}
    with pytest.raises(LocalCloudError) as refused:
        api.post("/own-sources", {"name": "Mine", "config": config})
    told = str(refused.value)
    assert "\n" not in told
    assert told.startswith("url: the address leads into a private network; sources are asked on the open")
    assert "secret_headers.X-Key: enter the secret that is sent under this name" in told


@pytest.mark.parametrize(
    ("definition", "told"),
    [
        ({}, "kind: is missing."),
        ({"kind": "mail"}, "kind: should be one of 'api', 'feed', 'board'."),
        ({"name": "Mine", "config": {"kind": "api"}}, "url: is missing. fields: is missing."),
        (FEED | {"url": "ftp://x"}, "url: no web address: it must begin with https:// or http:// and name a host."),
        (FEED | {"pages": 3}, "pages: there is no such field."),
        (
            {"kind": "api", "url": "https://a.example", "fields": {}, "headers": {"a b": "c"}, "paging": {"kind": "x"}},
            (
                "headers.a b: has signs in it that may not be here. fields.id: is missing. fields.url: is missing. "
                "fields.title: is missing. paging.kind: should be one of 'none', 'page', 'offset', 'cursor', 'link'."
            ),
        ),
        ([], "The standard input is no definition: a JSON object with its kind (feed, board or api)."),
    ],
)
def test_a_definition_that_is_refused_is_told_field_by_field(run: Run, definition: object, told: str) -> None:
    assert str(run("own", "add", "Mine", "--file", "-", typed=json.dumps(definition)).exception) == told


def test_names_and_addresses_are_shown_as_they_are_written(run: Run, client: TestClient) -> None:
    name, url = "Jobs [/new] [red]:house:", "https://jobs.example.org/feed?page[number]=1&filter[status]=open"
    config = FEED | {"url": url}
    mine = client.post(f"{API}/own-sources", json={"name": name, "config": config}).json()["id"]
    shown = run("sources", mine).output
    assert name in shown
    assert url in shown
    assert "https://boards.greenhouse.io/stripe\n" in run("sources", "greenhouse:stripe").output
    assert name in run("sources").output


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
    assert f"\n  not asked again before {later.astimezone():%Y-%m-%d %H:%M}: the host refused" in shown
    assert "\n  1,389 seen, 1,200 new, 180 unchanged, 4 duplicate, 5 refused\n" in shown
    assert re.search(rf"Your own sources\n{mine}  blocked .*\n  My feed\n", shown)
    one, own_one = run("sources", "remoteok").output, run("sources", mine).output
    for told in (one, own_one):
        assert "blocked  1,389 seen" in told
        assert f"\n  {reason}\n  no title\n  no address\n" in told
    assert f"feed · {FEED['url']}" in own_one
    assert f"not asked again before {later.astimezone():%Y-%m-%d %H:%M}: {reason}" in " ".join(own_one.split())
    assert max(len(line) for text in (shown, own_one, one) for line in text.splitlines()) <= WIDE
    assert run("sources", mine, "--json").exit_code == 0
    for unknown in ("own:ffffffffffff", ".", "remoteok?x", "a/b", ""):
        assert f"No such source: {unknown}." in str(run("sources", unknown).exception)


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
    assert "Sources" not in asked.output
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


def test_the_main_job_leaves_alone_what_is_off_the_samples_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("turn", "sample", "--off")
    run("turn", "remoteok", "--off")
    run("turn", "adzuna", "--on")
    asked: list[str] = []

    def unanswered(_api: ApiClient, ids: list[str], *, patience: float) -> list[dict[str, object]]:
        assert patience > 0
        asked.extend(ids)
        return []

    monkeypatch.setattr(main_job, "collect", unanswered)
    said: list[str] = []
    main_job._collect(terminal.session(), said.append)
    assert "the sample postings are off: an administrator turned it off." in said[-1]
    assert asked
    assert not {"sample", "remoteok", "adzuna"} & set(asked)


def test_what_has_not_ended_when_patience_does_is_said_to_go_on(run: Run, client: TestClient) -> None:
    mine = client.post(f"{API}/own-sources", json={"name": "My feed", "config": FEED}).json()["id"]
    [late] = main_job.collect(terminal.session(), [mine], patience=0)
    assert late["running"] is True
    with terminal.out.capture() as shown:
        tables.sources(terminal.out, [late])
    assert "it is being collected; the rest comes in the background" in shown.get()


def test_a_source_that_is_left_alone_says_until_when_in_local_time(
    run: Run, client: TestClient, api_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    ledger, state = _fared("jobicy", SourceStatus.STALE, "the host or its limits demand a pause")
    store.record(
        clients.table(api_settings.catalog_table),
        ledger,
        state.model_copy(update={"left_until": until, "counts": Counts()}),
    )
    found = client.get(f"{API}/sources/jobicy").json()["source"]
    monkeypatch.setattr(main_job, "collect", lambda _api, _ids: [found])
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        asked = run("collect", "jobicy")
    finally:
        monkeypatch.undo()
        time.tzset()
    told = f"not asked again before {until + timedelta(hours=14):%Y-%m-%d %H:%M}: the host or its limits demand a pause"
    assert told in " ".join(asked.output.split())
    assert asked.exit_code == 1


def test_a_source_of_ones_own_is_defined_changed_and_deleted_in_the_terminal(
    run: Run, client: TestClient, tmp_path: Path
) -> None:
    def mine() -> list[dict[str, object]]:
        items: list[dict[str, object]] = client.get(f"{API}/own-sources").json()["items"]
        return items

    assert "You have no sources of your own" in run("own", "list").output
    assert run("own", "add", "My feed", "--feed", str(FEED["url"])).exit_code == 0
    assert "My feed" in run("sources", "my feed").output
    assert "\n  My feed\n" in run("own", "list").output
    assert run("own", "change", "My feed", "--feed", "https://jobs.example.org/other.xml").exit_code == 0
    assert mine()[0]["config"] == FEED | {"url": "https://jobs.example.org/other.xml"}
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
    assert "what you call it" in str(run("own", "add", "--feed", "https://a.example").exception)
    assert run("own", "delete", "Ours").exit_code == 0
    assert mine() == []


def test_what_a_source_is_shown_as_can_be_its_definition_again(run: Run, tmp_path: Path) -> None:
    run("own", "add", "My feed", "--feed", str(FEED["url"]))
    [shown] = json.loads(run("own", "list", "--json").output)
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(shown))
    run("own", "delete", "My feed")
    assert run("own", "add", "--file", str(file)).exit_code == 0
    [again] = json.loads(run("own", "list", "--json").output)
    assert (again["name"], again["config"]) == (shown["name"], shown["config"])


def test_postings_that_a_deleted_source_left_can_be_deleted_by_its_id(
    run: Run, client: TestClient, api_settings: Settings
) -> None:
    mine = client.post(f"{API}/own-sources", json={"name": "My feed", "config": FEED}).json()["id"]
    me = client.get(f"{API}/me").json()["id"]
    left = posting(7).model_copy(update={"source_id": mine})
    private.put(clients.table(api_settings.people_table), me, left)
    assert "its postings stay" in run("own", "delete", "my feed").output
    assert len(client.get(f"{API}/own-postings").json()["items"]) == 1
    assert run("own", "delete", mine, "--postings").exit_code == 0
    assert client.get(f"{API}/own-postings").json()["items"] == []
    assert "nothing here under this id" in str(run("own", "delete", mine, "--postings").exception)
