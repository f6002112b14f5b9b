"""Tables for people at a terminal."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobtracker.postings.model import place_line
from jobtracker_local.api_client import Json
from jobtracker_local.model import Status

NAMES_SHOWN = 5
_LEFT_OUT = {
    "duplicates": "duplicates",
    "closed": "closed",
    "expired": "expired",
    "filtered": "that the search leaves out",
}
_FACETS = {
    "country": "Country",
    "work_mode": "Work mode",
    "seniority": "Level",
    "employment_type": "Employment",
    "skill": "Skill",
}
_STATUS_STYLES = {"ok": "green", "never": "dim", "off": "dim", "suspicious": "yellow", "stale": "yellow"}


def counted(number: int, word: str) -> str:
    """ "1 posting", "2,000 postings"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def pay_text(pay: Json | None) -> str:
    """Pay as people write it, or a dash where it is unknown."""
    if pay is None:
        return "–"
    low, high = pay["minimum"], pay["maximum"]
    amounts = [f"{amount:,.0f}" for amount in dict.fromkeys((low, high)) if amount is not None]
    return f"{pay['currency']} {'–'.join(amounts)} / {pay['period']}"


def place_text(posting: Json) -> str:
    """The first place and how many more, with the mode of work."""
    places = [_place(place) for place in posting["places"]]
    where = places[0] if places else ""
    more = f" +{len(places) - 1}" if len(places) > 1 else ""
    mode = posting["work_mode"] if posting["work_mode"] != "onsite" else None
    return f"{place_line(where, mode)}{more}" or "–"


def _place(place: Json) -> str:
    """A place as it was written; one that is written by its bare name with what tells it from others of this name."""
    text: str = place["text"]
    bare = place["city"] is not None and place["city"].casefold() == text.strip().casefold()
    return _in_full(place) if bare else text


def _in_full(place: Json) -> str:
    parts = [place["city"] or place["text"], place["region"], place["country"]]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _names(skills: list[Json]) -> str:
    shown = ", ".join(skill["name"] for skill in skills[:NAMES_SHOWN])
    return f"{shown} +{len(skills) - NAMES_SHOWN}" if len(skills) > NAMES_SHOWN else shown or "–"


def _rounded(number: float) -> str:
    """To the nearest whole number, and up from a half: as the page has it."""
    return f"{Decimal(str(number)).quantize(Decimal(1), ROUND_HALF_UP)}"


def _score(score: float) -> Text:
    style = "bold green" if score >= 70 else "bold yellow" if score >= 50 else "bold"
    return Text(_rounded(score), style=style)


def matches(console: Console, items: list[Json], title: str) -> None:
    """The best matches with their reasons."""
    console.print(title, style="italic", highlight=False)
    for item in items:
        console.rule(style="dim")
        table = Table.grid(expand=True, padding=(0, 1))
        table.add_column(justify="right", width=5)
        table.add_column(ratio=5, overflow="fold")
        table.add_column(ratio=6)
        posting = item["posting"]
        head = Text.assemble(
            (posting["title"], "bold"),
            f"\n{posting['company'] or 'unknown company'}\n{place_text(posting)}\n",
            (pay_text(posting["pay"]), "cyan" if posting["pay"] else "dim"),
        )
        if posting["sample"]:
            head.append("\nsample posting", style="dim italic")
        why = Text()
        for part in item["parts"]:
            style = "bold" if part["known"] else "dim"
            why.append(f"{part['name']} {_rounded(part['points'])}/{_rounded(part['possible'])}  ", style=style)
        why.append("\nhas    ", style="green").append(_names(item["matched_skills"]))
        why.append("\nlacks  ", style="red").append(_names(item["missing_skills"]))
        for part in item["parts"]:
            if part["known"] and part["name"] != "skills":
                why.append(f"\n{part['reason']}")
        table.add_row(_score(item["score"]), head, why)
        console.print(table)
        _link(console, posting["url"], indent=6)


