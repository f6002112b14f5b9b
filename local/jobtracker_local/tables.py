"""Tables for people at a terminal."""

from collections.abc import Iterable
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobtracker.postings.model import place_line
from jobtracker_local.api_client import Json
from jobtracker_local.model import Status

NAMES_SHOWN = 5
_BOUNDS = {"hour": "requests an hour", "day": "requests a day"}
_STATUS_STYLES = {"ok": "green", "never": "dim", "off": "dim", "suspicious": "yellow", "stale": "yellow"}


def pay_text(pay: Json | None) -> str:
    """Pay as people write it, or a dash where it is unknown."""
    if pay is None:
        return "–"
    low, high = pay["minimum"], pay["maximum"]
    amounts = [f"{amount:,.0f}" for amount in dict.fromkeys((low, high)) if amount is not None]
    return f"{pay['currency']} {'–'.join(amounts)} / {pay['period']}"


def place_text(posting: Json) -> str:
    """The first place and how many more, with the mode of work."""
    places = [place["text"] for place in posting["places"]]
    where = places[0] if places else ""
    more = f" +{len(places) - 1}" if len(places) > 1 else ""
    mode = posting["work_mode"] if posting["work_mode"] != "onsite" else None
    return f"{place_line(where, mode)}{more}" or "–"


def _names(skills: list[Json]) -> str:
    shown = ", ".join(skill["name"] for skill in skills[:NAMES_SHOWN])
    return f"{shown} +{len(skills) - NAMES_SHOWN}" if len(skills) > NAMES_SHOWN else shown or "–"


def _score(score: float) -> Text:
    style = "bold green" if score >= 70 else "bold yellow" if score >= 50 else "bold"
    return Text(f"{score:.0f}", style=style)


def matches(console: Console, items: list[Json], title: str) -> None:
    """The best matches with their reasons."""
    table = Table(title=title, title_justify="left", show_lines=True, expand=True)
    table.add_column("Score", justify="right", width=5)
    table.add_column("Posting", ratio=5, overflow="fold")
    table.add_column("Why", ratio=6)
    for item in items:
        posting = item["posting"]
        head = Text.assemble(
            (posting["title"], "bold"),
            f"\n{posting['company'] or 'unknown company'}\n{place_text(posting)}\n",
            (pay_text(posting["pay"]), "cyan" if posting["pay"] else "dim"),
            (f"\n{posting['url']}", f"dim link {posting['url']}"),
        )
        if posting["sample"]:
            head.append("\nsample posting", style="dim italic")
        why = Text()
        for part in item["parts"]:
            style = "bold" if part["known"] else "dim"
            why.append(f"{part['name']} {part['points']:.0f}/{part['possible']:.0f}  ", style=style)
        why.append("\nhas    ", style="green").append(_names(item["matched_skills"]))
        why.append("\nlacks  ", style="red").append(_names(item["missing_skills"]))
        for part in item["parts"]:
            if part["known"] and part["name"] != "skills":
                why.append(f"\n{part['reason']}")
        table.add_row(_score(item["score"]), head, why)
    console.print(table)


def _local_time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone()


def status(console: Console, found: Status) -> None:
    """Whether the local cloud runs, where, and what it holds."""
    rows: dict[str, str | None] = {
        "running": "yes" if found.running else "no",
        "working": None if found.busy is None else "yes" if found.busy else "no, all queues are empty",
        "page": found.page,
        "endpoint": found.endpoint,
        "pid": None if found.pid is None else str(found.pid),
        "saved": None if found.saved_at is None else f"{_local_time(found.saved_at):%Y-%m-%d %H:%M:%S}",
        "items": ", ".join(f"{count:,} in {table}" for table, count in found.items.items()) or None,
    }
    for name, value in rows.items():
        if value is not None:
            console.print(f"{name:9} {value}", highlight=False)


_CLOSED = {"key": "needs a key", "restricted": "restricted: off until its conditions are accepted"}
_COUNTS = ("seen", "new", "changed", "duplicate", "refused", "gone")


def _moment(text: str | None) -> str:
    return (text or "–")[:16].replace("T", " ")


