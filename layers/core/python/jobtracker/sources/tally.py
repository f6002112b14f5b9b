"""What a collection counts. Where a page is read again, what it refused before is not refused once more."""

from typing import Final

from jobtracker.postings.store import Written
from jobtracker.sources.model import Run

REASONS_KEPT: Final = 5


class Tally:
    """The counts of one collection, over all its parts.

    Attributes:
        counts: what became of the records.
        refusals: examples of why some were refused.
        unread: refused records of which not even the id is known.
        again: refusals of the page under way that come again when it is read again.
    """

    def __init__(self, run: Run) -> None:
        self.counts = run.counts.model_copy()
        self.refusals = list(run.refusals)
        self.unread = run.unread
        self.again = run.again
        self._told = 0

    def begin_page(self, *, resumed: bool) -> None:
        """A page begins; ``resumed`` says that some of it was read before."""
        if not resumed:
            self.again = 0
        self._told = self.again

    def refuse(self, reason: str, *, unread: bool = False, again: bool = True) -> bool:
        """Count a record that could not be read; whether it was not counted before.

        Args:
            reason: why.
            unread: not even its id is known.
            again: it comes again where the page does; what is known as seen does not.
        """
        if again and self._told > 0:
            self._told -= 1
            return False
        self.again += again
        self.unread += unread
        self.counts.refused += 1
        if reason not in self.refusals and len(self.refusals) < REASONS_KEPT:
            self.refusals.append(reason)
        return True

    def wrote(self, written: Written) -> None:
        """Count what a write did."""
        setattr(self.counts, written.value, getattr(self.counts, written.value) + 1)
