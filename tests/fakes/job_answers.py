"""What the sources answer, in our own writing and the shape of the real thing; and a way to read it through them."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jobtracker.postings.model import Posting
from jobtracker.sources import normalising
from jobtracker.sources.client import PoliteClient, Response
from jobtracker.sources.model import UNCONDITIONAL, Listing, Validators
from jobtracker.sources.source import Closed, Draft, Page, Record, Rejection, Seen, Source, Visit
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.polite import polite_client

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
FOLDER = Path(__file__).parents[1] / "unit" / "sources" / "fixtures"


def recorded(name: str) -> bytes:
    """The bytes of one answer; a source's own is named after it: remoteok.json, weworkremotely.xml, linkedin.html."""
    return (FOLDER / name).read_bytes()


class Detour:
    """Stands for the polite client of a source: what would go to the source's own host goes to a board on this machine.

    Attributes:
        asked: the addresses as the source wrote them.
    """

    def __init__(self, client: PoliteClient, board: JobBoard) -> None:
        self.asked: list[str] = []
        self._client = client
        self._board = board

    def get(self, url: str, **how: Any) -> Response:
        """Get what the board has in the address's place."""
        return self._client.get(self._here(url), **how)

    def post_json(self, url: str, body: Any, **how: Any) -> Response:
        """Post to the board in the address's place."""
        return self._client.post_json(self._here(url), body, **how)

    def _here(self, url: str) -> str:
        self.asked.append(url)
        parts = urlsplit(url)
        return self._board.url + parts.path + (f"?{parts.query}" if parts.query else "")


@contextmanager
def detour(board: JobBoard, listing: Listing) -> Iterator[Detour]:
    """The client of a source with this listing, with all of its requests led to ``board``."""
    client = polite_client(board)
    try:
        yield Detour(client.polite(listing.politeness), board)
    finally:
        client.close()


@dataclass
class Reading:
    """What came of reading a source: postings, reasons of rejections, those only seen, those over, and each page."""

    postings: list[Posting] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def add(self, listing: Listing, records: Iterable[Record]) -> None:
        """Normalise what a page has, as a collection does."""
        for record in records:
            if isinstance(record, Seen):
                self.seen.append(record.source_posting_id)
                continue
            if isinstance(record, Closed):
                self.closed[record.source_posting_id] = record.reason.value
                continue
            read = normalising.read(listing, record, NOW) if isinstance(record, Draft) else record
            if isinstance(read, Rejection):
                self.rejected.append(read.reason)
            else:
                self.postings.append(read)


def read_all(
    source: Source,
    board: JobBoard,
    *,
    secrets: Mapping[str, str] | None = None,
    known: Collection[str] = (),
    validators: Validators = UNCONDITIONAL,
    pages: int = 50,
) -> Reading:
    """Read a source to its last page, from ``board`` in place of its hosts."""
    reading = Reading()
    cursor: str | None = None
    with detour(board, source.listing) as client:
        for _ in range(pages):
            visit = Visit(
                client,  # type: ignore[arg-type]  # a stand-in
                NOW,
                cursor,
                validators,
                secrets=secrets or {},
                known=set(known).__contains__,
            )
            page = source.fetch(visit)
            reading.pages.append(page)
            reading.add(source.listing, page.records)
            reading.asked = client.asked
            if (cursor := page.next) is None:
                return reading
    raise AssertionError(f"the source has no end within {pages} pages")


class FixedAnswers:
    """Stands for the client where no host is needed: the same bodies in turn, whatever is asked."""

    def __init__(self, *bodies: bytes) -> None:
        self._bodies = itertools.cycle(bodies)

    def get(self, url: str, **_: Any) -> Response:
        """The next body."""
        return Response(url, next(self._bodies))

    def post_json(self, url: str, _: Any, **__: Any) -> Response:
        """The next body."""
        return Response(url, next(self._bodies))


def read_bodies(source: Source, *bodies: bytes, secrets: Mapping[str, str] | None = None) -> Reading:
    """Read a source's first page from these bodies, given in turn to whatever it asks for."""
    reading = Reading()
    page = source.fetch(Visit(FixedAnswers(*bodies), NOW, secrets=secrets or {}))  # type: ignore[arg-type]  # a stand-in
    reading.pages.append(page)
    reading.add(source.listing, page.records)
    return reading


def json_answer(name: str) -> Answer:
    """A recorded answer, as a host sends it."""
    return Answer(recorded(name), headers={"Content-Type": "application/json", "ETag": f'"{name}"'})
