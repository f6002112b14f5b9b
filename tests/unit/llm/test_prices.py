"""What calls cost: by hand, and never less than that."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from jobtracker.llm import prices
from jobtracker.llm.client import BEDROCK_MODEL, MODEL, text_bytes
from jobtracker.llm.model import LlmUnpricedError, Usage

TOKENS = st.integers(0, 2_000_000)


class Ship(BaseModel):
    """What is read."""

    name: str


def test_a_call_costs_what_the_price_list_says() -> None:
    # A tenth of a dollar for a million in, half a dollar out, 0.125 written to the cache, 0.01 read from it.
    usage = Usage(MODEL, 20_000, 1_000, cache_write_tokens=8_000, cache_read_tokens=10_000)
    assert prices.of(MODEL).of(usage) == 2_000 + 500 + 1_000 + 100


def test_a_long_prompt_costs_more_for_all_that_goes_in_and_comes_out() -> None:
    price = prices.of(MODEL)
    assert price.of(Usage(MODEL, 100_000, 1_000)) == 10_000 + 500
    assert price.of(Usage(MODEL, 60_000, 1_000, 20_000, 20_001)) == 30_000 + 2_500 + 12_500 + 1_001
    # Others have one price, however long the prompt is.
    assert prices.of("claude-haiku-4-5").of(Usage(MODEL, 500_000, 0)) == 500_000


def test_what_is_not_whole_is_rounded_up() -> None:
    assert prices.of(MODEL).of(Usage(MODEL, 1, 0)) == 1
    assert prices.of(MODEL).of(Usage(MODEL, 0, 0)) == 0
    assert prices.of(MODEL).of(Usage(MODEL, 11, 0)) == 2


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        (BEDROCK_MODEL, 100),
        ("eu.anthropic.claude-haiku-5-5", 110),
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", 110),
        ("anthropic.claude-haiku-5-5", 110),
        ("claude-haiku-4-5-20251001", 100),
    ],
)
def test_a_model_has_several_names_and_costs_more_where_it_is_bound_to_a_region(name: str, percent: int) -> None:
    bare = "claude-haiku-4-5" if "4-5" in name else MODEL
    usage = Usage(bare, 10_000, 1_000)
    assert prices.of(name).of(usage) == prices.of(bare).of(usage) * percent // 100


@pytest.mark.parametrize("name", ["claude-unheard-of-9", "", "gpt", "global.claude-haiku-5-5", "anthropic."])
def test_a_model_without_a_price_is_not_asked(name: str) -> None:
    with pytest.raises(LlmUnpricedError, match="not asked"):
        prices.of(name)


@given(TOKENS, TOKENS, TOKENS, TOKENS, st.sampled_from([*prices.PRICES, BEDROCK_MODEL, "us.anthropic.claude-opus-5-5"]))
def test_a_sum_is_never_less_than_the_exact_one_nor_a_whole_unit_more(
    plain: int, out: int, written: int, read: int, model: str
) -> None:
    price = prices.of(model)
    usage = Usage(model, plain, out, written, read)
    rates = price.long if price.long and plain + written + read > price.long_over else price.rates
    exact = Fraction(price.percent, 100_000_000) * (
        plain * rates.input + out * rates.output + written * rates.cache_write + read * rates.cache_read
    )
    assert exact <= price.of(usage) < exact + 1


@given(st.text(max_size=500), st.text(max_size=200), st.floats(0, 1), st.floats(0, 1))
def test_however_a_prompt_is_counted_it_costs_no_more_than_was_put_aside(
    document: str, instructions: str, kept: float, new: float
) -> None:
    size = text_bytes(Ship, instructions, document, "title")
    for model in prices.PRICES:
        price = prices.of(model)
        most = price.of(prices.most(model, size, 500))
        # A token is a byte at least, and each is written to the cache, read from it or neither.
        read = round(size * kept)
        written = round((size - read) * new)
        assert price.of(Usage(model, size - read - written, 500, written, read)) <= most


def test_the_bytes_of_a_call_are_all_that_is_sent_as_text() -> None:
    plain = text_bytes(Ship, "Read.", "", "title")
    assert plain > 200
    assert text_bytes(Ship, "Read.", "ä" * 10, "title") == plain + 20
    assert text_bytes(Ship, "Read it.", "", "title") == plain + 3


@pytest.mark.parametrize("name", [MODEL, BEDROCK_MODEL, "eu.anthropic.claude-haiku-5-5"])
def test_a_request_of_a_batch_costs_half(name: str) -> None:
    usage = Usage(MODEL, 20_000, 1_000, cache_write_tokens=8_000, cache_read_tokens=10_000)
    assert prices.of(name, batched=True).of(usage) * 2 == prices.of(name).of(usage)
