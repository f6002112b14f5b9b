"""A conditional random field that finds the spans of skills: what a careful reader has to beat.

It knows of each word how it is written, its neighbours, and whether the taxonomy has a name there. Fitted anew on the
training part at each run, by CRFsuite with L-BFGS and the penalties of its manual's example
(https://www.chokkan.org/software/crfsuite/manual.html).
"""

import tempfile
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import pycrfsuite

from benchmarks.span_sets import Span, Tagged, spans_of
from jobtracker.skills.extraction import mentions
from jobtracker.skills.taxonomy import taxonomy

_REACH = 2
_PENALTIES = {"c1": 0.1, "c2": 0.1, "max_iterations": 120, "feature.possible_transitions": True}


def fitted(sentences: list[Tagged], tags: Callable[[Tagged], list[str]]) -> Callable[[Tagged], Iterator[Span]]:
    """What finds the spans that ``tags`` marks in these sentences."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_PENALTIES, verbose=False)
    for one in sentences:
        trainer.append(features(one.tokens), [tag[:1] for tag in tags(one)])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
    return lambda one: spans_of(tagger.tag(features(one.tokens)))


def features(words: list[str]) -> list[list[str]]:
    """What is known of each word of a sentence."""
    named = _named(words)
    own = [[*_written(word), f"named={name}"] for word, name in zip(words, named, strict=True)]
    return [
        [
            *(
                f"{step}:{one}"
                for step in range(-_REACH, _REACH + 1)
                if 0 <= at + step < len(own)
                for one in own[at + step]
            ),
            *(f"end{step}" for step in range(-_REACH, _REACH + 1) if not 0 <= at + step < len(own)),
            f"pair={words[at - 1].lower() if at else '^'} {words[at].lower()}",
            f"next={words[at].lower()} {words[at + 1].lower() if at + 1 < len(words) else '$'}",
        ]
        for at in range(len(own))
    ]


def _written(word: str) -> list[str]:
    lowered = word.lower()
    shape = "".join(
        "A" if one.isupper() else "a" if one.islower() else "0" if one.isdigit() else one for one in word[:6]
    )
    return [f"word={lowered}", f"begins={lowered[:3]}", f"ends={lowered[-3:]}", f"shape={shape}"]


def _named(words: list[str]) -> list[str]:
    """For each word, which kind of skill the fast search finds there and whether the name begins with it."""
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    found = ["O"] * len(words)
    for one in mentions(" ".join(words)):
        kind = taxonomy().by_id[one.skill].kind
        inside = [at for at, word in enumerate(words) if starts[at] < one.end and one.start < starts[at] + len(word)]
        for at in inside:
            found[at] = f"{'B' if at == inside[0] else 'I'}-{kind}"
    return found