def _link(console: Console, url: str, *, indent: int) -> None:
    """An address on a line of its own, whole however narrow the terminal is: so it can be followed and copied."""
    console.print(Text.assemble(" " * indent, (url, f"dim link {url}")), soft_wrap=True)


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


_COUNTS = ("seen", "new", "changed", "unchanged", "duplicate", "refused", "gone")
_NOTHING = "nothing"
_DETAIL = 2


def _moment(text: str) -> str:
    """A moment of the API's in local time."""
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"


def _status(item: Json) -> Text:
    return Text(item["status"], style=_STATUS_STYLES.get(item["status"], "red"))


def _told(counts: Json) -> str:
    """The counts of a collection that are not zero, in words."""
    return ", ".join(f"{counts[name]:,} {name}" for name in _COUNTS if counts[name]) or _NOTHING


def _detail(console: Console, text: str) -> None:
    """A line below a row, which may be longer than any column."""
    if "://" in text:
        console.print(Text(" " * _DETAIL + text, style="dim"), soft_wrap=True)
    else:
        for line in Text(text, style="dim").wrap(console, console.width - _DETAIL) if text else ():
            console.print(Text(" " * _DETAIL).append(line))


def secrets_missing(item: Json) -> list[str]:
    """The names of the secrets that a source takes and does not have."""
    return [name for name in item["secrets"] if name not in item["secrets_set"]]


def _why(item: Json) -> str:
    """Why a source is not well, what it waits for, and until when it is left alone."""
    reason = item["reason"] or ""
    if item.get("terms") == "key" and item["on"] and secrets_missing(item):
        reason = f"needs a key: jobtracker secret {item['id']}"
    until = item["retry_at"]
    if until is None or datetime.fromisoformat(until) <= datetime.now(UTC):
        return reason
    # The time goes first: whoever asked for a collection reads that there was none.
    return ": ".join(filter(None, [f"not asked again before {_moment(until)}", reason]))


def sources(
    console: Console, items: list[Json], title: str = "Sources, and what the last collection of each saw"
) -> None:
    """Every source, how it fares and why, and the ledger of its last collection."""
    console.print(title, style="italic")
    width = max((len(item["id"]) for item in items), default=0)
    for item in items:
        row = Text.assemble(
            (f"{item['id']:{width}}  ", "bold"),
            _status(item),
            " " * (len("suspicious") - len(item["status"])),
            f"  {item['postings']:>7,}",
            (f"  {_moment(item['last_run_at'])}" if item["last_run_at"] else "", "dim"),
        )
        console.print(row, soft_wrap=True)
        _detail(console, item["name"] if item["id"].startswith("own:") else "")
        saw = _told(item["counts"]) if item["counts"] else ""
        # A source that could not be read saw nothing, as its reason says.
        _detail(console, "" if saw == _NOTHING and _why(item) else saw)
        _detail(console, _why(item))
        _detail(console, "it is being collected; the rest comes in the background" if item["running"] else "")


def source(console: Console, detail: Json) -> None:
    """One source: its terms, its limits, and its last collections."""
    item, limits = detail["source"], detail["limits"]
    console.print(Text.assemble((item["name"], "bold"), f"  {item['homepage']}"), soft_wrap=True)
    _state(console, item)
    bounds = [f"a request every {limits['between_s']:g} s at most"]
    for period, words in (("per_hour", "an hour"), ("per_day", "a day")):
        if limits[period]:
            bounds.append(f"{counted(limits[period], 'request')} {words}")
    console.print(f"{item['conditions']}\nCredit: {item['attribution']}\nLimits: {', '.join(bounds)}", highlight=False)
    ledgers(console, detail["ledgers"])


def own_source(console: Console, item: Json, collections: list[Json]) -> None:
    """A source of one's own: what it reads, and its last collections."""
    config = item["config"]
    reads = config.get("url") or f"{config['system']}: {config['token']}"
    console.print(Text.assemble((item["name"], "bold"), f"  {config['kind']} · {reads}"), soft_wrap=True)
    _state(console, item)
    ledgers(console, collections)


