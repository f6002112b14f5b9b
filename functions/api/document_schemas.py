"""The types of the HTTP API that show a resume beside what was read from it. See ``schemas`` for the rules."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field

from functions.api.person_schemas import ProfileFields, Scan
from functions.api.schemas import View
from jobtracker.resumes import document, evidence, uploads


class Box(View):
    """A rectangle as shares (0 to 1) of the page's width and height, from its top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def of(cls, box: document.Box | None) -> Self | None:
        """The box, if there is one."""
        return None if box is None else cls(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)


class DocumentPage(View):
    """A page of a document. A PDF is measured in points, a picture in pixels."""

    number: int = Field(description="from 1")
    width: float
    height: float
    image: str | None = Field(description="the address of its picture, good for an hour; null where there is none")


class DocumentSpan(View):
    """A part of the document's text, from ``start`` to before ``end``, counted in characters (Unicode code points)."""

    start: int
    end: int
    page: int | None = Field(description="from 1; null in a format without pages")
    box: Box | None = Field(description="null where nobody knows where it stands")

    @classmethod
    def of(cls, span: document.Span | document.Line) -> Self:
        """The span with its box."""
        return cls(start=span.start, end=span.end, page=span.page, box=Box.of(span.box))


class DocumentField(View):
    """A field of the profile with its value as people read it, and where in the document it was read."""

    path: str = Field(description="a JSON pointer into the profile: /work/0/title")
    value: str
    spans: list[DocumentSpan]
    confidence: float | None = Field(description="the share of such fields that are right; null for what is derived")
    derived_from: str | None = Field(description="from what, where the field stands nowhere itself")

    @classmethod
    def of(cls, field: evidence.FieldEvidence) -> Self:
        """The field with its spans."""
        return cls(
            path=field.path,
            value=field.value,
            spans=[DocumentSpan.of(span) for span in field.spans],
            confidence=field.confidence,
            derived_from=field.derived_from,
        )


class ResumeDocument(View):
    """A resume as text and pages, what was read from it and where. ``profile`` is that of this resume alone, without
    corrections. Of a longer text the first 100,000 characters are told."""

    resume_id: str
    filename: str
    content_type: str
    text: str
    scan: Scan | None
    pages: list[DocumentPage]
    lines: list[DocumentSpan]
    fields: list[DocumentField]
    profile: ProfileFields

    @classmethod
    def of(
        cls,
        resume: uploads.Resume,
        extracted: uploads.Extracted,
        told: evidence.Evidence,
        images: Mapping[int, str],
    ) -> Self:
        """What is stored of a resume, put together."""
        scan = extracted.scan
        return cls(
            resume_id=resume.id,
            filename=resume.filename,
            content_type=resume.content_type,
            text=extracted.text[: document.LONGEST_TEXT],
            scan=None if scan is None else Scan(**scan.model_dump()),
            pages=[DocumentPage(**page.model_dump(), image=images.get(page.number)) for page in extracted.pages],
            lines=[DocumentSpan.of(line) for line in extracted.lines if line.end <= document.LONGEST_TEXT],
            fields=[DocumentField.of(field) for field in told.fields],
            profile=ProfileFields.of(told.profile),
        )
