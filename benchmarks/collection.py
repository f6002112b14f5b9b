"""Collecting postings: how many a core reads in a second, and what the time goes into.

``python -m benchmarks.collection [--rounds N] [--json]``. The bundled sample feed is collected over HTTP from a host on
this machine, by the same path as any source, and its postings are then compared with one another as the index does it:
from raw answer to normalised, deduplicated record. Nothing is stored, but the content hash that decides on a write is
made. What is remembered of earlier titles, places, companies and pay is forgotten before each round. Seconds are the
processor's, of the collecting thread. With $JOBTRACKER_DATA set, real answers in its folder ``sources`` are read too,
each many times over, and not compared: copies of a few postings are all alike.
"""

import argparse
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ParamSpec, TypeVar
from unittest.mock import patch
from urllib.parse import urlsplit

import feedparser
import numpy as np

from benchmarks.report import Value, show
from jobtracker.postings import companies, employment, levels, normalise, pay_text, place_parts, places, titles
from jobtracker.postings.duplicates import Keys, candidates, judge, traits_of
from jobtracker.postings.fingerprint import fingerprints
from jobtracker.postings.model import ClosedReason, Posting
from jobtracker.postings.store import Written
from jobtracker.skills.extraction import extract
from jobtracker.sources import normalising
from jobtracker.sources.boards import remoteok, sample
from jobtracker.sources.boards.remoteok import RemoteOk
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.collect import Around, collect
from jobtracker.sources.companies import greenhouse
from jobtracker.sources.companies.greenhouse import Greenhouse
from jobtracker.sources.feed import Feed
from jobtracker.sources.guard import Guard
from jobtracker.sources.model import Listing, Politeness, SourceKind, SourceState, SourceStatus
from jobtracker.sources.pace import MemoryPace
from jobtracker.sources.seen import Sightings
from jobtracker.sources.source import Page, Source, Visit, each, read_json, read_list

RECORDS = 400
AT_ONCE = Politeness(between_s=0.0, robots=False)
P = ParamSpec("P")
T = TypeVar("T")
REMEMBERED = (
    vars(place_parts)["_parts"],
    titles.clean_title,
    titles.read_role,
    titles.place_in_title,
    levels.level_in_title,
    companies.clean_company,
    companies.company_key,
    employment.read_employment_type,
    pay_text.read_pay,
    places.read_place,
    places.read_places,
    places.read_remote_area,
    places.is_place,
)


@dataclass
class _Round:
    """One collection: what it read, and the seconds of each step. It keeps what a table and a bucket would."""

    seconds: float = 0.0
    refused: int = 0
    duplicates: int = 0
    postings: list[Posting] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)

    def timed(self, step: str, call: Callable[P, T]) -> Callable[P, T]:
        """``call``, with its seconds added to ``step``."""

        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            started = time.thread_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.steps[step] = self.steps.get(step, 0.0) + time.thread_time() - started

        return run

    def put(self, posting: Posting) -> Written:
        """Keep the posting."""
        self.postings.append(posting)
        return Written.NEW

    def close(self, posting_id: str, reason: ClosedReason, at: datetime) -> bool:
        """Nothing is closed."""
        return False

    def load(self) -> Sightings:
        """Nothing was seen before."""
        return {}

    def save(self, sightings: Sightings) -> None:
        """Nothing is remembered."""

    def load_parts(self, run_id: str, parts: int) -> Sightings:
        """It is collected in one."""
        return {}

    def load_left(self, run_id: str, parts: int) -> Sightings:
        """It is collected in one."""
        return {}

    def save_part(self, run_id: str, part: int, sightings: Sightings) -> None:
        """It is collected in one."""

    def forget_parts(self, run_id: str, parts: int) -> None:
        """It is collected in one."""


@contextmanager
def _host(body: bytes) -> Iterator[str]:
    """A host that answers every request with ``body``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True, slots=True)
class _ServedSample:
    """The sample source, asked for over HTTP."""

    url: str
    listing: Listing = sample.LISTING

    def fetch(self, visit: Visit) -> Page:
        """The feed's jobs."""
        body = visit.client.get(self.url).body or b""
        return Page(each(vars(sample)["read_list"](body, "jobs"), lambda record: sample.draft(record, visit.now)))


def _collect(one: Source, address: str, *, compared: bool) -> _Round:
    for remembered in REMEMBERED:
        remembered.cache_clear()
    this = _Round()
    client = PoliteClient("benchmark", pace=MemoryPace(), guard=Guard(frozenset({urlsplit(address).netloc})))
    with ExitStack() as stack:
        stack.enter_context(patch.object(PoliteClient, "get", this.timed("fetch", PoliteClient.get)))
        stack.enter_context(patch.object(normalising, "extract", this.timed("skills", extract)))
        stack.enter_context(patch.object(normalise, "clean_html", this.timed("html", normalise.clean_html)))
        stack.enter_context(patch.object(normalising, "read", this.timed("normalise", normalising.read)))
        stack.enter_context(patch("feedparser.parse", this.timed("parse", feedparser.parse)))
        stack.enter_context(patch.object(remoteok, "read_json", this.timed("parse", read_json)))
        for adapter in (sample, greenhouse):
            stack.enter_context(patch.object(adapter, "read_list", this.timed("parse", read_list)))
        started = time.thread_time()
        outcome = collect(one, SourceState(source_id=one.listing.id), Around(client, this, this))
        if compared:
            this.duplicates = this.timed("duplicate", _duplicates)(this.postings)
        this.seconds = time.thread_time() - started
    client.close()
    ledger = outcome.ledger
    if ledger is None or ledger.status is not SourceStatus.OK:
        raise RuntimeError(f"{one.listing.id}: {ledger and ledger.reason}")
    this.refused = ledger.counts.refused
    return this


