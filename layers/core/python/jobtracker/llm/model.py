"""What is asked of a language model, what comes back, what it cost, and why nothing came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

# No function runs longer, so whatever is open after it belongs to a call that died.
LONGEST_CALL: Final = timedelta(minutes=15)
Value = TypeVar("Value")


class Provider(StrEnum):
    """Who answers: Anthropic's own API by key, or Amazon Bedrock by the function's role."""

    ANTHROPIC = "anthropic"
    BEDROCK = "bedrock"


class Outcome(StrEnum):
    """How a call ended. UNAVAILABLE is also a call whose answer never arrived: it may have been paid for."""

    ANSWERED = "answered"
    REFUSED = "refused"
    MALFORMED = "malformed"
    TRUNCATED = "truncated"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call took, in tokens. ``input_tokens`` are those that were neither written to the prompt cache nor read
    from it."""

    model: str
    input_tokens: int
    output_tokens: int
    cache_write_tokens: int = 0
    cache_read_tokens: int = 0

    @property
    def prompt_tokens(self) -> int:
        """All that went in."""
        return self.input_tokens + self.cache_write_tokens + self.cache_read_tokens


class LlmError(Exception):
    """No reading came of a call. Its text says why, as the end of a sentence for people, and never what was read.

    Attributes:
        usage: what the answer took, where there was one.
        unanswered: tries that the service may have answered, and charged for, without the answer arriving.
    """

    outcome = Outcome.UNAVAILABLE

    def __init__(self, reason: str, *, usage: Usage | None = None, unanswered: int = 0) -> None:
        super().__init__(reason)
        self.usage = usage
        self.unanswered = unanswered


class LlmUnavailableError(LlmError):
    """The service could not be reached, is overloaded or does not accept the key; asking later may help.

    Attributes:
        ours: whether the request was at fault, which says nothing about the service.
        retry_after_s: how long the service wants to be left alone, in seconds, where it said so.
    """

    def __init__(
        self, reason: str, *, unanswered: int = 0, ours: bool = False, retry_after_s: float | None = None
    ) -> None:
        super().__init__(reason, unanswered=unanswered)
        self.ours = ours
        self.retry_after_s = retry_after_s


class LlmRefusedError(LlmError):
    """The model declined to answer."""

    outcome = Outcome.REFUSED


class LlmMalformedError(LlmError):
    """The answer is not in the form that was asked for."""

    outcome = Outcome.MALFORMED


class LlmTruncatedError(LlmMalformedError):
    """The answer was longer than allowed and is cut off."""

    outcome = Outcome.TRUNCATED


class LlmNotAskedError(LlmError):
    """The model was not asked at all, so nothing was spent."""


class LlmNotAllowedError(LlmNotAskedError):
    """The person does not let anything be sent to a language model."""


class LlmBudgetError(LlmNotAskedError):
    """There is no money left for the call, or the person has asked too often."""


class LlmPausedError(LlmNotAskedError):
    """The service failed again and again a moment ago and is left alone."""


class LlmUnpricedError(LlmNotAskedError):
    """Nobody knows what the model costs."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """A checked answer. ``unanswered`` as in LlmError: tries before the one that brought it."""

    value: Value
    usage: Usage
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is over: what for, how it ended, what it took, and what it cost in millionths of a dollar."""

    purpose: str
    outcome: Outcome
    usage: Usage
    microdollars: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money that is put aside for a call: ``microdollars`` from the moment ``at``."""

    id: str
    microdollars: int
    at: datetime


class Budget(Protocol):
    """Whose money a call is paid with. It belongs to one person, and lives on a floor above this one."""

    def reserve(self, microdollars: int, now: datetime, *, lasting: timedelta = LONGEST_CALL) -> Reservation:
        """Put the most that a call can cost aside, for as long as it may take.

        Raises:
            LlmBudgetError: it may not be spent. Nothing is put aside then.
        """

    def settle(self, reservation: Reservation, call: Call) -> None:
        """Replace what was put aside by what was really spent, and keep the receipt."""

    def release(self, reservation: Reservation) -> None:
        """Give back what was put aside for a call that was not made."""
