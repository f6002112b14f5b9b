"""Reading with a language model as a product does it: asked once, paid from a budget, and never waited for in vain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from jobtracker.llm import prices
from jobtracker.llm.client import Answer, Claude, text_bytes
from jobtracker.llm.model import (
    Budget,
    Call,
    LlmError,
    LlmNotAllowedError,
    LlmPausedError,
    LlmUnavailableError,
    Outcome,
    Reading,
    Usage,
)
from jobtracker.llm.store import Answers, Breaker, Seen, question


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents for one person, if that person lets it.

    What was asked before is answered from memory. Otherwise the most that the call can cost is put aside before it is
    made, and what it did cost is settled after it. A service that fails again and again is not asked for a while.

    Args:
        claude: who reads.
        allowed: whether the person lets texts be sent to a language model. Without it nothing leaves.
        purpose: what for, in words for the person's receipts.
        budget: whose money it is paid with.
        answers: what that person asked before.
        breaker: how the service fares, for everybody.
        now: the time, in UTC.
    """

    claude: Claude
    allowed: bool
    purpose: str
    budget: Budget
    answers: Answers
    breaker: Breaker
    now: Callable[[], datetime] = _now

    def read(
        self, form: type[Answer], instructions: str, document: str, *, title: str = "document", max_tokens: int = 2_000
    ) -> Reading[Answer]:
        """As ``Claude.read``; an answer from memory took no tokens.

        Raises:
            LlmNotAskedError: the model was not asked: it is not allowed, there is no money, or it does not answer.
            LlmError: as ``Claude.read``.
        """
        if not self.allowed:
            raise LlmNotAllowedError("a language model was not asked: you have not allowed that pages are sent to one")
        model = self.claude.model
        asked = question(
            self.claude.provider, model, form.model_json_schema(), instructions, title, document, max_tokens
        )
        kept = self.answers.get(asked, self.now())
        if kept is not None:
            return Reading(form.model_validate_json(kept), Usage(model, 0, 0))
        price = prices.of(model)
        most = prices.most(model, text_bytes(form, instructions, document, title), max_tokens)
        seen = self.breaker.look(self.now())
        # Whoever tries the service for all tries once: more tries of what is dead help nobody.
        retries = 0 if seen.trying else self.claude.retries
        reservation = self.budget.reserve(price.of(most) * (1 + retries), self.now())
        try:
            seen = self.breaker.begin(seen, self.now())
        except LlmPausedError:
            self.budget.release(reservation)
            raise

        def settle(outcome: Outcome, usage: Usage | None, unanswered: int) -> None:
            # A try that was perhaps answered in vain counts as the most that it can have cost.
            spent = (price.of(usage) if usage else 0) + unanswered * price.of(most)
            call = Call(self.purpose, outcome, usage or Usage(model, 0, 0), spent)
            self.budget.settle(reservation, call)

        read = partial(self.claude.read, form, instructions, document, title=title, max_tokens=max_tokens)
        try:
            reading = read(retries=retries)
        except LlmError as error:
            settle(error.outcome, error.usage, error.unanswered)
            self._judge(seen, error)
            raise
        # Both, whatever becomes of the other: what is paid for is not to be paid for again.
        try:
            settle(Outcome.ANSWERED, reading.usage, reading.unanswered)
        finally:
            self.answers.put(asked, reading.value.model_dump_json(), self.now())
        self.breaker.answered(seen)
        return reading

    def _judge(self, seen: Seen, error: LlmError) -> None:
        """Have the breaker know what an error says about the service."""
        if isinstance(error, LlmUnavailableError) and not error.ours:
            self.breaker.failed(seen, self.now(), error.retry_after_s)
        else:
            self.breaker.answered(seen)