def _duplicates(postings: Sequence[Posting]) -> int:
    """How many pairs of the postings are one job, found and judged as the index does it."""
    texts = [posting.description_text for posting in postings]
    prints = fingerprints(texts)
    traits = [
        traits_of(posting, row.tobytes(), len(text)) for posting, row, text in zip(postings, prints, texts, strict=True)
    ]
    low, high = candidates(Keys.of(traits), np.arange(len(traits)))
    pairs = zip(low.tolist(), high.tolist(), strict=True)
    return sum(judge(traits[one], traits[other]).same for one, other in pairs)


def _rounds(one: Source, address: str, count: int, *, compared: bool) -> list[_Round]:
    _collect(one, address, compared=compared)
    return [_collect(one, address, compared=compared) for _ in range(count)]


def _on_samples(count: int) -> dict[str, Value]:
    body = gzip.decompress(sample.packed_feed())
    with _host(body) as address:
        rounds = _rounds(_AtOnce(_ServedSample(address)), address, count, compared=True)
    shares = {
        f"{step}_share": round(statistics.median(one.steps.get(step, 0.0) / one.seconds for one in rounds), 3)
        for step in ("fetch", "parse", "normalise", "html", "skills", "duplicate")
    }
    return {
        "postings": len(rounds[0].postings),
        "postings_per_s": round(statistics.median(len(one.postings) / one.seconds for one in rounds)),
        **shares,
        "duplicate_pairs": rounds[0].duplicates,
    }


def _many(body: bytes) -> bytes:
    """A real answer's records again and again under ids of their own, so that there are enough to measure."""
    answer = json.loads(body)
    records = answer["jobs"] if isinstance(answer, dict) else [one for one in answer if "legal" not in one]
    more = [records[number % len(records)] | {"id": f"{number}"} for number in range(RECORDS)]
    return json.dumps({"jobs": more} if isinstance(answer, dict) else more).encode()


def _many_items(body: bytes) -> bytes:
    """The same for a feed: its items again and again."""
    first, last = body.index(b"<item>"), body.rindex(b"</item>") + len(b"</item>")
    items = body[first:last]
    return body[:first] + items * (RECORDS // items.count(b"<item>")) + body[last:]


def _on_real_answers(folder: Path, count: int) -> dict[str, Value]:
    """Each recorded answer's rate; a feed's items repeat their ids, so its rate counts records, not postings."""
    figures: dict[str, Value] = {}
    for name, path in (
        ("remoteok", folder / "remoteok" / "remoteok_recorded.json"),
        ("greenhouse", folder / "greenhouse" / "greenhouse_recorded.json"),
        ("feed", folder / "nodesk" / "nodesk_recorded.xml"),
    ):
        body = _many_items(path.read_bytes()) if path.suffix == ".xml" else _many(path.read_bytes())
        with _host(body) as address:
            rounds = _rounds(_real(name, address), address, count, compared=False)
        records = body.count(b"<item>") if name == "feed" else RECORDS
        figures[f"real_{name}_per_s"] = round(statistics.median(records / one.seconds for one in rounds))
        figures[f"real_{name}_refused"] = rounds[0].refused
    return figures


@dataclass(frozen=True, slots=True)
class _AtOnce:
    """A source without its waits."""

    source: Source

    @property
    def listing(self) -> Listing:
        """What it is, in no hurry of its own."""
        return self.source.listing.model_copy(update={"politeness": AT_ONCE})

    def fetch(self, visit: Visit) -> Page:
        """As the source."""
        return self.source.fetch(visit)


def _real(name: str, address: str) -> Source:
    if name == "remoteok":
        return _AtOnce(replace(RemoteOk(), url=address))
    if name == "greenhouse":
        return _AtOnce(Greenhouse(greenhouse.LISTING, "real", "Real", base=address))
    listing = Listing(
        id="feed",
        kind=SourceKind.BOARD,
        name="Feed",
        homepage=address,
        host=address,
        attribution="Source: feed",
        conditions="None.",
    )
    return _AtOnce(Feed(listing, address))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = _on_samples(arguments.rounds)
    data = os.environ.get("JOBTRACKER_DATA")
    if data:
        figures |= _on_real_answers(Path(data) / "sources", arguments.rounds)
    else:
        figures["real_reason"] = "JOBTRACKER_DATA is not set"
    show("Collection", figures, as_json=arguments.json)


if __name__ == "__main__":
    main()
