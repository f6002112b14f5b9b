"""What says that a profile was read rightly: where each of its fields stands in the document, and how sure that is."""

from pydantic import BaseModel, ConfigDict, Field

from jobtracker.resumes.document import Span
from jobtracker.resumes.model import Profile


class FieldEvidence(BaseModel):
    """One field of a profile, by its JSON pointer (RFC 6901), with its value as people read it.

    What was derived from other fields has no spans, and says from what; it has no confidence of its own.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    value: str
    spans: tuple[Span, ...] = ()
    confidence: float | None = Field(default=None, ge=0, le=1)
    derived_from: str | None = None


class Evidence(BaseModel):
    """A profile as read from one resume, with what speaks for each of its fields, and by which weights that was
    reckoned."""

    profile: Profile
    fields: tuple[FieldEvidence, ...]
    confidence_version: str
