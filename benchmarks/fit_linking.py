"""Fits how likely a link is right, and writes what the table of links is made with.

``JOBTRACKER_DATA=/path/to/data python -m benchmarks.fit_linking``, and then ``python -m tools.linking``. A logistic
regression (Cox 1958) of whether a link was called right or wider, by its score, its lead over the next skill and the
logarithm of the phrase's number of words, on the half of the judged spans that ``benchmarks.linking`` calls fitted. Of
links by a name the share that is right is taken. How much the way of writing has a say is not fitted here: it is chosen
by names that were left out.
"""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.linking import Judged, halves, judged
from jobtracker.skills.linking import Fit, linker
from jobtracker.skills.phrases import kernel, plain
from tools.linking.__main__ import FIT

# The penalty of the square of a slope, in links: few were judged.
_HELD = 0.02
# One right and one wrong link more than were judged, lest a likelihood be 1.
_PRIOR = 1


def main() -> None:
    """Fit and write."""
    links = judged(Path(os.environ["JOBTRACKER_DATA"]) / "skill_extraction")
    fit = fitted(dict(halves(links))["fitted"], linker().fit)
    FIT.write_text(json.dumps(asdict(fit), indent=1) + "\n", encoding="utf-8")
    print(f"{FIT.name}: {asdict(fit)}")


def fitted(links: list[Judged], before: Fit) -> Fit:
    """What was known before, with the likelihood of these links."""
    named = [one for one in links if one.link.confidence == before.named]
    others = [one for one in links if one.link.confidence != before.named]
    rows = np.array([signs(one.phrase) for one in others])
    good = np.array([1.0 if one.good else -1.0 for one in others])

    def loss(weights: np.ndarray) -> float:
        margins = good * (rows @ weights[1:] + weights[0])
        return float(np.logaddexp(0, -margins).sum() + _HELD * (weights[1:] ** 2).sum())

    constant, score, lead, words = (round(float(one), 3) for one in minimize(loss, np.zeros(4), method="BFGS").x)
    share = (sum(one.good for one in named) + _PRIOR) / (len(named) + 2 * _PRIOR)
    return replace(before, constant=constant, score=score, lead=lead, words=words, named=round(share, 3))


def signs(phrase: str) -> tuple[float, float, float]:
    """The score of a phrase's likeliest skill, how far it leads, and the logarithm of the phrase's number of words."""
    short = kernel(plain(phrase))
    second, first = np.sort(linker().scores([short])[0])[-2:].tolist()
    return first, first - second, float(np.log(len(short.split())))


if __name__ == "__main__":
    main()
