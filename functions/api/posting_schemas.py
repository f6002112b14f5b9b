"""The types of the HTTP API that are about one posting: its text, its life, where else it stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from functions.api.schemas import PostingSummary, Skill, SourceName, View
from jobtracker.postings import model as postings
from jobtracker.postings.ghost import Evidence as GhostEvidence
from jobtracker.postings.model import StoredPosting
from jobtracker.skills import context
from jobtracker.skills.model import Asked, Demand


class Life(View):
    """What became of a posting since we first saw it.

    ``last_seen_at`` is when its source was last read whole while it was open; ``reposts`` how often it came back after
    it was closed; ``versions`` counts its contents.
    """

    first_seen_at: datetime
    last_seen_at: datetime | None
    changed_at: datetime | None
    versions: int
    reposts: int
    closed_at: datetime | None
    closed_reason: postings.ClosedReason | None

    @classmethod
    def of(cls, life: postings.Life, last_seen_at: datetime | None) -> Self:
        """The life with the time that the source's state tells."""
        return cls(**life.model_dump(), last_seen_at=life.closed_at or last_seen_at)


class Appearance(View):
    """A place where the same job stands, with the credit that it demands; ``reasons`` say why it is the same job."""

    posting_id: str
    source: SourceName
    company: str | None
    title: str
    url: str
    attribution: str
    first_seen_at: datetime
    closed_at: datetime | None
    reasons: list[str]

    @classmethod
    def of(cls, stored: StoredPosting, reasons: Sequence[str] = (), *, source: SourceName | None = None) -> Self:
        """A posting as one of the places of a job."""
        posting = stored.posting
        return cls(
            posting_id=posting.id,
            source=source or SourceName.of(posting.source_id),
            company=posting.company,
            title=posting.title,
            url=posting.url,
            attribution=posting.attribution,
            first_seen_at=stored.life.first_seen_at,
            closed_at=stored.life.closed_at,
            reasons=list(reasons),
        )


class Evidence(View):
    """Something about a posting that speaks against a real, open job. Never a verdict: each may have a good reason."""

    kind: str
    text: str

    @classmethod
    def of(cls, evidence: GhostEvidence) -> Self:
        """The same evidence."""
        return cls(kind=evidence.kind.value, text=evidence.text)


class Span(View):
    """A piece of ``description_text``: characters (Unicode code points) from ``start`` to before ``end``."""

    start: int
    end: int


class AskedSkill(Skill):
    """A skill of a posting, and how its text asks for it. What only its title or its labels name is ``mentioned``.

    ``years`` are the least that it asks for; ``learned`` says that it promises to teach the skill; ``spans`` are where
    the text names the skill and says so; ``alternatives`` are the ids of skills of which any one is enough instead.
    """

    demand: Demand
    years: int | None
    learned: bool
    spans: list[Span]
    alternatives: list[str]

    @classmethod
    def asked(cls, skill_id: str, asked: Asked | None) -> Self:
        """The skill as the text asks for it, where it does."""
        asked = asked or Asked(skill_id, Demand.MENTIONED)
        return cls(
            **dict(Skill.of(skill_id)),
            demand=asked.demand,
            years=asked.years,
            learned=asked.learned,
            spans=[Span(start=start, end=end) for start, end in asked.spans],
            alternatives=list(asked.alternatives),
        )

    @classmethod
    def all_of(cls, posting: postings.Posting) -> list[Self]:
        """The skills of a posting, in its order."""
        asked = {one.skill: one for one in context.asked(posting.description_text)}
        return [cls.asked(skill_id, asked.get(skill_id)) for skill_id in posting.skills]


class PostingDetail(PostingSummary):
    """One posting with its text (sanitised HTML, and plain), its life and where else it stands.

    ``private``: only this person has it. ``appearances`` holds the posting itself first, then its duplicates;
    ``separated`` the postings that somebody said are not the same job.
    """

    # A list of something narrower than in the summary: these are only ever read.
    skills: list[AskedSkill]  # type: ignore[assignment]
    description_html: str
    description_text: str
    apply_url: str | None
    role: str | None
    employment_type: str | None
    eligibility: list[postings.Eligibility]
    remote_countries: list[str]
    language: str | None
    expires_at: datetime | None
    fetched_at: datetime
    private: bool
    life: Life
    appearances: list[Appearance]
    separated: list[Appearance]
    evidence: list[Evidence]

    @classmethod
    def whole(
        cls,
        stored: StoredPosting,
        *,
        private: bool,
        source_name: str | None,
        last_seen_at: datetime | None,
        others: Sequence[tuple[StoredPosting, Sequence[str]]],
        separated: Sequence[StoredPosting],
        evidence: Sequence[GhostEvidence],
    ) -> Self:
        """The whole posting; ``source_name`` is what its source is called, where only the person knows it."""
        posting = stored.posting
        source = SourceName.of(posting.source_id)
        if source_name is not None:
            source = SourceName(id=source.id, name=source_name)
        return cls(
            **dict(PostingSummary.of(posting)) | {"source": source, "skills": AskedSkill.all_of(posting)},
            description_html=posting.description_html,
            description_text=posting.description_text,
            apply_url=posting.apply_url,
            role=posting.role,
            employment_type=posting.employment_type,
            eligibility=list(posting.eligibility),
            remote_countries=list(posting.remote_countries),
            language=posting.language,
            expires_at=posting.expires_at,
            fetched_at=posting.fetched_at,
            private=private,
            life=Life.of(stored.life, last_seen_at),
            appearances=[
                Appearance.of(stored, source=source),
                *(Appearance.of(other, reasons) for other, reasons in others),
            ],
            separated=[Appearance.of(other) for other in separated],
            evidence=[Evidence.of(one) for one in evidence],
        )


class FieldChange(View):
    """One field before and after a change; null is unknown."""

    field: str
    old: str | None
    new: str | None


class Version(View):
    """One event in a posting's life with what it changed. ``old_text`` is the beginning of the text before."""

    at: datetime
    event: postings.Event
    reason: postings.ClosedReason | None
    changes: list[FieldChange]
    words_added: int
    words_removed: int
    old_text: str | None

    @classmethod
    def of(cls, version: postings.Version) -> Self:
        """The same version."""
        return cls(
            **version.model_dump(exclude={"changes"}),
            changes=[FieldChange(**change.model_dump()) for change in version.changes],
        )


class VersionList(View):
    """The events of a posting's life, newest first."""

    items: list[Version]


class OwnPostingList(View):
    """Postings that only this person has. ``next_cursor`` is null on the last page."""

    items: list[PostingSummary]
    next_cursor: str | None


class SeparationRequest(View):
    """The posting that this one is no duplicate of."""

    posting_id: str
