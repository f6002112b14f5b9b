"""What the catalog index is asked and what it answers."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from jobtracker.postings.model import Pay, Place, Posting, Seniority, StoredPosting, WorkMode


class InvalidCursorError(ValueError):
    """A cursor that this query did not give out."""


class Sort(StrEnum):
    """The order of a search's results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    PAY = "pay"
    NEAREST = "nearest"


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
    distance_km: float | None = Field(default=None, description="from the place asked for, in its order")


class Record(Posting):
    """A posting without its text, with the time that we first saw it: what an index keeps at hand of each."""

    first_seen_at: datetime


_TEXT = {"description_html", "description_text"}


def record_json(stored: StoredPosting) -> str:
    """The record of a posting as JSON; what it leaves out has its default."""
    values = stored.posting.model_dump(mode="json", exclude=_TEXT, exclude_defaults=True)
    return Record.model_construct(**values, first_seen_at=stored.life.first_seen_at).model_dump_json(
        exclude_defaults=True, warnings=False
    )


def summarise(posting: Posting) -> PostingSummary:
    """The summary of a posting."""
    return PostingSummary.model_validate(posting.model_dump(include=set(PostingSummary.model_fields)))


class Query(BaseModel):
    """A search. Every filter narrows; of several values of one filter any will do, but all ``skills`` must be named.

    ``place`` or a latitude with a longitude asks for postings one of whose places is at most ``km`` away. ``min_pay``
    is USD a year. ``remote_from`` asks for remote work that may be done from a country. Without a place that has
    coordinates nothing is nearest, and the order is the usual one.
    """

    model_config = ConfigDict(frozen=True)

    text: str = ""
    place: str | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    km: float = Field(default=50, gt=0, le=20_050)
    countries: tuple[str, ...] = Field(default=(), description="ISO 3166-1 alpha-2")
    work_modes: tuple[WorkMode, ...] = ()
    remote_from: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    seniorities: tuple[Seniority, ...] = ()
    employment_types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    skills: tuple[str, ...] = Field(default=(), description="skill ids of the taxonomy")
    companies: tuple[str, ...] = Field(default=(), description="names, or keys of names")
    min_pay: float | None = Field(default=None, ge=0)
    pay_unknown: bool = Field(default=False, description="with min_pay, also postings that do not state their pay")
    posted_within_days: int | None = Field(default=None, ge=1)
    sort: Sort = Sort.RELEVANCE
    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = None


class Seen(BaseModel):
    """How many postings a search looked at, and why the others were not shown. ``rows`` are all that we hold."""

    model_config = ConfigDict(frozen=True)

    rows: int
    open: int
    closed: int
    duplicates: int
    expired: int
    filtered: int


class Correction(BaseModel):
    """A word as ``typed``, and the one that was ``searched`` for as well, because it was probably meant."""

    model_config = ConfigDict(frozen=True)

    typed: str
    searched: str


class Page(BaseModel):
    """One page of results. ``total`` and ``facets`` count all results, not only this page's.

    A facet's counts are those that would be found if its own filter were lifted. ``approximate`` says that no posting
    had the words as typed, and that these have words like them; ``corrections`` say which, where it is one word that
    was probably meant. ``place`` is how the place asked for was understood: None where none was asked for, or none is
    called so, and then nothing is found; ``place_correction`` says which other name was read, where the one that was
    typed is no place. In the order of the distance each posting has its own.
    """

    total: int
    items: tuple[PostingSummary, ...]
    facets: dict[str, dict[str, int]]
    next_cursor: str | None = None
    index_version: str
    approximate: bool = False
    corrections: tuple[Correction, ...] = ()
    place: Place | None = None
    place_correction: Correction | None = None
    coverage: Seen


class Appearance(BaseModel):
    """One source's posting of a job; ``reasons`` say why it counts as the same job as the canonical one."""

    model_config = ConfigDict(frozen=True)

    id: str
    source_id: str
    url: str
    title: str
    company: str | None
    posted_at: datetime | None
    first_seen_at: datetime
    closed_at: datetime | None
    attribution: str
    reasons: tuple[str, ...] = ()


class PostingInfo(BaseModel):
    """What the index knows of a posting: the one that stands for it, and everywhere that the job appears.

    ``company_open`` counts the company's open postings, ``company_long_open`` those first seen two months ago or more.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    canonical_id: str
    open: bool
    appearances: tuple[Appearance, ...]
    company_open: int = 0
    company_long_open: int = 0
    index_version: str


class SegmentInfo(BaseModel):
    """A segment: rows written once, which later versions only hide."""

    model_config = ConfigDict(frozen=True)

    name: str
    rows: int
    chunks: int


class IndexInfo(BaseModel):
    """What an index was built from. Two indexes of one version show the same postings.

    ``postings`` are those that are shown, of all ``rows``; ``documents`` were written into the text index so far.
    """

    model_config = ConfigDict(frozen=True)

    format: int
    version: str
    postings: int
    encoder_version: str | None
    dims: int
    skills_version: str
    next_slot: int
    documents: int
    rows: int
    closed: int
    duplicates: int
    segments: tuple[SegmentInfo, ...]
