"""One collection: fetch page by page, read, write what changed, close what is gone, and keep an honest ledger.

A collection that may not ask its host now, or whose time is up, stops where it stands and goes on later.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from jobtracker.postings.items import UnfitError
from jobtracker.postings.model import ClosedReason, Posting, posting_id
from jobtracker.postings.store import Written
from jobtracker.sources import breaker, normalising
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.model import (
    UNCONDITIONAL,
    BreakerState,
    PostponedError,
    Run,
    SourceError,
    SourceState,
    SourceStatus,
)
from jobtracker.sources.outcome import Outcome, collection_id, ledger_of, not_asked
from jobtracker.sources.seen import HASH_DIGITS, Memory, Sighting, Sightings, given_up, still_open
from jobtracker.sources.source import Closed, Draft, Record, Rejection, Seen, Source, Visit
from jobtracker.sources.tally import Tally

MOSTLY_REFUSED: Final = 0.5
# Fewer than this share of so many postings is as doubtful as none.
FEW: Final = 0.2
FEW_OF: Final = 10
# Where so many details are asked for and more than this share of them are gone, it is the host that has lost them.
MOSTLY_GONE: Final = 0.8
GONE_OF: Final = 3
# After so long unseen a posting of a list that is never whole is over; after so long a doubtful answer is believed.
UNSEEN: Final = timedelta(days=45)
# Records that could not be read at all may be those that are missing: they have so long to be seen again.
DOUBT: Final = timedelta(days=7)
DETAILS_KEPT: Final = timedelta(days=7)
LONGEST_RUN: Final = timedelta(days=2)
_TOUCHED: Final = timedelta(days=1)


class Shelf(Protocol):
    """Where a source's postings are kept."""

    def put(self, posting: Posting) -> Written:
        """Write one posting and say what that did. Raises UnfitError where it cannot be kept at all."""

    def close(self, posting_id: str, reason: ClosedReason, at: datetime) -> bool:
        """Whether this closed a posting."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a collection works with.

    Attributes:
        client: asks the hosts.
        shelf: keeps the postings.
        memory: keeps what was seen.
        secrets: the source's secrets by name.
        owner_id: the person whose own source it is.
        most: how many postings of one collection are kept; None is all.
        clock: the time in UTC.
        deadline: after this moment nothing new is begun; None is never.
    """

    client: PoliteClient
    shelf: Shelf
    memory: Memory
    secrets: Mapping[str, str] = field(default_factory=dict)
    owner_id: str | None = None
    most: int | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    deadline: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return self.deadline is not None and self.clock() >= self.deadline


def collect(source: Source, state: SourceState, around: Around) -> Outcome:
    """Collect one source, or go on with the collection under way.

    What the source does wrong is in the ledger and in the state, never raised. An empty answer after a non-empty
    history is suspicious and changes nothing; neither does a failure close any posting.

    The parts of what a run saw stay in the memory: whoever records the outcome forgets them after that, as the same
    message may come again until then.
    """
    now = around.clock()
    # Half open it is this very collection that tries.
    shut = state.breaker.state is BreakerState.OPEN and not breaker.may_ask(state.breaker, now)
    if state.run is None and shut and state.breaker.open_until is not None:
        return not_asked(source, state, now, state.breaker.open_until)
    fresh = Run(id=collection_id(now), started_at=now, resume_at=now, cursor=None)
    run = state.run or fresh
    earlier = around.memory.load_parts(run.id, run.parts)
    if earlier is None:
        # What its missing part saw would be taken for gone.
        around.memory.save(given_up(around.memory, run.id, run.parts))
        run, earlier = fresh, {}
    return _Collecting(source, state, run, earlier, around).go()


