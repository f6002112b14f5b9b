"""SkillSpan and Green as sentences of words with features and tags, as the network takes them."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

_ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(_ROOT), str(_ROOT / "layers" / "core" / "python")]
from benchmarks.span_sets import Tagged, advertisements, sentences  # noqa: E402
from benchmarks.span_sets import spans_of as spans_of_letters  # noqa: E402
from jobtracker.skills.spans.features import named, shape  # noqa: E402

KINDS = ("skill", "knowledge", "any")
TAGS = "OBI"
# How likely a field must hold a span to name it: by these F1 is highest on the development parts.
LEAST = {"skill": 0.4, "knowledge": 0.4, "any": 0.3}


@dataclass(slots=True)
class Labelled:
    """A sentence; ``tags`` are numbers in ``TAGS`` by kind, ``soft`` a teacher's scores of each word, three a kind."""

    words: list[str]
    shapes: list[int]
    names: list[int]
    tags: dict[str, list[int]]
    soft: list[list[float]] = field(default_factory=list)


def documents(name: str, part: str) -> list[list[Labelled]]:
    """The advertisements of "skillspan" or "green" as their sentences; "part" is "train" or "dev".

    Green's sentences stand alone. KeyError without ``JOBTRACKER_DATA``.
    """
    told = sentences(Path(os.environ["JOBTRACKER_DATA"]) / "skill_extraction" / name, part)
    whole = advertisements(told) if name == "skillspan" else ([one] for one in told)
    return [[_labelled(sentence) for sentence in one] for one in whole]


def _labelled(one: Tagged) -> Labelled:
    words = one.words
    starts = accumulate((len(word) + 1 for word in words), initial=0)
    places = [(start, start + len(word)) for start, word in zip(starts, words, strict=False)]
    of = {"skill": one.tags_skill, "knowledge": one.tags_knowledge} if one.source else {"any": one.tags_skill}
    return Labelled(
        words,
        [shape(word) for word in words],
        named(" ".join(words), places),
        {kind: [TAGS.index(tag[0]) for tag in tags] for kind, tags in of.items()},
    )


def spans_of(tags: Iterable[int]) -> set[tuple[int, int]]:
    """The spans of tags; an I after an O begins one too."""
    return set(spans_of_letters(TAGS[tag] for tag in tags))
