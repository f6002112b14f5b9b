"""What is asked of a language model and what comes back."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


class LlmError(Exception):
    """No reading came of a call. Its text says why, never what was read."""


class LlmUnavailableError(LlmError):
    """The service could not be reached, is overloaded or does not accept the key; asking later may help."""


class LlmRefusedError(LlmError):
    """The model declined to answer."""


class LlmMalformedError(LlmError):
    """The answer is not in the form that was asked for."""


class LlmTruncatedError(LlmMalformedError):
    """The answer was longer than allowed and is cut off."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call cost, in tokens."""

    model: str
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """A checked answer."""

    value: Value
    usage: Usage
