"""The ``jobtracker`` command."""

import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from jobtracker_local import source_commands, terminal
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.terminal import AsJson

app = typer.Typer(
    help="The AI job tracker on this machine: collect postings, rank them for a resume, say why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
admin = typer.Typer(help="Who may administer a deployment.", no_args_is_help=True)
app.add_typer(admin, name="admin")
app.add_typer(source_commands.app)
app.add_typer(source_commands.own, name="own")

Port = Annotated[int, typer.Option(min=1, max=65535, help="The page's port.")]
CloudPort = Annotated[int, typer.Option(min=1, max=65535, help="The emulated AWS services' port.")]


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
    running = cloud.up(terminal.step, options)
    try:
        done = main_job.do(running.page, options, terminal.step)
        tables.matches(terminal.out, done.matches, f"The {len(done.matches)} best of {done.postings:,} postings")
        terminal.out.print(Text.assemble(("\nPage   ", "bold"), running.page or ""))
        terminal.out.print(Text.assemble(("Login  ", "bold"), f"{main_job.DEMO_EMAIL}  {main_job.DEMO_PASSWORD}\n"))
        if once:
            return
        terminal.err.print(f"Ctrl-C stops everything; data stays in {options.folder}", style="dim", highlight=False)
        _stay(running, reload=reload)
    except KeyboardInterrupt:
        pass
    except BaseException:
        cloud.down(options)
        raise
    terminal.step("Stopping and saving …")
    cloud.down(options)


def _stay(running: Any, *, reload: bool) -> None:
    if not reload:
        running.wait()
        return
    from jobtracker_local import live_page, watch

    with live_page.serve(running.options) as address:
        terminal.out.print(Text.assemble(("Page that follows its sources  ", "bold"), address))
        watch.follow(running, terminal.step, threading.Event())


@app.command()
def up(port: Port = 8700, cloud_port: CloudPort = 4566) -> None:
    """Start the local cloud in the background."""
    from jobtracker_local import cloud
    from jobtracker_local.options import Options

    running = cloud.up(terminal.step, Options.of(port=cloud_port, page_port=port))
    terminal.out.print(Text.assemble(("Page ", "bold"), running.page or ""))


@app.command()
def down() -> None:
    """Stop the local cloud; everything is kept."""
    from jobtracker_local import cloud

    terminal.step("Stopped." if cloud.down() else "It was not running.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say whether the local cloud runs, and what it holds."""
    from jobtracker_local import cloud, tables

    found = cloud.status()
    if as_json:
        terminal.print_json(found.model_dump(mode="json"))
        return
    tables.status(terminal.out, found)


@app.command()
def match(
    resume: Annotated[
        Path,
        typer.Argument(
            help="A PDF, DOCX, ODT, RTF, HTML, Markdown, TXT or JSON Resume file, LinkedIn's ZIP, a scan or a photo."
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    as_json: AsJson = False,
) -> None:
    """Rank the last local snapshot of postings for a resume, with or without the local cloud."""
    from jobtracker_local import offline, tables

    found = offline.match(resume, limit, terminal.step)
    if as_json:
        terminal.print_json(found.model_dump(mode="json"))
        return
    dumped = found.model_dump(mode="json")
    tables.matches(terminal.out, dumped["items"], f"The {len(dumped['items'])} best of {found.postings:,} postings")


@app.command()
def add(
    what: Annotated[str, typer.Argument(help="A page's address, or a saved page (.html) or job-alert mail (.eml).")],
    url: Annotated[str | None, typer.Option(help="The address of a saved page, where it does not say it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read a posting from any page, or the postings of a job-alert mail, and keep them as your own."""
    from jobtracker_local import adding, tables

    api = terminal.session()
    with terminal.err.status(Text(f"Reading {what} …")):
        found = adding.add(api, what, url)
    if as_json:
        terminal.print_json(found)
    else:
        tables.postings(terminal.out, found, len(found))


@app.command()
def search(
    query: Annotated[str, typer.Argument()] = "",
    place: Annotated[list[str] | None, typer.Option(help="The name of a place, as Berlin.")] = None,
    km: Annotated[
        float | None, typer.Option(min=1, max=1000, help="How far from the place.", show_default="50")
    ] = None,
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

    if len(place or ()) > 1:
        raise LocalCloudError("Name one place: a search is around one.")
    if km is not None and not place:
        raise LocalCloudError("How far from where? Name a --place beside --km.")
    api = terminal.session()
    found = api.get(
        "/postings",
        q=query,
        place=place,
        km=km,
        country=[_code(code) for code in country or ()],
        remote_from=remote_from and _code(remote_from),
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
        terminal.print_json(found)
    else:
        tables.found(
            terminal.out, found, place[0] if place else None, own=bool(api.get("/own-postings", limit=1)["items"])
        )


def _code(country: str) -> str:
    return country.upper() if len(country) == 2 else country  # letters of a code


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
    terminal.step(f"{granted.email} is an administrator now.")


def main() -> None:
    """Run the command; what a person can mend is one line and exit code 2."""
    with suppress(KeyboardInterrupt):
        try:
            app()
        except LocalCloudError as problem:
            terminal.err.print(Text.assemble(("✗ ", "red"), str(problem)), soft_wrap=True)
            raise SystemExit(2) from problem
