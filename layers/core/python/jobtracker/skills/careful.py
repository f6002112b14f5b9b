"""The careful tier: skills in a text by their names, and by what a statistical model takes for words of a skill.

The fast tier (``extraction``) finds names of the taxonomy; here its finds are put beside the spans of ``spans``:

- A name that the fast tier takes counts. Where it is a name in its own case only ("Excel") at the beginning of a
  sentence that goes on in small letters, its capital says nothing.
- Such a name, and one that is a word otherwise ("Go", "R") and has no tool near it, counts where a span of knowledge
  says no more than it and words of its trade ("Go", "R programming"); never in a longer phrase ("Access control").
- A span at which no such name stands is linked to a skill of the taxonomy if the link is sure, and span and link are so
  together, and not by a name that was judged above; else its words are kept as they stand, if they are few and the
  model is sure of them.
- No skill is what stands before a colon ("Languages: …"), or a degree; a phrase that its line breaks off is not kept.
- Of spans that overlap, one that links goes first, then the surer one.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final

from jobtracker.skills.extraction import Candidate, candidates
from jobtracker.skills.linking import Link, link
from jobtracker.skills.model import FoundBy, FoundKind, FoundSkill, SkillKind, SkillSpan
from jobtracker.skills.spans.reading import find_spans
from jobtracker.skills.taxonomy import taxonomy

LEAST_SPAN: Final = 0.5
"""How sure a span is at least that says anything."""
LEAST_LINK: Final = 0.65
"""How sure a link is at least; ``linking`` has a bound of its own besides."""
LEAST_PHRASE: Final = 0.65
"""How sure a span is at least whose words are kept as they stand."""
MOST_WORDS: Final = 7
"""Words that a phrase has at most; "of" and the like count."""
MOST_PHRASES: Final = 400
"""Different phrases of one text that are linked or kept at most: no posting or resume has as many."""
_LONGEST: Final = 80
# Linking compares each phrase with all skills: what it holds meanwhile is bounded.
_TOGETHER: Final = 50
# Each begins with a line of JSON that names its version.
_FILES: Final = ("spans.bin", "linking.bin", "taxonomy.bin")
_DOING: Final = frozenset({SkillKind.SOFT, SkillKind.PRACTICE})
# What may stand beside a name in a span that speaks of it and of nothing else.
_COMPANIONS: Final = frozenset(
    {"programming", "language", "languages", "coding", "scripting", "scripts", "software", "framework", "library"}
    | {"development", "developer", "code", "microsoft", "ms", "apache", "google", "in", "with", "using", "the", "and"}
)
_WORD: Final = re.compile(r"[^\W_]+")
_EDGES: Final = " \t\r\n\u00a0.,;:!?·•▪●◦‣*–—-/|\"'“”„«»"
_ARTICLES: Final = re.compile(r"^(?:(?:a|an|the|our|your|their|and|or|to|with|in|of)\s+)+", re.IGNORECASE)
_TAIL: Final = re.compile(r"(?:\s+(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with))+$", re.IGNORECASE)
# "Languages: Python" names the second, and a degree is no skill.
_LABELS: Final = re.compile(r"\s*[:：]")
_DEGREE: Final = re.compile(r"(?:bachelor|master|doctor|diploma|degree|b\.?sc|m\.?sc|ph\.?\s?d)\b", re.IGNORECASE)
# A sentence goes on in the next line, where a page wraps its lines, and the model saw a part of it.
_WRAPS: Final = re.compile(r"[ \t]*\n[ \t]*[a-zß-ÿ]")
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?:;\n•·▪●◦‣*–-])[ \t]*$")
_GOES_ON_SMALL: Final = re.compile(r"[ \t]+[a-zß-ÿ]")


def read_skills(text: str) -> list[FoundSkill]:
    """Every place of ``text`` that speaks of a skill, in order, none within another.

    Raises:
        BrokenArtifactError: the weights that came with the package are damaged.
    """
    spans = [one for one in find_spans(text) if one.confidence >= LEAST_SPAN]
    named = list(_named(text, spans))
    free = [one for one in spans if not any(_meet(one, name) for name in named)]
    found = [*named, *_unnamed(text, free)]
    return sorted(found, key=lambda one: one.start)


@cache
def version() -> str:
    """The version of what reads: of the model, the links and the taxonomy together. It loads none of them."""
    data = resources.files("jobtracker.skills").joinpath("data")
    heads = []
    for name in _FILES:
        with data.joinpath(name).open("rb") as stream:
            heads.append(str(json.loads(stream.readline())["version"]))
    return hashlib.sha256("\n".join(heads).encode()).hexdigest()[:12]


def _named(text: str, spans: Sequence[SkillSpan]) -> Iterator[FoundSkill]:
    """The names that count, each with how sure it is: what the fast tier alone says is certain."""
    for one in candidates(text):
        kind = FoundKind.SKILL if taxonomy().by_id[one.skill].kind in _DOING else FoundKind.KNOWLEDGE
        confidence = _confidence(text, one, spans)
        if confidence:
            phrase = text[one.start : one.end]
            yield FoundSkill(one.skill, phrase, one.start, one.end, kind, confidence, FoundBy.NAMED)


def _confidence(text: str, one: Candidate, spans: Sequence[SkillSpan]) -> float:
    """How sure a name is the skill's; 0 where it does not count."""
    around = [span for span in spans if span.start < one.end and one.start < span.end]
    if one.counts and not (one.exact and not one.near and _capital_says_nothing(text, one)):
        return 1.0
    if not one.counts and (not one.near or one.skill in taxonomy().languages):
        return 0.0
    alone = (span for span in around if span.kind is FoundKind.KNOWLEDGE and _says_no_more(text, span, one))
    return max((span.confidence for span in alone), default=0.0)


