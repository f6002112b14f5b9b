"""How well skills are found in postings and how each is asked for is read.

``python -m benchmarks.skills [--json]``. ``benchmarks/data/skills_labelled`` holds sentences and whole postings that
we wrote and labelled with the ids of their skills, and for each its demand, the least years and "learned" where they
are said; its README has the rules of labelling. Postings are measured apart from sentences. Those "made with" helped
to make the rules; those "held out" were labelled before they were read. Every wrong answer is printed. Speed is that
of one core on the bundled sample postings.

With ``JOBTRACKER_DATA`` set, the spans of the fast search and of the careful tier are compared with those of SkillSpan
and Green, development parts, beside those of a conditional random field that was fitted on their training parts: a span
counts when both its ends are right (``benchmarks/spans.py``). The fast search finds names that a taxonomy knows, where
those sets label whole phrases ("work in a team"): what it can reach there is little.
"""

import argparse
import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from statistics import median

from pydantic import BaseModel, TypeAdapter

from benchmarks import spans
from benchmarks.report import Value, median_seconds, show
from benchmarks.span_sets import share
from benchmarks.spans import named
from jobtracker.postings.markup import clean_html
from jobtracker.skills.context import asked, groups
from jobtracker.skills.extraction import extract, mentions
from jobtracker.skills.model import Asked, Demand

LABELLED = Path(__file__).parent / "data" / "skills_labelled"
HELD_OUT = "held out"
LONG_WORDS = 100


class Case(BaseModel):
    """A text and its skills: "required 5", "mentioned learned". ``others`` are words of skills that no table has, and
    ``field`` is the field of work, of whole postings only."""

    set: str
    language: str
    field: str | None = None
    text: str
    skills: dict[str, str]
    others: list[str] = []


class Job(BaseModel):
    """What is read of a sample posting."""

    description_html: str


class Feed(BaseModel):
    """The bundled sample postings."""

    jobs: list[Job]


@dataclass(frozen=True, slots=True)
class Answer:
    """A skill of a labelled text as its label says and as it was read; None where it is not there."""

    case: Case
    skill: str
    label: str | None
    read: str | None


def labelled() -> list[Case]:
    """The labelled texts, file after file."""
    read = TypeAdapter(list[Case]).validate_json
    return [one for path in sorted(LABELLED.glob("*.json")) for one in read(path.read_bytes())]


def parts(read: list[Answer]) -> dict[str, Value]:
    """The figures of sentences and of postings, each made with and held out, the latter by language too, and of long
    postings, which are all held out."""
    figures: dict[str, Value] = {}
    of: dict[str, list[Answer]] = {"sentences": [], "postings": [], "long_postings": []}
    for one in read:
        of[sort(one.case)].append(one)
    for name in ("sentences", "postings"):
        figures |= named(f"{name}_made_with", measure_labelled([one for one in of[name] if one.case.set != HELD_OUT]))
        figures |= named(f"{name}_held_out", measure_labelled([one for one in of[name] if one.case.set == HELD_OUT]))
    for english in (True, False):
        some = [one for one in of["postings"] if one.case.set == HELD_OUT and (one.case.language == "en") == english]
        figures |= named(f"postings_held_out_{'english' if english else 'other_languages'}", overall(some))
    return figures | named("long_postings_held_out", measure_labelled(of["long_postings"]))


def sort(case: Case) -> str:
    """A sentence, a posting or a long one."""
    if case.field is None:
        return "sentences"
    return "postings" if len(case.text.split()) < LONG_WORDS else "long_postings"


def overall(read: list[Answer]) -> dict[str, Value]:
    """Precision and recall of finding, and how much is asked for as was read."""
    return {
        name: value
        for name, value in measure_labelled(read).items()
        if name in {"skills_labelled", "found_precision", "found_recall", "demand_right"}
    }


def answers(cases: Iterable[Case]) -> list[Answer]:
    """Every skill that a label or the reading has."""
    found = []
    for case in cases:
        read = {one.skill: in_words(one) for one in asked(case.text)}
        found += [Answer(case, skill, case.skills.get(skill), read.get(skill)) for skill in case.skills | read]
    return found


def in_words(one: Asked) -> str:
    """How a skill is asked for, as labels say it."""
    years = [] if one.years is None else [str(one.years)]
    return " ".join([one.demand.value, *years, *(["learned"] if one.learned else [])])