def _status(item: Json) -> Text:
    return Text(item["status"], style=_STATUS_STYLES.get(item["status"], "red"))


def _counts(item: Json) -> list[str]:
    counts = item["counts"]
    return ["–" if counts is None else f"{counts[name]:,}" for name in _COUNTS]


def _told(item: Json) -> str:
    """The counts of a collection that are not zero, in words."""
    counts = item["counts"]
    if counts is None:
        return "–"
    return ", ".join(f"{counts[name]:,} {name}" for name in _COUNTS if counts[name]) or "nothing"


def sources(console: Console, items: Iterable[Json]) -> None:
    """Every source, how it fares and why, and the ledger of its last collection."""
    table = Table(title="Sources, and what the last collection of each saw", title_justify="left")
    table.add_column("Source", no_wrap=True)
    table.add_column("Status")
    table.add_column("Postings", justify="right")
    table.add_column("Last collection", overflow="fold")
    table.add_column("Why", overflow="fold")
    for item in items:
        why = item["reason"] or _CLOSED.get(item["terms"], "") if item["status"] != "ok" else ""
        ran = f"{_moment(item['last_run_at'])[5:]}  {_told(item)}" if item["last_run_at"] else "–"
        table.add_row(item["id"], _status(item), f"{item['postings']:,}", ran, why)
    console.print(table)


def source(console: Console, detail: Json) -> None:
    """One source: its terms, its limits, and its last collections."""
    item, limits = detail["source"], detail["limits"]
    console.print(f"[bold]{item['name']}[/]  {item['homepage']}", highlight=False)
    console.print(Text.assemble(_status(item), f"  {item['reason'] or ''}"))
    bounds = [f"a request every {limits['between_s']:g} s at most"]
    bounds += [f"{limits[f'per_{name}']} {words}" for name, words in _BOUNDS.items() if limits[f"per_{name}"]]
    console.print(f"{item['conditions']}\nCredit: {item['attribution']}\nLimits: {', '.join(bounds)}", highlight=False)
    table = Table(title="Collections", title_justify="left")
    table.add_column("Began", no_wrap=True)
    table.add_column("Status")
    for name in ("Requests", *(name.capitalize() for name in _COUNTS)):
        table.add_column(name, justify="right")
    table.add_column("Why", overflow="fold")
    for ledger in detail["ledgers"]:
        why = "; ".join(filter(None, [ledger["reason"], *ledger["refusals"]]))
        began = _moment(ledger["started_at"])
        table.add_row(began, _status(ledger), str(ledger["requests"]), *_counts(ledger), why)
    console.print(table)


def companies(console: Console, items: Iterable[Json], total: int) -> None:
    """Companies whose board is known."""
    table = Table(title=f"Of {total:,} companies whose board is known", title_justify="left")
    for name in ("Source", "Company", "Board on", "Web", "Collected"):
        table.add_column(name, overflow="fold")
    for item in items:
        collected = "for everybody" if item["on"] else "–"
        table.add_row(item["source_id"], item["name"], item["system"], ", ".join(item["domains"]), collected)
    console.print(table)


def found(console: Console, page: Json, place: str | None) -> None:
    """What a search found, how it was understood, and what it looked at."""
    if place is not None:
        read = page["place"]
        console.print(f"Near {read['text']}" if read else f"No place is called “{place}”: nothing is near it.")
    if page["approximate"]:
        console.print("No posting has these very words; these have words like them.")
    postings(console, page["items"], page["total"])
    seen = page["coverage"]
    left = {name: seen[name] for name in ("duplicates", "closed", "expired", "filtered") if seen[name]}
    told = ", ".join(f"{count:,} {name}" for name, count in left.items())
    console.print(f"{seen['seen']:,} seen" + (f": {told}" if told else ""), style="dim", highlight=False)


def postings(console: Console, items: Iterable[Json], total: int) -> None:
    """Postings found by a search."""
    table = Table(title=f"{total:,} postings", title_justify="left")
    for name in ("Title", "Company", "Place", "Pay", "Link"):
        table.add_column(name, overflow="fold")
    for item in items:
        table.add_row(item["title"], item["company"] or "–", place_text(item), pay_text(item["pay"]), item["url"])
    console.print(table)
