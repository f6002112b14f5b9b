"""Fits how sure fields are, and writes the table of weights that the product ships.

``JOBTRACKER_DATA=/path/to/data python -m benchmarks.fit_confidence [--resumes 900]``. Fitted with generated resumes
that are not held out and, where the folder is given, with those real files whose layouts the reading was tuned with
and the half of those that a person judged;
``benchmarks.calibration`` measures with the others. Real files count more, as there are few of them. The same resumes
give the same table.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.feature_extraction import DictVectorizer

from benchmarks.calibration import Mark, by_hand, generated, real
from benchmarks.resume_judged import files as judged_files
from benchmarks.resume_truth import TUNED, golden

TABLE: Final = Path("layers/core/python/jobtracker/resumes/data/confidence.json")
_REAL_COUNTS: Final = 20.0
# The penalty of a weight's square, in fields: what few fields say of a kind is drawn to what holds of all.
_BASE: Final = 5.0
_OF_ALL: Final = 10.0
_OF_A_KIND: Final = 40.0
# What can only speak for a field, and what only against it.
FOR: Final = frozenset(
    {
        "in its own section", "behind a label", "alone on its lines", "a known calling", "a known kind of school",
        "a known degree", "is a place", "a valid number", "confirmed by the e-mail address", "on the first line",
        "on the first lines",
    }
)  # fmt: skip
AGAINST: Final = frozenset(
    {
        "stands nowhere", "in another section", "not every word stands there", "in several pieces",
        "could stand elsewhere", "another entry has it from there", "read off a picture", "unsure letters",
        "nothing confirms its letters", "a year alone", "reads as a calling", "reads as an employer", "breaks off",
        "has the beginning of another in it", "longer than most", "has an address or a number in it", "many words",
        "begins in lower case", "ends in the middle", "has commas in it", "has digits in it", "has no letters in it",
        "further down", "known to the language model alone",
    }
)  # fmt: skip
_SMALL: Final = 0.02


def main() -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resumes", type=int, default=900)
    made = [mark for found in generated(parser.parse_args().resumes, held_out=False) for mark in found]
    told = _real()
    table = fit(made, told)
    TABLE.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{TABLE}: {TABLE.stat().st_size} bytes, of {len(made)} generated and {len(told)} real fields")


def fit(made: list[Mark], told: list[Mark]) -> dict[str, object]:
    """The table of weights: those of least loss and least size of which none has the sign that it must not have.

    A penalised logistic regression (ridge, le Cessie and van Houwelingen 1992) by L-BFGS-B; bounds keep the signs.
    """
    marks = [*made, *told]
    vectors = DictVectorizer()
    rows = vectors.fit_transform([scored.features for scored, _ in marks])
    names = [str(name) for name in vectors.get_feature_names_out()]
    right = np.array([1.0 if one else -1.0 for _, one in marks])
    counts = np.array([1.0] * len(made) + [_REAL_COUNTS] * len(told))
    held = np.array([0.0, *(_held(name) for name in names)])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = right * (rows @ weights[1:] + weights[0])
        pull = -counts * right * expit(-margin)
        slope = np.concatenate(([pull.sum()], rows.T @ pull)) + held * weights
        return float(counts @ np.logaddexp(0.0, -margin) + 0.5 * held @ weights**2), slope

    bounds = [(None, None), *(_bounds(name) for name in names)]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 3_000}
    )
    weights = {name: round(float(one), 3) for name, one in zip(names, found.x[1:], strict=True) if abs(one) >= _SMALL}
    return {
        "version": "2",
        "fitted_with": {"generated_fields": len(made), "real_fields": len(told)},
        "base": round(float(found.x[0]), 3),
        "weights": dict(sorted(weights.items())),
    }


def _held(name: str) -> float:
    """How firmly a weight is held near nothing: least that of a kind of field, most what holds of one kind alone."""
    return _OF_A_KIND if ": " in name else _OF_ALL if " " in name else _BASE


def _bounds(name: str) -> tuple[float | None, float | None]:
    """The signs that a person expects."""
    feature = name.partition(": ")[2] or name
    if feature in FOR:
        return 0.0, None
    return (None, 0.0) if feature in AGAINST or feature.startswith("the entry has no ") else (None, None)


def _real() -> list[Mark]:
    folder = os.environ.get("JOBTRACKER_DATA")
    if not folder:
        return []
    files = sorted((Path(folder) / "resume_files" / "pdf").glob("*.pdf"))
    known = golden(Path(folder) / "resume_files" / "truth")
    told = [mark for found in real([file for file in files if file.stem in TUNED], known) for mark in found]
    for found in by_hand(judged_files(Path(folder) / "resume_files", held_out=False)):
        told += found
    return told


if __name__ == "__main__":
    main()
