"""How well phrases are linked to skills.

``python -m benchmarks.linking [--json]``. First names of the taxonomy are taken out of it, 2,000 of those that are not
a skill's own, and looked for as phrases: how often the skill comes first, and among the first five, by the way of
writing alone, by meaning alone and by both. The turn of the pieces' vectors knows these names, no other part does.
They are as others' tables have them, neater than what people write.

With ``JOBTRACKER_DATA`` set, 250 spans of SkillSpan's development part are linked, half of them what people do and half
what they know. The links were read and judged: right, wider (a skill of which the phrase's is a kind or a part), wrong,
or none (wrong, and no skill of the taxonomy fits). ``benchmarks/data/linking_judged.json`` has these words by hashes of
the phrases. Likelihoods were fitted (``benchmarks.fit_linking``) to one half; the figures are those of the other too.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Value, show
from benchmarks.span_sets import sentences, share, spans_of
from jobtracker.skills.arrays import Arrays
from jobtracker.skills.linking import Floats, Link, Linker, bundled, candidates, linker
from jobtracker.skills.taxonomy import taxonomy
from tools.linking import table

JUDGED = Path(__file__).parent / "data" / "linking_judged.json"
LEFT_OUT = 2_000
AT_ONCE = 100
SPANS_OF_A_KIND = 125
RIGHT, WIDER = "right", "wider"


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrase's link, and what a person said of it; None where nobody has."""

    phrase: str
    link: Link
    said: str | None

    @property
    def fitted(self) -> bool:
        """Whether the likelihood was fitted to this one."""
        return digest(self.phrase)[-1] in "01234567"

    @property
    def good(self) -> bool:
        """Whether the link is right or wider."""
        return self.said in {RIGHT, WIDER}


def digest(phrase: str) -> str:
    """What a phrase is known by in the file of judgements."""
    return hashlib.sha256(" ".join(phrase.casefold().split()).encode()).hexdigest()[:16]


def measure_names() -> dict[str, Value]:
    """Names that are not in the table, linked by the rest of it."""
    known = taxonomy()
    whole = table.names(known)
    others = sorted((name, place) for place, one in enumerate(whole) for name in one[1:])
    asked = random.Random(7).sample(others, LEFT_OUT)
    gone = {name for name, _ in asked}
    left = [[one[0], *(name for name in one[1:] if name not in gone)] for one in whole]
    held = bundled()
    parts = {**held.named, **table.name_arrays(left), **table.skill_array(left, table.pieces(held))}
    linking = Linker(Arrays("", {}, parts), known)
    share_of_writing = linking.fit.writing
    ranks: dict[str, list[int]] = {"writing": [], "meaning": [], "both": []}
    for at in range(0, LEFT_OUT, AT_ONCE):
        places = np.array([place for _, place in asked[at : at + AT_ONCE]])
        writing, meaning = linking.alike([name for name, _ in asked[at : at + AT_ONCE]])
        both = share_of_writing * writing + (1 - share_of_writing) * meaning
        for way, scores in (("writing", writing), ("meaning", meaning), ("both", both)):
            ranks[way] += ranks_of(scores, places).tolist()
    figures: dict[str, Value] = {"names_left_out": LEFT_OUT}
    for way, some in ranks.items():
        figures[f"names_{way}_first"] = share(some.count(0), LEFT_OUT)
        figures[f"names_{way}_in_first_five"] = share(sum(rank < 5 for rank in some), LEFT_OUT)
    return figures


