"""One source's collections, one after another: real HTTP to a host on this machine, and a time that moves when told."""

from datetime import datetime, timedelta

from jobtracker.sources.client import Limits
from jobtracker.sources.collect import Around, collect
from jobtracker.sources.model import Collection, SourceState
from jobtracker.sources.outcome import Outcome
from jobtracker.sources.source import Source
from tests.fakes.job_board import JobBoard
from tests.fakes.polite import NOON, FakeTime, polite_client
from tests.fakes.shelves import MemoryMemory, MemoryShelf

DAY = timedelta(days=1)


class Bench:
    """One source's collections, one after another, a day apart."""

    def __init__(self, board: JobBoard) -> None:
        self.time = FakeTime(NOON)
        self.client = polite_client(board, time=self.time, limits=Limits(answer_s=0.8, tries=1))
        self.shelf = MemoryShelf()
        self.memory = MemoryMemory()
        self.state: SourceState | None = None

    def outcome(
        self, source: Source, *, deadline: datetime | None = None, most: int | None = None, recorded: bool = True
    ) -> Outcome:
        """Collect ``source`` until it ends or has to wait; what is not ``recorded`` leaves the state as it was."""
        state = self.state or SourceState(source_id=source.listing.id)
        around = Around(self.client, self.shelf, self.memory, clock=self.time.clock, deadline=deadline, most=most)
        outcome = collect(source, state, around)
        if recorded:
            self.state = outcome.state
            if outcome.ledger is not None and state.run is not None:
                self.memory.forget_parts(state.run.id, state.run.parts)
        return outcome

    def run(self, source: Source, *, after: timedelta = DAY) -> tuple[Collection, SourceState]:
        """Collect ``source`` to its end, and let time pass."""
        outcome = self.outcome(source)
        assert outcome.ledger is not None
        self.time.now += after
        return outcome.ledger, outcome.state
