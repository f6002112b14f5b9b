"""Sentences whose skills are marked by hand: SkillSpan (Zhang et al., NAACL 2022) and Green (Green et al., LREC 2022).

Both lie under ``JOBTRACKER_DATA/skill_extraction``, a sentence a line: its words and for each B, I or O. SkillSpan
tells what people do ("skill") from what they know ("knowledge"); Green has one kind.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from pydantic import BaseModel

Span = tuple[int, int]
"""Of a sentence's words the first, and the one after the last."""


# What hides people's and companies' names in SkillSpan, and a word of the kind that it hides.
_HIDDEN: Final = {
    "<ORGANIZATION>": "Acme",
    "<LOCATION>": "Berlin",
    "<ADDRESS>": "Street",
    "<NAME>": "Anna",
    "<CONTACT>": "mail",
    "<PROFESSION>": "engineer",
}


class Tagged(BaseModel):
    """A sentence in words, each tagged B, I or O. ``idx`` and ``source`` name SkillSpan's advertisement."""

    idx: int
    tokens: list[str]
    tags_skill: list[str]
    tags_knowledge: list[str] = []
    source: str | None = None

    @property
    def words(self) -> list[str]:
        """The words as a reader sees them, with names in the place of what hides them."""
        return [_HIDDEN.get(token, token) for token in self.tokens]


def sentences(folder: Path, part: str = "dev") -> list[Tagged]:
    """A set's sentences; ``part`` is "train" or "dev"."""
    with gzip.open(folder / f"{part}.json.gz", "rt", encoding="utf-8") as file:
        return [Tagged.model_validate_json(line) for line in file if line.strip()]


def advertisements(told: Iterable[Tagged]) -> Iterator[list[Tagged]]:
    """SkillSpan's sentences by the advertisement that they are of, in order."""
    for _, some in groupby(told, key=lambda one: (one.source, one.idx)):
        yield list(some)


def spans_of(tags: Iterable[str]) -> Iterator[Span]:
    """The spans of B and I tags; an I after an O begins one too."""
    start = None
    for at, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I"):
            yield start, at
            start = None
        if start is None and not tag.startswith("O"):
            start = at


def exact(
    tagged: Iterable[Tagged], tags: Callable[[Tagged], list[str]], found: Callable[[Tagged], Iterable[Span]]
) -> dict[str, float | int | None]:
    """Precision, recall and F1 over all sentences together: a span is right when both its ends are."""
    right = labelled = read = 0
    for one in tagged:
        gold, here = set(spans_of(tags(one))), set(found(one))
        right, labelled, read = right + len(gold & here), labelled + len(gold), read + len(here)
    return {
        "spans": labelled,
        "precision": share(right, read),
        "recall": share(right, labelled),
        "f1": share(2 * right, labelled + read),
    }


def share(part: int, whole: int) -> float | None:
    """Part of whole; None of nothing."""
    return round(part / whole, 3) if whole else None
