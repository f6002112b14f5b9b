"""The types of the HTTP API that are about postings which a person brings along. See ``schemas`` for the rules."""

from datetime import datetime
from typing import Self

from pydantic import Base64Bytes, Field, model_validator

from functions.api.schemas import RequestBody, View
from jobtracker.sources.imports import model as imports

# Bytes. A request to a function has 6 MB at most, and base64 makes four of three.
LARGEST_CONTENT = 4_000_000


class ImportRequest(RequestBody):
    """What to read: the address of a page (``url``), a page as it was seen (``page``: its HTML in ``content``), a
    job-alert mail (``mail``: the whole .eml in ``content``), or a company whose board is looked for (``board``: its
    name or web address in ``url``). ``content`` is base64; ``filename`` is what the file is called that it was in."""

    kind: imports.ImportKind
    url: str | None = Field(default=None, min_length=1, max_length=2000)
    content: Base64Bytes | None = Field(default=None, min_length=1, max_length=LARGEST_CONTENT)
    filename: str | None = Field(default=None, max_length=255)

    @model_validator(mode="after")
    def _has_what_it_takes(self) -> Self:
        if self.kind in {imports.ImportKind.URL, imports.ImportKind.BOARD} and self.url is None:
            raise ValueError(f"{self.kind.value} takes a url")
        if self.kind in {imports.ImportKind.PAGE, imports.ImportKind.MAIL} and self.content is None:
            raise ValueError(f"{self.kind.value} takes its content")
        return self


class FoundBoard(View):
    """A board that was found for a company: how, and what shows that it is the company's."""

    source_id: str
    system: str
    company: str
    how: str
    evidence: str


class Import(View):
    """What a person brought along, and what became of it. ``reason`` says why nothing was found, and what to do.
    ``subject`` and ``sender`` are a mail's own words, once it was read; ``filename`` is that of the file it was in."""

    id: str
    kind: imports.ImportKind
    url: str | None
    filename: str | None
    subject: str | None
    sender: str | None
    status: imports.ImportStatus
    reason: str | None
    how: imports.How | None
    posting_ids: list[str]
    refusals: list[str]
    boards: list[FoundBoard]
    created_at: datetime

    @classmethod
    def of(cls, one: imports.Import) -> Self:
        """The import without its owner."""
        return cls(
            id=one.id,
            kind=one.kind,
            url=one.url,
            filename=one.filename,
            subject=one.subject,
            sender=one.sender,
            status=one.status,
            reason=one.reason,
            how=one.how,
            posting_ids=list(one.posting_ids),
            refusals=list(one.refusals),
            boards=[FoundBoard(**board.model_dump(include=set(FoundBoard.model_fields))) for board in one.boards],
            created_at=one.created_at,
        )


class ImportList(View):
    """The last imports of a person, newest first."""

    items: list[Import]
