"""Every event and queue message of the system, as versioned pydantic types.

A producer sends ``message.model_dump_json()``; a consumer reads it back with the same type, so that
both sides are tested against one definition. Events travel over the bus as the ``detail`` of an
EventBridge entry whose ``detail-type`` is the type's name; queue messages are the SQS body itself.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

EVENT_SOURCE = "jobtracker"


def _new_id() -> str:
    return uuid4().hex


def _now() -> datetime:
    return datetime.now(UTC)


class Message(BaseModel):
    """What every message carries: its version, its own id, and the id of the request that began it all."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Literal[1] = 1
    id: str = Field(default_factory=_new_id)
    correlation_id: str = Field(default_factory=_new_id)
    occurred_at: datetime = Field(default_factory=_now)


class CollectSource(Message):
    """Collect one source now, or go on with the run of it that is under way. FIFO: the message group is the source's
    host, for a person's own source one of that person. ``owner_id`` is the person whose own source it is."""

    type: Literal["CollectSource"] = "CollectSource"
    source_id: str
    owner_id: str | None = None
    run_id: str | None = None


class ImportPosting(Message):
    """Read what a person brought in: a page, a mail, the name of a company."""

    type: Literal["ImportPosting"] = "ImportPosting"
    person_id: str
    import_id: str


class ResumeExtracted(Message):
    """The text (or the refusal) of an uploaded resume lies in S3 under ``key``."""

    type: Literal["ResumeExtracted"] = "ResumeExtracted"
    person_id: str
    resume_id: str
    key: str


class ReadResume(Message):
    """Read the resume in use with the language model, over what the rules read of it."""

    type: Literal["ReadResume"] = "ReadResume"
    person_id: str
    resume_id: str


class ReadPosting(Message):
    """Read a posting with the language model for a person who looks at it."""

    type: Literal["ReadPosting"] = "ReadPosting"
    person_id: str
    posting_id: str


class ReadMatches(Message):
    """Read the postings that fit a person best with the language model, in one batch."""

    type: Literal["ReadMatches"] = "ReadMatches"
    person_id: str


class CollectReadings(Message):
    """Fetch what the language model read in a batch, if it has ended."""

    type: Literal["CollectReadings"] = "CollectReadings"
    person_id: str
    plan_id: str


class MatchShard(Message):
    """Match everybody in one shard of people against what changed in the catalog index."""

    type: Literal["MatchShard"] = "MatchShard"
    shard: int
    index_version: str


class ProfileChanged(Message):
    """A person's profile has a new version: rank the whole catalog for it."""

    type: Literal["ProfileChanged"] = "ProfileChanged"
    person_id: str
    profile_version: int


class PostingsCollected(Message):
    """One collection ended; ``state`` says how (see ``sources.model.SourceState``)."""

    type: Literal["PostingsCollected"] = "PostingsCollected"
    source_id: str
    collection_id: str
    state: str
    seen: int
    written: int


class CatalogIndexed(Message):
    """A new catalog index is published."""

    type: Literal["CatalogIndexed"] = "CatalogIndexed"
    index_version: str
    postings: int
    encoder_version: str | None


class MatchesFound(Message):
    """A person's matches were ranked anew."""

    type: Literal["MatchesFound"] = "MatchesFound"
    person_id: str
    index_version: str
    profile_version: int
    matches: int


class ModelPublished(Message):
    """A new version of a model artifact is in its channel."""

    type: Literal["ModelPublished"] = "ModelPublished"
    artifact: str
    artifact_version: str


Event = PostingsCollected | CatalogIndexed | ProfileChanged | MatchesFound | ModelPublished
MatchMessage = Annotated[MatchShard | ProfileChanged, Field(discriminator="type")]
CarefulMessage = Annotated[ReadResume | ReadPosting | ReadMatches | CollectReadings, Field(discriminator="type")]
careful_message: TypeAdapter[ReadResume | ReadPosting | ReadMatches | CollectReadings] = TypeAdapter(CarefulMessage)
match_message: TypeAdapter[MatchShard | ProfileChanged] = TypeAdapter(MatchMessage)
