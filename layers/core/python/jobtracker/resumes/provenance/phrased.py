"""Where the skills stand that words of a resume only mean, and the person's own words for skills that no list has."""

from collections.abc import Iterator, Sequence

from jobtracker.resumes.document import Line, Span, lines_in, placed
from jobtracker.resumes.evidence import FieldEvidence
from jobtracker.resumes.model import Profile
from jobtracker.resumes.phrases import ReadSkill
from jobtracker.skills.taxonomy import taxonomy


def phrased(text: str, profile: Profile, lines: Sequence[Line], named: Sequence[ReadSkill]) -> Iterator[FieldEvidence]:
    """The fields of such skills. The confidence is that of the reader that found them; of several places, the best.

    Arguments as of ``evidence_of``.
    """
    standing: tuple[Line, ...] = tuple(lines) or lines_in(text)
    linked = {one.skill for one in profile.linked_skills}
    for number, skill in enumerate(profile.skills):
        if skill in linked:
            [name] = taxonomy().names([skill])
            places = [one for one in named if one.skill == skill]
            yield _field(f"/skills/{number}", name, places, standing)
    for number, words in enumerate(profile.other_skills):
        places = [one for one in named if one.skill is None and _plain(one.phrase) == _plain(words)]
        yield _field(f"/other_skills/{number}", words, places, standing)


def _field(path: str, value: str, places: Sequence[ReadSkill], standing: tuple[Line, ...]) -> FieldEvidence:
    spans: list[Span] = [span for one in places for span in placed(standing, one.start, one.end)]
    confidence = max((round(one.confidence, 3) for one in places), default=0.0)
    return FieldEvidence(path=path, value=value, spans=tuple(spans), confidence=confidence)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
