"""How exactly both tiers find spans that people marked, how sure the careful one is, and how fast it is.

A part of ``python -m benchmarks.skills``. The careful tier reads SkillSpan's advertisements whole, as the product does,
and Green's sentences alone. Its speed is that of one core on SkillSpan's advertisements, beside a transformer of base
size (BERT's: 12 layers, 768 wide) that reads the same words with PyTorch on one core too. That one's weights are of
chance, for they do not change what it costs; it wants a Python that has ``torch`` and ``transformers``.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

from benchmarks.report import Value, median_seconds
from benchmarks.span_crf import fitted
from benchmarks.span_sets import Span, Tagged, advertisements, exact, sentences, spans_of
from jobtracker.skills.extraction import mentions
from jobtracker.skills.model import FoundKind, SkillKind
from jobtracker.skills.spans.features import named as names_of
from jobtracker.skills.spans.features import shape
from jobtracker.skills.spans.network import Sentence, network
from jobtracker.skills.taxonomy import taxonomy

# What people do is labelled as a skill there, and what they know as knowledge.
DOING: Final = {SkillKind.PRACTICE, SkillKind.SOFT}
# Of so many advertisements the speed is taken: a transformer of base size takes a minute for them.
SPEEDS: Final = 16
KINDS: Final = (*FoundKind, "any")
_BINS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
# Of each advertisement, in windows as long as the careful tier's: the numbers of pieces.
_BASE: Final = """
import json, sys, time, torch
from transformers import BertConfig, BertModel
torch.set_num_threads(1)
model = BertModel(BertConfig(), add_pooling_layer=False).eval()
texts = [[torch.randint(1000, 20000, (1, size)) for size in sizes] for sizes in json.load(sys.stdin)]
def read():
    with torch.inference_mode():
        for windows in texts:
            for window in windows:
                model(window)
read()
taken = []
for _ in range(3):
    begun = time.perf_counter()
    read()
    taken.append(time.perf_counter() - begun)
