"""A match: a posting's score for a profile, with its explanation."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class PartName(StrEnum):
    """The named parts of a score."""

    SKILLS = "skills"
    TITLE = "title"
    TEXT = "text"
    SENIORITY = "seniority"
    PLACE = "place"
    PAY = "pay"


class Part(BaseModel):
    """One part of a score. ``points`` is what it adds to the score out of ``possible``;

    ``known`` is False where the posting or the profile does not say: then the part's points are what an
    average posting gets, neither good nor bad. ``reason`` is one plain sentence.
    """

    model_config = ConfigDict(frozen=True)

    name: PartName
    points: float
    possible: float
    known: bool
    reason: str


class Match(BaseModel):
    """The parts' points add up to ``score`` (0 to 100)."""

    model_config = ConfigDict(frozen=True)

    posting_id: str
    score: float = Field(ge=0, le=100)
    parts: tuple[Part, ...]
    matched_skills: tuple[str, ...] = ()
    missing_skills: tuple[str, ...] = ()


class OwnMatches(BaseModel):
    """The best of what only this person has, as ranked for one version of the profile, by one encoder and in one way.

    ``postings`` is how many were compared, ``read_at`` the moment at which reading them began, ``until`` the one from
    which this is out of date whatever else is the same, ``links`` what of each match's links tells its job from others.
    """

    model_config = ConfigDict(frozen=True)

    profile_version: int
    encoder_version: str | None
    ranking_version: str = ""
    postings: int
    read_at: datetime
    until: datetime | None = None
    matches: tuple[Match, ...] = ()
    links: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class MatchSummary(BaseModel):
    """What a person's stored matches were computed from."""

    person_id: str
    index_version: str
    profile_version: int
    postings: int
    matches: int
    matched_at: datetime