def _capital_says_nothing(text: str, one: Candidate) -> bool:
    """Whether a name is written as any word would be at its place: "Excel at what you do"."""
    word = text[one.start : one.end]
    if not word.isalpha() or word != word.capitalize():
        return False
    begins = _SENTENCE_BEGINS.search(text, max(0, one.start - 8), one.start)
    return begins is not None and _GOES_ON_SMALL.match(text, one.end) is not None


def _says_no_more(text: str, span: SkillSpan, one: Candidate) -> bool:
    if not span.start <= one.start < one.end <= span.end:
        return False
    others = _WORD.findall(text[span.start : one.start] + " " + text[one.end : span.end])
    return all(word.casefold() in _COMPANIONS for word in others)


def _meet(span: SkillSpan, name: FoundSkill) -> bool:
    return span.start < name.end and name.start < span.end


def _unnamed(text: str, spans: Iterable[SkillSpan]) -> list[FoundSkill]:
    """What spans say that no name says, linked or in the text's own words; none of them overlap."""
    trimmed = [(span, place) for span in spans if (place := _trimmed(text, span)) is not None]
    links = _links(text[start:end] for _, (start, end) in trimmed)
    read: list[FoundSkill] = []
    for span, (start, end) in trimmed:
        phrase, kind = text[start:end], span.kind
        if phrase not in links:
            continue
        linked = links[phrase]
        sure = span.confidence * linked.confidence if linked is not None else 0.0
        if (
            linked is not None
            and linked.confidence >= LEAST_LINK
            and sure >= LEAST_SPAN
            and not _is_another_word(phrase, linked.skill)
        ):
            read.append(FoundSkill(linked.skill, phrase, start, end, kind, sure, FoundBy.LINKED))
        elif span.confidence >= LEAST_PHRASE and len(phrase.split()) <= MOST_WORDS and not _WRAPS.match(text, end):
            read.append(FoundSkill(None, phrase, start, end, kind, span.confidence, FoundBy.PHRASE))
    kept: list[FoundSkill] = []
    for one in sorted(read, key=lambda one: (one.skill is None, -one.confidence, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept


def _links(phrases: Iterable[str]) -> dict[str, Link | None]:
    """The first ``MOST_PHRASES`` different phrases with what each links to."""
    asked = list(dict.fromkeys(phrases))[:MOST_PHRASES]
    batches = (asked[at : at + _TOGETHER] for at in range(0, len(asked), _TOGETHER))
    return {phrase: found for some in batches for phrase, found in zip(some, link(some), strict=True)}


def _is_another_word(phrase: str, skill: str) -> bool:
    """Whether a phrase is a skill's name in another case than it must be in, or may be a language's: "to excel"."""
    names = taxonomy().spellings.get(skill, ())
    written = phrase.casefold()
    return skill in taxonomy().languages or any(name.exact and name.text.casefold() == written for name in names)


def _trimmed(text: str, span: SkillSpan) -> tuple[int, int] | None:
    """The span without signs and small words at its ends; None where little is left, or no words."""
    words = text[span.start : span.end]
    begun = words.lstrip(_EDGES)
    begun = _ARTICLES.sub("", begun).lstrip(_EDGES)
    start = span.start + len(words) - len(begun)
    phrase = _TAIL.sub("", begun.rstrip(_EDGES)).rstrip(_EDGES)
    # A bracket that is not closed within it is the sentence's.
    if phrase.count("(") != phrase.count(")"):
        phrase = phrase.strip("()").rstrip(_EDGES)
        start = text.index(phrase, start) if phrase else start
    end = start + len(phrase)
    if not 3 <= len(phrase) <= _LONGEST or not any(map(str.isalpha, phrase)) or "@" in phrase or "://" in phrase:
        return None
    return None if _LABELS.match(text, end) or _DEGREE.match(phrase) else (start, end)