print(sorted(taken)[1])
"""


def measure(folder: Path, torch: str | None) -> dict[str, Value]:
    """Exact span F1 of both tiers and of a conditional random field, calibration, and speed.

    ``folder`` has the sets; ``torch`` is a Python that has PyTorch, without which no other transformer is measured.
    """
    doing = {one.id for one in taxonomy().by_id.values() if one.kind in DOING}
    spans, green = folder / "skillspan", folder / "green"
    whole = list(advertisements(sentences(spans)))
    found = [read_carefully(one) for one in whole]
    by_kind = {kind: [one for some in found for one in some[kind]] for kind in ("skill", "knowledge")}
    alone = [read_carefully([one])["any"][0] for one in sentences(green)]
    return {
        **of_set("skillspan_skill", spans, lambda one: one.tags_skill, doing.__contains__, by_kind["skill"]),
        **of_set(
            "skillspan_knowledge",
            spans,
            lambda one: one.tags_knowledge,
            lambda skill: skill not in doing,
            by_kind["knowledge"],
        ),
        **of_set("green_skill", green, lambda one: one.tags_skill, lambda _: True, alone),
        **reliability(whole, found),
        **speed(whole[:SPEEDS], torch),
    }


def read_carefully(told: list[Tagged]) -> dict[str, list[dict[Span, float]]]:
    """What the careful tier finds in the sentences of one text: by kind, for each its spans with their likelihoods."""
    found = network().find([sentence_of(one) for one in told], KINDS)
    read: dict[str, list[dict[Span, float]]] = {kind: [{} for _ in told] for kind in found}
    for kind, some in found.items():
        for one in some:
            read[kind][one.sentence][one.start, one.end] = one.likelihood
    return read


def sentence_of(one: Tagged) -> Sentence:
    """A marked sentence as the network takes it."""
    words = one.words
    starts = accumulate((len(word) + 1 for word in words), initial=0)
    places = [(start, start + len(word)) for start, word in zip(starts, words, strict=False)]
    return Sentence(words, [shape(word) for word in words], names_of(" ".join(words), places))


def of_set(
    name: str,
    folder: Path,
    tags: Callable[[Tagged], list[str]],
    counts: Callable[[str], bool],
    careful: list[dict[Span, float]],
) -> dict[str, Value]:
    """The figures of one kind of span in one set."""
    marked = sentences(folder)
    field = fitted(sentences(folder, "train"), tags)
    read = {id(one): some for one, some in zip(marked, careful, strict=True)}
    return {
        **named(f"{name}_fast", exact(marked, tags, lambda one: found_in(one.tokens, counts))),
        **named(f"{name}_random_field", exact(marked, tags, field)),
        **named(f"{name}_careful", exact(marked, tags, lambda one: read[id(one)])),
    }


def found_in(tokens: list[str], counts: Callable[[str], bool]) -> Iterator[Span]:
    """The spans that the fast search finds, in words."""
    starts = [0, *accumulate(len(token) + 1 for token in tokens)]
    for one in mentions(" ".join(tokens)):
        if counts(one.skill):
            inside = [
                at for at in range(len(tokens)) if starts[at] < one.end and one.start < starts[at] + len(tokens[at])
            ]
            yield inside[0], inside[-1] + 1


def reliability(whole: list[list[Tagged]], found: list[dict[str, list[dict[Span, float]]]]) -> dict[str, Value]:
    """How many of the careful tier's spans are right, by how likely it holds them, and the mean distance (ECE).

    Of every second advertisement only: on the others it was fitted what likelihoods are worth.
    """
    told = [
        (sure, span in set(spans_of(one.tags_skill if kind is FoundKind.SKILL else one.tags_knowledge)))
        for marked, read in zip(whole[1::2], found[1::2], strict=True)
        for kind in FoundKind
        for one, some in zip(marked, read[kind], strict=True)
        for span, sure in some.items()
    ]
    values: dict[str, Value] = {}
    apart = 0.0
    for low, high in pairwise(_BINS):
        here = [(sure, right) for sure, right in told if low <= sure < high or sure == high == 1.0]
        right = sum(right for _, right in here)
        values[f"careful_likelihood_{low:g}_to_{high:g}"] = f"{right} of {len(here)} right"
        apart += abs(sum(sure for sure, _ in here) - right)
    values["careful_likelihood_ece"] = round(apart / max(1, len(told)), 3)
    return values


def speed(whole: list[list[Tagged]], torch: str | None) -> dict[str, Value]:
    """Words and spans a second of both tiers on one core, and how often faster than a base transformer."""
    texts = ["\n".join(" ".join(one.words) for one in some) for some in whole]
    ready = [[sentence_of(one) for one in some] for some in whole]
    words = sum(len(one.words) for some in ready for one in some)
    fast = median_seconds(lambda: [mentions(text) for text in texts], times=3)
    network().find(ready[0], FoundKind)
    careful = median_seconds(lambda: [network().find(one, FoundKind) for one in ready], times=3)
    spans = sum(len(some) for one in ready for some in network().find(one, FoundKind).values())
    values: dict[str, Value] = {
        "fast_words_per_second": round(words / fast),
        "fast_spans_per_second": round(sum(len(mentions(text)) for text in texts) / fast),
        "careful_words_per_second": round(words / careful),
        "careful_spans_per_second": round(spans / careful),
        "careful_ms_per_advertisement": round(1000 * careful / len(whole), 1),
    }
    if torch is None:
        return values | {"base_transformer_reason": "no Python with PyTorch was named (--torch)"}
    sizes = [network().windows_of(one) for one in ready]
    ran = subprocess.run(
        [torch, "-c", _BASE],
        input=json.dumps(sizes),
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ) | {"OMP_NUM_THREADS": "1"},
    )
    base = float(ran.stdout.split()[-1])
    return values | {
        "base_transformer_words_per_second": round(words / base),
        "careful_times_faster_than_base_transformer": round(base / careful, 1),
    }


def named(name: str, figures: Mapping[str, Value]) -> dict[str, Value]:
    """The figures under the name of what they are of."""
    return {f"{name}_{key}": value for key, value in figures.items()}