def ranks_of(scores: Floats, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many skills come before the right one, those that are as good as it among them."""
    own = scores[np.arange(len(places)), places][:, None]
    ranks: NDArray[np.int64] = (scores >= own).sum(axis=1) - 1
    return ranks


def phrases(folder: Path) -> list[str]:
    """The spans that are judged: the first of each kind by their hashes, each once whatever its case."""
    found: dict[str, str] = {}
    for tags in ("tags_skill", "tags_knowledge"):
        some: dict[str, str] = {}
        for one in sentences(folder / "skillspan"):
            spans = (" ".join(one.tokens[start:end]) for start, end in spans_of(getattr(one, tags)))
            some |= {digest(span): span for span in spans}
        found |= dict(sorted((key, span) for key, span in some.items() if key not in found)[:SPANS_OF_A_KIND])
    return list(found.values())


def judgements() -> dict[tuple[str, str], str]:
    """What was said of links, by a phrase's hash and a skill's id."""
    return {(phrase, skill): said for phrase, skill, said in json.loads(JUDGED.read_text(encoding="utf-8"))}


def judged(folder: Path) -> list[Judged]:
    """The likeliest link of each span, however unlikely."""
    said = judgements()
    return [
        Judged(phrase, one, said.get((digest(phrase), one.skill)))
        for phrase in phrases(folder)
        for one in candidates(phrase, 1)
    ]


def measure_spans(links: list[Judged]) -> dict[str, Value]:
    """The links of both halves."""
    figures: dict[str, Value] = {"spans_not_judged": sum(one.said is None for one in links)}
    for name, some in halves(links):
        figures |= {f"spans_{name}_{key}": value for key, value in measure_half(some).items()}
    return figures


def halves(links: Iterable[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """Those that the likelihood was fitted to, and the others; without those that nobody judged."""
    told = [one for one in links if one.said is not None]
    yield "fitted", [one for one in told if one.fitted]
    yield "held_out", [one for one in told if not one.fitted]


def measure_half(links: list[Judged]) -> dict[str, Value]:
    """How many links are right, of all and of those that are sure enough, and how true their likelihoods are."""
    sure = [one for one in links if one.link.confidence >= linker().fit.least]
    return {
        "links": len(links),
        "right": share(sum(one.said == RIGHT for one in links), len(links)),
        "right_or_wider": share(sum(one.good for one in links), len(links)),
        "no_skill_fits": share(sum(one.said == "none" for one in links), len(links)),
        "sure": share(len(sure), len(links)),
        "sure_right": share(sum(one.said == RIGHT for one in sure), len(sure)),
        "sure_right_or_wider": share(sum(one.good for one in sure), len(sure)),
        "mean_confidence": round(float(np.mean([one.link.confidence for one in links])), 3),
        "brier": round(float(np.mean([(one.link.confidence - one.good) ** 2 for one in links])), 3),
    }


# What a function pays that links for the first time, and what twenty phrases that are no names take then.
_COLD = """
import resource, time
from pathlib import Path
from statistics import median
import numpy
from jobtracker.skills.linking import link
from jobtracker.skills.taxonomy import taxonomy
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
taxonomy().linkable
before, start = held(), time.process_time()
link(["event driven design"])
first, grown = time.process_time() - start, held() - before
things = ("invoices of suppliers", "event driven systems", "patients after surgery", "teams of engineers", "web shops")
twenty = [f"{verb} {what}" for verb in ("handling", "looking after", "setting up", "leading") for what in things]
times = []
for _ in range(9):
    start = time.process_time()
    link(twenty)
    times.append(time.process_time() - start)
print(1000 * first, grown, 1000 * median(times))
"""


def measure_speed() -> dict[str, Value]:
    """What a fresh process pays, by the time of one core; the names that link were read before. The median of five."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", _COLD]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True, env=environment) for _ in range(5)]
    first, grown, twenty = map(median, zip(*([float(one) for one in run.stdout.split()] for run in runs), strict=True))
    return {
        "first_link_ms": round(first),
        "held_mb": round(grown, 1),
        "twenty_phrases_ms": round(twenty, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = {**measure_names(), **measure_speed()}
    if folder := os.environ.get("JOBTRACKER_DATA"):
        links = judged(Path(folder) / "skill_extraction")
        for one in links:
            if not one.good:
                print(f"{one.phrase!r}: {one.link.skill} ({one.link.confidence:.2f}) is {one.said}", file=sys.stderr)
        figures |= measure_spans(links)
    show("Linking", figures, as_json=arguments.json)


if __name__ == "__main__":
    main()
