"""The commands about where postings come from."""

from typing import Annotated, Any

import typer

from jobtracker_local import terminal
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.terminal import AsJson

app = typer.Typer()
own = typer.Typer(
    help="Sources of your own: feeds, boards and JSON APIs whose postings only you see.", no_args_is_help=True
)

Which = Annotated[str, typer.Argument(help="A source's id, as adzuna, greenhouse:stripe or own:…, or its whole name.")]
File = Annotated[
    str | None,
    typer.Option("--file", help="Its definition as a JSON file, or - for the standard input: see docs/sources.md."),
]


@app.command()
def collect(
    source: Annotated[
        list[str] | None, typer.Argument(help="Ids or names of sources; all that are on without.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Collect postings now, through the running local cloud."""
    from jobtracker_local import finding, main_job, tables

    api = terminal.session()
    if source:
        named = [finding.source(api, one) for one in source]
        wanted = list({one["id"]: one for one in named}.values())
        off = [one for one in wanted if one["status"] == "off"]
        for one in off:
            terminal.step(f"{one['name']} is off: {one['reason']}. `jobtracker sources {one['id']}` says more.")
        if len(off) == len(wanted):
            raise typer.Exit(1)
    else:
        wanted = [one for one in finding.sources(api) if one["id"] != main_job.SAMPLE]
    ids = [one["id"] for one in wanted if one["status"] != "off"]
    with terminal.err.status(f"Collecting from {len(ids)} source(s) …"):
        results = main_job.collect(api, ids)
    if as_json:
        terminal.print_json(results)
    else:
        tables.sources(terminal.out, results)
    if not any(one["status"] == "ok" or one["running"] for one in results):
        raise typer.Exit(1)


@app.command()
def sources(
    source: Annotated[
        str | None, typer.Argument(help="One source by id or name: its terms, limits and last collections.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List every source, everybody's and your own: how it fares and why, and what its last collection saw."""
    from jobtracker_local import finding, tables

    api = terminal.session()
    if source is not None:
        _show(api, finding.source(api, source), as_json=as_json)
        return
    known = finding.sources(api)
    if as_json:
        terminal.print_json(known)
        return
    tables.sources(terminal.out, [one for one in known if not finding.is_own(one["id"])])
    if mine := [one for one in known if finding.is_own(one["id"])]:
        tables.sources(terminal.out, mine, "\nYour own sources")


def _show(api: Any, found: Any, *, as_json: bool) -> None:
    from jobtracker_local import finding, tables

    path = finding.path_of(found["id"])
    mine = finding.is_own(found["id"])
    detail = {"source": found, "ledgers": api.get(f"{path}/collections")["items"]} if mine else api.get(path)
    if as_json:
        terminal.print_json(detail)
    elif mine:
        tables.own_source(terminal.out, found, detail["ledgers"])
    else:
        tables.source(terminal.out, detail)


@app.command()
def turn(
    source: Which,
    on: Annotated[bool | None, typer.Option("--on/--off", help="Collect it on schedule, or no longer.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="You read the conditions of a restricted source.")] = False,
) -> None:
    """Turn a source on or off for everybody."""
    from jobtracker_local import finding, tables

    if on is None:
        raise LocalCloudError("Say --on to collect it for everybody on schedule, or --off to collect it no longer.")
    api = terminal.session()
    item = finding.source(api, source)
    if finding.is_own(item["id"]):
        raise LocalCloudError(f"{item['name']} is your own: it is on until you delete it (jobtracker own delete).")
    if on and item["terms"] == "restricted" and not accept:
        raise LocalCloudError(f"{item['conditions']} Say --accept if you turn it on all the same.")
    item = api.put(f"{finding.path_of(item['id'])}/setting", {"on": on, "accepted": accept})
    missing = tables.secrets_missing(item) if on else []
    needs = f", but needs {', '.join(missing)}: jobtracker secret {item['id']}" if missing else "."
    terminal.step(f"{item['name']} is {'on' if on else 'off'}{needs}")


@app.command()
def secret(
    source: Which,
    names: Annotated[list[str] | None, typer.Argument(help="Which of its secrets; all without.")] = None,
) -> None:
    """Set the secrets that asking a source takes. Their values are asked for, and never shown."""
    from jobtracker_local import defining, finding, tables

    api = terminal.session()
    item = finding.source(api, source)
    mine = finding.is_own(item["id"])
    known = defining.secret_names(item["config"]) if mine else item["secrets"]
    if not known:
        raise LocalCloudError(f"{item['name']} takes no secrets.")
    if unknown := set(names or ()) - set(known):
        raise LocalCloudError(f"{item['name']} takes no {', '.join(sorted(unknown))}: it takes {', '.join(known)}.")
    values = terminal.ask_secrets(names or known)
    if mine:
        defining.change(api, item, secrets=values)
        terminal.step(f"{item['name']} has {', '.join(values)}, and is collected with it.")
        return
    item = api.put(f"{finding.path_of(item['id'])}/secrets", {"values": values})
    missing = tables.secrets_missing(item)
    more = f"; it needs {', '.join(missing)}, too" if missing else ""
    turn_on = "" if item["on"] or missing else f" Turn it on: jobtracker turn {item['id']} --on"
    terminal.step(f"{item['name']} has {', '.join(item['secrets_set'])}{more}.{turn_on}")


@app.command()
def companies(
    query: Annotated[str, typer.Argument(help="A name, a web address, or a board's address.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find companies whose job board is known."""
    from jobtracker_local import tables

    found = terminal.session().get("/companies", q=query, limit=limit)
    if as_json:
        terminal.print_json(found["items"])
    else:
        tables.companies(terminal.out, found["items"], found["total"])


@own.command("list")
def list_own(as_json: AsJson = False) -> None:
    """List your own sources: how each fares and why, and what its last collection saw."""
    from jobtracker_local import finding, tables

    mine = finding.own_sources(terminal.session())
    if as_json:
        terminal.print_json(mine)
    elif mine:
        tables.sources(terminal.out, mine, "Your own sources, and what the last collection of each saw")
    else:
        terminal.step("You have no sources of your own: jobtracker own add NAME --feed ADDRESS")


@own.command("add")
def add(
    name: Annotated[str | None, typer.Argument(help="What you call it; a file may say it as its name.")] = None,
    feed: Annotated[str | None, typer.Option(help="The address of an RSS or Atom feed.")] = None,
    file: File = None,
) -> None:
    """Define a source of your own. It is collected at once, and on schedule from then on."""
    from jobtracker_local import defining

    if (feed is None) == (file is None):
        raise LocalCloudError("Say what it reads: --feed ADDRESS, or --file DEFINITION.json.")
    named, config = defining.read(file) if file is not None else (None, {"kind": "feed", "url": feed})
    if (called := name or named) is None:
        raise LocalCloudError("Say what you call it: jobtracker own add NAME …")
    api = terminal.session()
    made = defining.add(api, called, config, _asked(config, file))
    terminal.step(f"{made['name']} is {made['id']}. It is being collected: jobtracker sources {made['id']}")


@own.command("change")
def change(
    source: Which,
    name: Annotated[str | None, typer.Option(help="What you call it from now on.")] = None,
    feed: Annotated[str | None, typer.Option(help="The address of the feed that it reads from now on.")] = None,
    file: File = None,
) -> None:
    """Define a source of your own anew. Its secrets stay; `jobtracker secret` sets others."""
    from jobtracker_local import defining, finding

    if feed is not None and file is not None:
        raise LocalCloudError("Say what it reads once: --feed ADDRESS, or --file DEFINITION.json.")
    if name is None and feed is None and file is None:
        raise LocalCloudError("Say what to change: --name NAME, --feed ADDRESS or --file DEFINITION.json.")
    api = terminal.session()
    item = finding.own_source(api, source)
    named, config = None, item["config"]
    if file is not None:
        named, config = defining.read(file)
    elif feed is not None:
        config = {"kind": "feed", "url": feed}
    missing = _asked(config, file, known=item["secrets_set"])
    changed = defining.change(api, item, name=name or named, config=config, secrets=missing)
    terminal.step(f"{changed['name']} ({changed['id']}) is defined anew, and being collected.")


@own.command("delete")
def delete(
    source: Which,
    postings: Annotated[bool, typer.Option("--postings", help="Delete the postings that it brought, too.")] = False,
) -> None:
    """Forget a source of your own, with its secrets and ledgers."""
    from jobtracker_local import finding

    api = terminal.session()
    if finding.is_own(source) and api.find(finding.path_of(source)) is None:
        # The source is gone already, and left its postings or was not forgotten to the end.
        api.delete(finding.path_of(source), postings=postings)
        terminal.step(f"{source} was deleted before; now its postings are, too.")
        return
    item = finding.own_source(api, source)
    api.delete(finding.path_of(item["id"]), postings=postings)
    stay = "so are its postings" if postings else "its postings stay"
    terminal.step(f"{item['name']} ({item['id']}) is deleted; {stay}.")


def _asked(config: Any, file: str | None, known: list[str] | None = None) -> dict[str, str]:
    """The secrets that a definition takes, asked for, less those that are known."""
    from jobtracker_local import defining

    names = [name for name in defining.secret_names(config) if name not in (known or ())]
    return terminal.ask_secrets(names, stdin_read=file == "-") if names else {}
