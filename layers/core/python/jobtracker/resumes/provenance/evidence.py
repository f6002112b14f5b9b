"""What speaks for each field of a profile."""

from collections.abc import Sequence

from jobtracker.resumes.document import Line, Span, lines_in, placed
from jobtracker.resumes.evidence import Evidence, FieldEvidence
from jobtracker.resumes.model import Profile, Scan
from jobtracker.resumes.provenance.derived import derived
from jobtracker.resumes.provenance.found import Found
from jobtracker.resumes.provenance.listed import listed
from jobtracker.resumes.provenance.personal import personal
from jobtracker.resumes.provenance.source import Source


def evidence_of(text: str, profile: Profile, lines: Sequence[Line] = (), scan: Scan | None = None) -> Evidence:
    """Where each field of ``profile`` stands in the text that it was read from, and how sure it is.

    Args:
        text: the document's text as extraction gave it.
        profile: what was read from it, by whatever reader.
        lines: where the text's lines stand; without them no span has a page or a box.
        scan: how the text was read off pictures, where it was.
    """
    source = Source(text)
    found = [*personal(profile, source), *listed(profile, source)]
    standing: tuple[Line, ...] = tuple(lines) or lines_in(source.text)
    fields = [_evidence(one, standing) for one in found]
    return Evidence(profile=profile, fields=(*fields, *derived(profile)))


def _evidence(found: Found, lines: tuple[Line, ...]) -> FieldEvidence:
    spans: list[Span] = [span for start, end in found.places for span in placed(lines, start, end)]
    return FieldEvidence(path=found.path, value=found.value, spans=tuple(spans))
