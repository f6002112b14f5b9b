"""Collecting postings: how many a core reads in a second, and what the time goes into.

``python -m benchmarks.collection [--rounds N] [--json]``. The bundled sample feed is collected over HTTP from a host on
this machine, by the same path as any source; nothing is stored, but the content hash that decides on a write is made.
What is remembered of earlier titles, places and pay is forgotten before each round. Seconds are the processor's, of the
collecting thread. With $JOBTRACKER_DATA set, real answers in its folder ``sources`` are read too, each many times over.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ParamSpec, TypeVar
from unittest.mock import patch

import feedparser

from benchmarks.report import Value, show
from jobtracker.postings import normalise
from jobtracker.postings.model import Posting
from jobtracker.postings.pay import read_pay
from jobtracker.postings.places import read_place
from jobtracker.postings.store import Written
from jobtracker.skills.extraction import extract
from jobtracker.sources import feed, greenhouse, remoteok, sample, source
from jobtracker.sources.client import Limits, PoliteClient, Response
from jobtracker.sources.collect import collect
from jobtracker.sources.feed import Feed
from jobtracker.sources.greenhouse import Greenhouse
from jobtracker.sources.model import SourceState, SourceStatus
from jobtracker.sources.remoteok import RemoteOk
from jobtracker.sources.source import Source

RECORDS = 400
NO_DUPLICATE_STEP = "collection compares no posting with those of other sources; one source's own are kept by their id"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class _Round:
    """One collection: what it read, and the seconds of each step."""

    postings: int = 0
    rejected: int = 0
    seconds: float = 0.0
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


class _ServedSample(sample.Sample):
    """The sample source, asked for over HTTP."""

    address = ""

    def fetch(self, client: PoliteClient, state: SourceState) -> Response:
        return client.get(self.address, etag=state.etag, last_modified=state.last_modified)


def _collect(one: Source) -> _Round:
    for remembered in (normalise.clean_title, read_pay, read_place):
        remembered.cache_clear()
    this = _Round()
    client = PoliteClient("benchmark", limits=Limits(between_s=0.0))

    def put(posting: Posting) -> Written:
        this.timed("hash", lambda: posting.content_hash)()
        return Written.NEW

    with ExitStack() as stack:
        stack.enter_context(patch.object(client, "get", this.timed("fetch", client.get)))
        stack.enter_context(patch("jobtracker.sources.source.extract", this.timed("skills", extract)))
        stack.enter_context(patch.object(normalise, "clean_html", this.timed("html", normalise.clean_html)))
        stack.enter_context(patch("feedparser.parse", this.timed("parse", feedparser.parse)))
        for adapter in (sample, remoteok, greenhouse):
            stack.enter_context(patch.object(adapter, "read_json", this.timed("parse", source.read_json)))
        for adapter in (sample, remoteok, greenhouse, feed):
            stack.enter_context(patch.object(adapter, "to_posting", this.timed("normalise", source.to_posting)))
        started = time.thread_time()
        ledger, _ = collect(one, SourceState(source_id=one.id), client, put)
        this.seconds = time.thread_time() - started
    client.close()
    if ledger.status is not SourceStatus.OK:
        raise RuntimeError(f"{one.id}: {ledger.reason}")
    this.postings, this.rejected = ledger.seen, ledger.rejected
    return this


def _rounds(one: Source, count: int) -> list[_Round]:
    _collect(one)
    return [_collect(one) for _ in range(count)]


def _per_second(rounds: list[_Round]) -> float:
    return statistics.median(one.postings / one.seconds for one in rounds)


def _on_samples(count: int) -> dict[str, Value]:
    served = _ServedSample()
    body = sample.Sample().fetch(PoliteClient("benchmark"), SourceState(source_id="sample")).body or b""
    with _host(body) as address:
        _ServedSample.address = address
        rounds = _rounds(served, count)
    shares = {
        f"{step}_share": round(statistics.median(one.steps.get(step, 0.0) / one.seconds for one in rounds), 3)
        for step in ("fetch", "parse", "normalise", "hash", "html", "skills")
    }
    return {
        "postings": rounds[0].postings,
        "postings_per_s": round(_per_second(rounds)),
        **shares,
        "duplicate_share": None,
        "duplicate_reason": NO_DUPLICATE_STEP,
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
            known: dict[str, Source] = {
                "remoteok": RemoteOk(url=address),
                "greenhouse": Greenhouse("real", "Real", base=address),
                "feed": Feed("feed", "Feed", address, address, "Source: feed"),
            }
            rounds = _rounds(known[name], count)
        records = body.count(b"<item>") if name == "feed" else RECORDS
        rate = statistics.median(records / one.seconds for one in rounds)
        figures[f"real_{name}_per_s"] = round(rate)
        figures[f"real_{name}_rejected"] = rounds[0].rejected
    return figures


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
