"""What the catalog index is asked and what it answers."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from jobtracker.postings.model import Pay, Place, Posting, Seniority, WorkMode


class InvalidCursorError(ValueError):
    """A cursor that this query did not give out."""


class Sort(StrEnum):
    """The order of a search's results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class PostingSummary(BaseModel):
    """A posting without its description: what a list of postings shows."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    company: str | None = None
    places: tuple[Place, ...] = ()
    work_mode: WorkMode | None = None
    pay: Pay | None = None
    seniority: Seniority | None = None
    skills: tuple[str, ...] = Field(default=(), description="skill ids of the taxonomy")
    posted_at: datetime | None = None
    url: str
    source_id: str
    attribution: str
    sample: bool = False


# A summary's fields are the posting's own, so that one JSON serialisation serves both.
SUMMARY_FIELDS = set(PostingSummary.model_fields)


def summarise(posting: Posting) -> PostingSummary:
    """The summary of a posting."""
    return PostingSummary.model_validate(posting.model_dump(include=SUMMARY_FIELDS))


class Query(BaseModel):
    """A search. Every filter narrows; ``min_pay`` is USD a year and leaves out postings that do not state their pay."""

    model_config = ConfigDict(frozen=True)

    text: str = ""
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    work_mode: WorkMode | None = None
    seniority: Seniority | None = None
    source: str | None = None
    min_pay: float | None = Field(default=None, ge=0)
    sort: Sort = Sort.RELEVANCE
    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = None


class Page(BaseModel):
    """One page of results. ``total`` and ``facets`` count all results, not only this page's.

    ``approximate`` says that no posting had the words as typed, and that these have words like them.
    """

    total: int
    items: tuple[PostingSummary, ...]
    facets: dict[str, dict[str, int]]
    next_cursor: str | None = None
    index_version: str
    approximate: bool = False


class IndexInfo(BaseModel):
    """What an index was built from. Two indexes of one version hold the same postings."""

    model_config = ConfigDict(frozen=True)

    format: int
    version: str
    postings: int
    encoder_version: str | None
    dims: int
    skills_version: str
    next_slot: int