def measure_labelled(read: list[Answer]) -> dict[str, Value]:
    """Precision and recall of finding; of what is labelled and found, how much is asked for as was read."""
    found = [one for one in read if one.read is not None]
    both = [one for one in found if one.label is not None]
    figures: dict[str, Value] = {
        "skills_labelled": sum(one.label is not None for one in read),
        "found_precision": share(len(both), len(found)),
        "found_recall": share(len(both), sum(one.label is not None for one in read)),
        "demand_right": share(sum(word(one.label) == word(one.read) for one in both), len(both)),
        "demand_years_and_learned_right": share(sum(one.label == one.read for one in both), len(both)),
    }
    for demand in Demand:
        right = sum(word(one.label) == word(one.read) == demand for one in both)
        figures[f"{demand}_precision"] = share(right, sum(word(one.read) == demand for one in both))
        figures[f"{demand}_recall"] = share(right, sum(word(one.label) == demand for one in both))
    return figures


def word(label: str | None) -> str:
    """The demand of a label."""
    return (label or "").partition(" ")[0]


def measure_speed() -> dict[str, Value]:
    """The fast search and the reading of demand, on the sample postings."""
    packed = resources.files("jobtracker.sources").joinpath("data", "sample_feed.json.gz").read_bytes()
    feed = Feed.model_validate_json(gzip.decompress(packed))
    texts = [clean_html(job.description_html)[1] for job in feed.jobs]
    spans = sum(len(mentions(text)) for text in texts)

    def each(read: Callable[[str], object]) -> float:
        return median_seconds(lambda: [read(text) for text in texts])

    searching, grouping, reading = each(extract), each(groups), each(asked)
    return {
        "sample_postings": len(texts),
        "search_ms_per_posting": round(1000 * searching / len(texts), 3),
        "groups_ms_per_posting": round(1000 * grouping / len(texts), 3),
        "demand_ms_per_posting": round(1000 * reading / len(texts), 3),
        "demand_spans_per_second": round(spans / reading),
    }


# What a function pays that looks for skills for the first time: the file is read and the names laid out.
_COLD = """
import resource, time
from pathlib import Path
from jobtracker.skills.extraction import extract
from jobtracker.skills.taxonomy import taxonomy
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
before = held()
start = time.perf_counter()
known = taxonomy()
read = time.perf_counter()
extract("Python")
found = time.perf_counter()
grown = held() - before
names = sum(map(len, known.spellings.values()))
print(len(known), names, 1000 * (read - start), 1000 * (found - read), grown)
"""


def measure_taxonomy() -> dict[str, Value]:
    """What the taxonomy costs a fresh process, as Linux tells its memory; the median of five."""
    runs = [subprocess.run([sys.executable, "-c", _COLD], check=True, capture_output=True, text=True) for _ in range(5)]
    rows = [[float(number) for number in run.stdout.split()] for run in runs]
    skills, names, read, laid_out, grown = map(median, zip(*rows, strict=True))
    return {
        "taxonomy_skills": round(skills),
        "taxonomy_names_looked_for": round(names),
        "taxonomy_read_ms": round(read),
        "taxonomy_names_laid_out_ms": round(laid_out),
        "taxonomy_mb": round(grown, 1),
    }


def main() -> None:
    """Measure and print; the wrong answers go to standard error, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--torch", help="a Python with torch and transformers, for a transformer of base size")
    arguments = parser.parse_args()
    cases = labelled()
    read = answers(cases)
    for one in read:
        if one.label != one.read:
            about = f"{one.case.language} ({one.case.set}): {one.case.text[:80]!r}"
            print(f"{about}: {one.skill} is {one.label!r}, read as {one.read!r}", file=sys.stderr)
    figures: dict[str, Value] = {
        "texts": len(cases),
        "postings": sum(sort(one) == "postings" for one in cases),
        "long_postings": sum(sort(one) == "long_postings" for one in cases),
        **parts(read),
        **measure_taxonomy(),
        **measure_speed(),
    }
    data = os.environ.get("JOBTRACKER_DATA")
    if data is None:
        figures["spans_reason"] = "SkillSpan and Green are not measured: JOBTRACKER_DATA is not set"
    elif not (Path(data) / "skill_extraction").is_dir():
        figures["spans_reason"] = "SkillSpan and Green are not measured: JOBTRACKER_DATA has no folder skill_extraction"
    else:
        figures |= spans.measure(Path(data) / "skill_extraction", arguments.torch)
    show("Skills", figures, as_json=arguments.json)


if __name__ == "__main__":
    main()
