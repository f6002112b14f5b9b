"""What speaks for each field of a profile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobtracker.resumes.document import Line, Span, lines_in, placed
from jobtracker.resumes.evidence import Evidence, FieldEvidence
from jobtracker.resumes.model import Profile
from jobtracker.resumes.phrases import ReadSkill
from jobtracker.resumes.provenance.confidence import weights
from jobtracker.resumes.provenance.derived import derived
from jobtracker.resumes.provenance.features import features_of
from jobtracker.resumes.provenance.listed import listed
from jobtracker.resumes.provenance.personal import personal
from jobtracker.resumes.provenance.phrased import phrased
from jobtracker.resumes.provenance.source import Source
from jobtracker.resumes.uploads import Scan


@dataclass(frozen=True, slots=True)
class Scored:
    """A field that stands in the text, with the features that its confidence is reckoned from."""

    field: FieldEvidence
    features: dict[str, float]


def evidence_of(
    text: str,
    profile: Profile,
    lines: Sequence[Line] = (),
    scan: Scan | None = None,
    named: Sequence[ReadSkill] = (),
) -> Evidence:
    """Where each field of ``profile`` stands in the text that it was read from, and how sure it is.

    Args:
        text: the document's text as extraction gave it.
        profile: what was read from it, by whatever reader.
        lines: where the text's lines stand; without them no span has a page or a box.
        scan: how the text was read off pictures, where it was.
        named: what the careful tier read of skills in the text, each with a confidence of its own.
    """
    fields = [one.field for one in scored(text, profile, lines, scan)]
    fields += phrased(text, profile, lines, named)
    return Evidence(profile=profile, fields=(*fields, *derived(profile)), confidence_version=weights().version)


def scored(text: str, profile: Profile, lines: Sequence[Line] = (), scan: Scan | None = None) -> Iterator[Scored]:
    """The fields that stand in the text themselves. Arguments as of ``evidence_of``."""
    source = Source(text)
    standing: tuple[Line, ...] = tuple(lines) or lines_in(source.text)
    for found in (*personal(profile, source), *listed(profile, source)):
        features = features_of(found, source, profile, scan)
        spans: list[Span] = [span for start, end in found.places for span in placed(standing, start, end)]
        yield Scored(
            FieldEvidence(
                path=found.path,
                value=found.value,
                spans=tuple(spans),
                confidence=weights().confidence(features),
            ),
            features,
        )
