"""How sure a field is: the share of fields like it that are right.

A logistic regression over features that people understand, fitted by ``benchmarks.fit_confidence`` and kept as a table
of weights; what it says is a probability. No model library is needed to score.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).parent.parent / "data" / "confidence.json"
# Nothing is certain: beyond these the sample that was fitted says nothing.
_LEAST: Final = 0.01
_MOST: Final = 0.99


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the logarithm of the odds that a field is right."""

    version: str
    base: float
    weights: Mapping[str, float]

    def confidence(self, features: Mapping[str, float]) -> float:
        """The probability that a field with these features is right. A feature that was never seen says nothing."""
        odds = self.base + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return round(min(_MOST, max(_LEAST, 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds)))))), 3)


@cache
def weights() -> Weights:
    """The weights that are shipped."""
    told = json.loads(_TABLE.read_text(encoding="utf-8"))
    return Weights(told["version"], told["base"], told["weights"])