def _state(console: Console, item: Json) -> None:
    console.print(Text.assemble(_status(item), f"  {_why(item)}"))


def ledgers(console: Console, items: list[Json]) -> None:
    """The collections of a source that ended, with examples of what they had to refuse."""
    console.print("Collections" if items else "Not collected yet.", style="italic")
    for ledger in items:
        began, status = _moment(ledger["started_at"]), _status(ledger)
        asked = counted(ledger["requests"], "request")
        console.print(Text.assemble(f"{began}  ", status, f"  {_told(ledger['counts'])}  ", (asked, "dim")))
        for why in filter(None, [ledger["reason"], *ledger["refusals"]]):
            _detail(console, why)


def companies(console: Console, items: list[Json], total: int) -> None:
    """Companies whose board is known."""
    if not items:
        console.print(
            f"None of {total:,} companies whose board is known. Try its web address, or a shorter part of its name; "
            "the page finds boards of others, under Sources, Companies."
        )
        return
    table = Table(title=f"Of {total:,} companies whose board is known", title_justify="left")
    # An id is there to be copied: it stays whole.
    table.add_column("Source", no_wrap=True)
    for name in ("Company", "Board on", "Web", "Collected"):
        table.add_column(name, overflow="fold")
    for item in items:
        collected = "for everybody" if item["on"] else "–"
        table.add_row(item["source_id"], item["name"], item["system"], ", ".join(item["domains"]), collected)
    console.print(table)


def found(console: Console, page: Json, place: str | None, *, own: bool) -> None:
    """What a search found, how it was understood, and what it looked at; with ``own`` there is more that it did not."""
    if place is not None:
        read, slip = page["place"], page["place_correction"]
        known = read and _in_full(read)
        instead = f" instead of “{slip['typed']}”" if slip else ""
        console.print(f"Near {known}{instead}" if read else f"No place is called “{place}”: nothing is near it.")
    for one in page["corrections"]:
        beside = "instead of" if page["approximate"] else "besides"
        console.print(f"Searched for “{one['searched']}” {beside} “{one['typed']}”.")
    if page["approximate"] and not page["corrections"]:
        console.print("No posting has these very words; these have words like them.")
    postings(console, page["items"], page["total"])
    facets(console, page)
    seen = page["coverage"]
    left = {words: seen[name] for name, words in _LEFT_OUT.items() if seen[name]}
    told = ", ".join(f"{count:,} {words}" for words, count in left.items())
    console.print(f"{seen['seen']:,} seen" + (f": {told}" if told else ""), style="dim", highlight=False)
    if own:
        console.print(
            "What everybody’s sources bring is searched. Not among it: the postings that only you have; they are on "
            "the page, under Add.",
            style="dim",
            highlight=False,
        )


def facets(console: Console, page: Json) -> None:
    """How many of what was found have which value, of those that most have."""
    names = {"skill": page["skills"], "source": page["sources"]}
    for facet, label in _FACETS.items():
        most = sorted(page["facets"][facet].items(), key=lambda pair: -pair[1])[:NAMES_SHOWN]
        if len(most) > 1:
            told = ", ".join(f"{names.get(facet, {}).get(value, value)} {count:,}" for value, count in most)
            console.print(f"{label:11} {told}", style="dim", highlight=False)


def postings(console: Console, items: Iterable[Json], total: int) -> None:
    """Postings found by a search."""
    console.print(counted(total, "posting"), style="italic", highlight=False)
    for item in items:
        console.print(Text.assemble((item["title"], "bold"), f"  {item['company'] or 'unknown company'}"))
        facts = [place_text(item), _away(item.get("distance_km")), pay_text(item["pay"]) if item["pay"] else None]
        _detail(console, "  ·  ".join(filter(None, facts)))
        _link(console, item["url"], indent=_DETAIL)


def _away(km: float | None) -> str | None:
    if km is None:
        return None
    return f"{_rounded(km)} km away" if km >= 1 else "less than 1 km away"
