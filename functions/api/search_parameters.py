"""What a search may ask for, as parameters of a request's address."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from jobtracker.catalog.model import Query, Sort
from jobtracker.postings.employment import EmploymentType
from jobtracker.postings.model import Seniority, WorkMode
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.sources import listing

_CODE: Final = re.compile(r"[A-Z]{2}")
Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def _country_code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{code}” is no code of a country: it is two capital letters, as DE for Germany")
    return code


def _skill_id(named: str) -> str:
    skill = taxonomy().named(named)
    if skill is None:
        raise ValueError(f"no skill is called “{named}”")
    return skill.id


def _source_id(source_id: str) -> str:
    if listing.find(source_id) is None:
        raise ValueError(f"no source has the id “{source_id}”")
    return source_id


Country = Annotated[Word, AfterValidator(_country_code)]
SkillName = Annotated[Word, AfterValidator(_skill_id)]
SourceId = Annotated[Word, AfterValidator(_source_id)]


class SearchParameters(BaseModel):
    """The filters, each of which narrows what is found; where several values are given, any of them will do."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(default="", max_length=300, description='words; "words that stand together"; -without')
    place: str | None = Field(default=None, max_length=200, description="the name of a place")
    km: float = Field(default=50, gt=0, le=1000, description="how far from the place")
    country: list[Country] = Field(default=[], max_length=20, description="ISO 3166-1 alpha-2")
    remote_from: Country | None = Field(default=None, description="remote work that may be done from this country")
    work_mode: list[WorkMode] = Field(default=[], max_length=3)
    seniority: list[Seniority] = Field(default=[], max_length=6)
    employment_type: list[EmploymentType] = Field(default=[], max_length=10)
    source: list[SourceId] = Field(default=[], max_length=20, description="source ids")
    skill: list[SkillName] = Field(
        default=[], max_length=10, description="ids, names or other spellings of skills; all of them must be named"
    )
    company: list[Word] = Field(
        default=[], max_length=20, description="the whole name of a company, as its postings have it"
    )
    min_pay: float | None = Field(default=None, ge=0, le=1e9, allow_inf_nan=False, description="USD a year")
    pay_unknown: bool = Field(default=False, description="with min_pay: also postings that state no pay")
    posted_within_days: int | None = Field(default=None, ge=1, le=3650)
    sort: Sort = Field(default=Sort.RELEVANCE, description="nearest: by the distance from the place")
    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = Field(default=None, max_length=2000)

    @field_validator("sort")
    @classmethod
    def _measurable(cls, sort: Sort, others: ValidationInfo) -> Sort:
        if sort is Sort.NEAREST and not (others.data.get("place") or "").strip():
            raise ValueError("nearest to what? Name a place")
        return sort

    def query(self, cursor: str | None) -> Query:
        """The same for the catalog, with the cursor freed of its signature."""
        return Query(
            text=self.q,
            place=self.place,
            km=self.km,
            countries=tuple(self.country),
            remote_from=self.remote_from,
            work_modes=tuple(self.work_mode),
            seniorities=tuple(self.seniority),
            employment_types=tuple(self.employment_type),
            sources=tuple(self.source),
            skills=tuple(self.skill),
            companies=tuple(self.company),
            min_pay=self.min_pay,
            pay_unknown=self.pay_unknown,
            posted_within_days=self.posted_within_days,
            sort=self.sort,
            limit=self.limit,
            cursor=cursor,
        )
