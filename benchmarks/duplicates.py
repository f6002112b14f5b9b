"""Telling duplicates: precision and recall over labelled pairs, beside exact matching and the similarity of titles.

``python -m benchmarks.duplicates [--json]``. Each pair is read from its source's shape as any posting is, must be found
among all postings of its part by its keys, and is judged. The figures are those of the held-out part, on which nothing
was tuned; beside them stand those of the part that the rules were made on. Every wrong pair is printed.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from benchmarks.duplicate_pairs import PARTS, Pair, labelled
from benchmarks.report import Value, median_seconds, show
from jobtracker.postings.duplicates import Keys, Traits, candidates, judge, traits_of
from jobtracker.postings.fingerprint import BINS, fingerprints
from jobtracker.postings.model import Posting

CATALOG, NEW = 1_000_000, 10_000


@dataclass(frozen=True)
class Score:
    """How a set of answers fares against the labels."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    @classmethod
    def of(cls, pairs: Sequence[Pair], answers: Sequence[bool]) -> "Score":
        """The score of ``answers``."""
        hits = sum(pair.same and answer for pair, answer in zip(pairs, answers, strict=True))
        return cls(hits / max(1, sum(answers)), hits / max(1, sum(pair.same for pair in pairs)))


@dataclass(frozen=True)
class Part:
    """One part of the set with what was found out about it."""

    pairs: list[Pair]
    traits: list[tuple[Traits, Traits]]
    found: list[bool]
    answers: list[bool]

    @classmethod
    def of(cls, name: str) -> "Part":
        """Read, fingerprint, find and judge all pairs of a part."""
        pairs = labelled(name)
        postings = [posting for pair in pairs for posting in (pair.a, pair.b)]
        prints = fingerprints([posting.description_text for posting in postings])
        traits = [
            traits_of(posting, row.tobytes(), len(posting.description_text))
            for posting, row in zip(postings, prints, strict=True)
        ]
        low, _ = found = candidates(Keys.of(traits), np.arange(len(traits)))
        twins = set(low[(low % 2 == 0) & (found[1] == low + 1)].tolist())
        couples = list(zip(traits[::2], traits[1::2], strict=True))
        there = [2 * at in twins for at in range(len(pairs))]
        answers = [known and judge(*couple).same for known, couple in zip(there, couples, strict=True)]
        return cls(pairs, couples, there, answers)

    def print_wrong(self, name: str) -> None:
        """Show each pair that was judged wrongly, with the reasons."""
        for pair, couple, found, answer in zip(self.pairs, self.traits, self.found, self.answers, strict=True):
            if answer != pair.same:
                reasons = "; ".join(judge(*couple).reasons) if found else "not found by its keys"
                label = "same" if pair.same else "different"
                print(f"{name}: {pair.kind}: {label}, but {reasons}", file=sys.stderr)
                print(f"    {_line(pair.a)}\n    {_line(pair.b)}", file=sys.stderr)


def _line(posting: Posting) -> str:
    places = "; ".join(place.text for place in posting.places)
    return f"{posting.source_id} | {posting.title} | {posting.company} | {places}"


def _exact(pairs: list[Pair]) -> list[bool]:
    """Whether title, company and place are the same letter by letter, whatever their case."""

    def key(posting: Posting) -> tuple[str, str, str]:
        places = "; ".join(place.text for place in posting.places)
        return posting.title.lower(), (posting.company or "").lower(), places.lower()

    return [key(pair.a) == key(pair.b) for pair in pairs]


def _best_fuzzy(pairs: list[Pair]) -> Score:
    """The best that a threshold on the similarity of titles reaches, chosen on these very pairs."""
    alike = [fuzz.token_sort_ratio(pair.a.title.lower(), pair.b.title.lower()) for pair in pairs]
    scores = [Score.of(pairs, [one >= least for one in alike]) for least in range(30, 101)]
    return max(scores, key=lambda score: score.f1)


def _random_keys() -> Keys:
    """Keys of a large catalog: few employers, works and cities have most postings, a fifth are copies of others."""
    draw = np.random.default_rng(1)

    def names(kinds: int, skew: float) -> np.ndarray:
        return (draw.zipf(skew, CATALOG) % kinds + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)

    prints = draw.integers(1, 256, (CATALOG, BINS), dtype=np.uint8)
    company, work = names(200_000, 1.3), names(100_000, 1.2)
    places = np.zeros((CATALOG, 3), dtype=np.uint64)
    places[:, 0] = names(5_000, 1.2)
    copies, of = draw.integers(0, CATALOG, (2, CATALOG // 5))
    changed = draw.random((len(copies), BINS)) < 0.4
    prints[copies] = np.where(changed, prints[copies], prints[of])
    for column in (company, work, places):
        column[copies] = column[of]
    return Keys(prints, company, work, draw.integers(1, 2**63, (CATALOG, 2), dtype=np.uint64), places)


def measure() -> dict[str, Value]:
    """All figures."""
    parts = {name: Part.of(name) for name in PARTS}
    for name, part in parts.items():
        part.print_wrong(name)
    development, held_out = parts["development"], parts["held_out"]
    score, tuned = (Score.of(part.pairs, part.answers) for part in (held_out, development))
    everything = [pair for part in parts.values() for pair in part.pairs]
    couples = held_out.traits
    judged_s = median_seconds(lambda: [judge(*couple) for couple in couples])
    texts = [posting.description_text for pair in everything for posting in (pair.a, pair.b)] * 3
    printed_s = median_seconds(lambda: fingerprints(texts))
    keys = _random_keys()
    started = time.perf_counter()
    low, _ = candidates(keys, np.arange(CATALOG - NEW, CATALOG))
    searched_s = time.perf_counter() - started
    return {
        "pairs": len(everything),
        "held_out_pairs": len(held_out.pairs),
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "development_precision": round(tuned.precision, 4),
        "development_recall": round(tuned.recall, 4),
        "exact_f1": round(Score.of(held_out.pairs, _exact(held_out.pairs)).f1, 4),
        "fuzzy_f1": round(_best_fuzzy(held_out.pairs).f1, 4),
        "pairs_per_s": round(len(couples) / judged_s),
        "fingerprints_per_s": round(len(texts) / printed_s),
        "candidates_10000_in_1000000_s": round(searched_s, 2),
        "candidates_per_new": round(len(low) / NEW, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    show("duplicates", measure(), as_json=parser.parse_args().json)


if __name__ == "__main__":
    main()
