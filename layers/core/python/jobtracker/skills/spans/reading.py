"""The careful tier's eye: spans of a text that are skills, whether a list knows them or not."""

from jobtracker.skills.model import FoundKind, SkillSpan
from jobtracker.skills.spans.features import named, shape
from jobtracker.skills.spans.network import Sentence, network
from jobtracker.skills.spans.words import sentences_of
from jobtracker.text.languages import read_language


def find_spans(text: str) -> list[SkillSpan]:
    """The spans of ``text`` that name what somebody does or knows, in order; of one kind they never overlap.

    The model is loaded at the first call. It was taught English alone, and none are found in a text that is plainly of
    another language. How good it is stands in its model card, ``docs/span_model.md``.

    Raises:
        BrokenArtifactError: the weights that came with the package are damaged.
    """
    if read_language(text) not in {"en", None}:
        return []
    sentences = list(sentences_of(text))
    words = [word for sentence in sentences for word in sentence]
    names = iter(named(text, [(word.start, word.end) for word in words]))
    read = [
        Sentence(
            [word.text for word in sentence],
            [shape(word.text) for word in sentence],
            [next(names) for _ in sentence],
        )
        for sentence in sentences
    ]
    found = network().find(read, FoundKind)
    spans = [
        SkillSpan(
            sentences[one.sentence][one.start].start,
            sentences[one.sentence][one.end - 1].end,
            kind,
            one.likelihood,
        )
        for kind in FoundKind
        for one in found[kind]
    ]
    return sorted(spans, key=lambda one: (one.start, one.end))
