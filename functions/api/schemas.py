"""The types of the HTTP API. They are what openapi.json and the page's client are made from.

They are kept apart from the domain's types, so that neither can change the other by accident; each response
type is made from its domain type by ``of``. No response field has a default: what a client reads is always there.
"""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

from functions.api import names
from jobtracker.catalog import model as catalog
from jobtracker.matching import model as matching
from jobtracker.postings import model as postings

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class RequestBody(BaseModel):
    """What a client sends: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class View(BaseModel):
    """What a client gets."""

    model_config = ConfigDict(frozen=True)


# --- what several parts share


class Skill(View):
    """A skill of the taxonomy."""

    id: str
    name: str

    @classmethod
    def of(cls, skill_id: str) -> Self:
        """The skill with its name; an id that the taxonomy no longer has is its own name."""
        return cls(id=skill_id, name=names.skill_name(skill_id))


class Place(View):
    """A place as far as it is known; the country is ISO 3166-1 alpha-2."""

    text: str
    city: str | None
    region: str | None
    country: str | None

    @classmethod
    def of(cls, place: postings.Place) -> Self:
        """The place without its coordinates."""
        return cls(text=place.text, city=place.city, region=place.region, country=place.country)


# --- postings


class Pay(View):
    """Pay as the posting states it; an open end is null."""

    minimum: float | None
    maximum: float | None
    currency: str
    period: postings.PayPeriod

    @classmethod
    def of(cls, pay: postings.Pay) -> Self:
        """The same pay."""
        return cls(minimum=pay.minimum, maximum=pay.maximum, currency=pay.currency, period=pay.period)


class SourceName(View):
    """A source as a posting names it."""

    id: str
    name: str

    @classmethod
    def of(cls, source_id: str) -> Self:
        """The source with its name; one that is no longer read keeps its id as its name."""
        return cls(id=source_id, name=names.source_name(source_id))


class PostingSummary(View):
    """A posting as lists show it. Null is unknown."""

    id: str
    title: str
    company: str | None
    places: list[Place]
    work_mode: postings.WorkMode | None
    pay: Pay | None
    seniority: postings.Seniority | None
    skills: list[Skill]
    posted_at: datetime | None
    url: str
    source: SourceName
    attribution: str
    sample: bool

    @classmethod
    def of(cls, posting: postings.Posting | catalog.PostingSummary) -> Self:
        """The posting without its text, from the catalog table or from the catalog index."""
        return cls(
            id=posting.id,
            title=posting.title,
            company=posting.company,
            places=[Place.of(place) for place in posting.places],
            work_mode=posting.work_mode,
            pay=None if posting.pay is None else Pay.of(posting.pay),
            seniority=posting.seniority,
            skills=[Skill.of(skill_id) for skill_id in posting.skills],
            posted_at=posting.posted_at,
            url=posting.url,
            source=SourceName.of(posting.source_id),
            attribution=posting.attribution,
            sample=posting.sample,
        )


class FoundPosting(PostingSummary):
    """A posting that a search found; with ``sort=nearest`` also how far the nearest of its places is from ``place``."""

    distance_km: float | None

    @classmethod
    def found(cls, posting: catalog.PostingSummary) -> Self:
        """The posting as the catalog index found it."""
        return cls(**dict(PostingSummary.of(posting)), distance_km=posting.distance_km)


class Facets(View):
    """How many of the found postings have each value; a filter does not narrow the counts of its own values.

    ``age`` counts those posted within 1, 7, 30 and 90 days, each with those before; ``pay`` is by USD a year.
    """

    country: dict[str, int]
    work_mode: dict[str, int]
    seniority: dict[str, int]
    source: dict[str, int]
    employment_type: dict[str, int]
    skill: dict[str, int]
    age: dict[str, int]
    pay: dict[str, int]


class SearchCoverage(View):
    """What the search looked at: all ``seen`` postings, of which some are closed or expired or duplicates of others,
    and ``filtered`` were left out by words and filters."""

    seen: int
    closed: int
    expired: int
    duplicates: int
    filtered: int


class Correction(View):
    """A word as ``typed``, and the one that was probably meant and therefore ``searched`` for as well."""

    typed: str
    searched: str

    @classmethod
    def of(cls, one: catalog.Correction) -> Self:
        """The same correction."""
        return cls(typed=one.typed, searched=one.searched)


class PostingPage(View):
    """One page of found postings; ``next_cursor`` is null on the last page.

    ``approximate``: no posting has the words as they were typed, and these have words like them: those of
    ``corrections`` where one word was probably meant. ``place`` is what the place's name was read as; null for a name
    that is no place, near which nothing is found, and ``place_correction`` what of it was read as the name that was
    probably meant, if anything was. ``skills`` and ``sources`` name the values of these two facets.
    """

    total: int
    items: list[FoundPosting]
    facets: Facets
    skills: dict[str, str]
    sources: dict[str, str]
    coverage: SearchCoverage
    place: Place | None
    place_correction: Correction | None
    next_cursor: str | None
    approximate: bool
    corrections: list[Correction]

    @classmethod
    def of(cls, page: catalog.Page, next_cursor: str | None) -> Self:
        """The page with the cursor that clients get; a facet that counts nothing is empty."""
        facets = {name: page.facets.get(name, {}) for name in Facets.model_fields}
        seen = page.coverage
        return cls(
            total=page.total,
            items=[FoundPosting.found(posting) for posting in page.items],
            facets=Facets(**facets),
            skills={skill_id: names.skill_name(skill_id) for skill_id in facets["skill"]},
            sources={source_id: names.source_name(source_id) for source_id in facets["source"]},
            coverage=SearchCoverage(
                seen=seen.rows,
                closed=seen.closed,
                expired=seen.expired,
                duplicates=seen.duplicates,
                filtered=seen.filtered,
            ),
            place=None if page.place is None else Place.of(page.place),
            place_correction=None if page.place_correction is None else Correction.of(page.place_correction),
            next_cursor=next_cursor,
            approximate=page.approximate,
            corrections=[Correction.of(one) for one in page.corrections],
        )


# --- matches


class MatchPart(View):
    """One part of a score. Where ``known`` is false, ``points`` is what an average posting gets."""

    name: matching.PartName
    points: float
    possible: float
    known: bool
    reason: str


class Match(View):
    """A posting's score (0 to 100) and the parts that add up to it."""

    score: float
    parts: list[MatchPart]
    matched_skills: list[Skill]
    missing_skills: list[Skill]
    posting: PostingSummary

    @classmethod
    def of(cls, match: matching.Match, posting: postings.Posting) -> Self:
        """The match with its posting."""
        return cls(
            score=match.score,
            parts=[MatchPart(**part.model_dump()) for part in match.parts],
            matched_skills=[Skill.of(skill_id) for skill_id in match.matched_skills],
            missing_skills=[Skill.of(skill_id) for skill_id in match.missing_skills],
            posting=PostingSummary.of(posting),
        )


class MatchSummary(View):
    """What the matches were computed from."""

    index_version: str
    profile_version: int
    postings: int
    matches: int
    matched_at: datetime


class MatchPage(View):
    """One page of matches, best first. ``stale``: the profile changed since, and newer matches are on their way."""

    summary: MatchSummary | None
    stale: bool
    items: list[Match]
    next_cursor: str | None


# --- the service itself


class Health(View):
    """That the API answers, and which build it is."""

    status: Literal["ok"]
    version: str


class FieldError(View):
    """One field that was refused."""

    field: str
    code: str
    message: str


class Problem(BaseModel):
    """An error as RFC 9457 describes it. ``type`` leads to the documentation of the problem."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None
