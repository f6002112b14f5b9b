"""The ``jobtracker`` command."""

import json
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from jobtracker_local.errors import LocalCloudError

app = typer.Typer(
    help="The AI job tracker on this machine: collect postings, rank them for a resume, say why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
admin = typer.Typer(help="Who may administer a deployment.", no_args_is_help=True)
app.add_typer(admin, name="admin")
# What sources and people write is shown as it is: "[/new]" and ":house:" too.
out = Console(markup=False, emoji=False)
err = Console(markup=False, emoji=False, stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The page's port.")]
CloudPort = Annotated[int, typer.Option(min=1, max=65535, help="The emulated AWS services' port.")]


def _step(text: str) -> None:
    err.print(Text.assemble(("• ", "green"), text))


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


@app.command()
def run(
    reload: Annotated[bool, typer.Option(help="Reload functions and page on change.")] = False,
    once: Annotated[bool, typer.Option(help="Leave the cloud running and return after the main job.")] = False,
    port: Port = 8700,
    cloud_port: CloudPort = 4566,
) -> None:
    """Start the local cloud, do the main job, and stay until Ctrl-C."""
    from jobtracker_local import cloud, main_job, tables
    from jobtracker_local.options import Options

    # A closed terminal and a supervisor that stops us mean the same as Ctrl-C.
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    options = Options.of(port=cloud_port, page_port=port)
    running = cloud.up(_step, options)
    try:
        done = main_job.do(running.page, options, _step)
        tables.matches(out, done.matches, f"The {len(done.matches)} best of {done.postings:,} postings")
        out.print(Text.assemble(("\nPage   ", "bold"), running.page or ""))
        out.print(Text.assemble(("Login  ", "bold"), f"{main_job.DEMO_EMAIL}  {main_job.DEMO_PASSWORD}\n"))
        if once:
            return
        err.print(f"Ctrl-C stops everything; data stays in {options.folder}", style="dim", highlight=False)
        _stay(running, reload=reload)
    except KeyboardInterrupt:
        pass
    except BaseException:
        cloud.down(options)
        raise
    _step("Stopping and saving …")
    cloud.down(options)


def _stay(running: Any, *, reload: bool) -> None:
    if not reload:
        running.wait()
        return
    from jobtracker_local import live_page, watch

    with live_page.serve(running.options) as address:
        out.print(Text.assemble(("Page that follows its sources  ", "bold"), address))
        watch.follow(running, _step, threading.Event())


@app.command()
def up(port: Port = 8700, cloud_port: CloudPort = 4566) -> None:
    """Start the local cloud in the background."""
    from jobtracker_local import cloud
    from jobtracker_local.options import Options

    running = cloud.up(_step, Options.of(port=cloud_port, page_port=port))
    out.print(Text.assemble(("Page ", "bold"), running.page or ""))


@app.command()
def down() -> None:
    """Stop the local cloud; everything is kept."""
    from jobtracker_local import cloud

    _step("Stopped." if cloud.down() else "It was not running.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say whether the local cloud runs, and what it holds."""
    from jobtracker_local import cloud, tables

    found = cloud.status()
    if as_json:
        _print_json(found.model_dump(mode="json"))
        return
    tables.status(out, found)


@app.command()
def match(
    resume: Annotated[Path, typer.Argument(help="A PDF, DOCX or TXT file.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    as_json: AsJson = False,
) -> None:
    """Rank the last local snapshot of postings for a resume, with or without the local cloud."""
    from jobtracker_local import offline, tables

    found = offline.match(resume, limit, _step)
    if as_json:
        _print_json(found.model_dump(mode="json"))
        return
    dumped = found.model_dump(mode="json")
    tables.matches(out, dumped["items"], f"The {len(dumped['items'])} best of {found.postings:,} postings")


@app.command()
def collect(
    source: Annotated[list[str] | None, typer.Argument(help="Source ids; all public ones without.")] = None,
    as_json: AsJson = False,
) -> None:
    """Collect postings now, through the running local cloud."""
    from jobtracker_local import main_job, tables

    api = _api()
    known = [item["id"] for item in api.get("/sources")["items"]]
    if unknown := set(source or ()) - set(known):
        raise LocalCloudError(f"No such source: {', '.join(sorted(unknown))}. Known: {', '.join(known)}.")
    wanted = source or [source_id for source_id in known if source_id != main_job.SAMPLE]
    with err.status(f"Collecting from {len(wanted)} source(s) …"):
        results = main_job.collect(api, wanted)
    if as_json:
        _print_json(results)
    else:
        tables.sources(out, results)


@app.command()
def sources(
    source: Annotated[str | None, typer.Argument(help="One source: its terms, limits and last collections.")] = None,
    as_json: AsJson = False,
) -> None:
    """List every source, everybody's and your own: how it fares and why, and what its last collection saw."""
    from jobtracker_local import tables

    api = _api()
    if source is not None:
        _show_source(api, source, as_json=as_json)
        return
    items, own = api.get("/sources")["items"], api.get("/own-sources")["items"]
    if as_json:
        _print_json([*items, *own])
        return
    tables.sources(out, items)
    if own:
        tables.sources(out, own, "\nYour own sources")


def _show_source(api: Any, source: str, *, as_json: bool) -> None:
    from jobtracker_local import tables

    own = source.startswith("own:")
    found = api.find(f"/own-sources/{source}" if own else f"/sources/{source}")
    if found is None:
        raise LocalCloudError(f"No such source: {source}. `jobtracker sources` lists them.")
    ledgers = api.get(f"/own-sources/{source}/collections")["items"] if own else found["ledgers"]
    if as_json:
        _print_json({"source": found, "ledgers": ledgers} if own else found)
    elif own:
        tables.own_source(out, found, ledgers)
    else:
        tables.source(out, found)


@app.command()
def turn(
    source: Annotated[str, typer.Argument(help="A source's id: adzuna, greenhouse:stripe ...")],
    on: Annotated[bool, typer.Option("--on/--off", help="Collect it on schedule, or no longer.")] = True,
    accept: Annotated[bool, typer.Option("--accept", help="You read the conditions of a restricted source.")] = False,
) -> None:
    """Turn a source on or off for everybody."""
    from jobtracker_local import tables

    api = _api()
    item = _source(api, source)
    if on and item["terms"] == "restricted" and not accept:
        raise LocalCloudError(f"{item['conditions']} Say --accept if you turn it on all the same.")
    item = api.put(f"/sources/{source}/setting", {"on": on, "accepted": accept})
    missing = tables.secrets_missing(item) if on else []
    needs = f", but needs {', '.join(missing)}: jobtracker secret {source}" if missing else "."
    _step(f"{item['name']} is {'on' if on else 'off'}{needs}")


@app.command()
def secret(
    source: Annotated[str, typer.Argument(help="A source's id, as adzuna.")],
    names: Annotated[list[str] | None, typer.Argument(help="Which of its secrets; all without.")] = None,
) -> None:
    """Set the secrets that asking a source takes. Their values are asked for, and never shown."""
    from jobtracker_local import tables

    api = _api()
    item = _source(api, source)
    known = item["secrets"]
    if not known:
        raise LocalCloudError(f"{item['name']} takes no secrets.")
    if unknown := set(names or ()) - set(known):
        raise LocalCloudError(f"{item['name']} takes no {', '.join(sorted(unknown))}: it takes {', '.join(known)}.")
    values = {name: typer.prompt(name, hide_input=True, err=True).strip() for name in names or known}
    item = api.put(f"/sources/{source}/secrets", {"values": values})
    missing = tables.secrets_missing(item)
    more = f"; it needs {', '.join(missing)}, too" if missing else ""
    turn_on = "" if item["on"] or missing else f" Turn it on: jobtracker turn {source}"
    _step(f"{item['name']} has {', '.join(item['secrets_set'])}{more}.{turn_on}")


def _source(api: Any, source: str) -> Any:
    detail = api.find(f"/sources/{source}")
    if detail is None:
        raise LocalCloudError(f"No such source: {source}. `jobtracker sources` and `jobtracker companies` list them.")
    return detail["source"]


@app.command()
def companies(
    query: Annotated[str, typer.Argument(help="A name, a web address, or a board's address.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find companies whose job board is known."""
    from jobtracker_local import tables

    found = _api().get("/companies", q=query, limit=limit)
    if as_json:
        _print_json(found["items"])
    else:
        tables.companies(out, found["items"], found["total"])


@app.command()
def add(
    what: Annotated[str, typer.Argument(help="A page's address, or a saved page (.html) or job-alert mail (.eml).")],
    url: Annotated[str | None, typer.Option(help="The address of a saved page, where it does not say it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read a posting from any page, or the postings of a job-alert mail, and keep them as your own."""
    from jobtracker_local import adding, tables

    api = _api()
    with err.status(Text(f"Reading {what} …")):
        found = adding.add(api, what, url)
    if as_json:
        _print_json(found)
    else:
        tables.postings(out, found, len(found))


@app.command()
def search(
    query: Annotated[str, typer.Argument()] = "",
    place: Annotated[str | None, typer.Option(help="The name of a place, as Berlin.")] = None,
    km: Annotated[float, typer.Option(min=1, max=1000, help="How far from the place.")] = 50,
    country: Annotated[list[str] | None, typer.Option(help="ISO 3166 code, as DE.")] = None,
    remote_from: Annotated[str | None, typer.Option(help="Remote work that may be done from this country.")] = None,
    work_mode: Annotated[list[str] | None, typer.Option(help="onsite, hybrid or remote.")] = None,
    seniority: Annotated[list[str] | None, typer.Option(help="intern, junior, mid, senior, lead or executive.")] = None,
    employment_type: Annotated[
        list[str] | None, typer.Option("--type", help="full-time, part-time, contract ...")
    ] = None,
    skill: Annotated[list[str] | None, typer.Option(help="A skill, as Python: all of them must be named.")] = None,
    company: Annotated[list[str] | None, typer.Option(help="The whole name of a company.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="A source's id.")] = None,
    min_pay: Annotated[float | None, typer.Option(help="Least pay in USD a year.")] = None,
    pay_unknown: Annotated[bool, typer.Option("--pay-unknown", help="Also those that state no pay.")] = False,
    days: Annotated[int | None, typer.Option(min=1, help="Posted within so many days.")] = None,
    sort: Annotated[str, typer.Option(help="relevance, newest, pay, or nearest to the place.")] = "relevance",
    limit: Annotated[int, typer.Option(min=1, max=100)] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the catalog, through the running local cloud. Options with several values may be given several times."""
    from jobtracker_local import tables

    api = _api()
    found = api.get(
        "/postings",
        q=query,
        place=place,
        km=km,
        country=[code.upper() for code in country or ()],
        remote_from=remote_from and remote_from.upper(),
        work_mode=work_mode,
        seniority=seniority,
        employment_type=employment_type,
        skill=skill,
        company=company,
        source=source,
        min_pay=min_pay,
        pay_unknown=pay_unknown,
        posted_within_days=days,
        sort=sort,
        limit=limit,
    )
    if as_json:
        _print_json(found)
    else:
        tables.found(out, found, place, own=bool(api.get("/own-postings", limit=1)["items"]))


@admin.command()
def grant(
    email: Annotated[str, typer.Argument(help="Of an account that is registered already.")],
    stage: Annotated[str | None, typer.Option(help="The deployment, in the AWS account you are signed in to.")] = None,
    region: Annotated[str | None, typer.Option(help="Its region; us-east-1 without.")] = None,
    local: Annotated[bool, typer.Option("--local", help="The local cloud instead.")] = False,
) -> None:
    """Make an account an administrator's: the first one of a deployment has no other way."""
    from jobtracker_local import admin as administration

    if local == (stage is not None):
        raise LocalCloudError("Say which deployment: --stage STAGE, or --local.")
    table = administration.local_table() if stage is None else administration.deployed_table(stage, region)
    granted = administration.grant(table, email)
    _step(f"{granted.email} is an administrator now.")


def _api() -> Any:
    from jobtracker_local import cloud, main_job
    from jobtracker_local.api_client import ApiClient

    found = cloud.status()
    if not found.running or found.page is None:
        raise LocalCloudError("The local cloud is not running. Start it: jobtracker up")
    api = ApiClient(found.page)
    api.sign_in(main_job.DEMO_EMAIL, main_job.DEMO_PASSWORD, name="Demo")
    return api


def main() -> None:
    """Run the command; what a person can mend is one line and exit code 2."""
    with suppress(KeyboardInterrupt):
        try:
            app()
        except LocalCloudError as problem:
            err.print(Text.assemble(("✗ ", "red"), str(problem)), soft_wrap=True)
            raise SystemExit(2) from problem
