"""What a language model costs: one table, and sums in whole millionths of a dollar, always rounded up."""

import re
from dataclasses import dataclass, replace
from typing import Final

from jobtracker.llm.model import LlmUnpricedError, Usage

_MILLION: Final = 1_000_000
# Bedrock names a model with the reach of its endpoint before it and its revision behind it.
_BEDROCK: Final = re.compile(r"^(?:(?P<reach>[a-z]+)\.)?anthropic\.(?P<model>.+?)(?:-v\d+(?::\d+)?)?$")
_DATED: Final = re.compile(r"-\d{8}$")
# An endpoint that keeps requests in one region or continent costs a tenth more than the global one:
# docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html, read on 2026-11-25.
_BOUND_PERCENT: Final = 110
# Requests of a batch cost half of all rates: platform.claude.com/docs/en/build-with-claude/batch-processing.
# What the service adds to a prompt: how to keep to a form, and the marks around documents. In tokens, generously.
_ADDED_TOKENS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Rates:
    """Millionths of a dollar for a million tokens; a cache write is one that is kept for five minutes."""

    input: int
    output: int
    cache_write: int
    cache_read: int


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs. A prompt of more than ``long_over`` tokens pays ``long`` for all that goes in and comes out.

    ``percent`` is what is really paid of these rates.
    """

    rates: Rates
    long: Rates | None = None
    long_over: int = 0
    percent: int = 100

    def of(self, usage: Usage) -> int:
        """What a call cost, in millionths of a dollar."""
        rates = self.long if self.long is not None and usage.prompt_tokens > self.long_over else self.rates
        summed = (
            usage.input_tokens * rates.input
            + usage.output_tokens * rates.output
            + usage.cache_write_tokens * rates.cache_write
            + usage.cache_read_tokens * rates.cache_read
        )
        return -(-summed * self.percent // (100 * _MILLION))


# platform.claude.com/docs/en/about-claude/pricing, as of October 2026; those of Haiku 5.5 by platform.claude.com/docs/
# en/models/haiku-5-5/overview (released 2026-10-07). Both were read on 2026-11-25.
PRICES: Final = {
    "claude-haiku-5-5": Price(
        Rates(input=100_000, output=500_000, cache_write=125_000, cache_read=10_000),
        long=Rates(input=500_000, output=2_500_000, cache_write=625_000, cache_read=50_000),
        long_over=100_000,
    ),
    "claude-haiku-4-5": Price(Rates(input=1_000_000, output=5_000_000, cache_write=1_250_000, cache_read=100_000)),
    "claude-sonnet-5-5": Price(Rates(input=2_000_000, output=10_000_000, cache_write=2_500_000, cache_read=100_000)),
    "claude-opus-5-5": Price(Rates(input=4_000_000, output=20_000_000, cache_write=5_000_000, cache_read=200_000)),
}


def of(model: str, *, batched: bool = False) -> Price:
    """What a model costs, by the name that Anthropic or Bedrock gives it, and as one of many requests that wait.

    Raises:
        LlmUnpricedError: the table does not have it.
    """
    bedrock = _BEDROCK.match(model)
    bare = bedrock["model"] if bedrock else model
    price = PRICES.get(_DATED.sub("", bare))
    if price is None:
        raise LlmUnpricedError("the language model was not asked: what it costs is not known")
    percent = 100 if bedrock is None or bedrock["reach"] == "global" else _BOUND_PERCENT
    return replace(price, percent=percent // 2 if batched else percent)


def most(model: str, text_bytes: int, max_tokens: int) -> Usage:
    """The most that one try can take: no token is shorter than a byte, and writing to the prompt cache costs most."""
    return Usage(model, 0, max_tokens, cache_write_tokens=text_bytes + _ADDED_TOKENS)
