"""The network that scores words, read from the package's own file and run by ONNX Runtime.

The file is written by ``tools/spans``: "words" are the pieces of words that the network knows, "chains" what its fields
have learned, "network" is an ONNX model with weights of eight bits. It takes, for windows of sentences, the numbers of
pieces, of their words' shapes and names, a mask, and of each word the first and the last piece; it gives for each word
the scores of O, B and I of each kind. The kind "any" is that of a set that tells no skill from knowledge.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from pydantic import BaseModel

from jobtracker.skills import artifact
from jobtracker.skills.spans.chains import Chain, Found, Scores, spans
from jobtracker.skills.wordpiece import WordPiece

# The longest window that the network was taught on, in pieces.
WINDOW = 256
_LONGEST_WORD = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, with how each is written and what the taxonomy says of it (see ``features``)."""

    words: Sequence[str]
    shapes: Sequence[int]
    names: Sequence[int]


class _Field(BaseModel):
    """What a kind's field has learned, how likely a span must be at least, and what its likelihoods are worth."""

    moves: list[list[float]]
    first: list[float]
    least: float
    sure: tuple[float, float]


class _Chains(BaseModel):
    """A kind's field by its name, in the order of the network's scores."""

    fields: dict[str, _Field]


@dataclass(frozen=True, slots=True)
class _Window:
    """Sentences that are read together: their pieces, and of each sentence the first and last piece of every word."""

    pieces: list[int]
    shapes: list[int]
    names: list[int]
    words: list[list[tuple[int, int]]]
    sentences: list[int]


@dataclass(frozen=True, slots=True)
class _Reader:
    """One kind: ``scores`` is where its three scores of a word stand."""

    scores: slice
    chain: Chain
    least: float
    sure: tuple[float, float]

    def read(self, scores: Scores, lengths: NDArray[np.int64]) -> list[Found]:
        """The spans of these sentences, each as likely as spans of its likelihood were on marked texts.

        The field's own are too sure; what they are worth is a logistic curve over their logits (Platt 1999).
        """
        bias, slope = self.sure
        found = spans(scores[:, :, self.scores], lengths, self.chain, self.least)
        logits = [math.log(one.likelihood / max(1.0 - one.likelihood, 1e-6)) for one in found]
        return [
            replace(one, likelihood=1.0 / (1.0 + math.exp(-bias - slope * logit)))
            for one, logit in zip(found, logits, strict=True)
        ]


class Network:
    """The network with its words and fields."""

    def __init__(self, file: artifact.Artifact) -> None:
        self.version = file.head.version
        self._wordpiece = WordPiece([str(word) for word in _listed(file.section("words"))])
        fields = _Chains.model_validate(file.section("chains")).fields
        self._readers = {
            name: _Reader(slice(3 * at, 3 * at + 3), Chain.of(one.moves, one.first), one.least, one.sure)
            for at, (name, one) in enumerate(fields.items())
        }
        options = onnxruntime.SessionOptions()
        # A function has one processor to itself; others wait for it otherwise.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(file.content("network"), options)

    def find(self, sentences: Sequence[Sentence], kinds: Iterable[str]) -> dict[str, list[Found]]:
        """The spans of each of these kinds, in the order of sentences and words."""
        found: dict[str, list[Found]] = {kind: [] for kind in kinds}
        # One window at a time: several together take longer, for less of them stays at hand.
        for window in self._windows(sentences):
            scores, lengths = self._scores(window)
            for kind, some in found.items():
                read = self._readers[kind].read(scores, lengths)
                some += [replace(one, sentence=window.sentences[one.sentence]) for one in read]
        return found

    def windows_of(self, sentences: Sequence[Sentence]) -> list[int]:
        """The pieces of each window in which these sentences are read: what reading them costs."""
        return [len(window.pieces) for window in self._windows(sentences)]

    def _windows(self, sentences: Sequence[Sentence]) -> Iterator[_Window]:
        window = self._begun()
        for number, sentence in enumerate(sentences):
            pieces = [self._wordpiece.ids(word)[:_LONGEST_WORD] for word in sentence.words]
            size = sum(map(len, pieces)) + 1
            if window.sentences and len(window.pieces) + size > WINDOW:
                yield window
                window = self._begun()
            if sentence.words:
                self._add(window, number, sentence, pieces)
        if window.sentences:
            yield window

    def _begun(self) -> _Window:
        return _Window([self._wordpiece.first], [0], [0], [], [])

    def _add(self, window: _Window, number: int, sentence: Sentence, pieces: list[list[int]]) -> None:
        places = []
        for some, shape, name in zip(pieces, sentence.shapes, sentence.names, strict=True):
            start = len(window.pieces)
            if start + len(some) >= WINDOW:
                break
            window.pieces.extend(some)
            window.shapes.extend([shape] * len(some))
            window.names.extend([name] * len(some))
            places.append((start, len(window.pieces) - 1))
        window.pieces.append(self._wordpiece.last)
        window.shapes.append(0)
        window.names.append(0)
        if places:
            window.words.append(places)
            window.sentences.append(number)

    def _scores(self, window: _Window) -> tuple[Scores, NDArray[np.int64]]:
        """The scores of the window's sentences, filled up with zeros to the longest, and their lengths in words."""
        places = [place for words in window.words for place in words]
        numbers = {
            "pieces": window.pieces,
            "shapes": window.shapes,
            "names": window.names,
            "mask": [1] * len(window.pieces),
            "first": [first for first, _ in places],
            "last": [last for _, last in places],
        }
        (read,) = self._session.run(None, {name: np.array([some], np.int64) for name, some in numbers.items()})
        lengths = np.array([len(words) for words in window.words])
        parted = np.zeros((len(lengths), lengths.max(), read.shape[2]))
        parted[np.arange(lengths.max()) < lengths[:, None]] = read[0]
        return parted, lengths


def _listed(content: object) -> list[object]:
    return content if isinstance(content, list) else []


@cache
def network() -> Network:
    """The package's own, read once per process. BrokenArtifactError where the file is damaged."""
    return Network(artifact.bundled("spans.bin"))
