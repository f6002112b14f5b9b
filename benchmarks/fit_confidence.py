"""Fits how sure fields are, and writes the table of weights that the product ships.

``JOBTRACKER_DATA=/path/to/data python -m benchmarks.fit_confidence [--resumes 900]``. Fitted with generated resumes
that are not held out and, where the folder is given, with those real files whose layouts the reading was tuned with;
``benchmarks.calibration`` measures with the others. Real files count more, as there are few of them. The same resumes
give the same table.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.calibration import Mark, generated, real
from benchmarks.resume_truth import TUNED, golden

TABLE: Final = Path("layers/core/python/jobtracker/resumes/data/confidence.json")
_REAL_COUNTS: Final = 5.0
# Of the regression: how little a weight must be worth to be held near nothing (scikit-learn's C).
_TRUST: Final = 0.3
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
    """The table of weights."""
    marks = [*made, *told]
    vectors = DictVectorizer()
    rows = vectors.fit_transform([scored.features for scored, _ in marks])
    model = LogisticRegression(C=_TRUST, max_iter=3_000)
    model.fit(rows, [right for _, right in marks], [1.0] * len(made) + [_REAL_COUNTS] * len(told))
    found = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(weight), 3) for name, weight in found if abs(weight) >= _SMALL}
    return {
        "version": "1",
        "fitted_with": {"generated_fields": len(made), "real_fields": len(told)},
        "base": round(float(model.intercept_[0]), 3),
        "weights": dict(sorted(weights.items())),
    }


def _real() -> list[Mark]:
    folder = os.environ.get("JOBTRACKER_DATA")
    if not folder:
        return []
    files = sorted((Path(folder) / "resume_files" / "pdf").glob("*.pdf"))
    known = golden(Path(folder) / "resume_files" / "truth")
    return [mark for found in real([file for file in files if file.stem in TUNED], known) for mark in found]


if __name__ == "__main__":
    main()