class _Collecting:
    """The collection of one source, in one invocation."""

    def __init__(self, source: Source, state: SourceState, run: Run, earlier: Sightings, around: Around) -> None:
        self._source, self._state, self._run, self._around = source, state, run, around
        self._listing = source.listing
        self._client = around.client.polite(self._listing.politeness)
        self._tally, self._capped = Tally(run), run.capped
        self._counts = self._tally.counts
        self._before = around.memory.load()
        self._earlier = earlier
        self._found: Sightings = {}
        self._cursor, self._partial = run.cursor, run.partial
        self._validators = run.validators
        self._seen_at = int(run.started_at.timestamp())

    def go(self) -> Outcome:
        """Read pages until the last one, or until it has to wait."""
        if self._around.clock() - self._run.started_at > LONGEST_RUN:
            return self._end(SourceStatus.FAILING, "it did not come to an end within two days")
        try:
            unchanged = self._pages()
        except PostponedError as postponed:
            return self._pause(postponed.until)
        except SourceError as error:
            return self._end(error.status, error.reason, retry_at=error.retry_at)
        if unchanged is None:
            return self._pause(self._around.clock())
        if unchanged:
            return self._unchanged()
        return self._judge()

    def _pages(self) -> bool | None:
        """Read page after page. Whether the host said that nothing changed; None where the time is up before."""
        while True:
            page = self._source.fetch(self._visit())
            if page.unchanged:
                return True
            if self._cursor is None:
                self._validators = page.validators
            self._capped = self._capped or page.partial
            if not self._read_all(page.records):
                return None
            if page.next is None or self._enough:
                return False
            if page.next == self._cursor:
                raise SourceError(SourceStatus.FAILING, "its pages lead in circles")
            self._cursor, self._partial = page.next, False
            if self._around.late:
                return None

    def _visit(self) -> Visit:
        # What was read in part must come whole again.
        asked_first = self._cursor is None and not self._partial
        return Visit(
            self._client,
            self._around.clock(),
            cursor=self._cursor,
            validators=self._state.validators if asked_first else UNCONDITIONAL,
            secrets=self._around.secrets,
            known=self._known,
        )

    def _read_all(self, records: Iterable[Record]) -> bool:
        """Take in a page's records. False where the time is up before the last of them."""
        resumed = set(self._earlier) if self._partial else set()
        self._tally.begin_page(resumed=self._partial)
        self._partial = True
        for record in records:
            # What was read when this page was left is passed over; stopping there again would lead nowhere.
            if isinstance(record, Rejection):
                if not self._tally.refuse(record.reason, unread=True):
                    continue
            elif (known_as := self._id(record.source_posting_id)) in resumed:
                continue
            else:
                self._take(record, known_as)
            if self._enough:
                self._capped = True
                break
            if self._around.late:
                return False
        return True

    @property
    def _enough(self) -> bool:
        return self._around.most is not None and self._counts.seen >= self._around.most

    def _take(self, record: Draft | Seen | Closed, known_as: str) -> None:
        if known_as in self._found or known_as in self._earlier:
            self._counts.duplicate += 1
        elif isinstance(record, Draft):
            self._read(record, known_as)
        elif isinstance(record, Closed):
            # Closed at the end only: where nearly all are said to be over, it is the answer that is not believed.
            self._found[known_as] = Sighting.closed(record.reason, self._seen_at)
        elif (before := self._before.get(known_as)) is not None:
            self._found[known_as] = replace(before, seen_at=self._seen_at)
            self._counts.seen += 1
            self._counts.unchanged += 1
        else:
            self._tally.refuse("its details were never read")

    def _read(self, draft: Draft, known_as: str) -> None:
        before = self._before.get(known_as)
        now = self._around.clock()
        posting = normalising.read(self._listing, draft, now, owner=self._around.owner_id)
        if isinstance(posting, Rejection):
            self._refuse(posting.reason, known_as, before)
            return
        content = posting.content_hash[:HASH_DIGITS]
        try:
            unchanged = before is not None and before.content == content
            self._tally.wrote(Written.UNCHANGED if unchanged else self._around.shelf.put(posting))
        except UnfitError as error:
            self._refuse(str(error), known_as, before)
            return
        self._counts.seen += 1
        expires = None if posting.expires_at is None else int(posting.expires_at.timestamp())
        self._found[known_as] = Sighting(content, self._seen_at, int(now.timestamp()), expires)

    def _refuse(self, reason: str, known_as: str, before: Sighting | None) -> None:
        self._tally.refuse(reason, again=before is None)
        if before is not None:
            # It is listed, so it is not gone.
            self._found[known_as] = replace(before, seen_at=self._seen_at)

    def _id(self, source_posting_id: str) -> str:
        owner, source = self._around.owner_id, self._listing.id
        return posting_id(source if owner is None else f"{owner}/{source}", source_posting_id)

    def _known(self, source_posting_id: str) -> bool:
        known_as = self._id(source_posting_id)
        if known_as in self._found or known_as in self._earlier:
            return True
        before = self._before.get(known_as)
        return before is not None and self._seen_at - before.read_at < DETAILS_KEPT.total_seconds()

    def _pause(self, until: datetime) -> Outcome:
        """Keep where it stands. A collection that has read nothing yet is left to the next one."""
        if self._cursor is None and not (self._found or self._earlier or self._counts.refused):
            return not_asked(self._source, self._state, self._around.clock(), until)
        parts = self._run.parts
        if self._found:
            self._around.memory.save_part(self._run.id, parts, self._found)
            parts += 1
        run = self._run.model_copy(
            update={
                "resume_at": until,
                "cursor": self._cursor,
                "partial": self._partial,
                "counts": self._counts,
                "refusals": tuple(self._tally.refusals),
                "unread": self._tally.unread,
                "again": self._tally.again,
                "capped": self._capped,
                "requests": self._requests,
                "validators": self._validators,
                "parts": parts,
            }
        )
        return Outcome(self._state.model_copy(update={"run": run}), continue_at=until)

    @property
    def _requests(self) -> int:
        return self._run.requests + self._client.requests

    def _unchanged(self) -> Outcome:
        """Everything that the last whole list had is listed still."""
        last = max((one.seen_at for one in self._before.values()), default=self._seen_at)
        if self._seen_at - last > _TOUCHED.total_seconds():
            seen = {
                key: replace(one, seen_at=self._seen_at) if one.seen_at == last else one
                for key, one in self._before.items()
            }
            self._around.memory.save(seen)
        self._validators = self._state.validators
        self._counts.seen = self._counts.unchanged = self._state.postings
        return self._end(SourceStatus.OK, None, postings=self._state.postings)

    def _judge(self) -> Outcome:
        """Whether the answer as a whole can be believed, and what follows from it."""
        seen, refused, before = self._counts.seen, self._counts.refused, self._state.postings
        if refused and refused >= MOSTLY_REFUSED * (seen + refused):
            return self._end(SourceStatus.FAILING, f"{refused} of {seen + refused} records could not be read")
        doubt = self._lost_details()
        if doubt is None and ((seen == 0 and before > 0) or (before >= FEW_OF and seen < FEW * before)):
            what = "no posting" if seen == 0 else f"only {seen} posting{'s' if seen > 1 else ''}"
            doubt = f"{what}, where there were {before} before"
        since = self._state.since if self._state.status is SourceStatus.SUSPICIOUS else None
        if doubt is not None and (since is None or self._around.clock() - since < UNSEEN):
            return self._end(SourceStatus.SUSPICIOUS, doubt)
        self._around.memory.save(self._settled())
        return self._end(SourceStatus.OK, None, postings=seen)

    def _lost_details(self) -> str | None:
        """Why the details are not believed that this collection asked for, None where they are."""
        # What was not asked for keeps the time at which it was read before.
        asked = {key: one for key, one in (self._earlier | self._found).items() if one.read_at >= self._seen_at}
        gone = [key for key, one in asked.items() if one.over is ClosedReason.GONE]
        if len(asked) < GONE_OF or len(gone) <= MOSTLY_GONE * len(asked) or self._before.keys().isdisjoint(gone):
            return None
        return f"the details of {len(gone)} of {len(asked)} listed postings are gone"

    def _settled(self) -> Sightings:
        """What is known after a list that can be believed. What is missing from it may be over, and is closed then."""
        found = self._earlier | self._found
        at = self._run.started_at
        kept: Sightings = {}
        for key, one in self._before.items():
            if key in found:
                continue
            reason = self._over(one)
            if reason is None:
                kept[key] = one
            else:
                self._counts.gone += self._around.shelf.close(key, reason, at)
        for key, one in found.items():
            if one.over is not None:
                self._counts.gone += self._around.shelf.close(key, one.over, at)
        return kept | still_open(found)

    def _over(self, one: Sighting) -> ClosedReason | None:
        """Why a posting that is missing is over, None where it may still be open."""
        unseen = self._seen_at - one.seen_at
        whole = self._listing.complete and not self._capped
        if whole and (self._tally.unread == 0 or unseen > DOUBT.total_seconds()):
            return ClosedReason.NOT_LISTED
        if one.expires_at is not None and one.expires_at < self._seen_at:
            return ClosedReason.EXPIRED
        return ClosedReason.UNSEEN if unseen > UNSEEN.total_seconds() else None

    def _end(
        self,
        status: SourceStatus,
        reason: str | None,
        *,
        postings: int | None = None,
        retry_at: datetime | None = None,
    ) -> Outcome:
        found = self._earlier | self._found
        if status is not SourceStatus.OK and found:
            # What was read is read, and is to be closed one day; what was not is no less open than before.
            self._around.memory.save(self._before | still_open(found))
        now, good, before = self._around.clock(), status is SourceStatus.OK, self._state
        due_at = self._run.started_at + timedelta(hours=self._listing.every_hours)
        ledger = ledger_of(self._source, self._run.started_at, now, status, reason)
        told = {"counts": self._counts, "refusals": tuple(self._tally.refusals), "requests": self._requests}
        state = SourceState(
            source_id=self._listing.id,
            definition=before.definition,
            keys=before.keys,
            status=status,
            reason=reason,
            since=before.since if status is before.status else now,
            postings=before.postings if postings is None else postings,
            # After anything else the next collection must see the whole answer again, not "unchanged".
            validators=self._validators if good else UNCONDITIONAL,
            breaker=breaker.after(before.breaker, status, self._listing.politeness, now, retry_at),
            counts=self._counts,
            requests=self._requests,
            last_run_at=now,
            last_ok_at=now if good else before.last_ok_at,
            due_at=due_at if retry_at is None else max(due_at, retry_at),
            left_until=retry_at,
        )
        return Outcome(state, ledger.model_copy(update=told))
