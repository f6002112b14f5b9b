"""Linking: which skill of the taxonomy a phrase names that something else found to be a skill.

"k8s" is a name, and so is "managing budgets". Most phrases are none ("keeping an eye on what we spend"): these are
compared with all names by how they are written (``grams``) and with all skills by what they mean (``vectors``). What
both say together is the likelihood that a person would call the link right, fitted to links that a person judged.
``python -m tools.linking`` makes the file that this reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from jobtracker.skills import arrays, artifact
from jobtracker.skills.arrays import Arrays
from jobtracker.skills.artifact import BrokenArtifactError
from jobtracker.skills.grams import Grams
from jobtracker.skills.phrases import bases, kernel, plain
from jobtracker.skills.taxonomy import Taxonomy, taxonomy
from jobtracker.skills.vectors import Pieces, unit

Floats = NDArray[np.float32]
# Of how many skills the likelihood is told of one phrase at most.
MOST = 50
# Nearly always those that are wanted have a score that is less than the best by this at most.
_NEAR = 0.3


@dataclass(frozen=True, slots=True)
class Link:
    """A skill's id, and how likely it is that the phrase means it, of 0 to 1."""

    skill: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What was fitted to judged links by ``benchmarks.fit_linking``.

    ``writing`` is the share that the way of writing has in a score, the rest being meaning's. The likelihood of a link
    is the logistic function of ``constant`` and of what its score, its lead over the next and the logarithm of the
    phrase's number of words are multiplied with; of a link by name it is ``named``. Below ``least`` no link is made.
    """

    writing: float
    constant: float
    score: float
    lead: float
    words: float
    named: float
    least: float

    @classmethod
    def read(cls, values: Floats) -> "Fit":
        """As the file has it. BrokenArtifactError where it has another number of values."""
        if values.shape != (len(cls.__slots__),):
            raise BrokenArtifactError("the fit has another number of values")
        return cls(*map(float, values))


class Linker:
    """A taxonomy's skills laid out for linking."""

    def __init__(self, held: Arrays, known: Taxonomy) -> None:
        self.fit = Fit.read(held["fit"])
        self._known = known
        # Names are in the order of their skills, each of which has one at least.
        self._firsts = np.flatnonzero(np.diff(held["owners"].astype(np.int32), prepend=-1))
        if not len(known) == len(self._firsts) == len(held["skills"]) == int(held["owners"][-1]) + 1:
            raise BrokenArtifactError("the file is of another number of skills")
        self._grams = Grams(held["names"], held["lengths"])
        vocabulary = held["vocabulary"].tobytes().decode().split("\n")
        self._pieces = Pieces(vocabulary, held["pieces"], held["scales"])
        self._skills = unit(held["skills"].astype(np.float32))

    def alike(self, phrases: Sequence[str]) -> tuple[Floats, Floats]:
        """How alike each phrase is to each skill, in writing and in meaning. The phrases are plain ones."""
        writing = np.empty((len(phrases), len(self._skills)), dtype=np.float32)
        for place, phrase in enumerate(phrases):
            writing[place] = np.maximum.reduceat(self._grams.alike(phrase), self._firsts)
        return writing, self._pieces.vectors(phrases) @ self._skills.T

    def scores(self, phrases: Sequence[str]) -> Floats:
        """How alike each phrase is to each skill, of both. The phrases are plain ones."""
        writing, meaning = self.alike(phrases)
        return self.fit.writing * writing + (1 - self.fit.writing) * meaning

    def ranked(self, phrases: Sequence[str], count: int) -> list[list[Link]]:
        """The likeliest skills of each phrase, at most ``MOST``; none of a phrase without words."""
        named = [self._named(phrase) for phrase in phrases]
        kernels = [kernel(plain(phrase)) for phrase in phrases]
        # Two are looked at even for one link: how far the first leads is part of its likelihood.
        asked = [place for place, one in enumerate(kernels) if one and not (count == 1 and named[place])]
        found: list[list[Link]] = [[Link(one, self.fit.named)] if one else [] for one in named]
        if asked:
            for place, row in zip(asked, self.scores([kernels[place] for place in asked]), strict=True):
                likeliest = self._likeliest(row, len(kernels[place].split()), min(count, MOST))
                found[place] += [one for one in likeliest if one.skill != named[place]]
        return [links[:count] for links in found]

    def _named(self, phrase: str) -> str | None:
        """The skill that is called so, before and after what is said of any skill is dropped."""
        short = kernel(plain(phrase))
        for text in (phrase, short, *bases(short)):
            if skill := self._known.named(text):
                return skill.id
            if linked := self._known.linkable.find(text):
                return linked
        return None

    def _likeliest(self, scores: Floats, words: int, count: int) -> list[Link]:
        wanted = max(2, count)
        near = np.flatnonzero(scores >= scores.max() - _NEAR)
        if len(near) < wanted:
            near = np.arange(len(scores))
        places = near[np.argsort(-scores[near], kind="stable")[:wanted]]
        best = scores[places]
        # The others trail the first by as much as they come after it.
        leads = best - best[0]
        leads[0] = best[0] - best[1]
        sums = self.fit.constant + self.fit.score * best + self.fit.lead * leads + self.fit.words * np.log(words)
        likely = 1 / (1 + np.exp(-sums))
        return [Link(self._known.ids[place], float(one)) for place, one in zip(places[:count], likely, strict=False)]


def link(phrases: Sequence[str]) -> list[Link | None]:
    """The skill that each phrase means, or None where none is sure enough. BrokenArtifactError as of ``linker``."""
    known = linker()
    likeliest = known.ranked(phrases, 1)
    return [links[0] if links and links[0].confidence >= known.fit.least else None for links in likeliest]


def candidates(phrase: str, count: int = 5) -> list[Link]:
    """The skills that the phrase may mean, the likeliest first, however unlikely. BrokenArtifactError as ``linker``."""
    return linker().ranked([phrase], count)[0]


@cache
def linker() -> Linker:
    """The bundled file with the bundled taxonomy, laid out when it is first asked for.

    BrokenArtifactError where the file is damaged or was made for another taxonomy.
    """
    held = bundled()
    version = artifact.bundled().head.version
    if held.sources.get("taxonomy") != version:
        raise BrokenArtifactError(
            f"the links are of taxonomy {held.sources.get('taxonomy')}, and {version} is there: python -m tools.linking"
        )
    return Linker(held, taxonomy())


def bundled() -> Arrays:
    """The file that comes with the package. BrokenArtifactError where it is damaged."""
    return arrays.read(resources.files("jobtracker.skills").joinpath("data", "linking.bin"))
