"""Resumes in S3: the upload form for a browser, the file that came, what was read from it. And Textract.

A file lies under ``uploads/<person>/<resume>/original<ending>``, its text under ``extracted/<person>/<resume>.json``,
what is said of skills there under ``extracted/<person>/<resume>.skills.json``, what speaks for the profile under
``extracted/<person>/<resume>.evidence.json``, and pictures of its pages under
``extracted/<person>/<resume>/<page>.webp``. The file's metadata carries the correlation id of the request that
announced it, so that everything that follows is tied to that request.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jobtracker.aws import clients
from jobtracker.resumes.document import Box
from jobtracker.resumes.evidence import Evidence
from jobtracker.resumes.ocr import UnreadPageError, Word
from jobtracker.resumes.phrases import NamedSkills
from jobtracker.resumes.uploads import CONTENT_TYPES, LARGEST_FILE, Extracted, Resume

if TYPE_CHECKING:
    from mypy_boto3_textract.type_defs import BlockTypeDef

FORM_SECONDS: Final = 900
IMAGE_SECONDS: Final = 3_600
_CORRELATION: Final = "correlation-id"
_KEY: Final = re.compile(r"uploads/(?P<person>[\w-]+)/(?P<resume>[\w-]+)/original\.\w+", re.ASCII)
_IMAGE: Final = re.compile(r"(?P<page>[1-9]\d*)\.webp", re.ASCII)
_ENDINGS: Final = {content_type: ending for ending, content_type in CONTENT_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Form:
    """Where a browser posts a file, and the fields that go before it."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that came, and whose it is."""

    person_id: str
    resume_id: str
    data: bytes
    correlation_id: str | None


def upload_form(bucket: str, resume: Resume, correlation_id: str) -> Form:
    """A form that takes one file of the resume's type, of 1 to ``LARGEST_FILE`` bytes, for ``FORM_SECONDS`` seconds."""
    fields = {"Content-Type": resume.content_type, f"x-amz-meta-{_CORRELATION}": correlation_id}
    form = clients.s3().generate_presigned_post(
        bucket,
        f"uploads/{resume.person_id}/{resume.id}/original{_ENDINGS[resume.content_type]}",
        Fields=dict(fields),
        Conditions=[["content-length-range", 1, LARGEST_FILE], *({name: value} for name, value in fields.items())],
        ExpiresIn=FORM_SECONDS,
    )
    return Form(url=form["url"], fields=form["fields"])


def uploaded(bucket: str, key: str) -> Uploaded | None:
    """The file under ``key``; None when the key is not a resume's or the file is gone.

    No more than one byte beyond ``LARGEST_FILE`` is fetched: enough to see that a file is too large.
    """
    names = _KEY.fullmatch(key)
    if names is None:
        return None
    try:
        answer = clients.s3().get_object(Bucket=bucket, Key=key)
    except clients.s3().exceptions.NoSuchKey:
        return None
    with answer["Body"] as body:
        data = body.read(LARGEST_FILE + 1)
    return Uploaded(
        person_id=names["person"],
        resume_id=names["resume"],
        data=data,
        correlation_id=answer["Metadata"].get(_CORRELATION),
    )


def extracted_key(person_id: str, resume_id: str) -> str:
    """Where what extraction made of a file lies."""
    return f"extracted/{person_id}/{resume_id}.json"


def put_extracted(bucket: str, person_id: str, resume_id: str, extracted: Extracted) -> str:
    """Store what extraction made of a file, and say under which key."""
    key = extracted_key(person_id, resume_id)
    clients.s3().put_object(
        Bucket=bucket, Key=key, Body=extracted.model_dump_json().encode(), ContentType="application/json"
    )
    return key


def get_extracted(bucket: str, key: str) -> Extracted | None:
    """What extraction made of a file; None when it is gone."""
    stored = _stored(bucket, key)
    return None if stored is None else Extracted.model_validate_json(stored)


def put_skills(bucket: str, person_id: str, resume_id: str, named: NamedSkills) -> None:
    """Store what a resume's text says of skills."""
    clients.s3().put_object(
        Bucket=bucket,
        Key=f"extracted/{person_id}/{resume_id}.skills.json",
        Body=named.model_dump_json().encode(),
        ContentType="application/json",
    )


def get_skills(bucket: str, person_id: str, resume_id: str) -> NamedSkills | None:
    """What a resume's text says of skills; None when that is not stored."""
    stored = _stored(bucket, f"extracted/{person_id}/{resume_id}.skills.json")
    return None if stored is None else NamedSkills.model_validate_json(stored)


def put_evidence(bucket: str, person_id: str, resume_id: str, evidence: Evidence) -> None:
    """Store what speaks for the profile that was read from a resume."""
    clients.s3().put_object(
        Bucket=bucket,
        Key=f"extracted/{person_id}/{resume_id}.evidence.json",
        Body=evidence.model_dump_json().encode(),
        ContentType="application/json",
    )


def get_evidence(bucket: str, person_id: str, resume_id: str) -> Evidence | None:
    """What speaks for the profile that was read from a resume; None when that is not stored."""
    stored = _stored(bucket, f"extracted/{person_id}/{resume_id}.evidence.json")
    return None if stored is None else Evidence.model_validate_json(stored)


def put_page_image(bucket: str, person_id: str, resume_id: str, page: int, image: bytes) -> None:
    """Store the picture of a page, a WebP."""
    clients.s3().put_object(
        Bucket=bucket,
        Key=f"extracted/{person_id}/{resume_id}/{page}.webp",
        Body=image,
        ContentType="image/webp",
        CacheControl="private, max-age=3600",
    )


def page_images(bucket: str, person_id: str, resume_id: str) -> dict[int, str]:
    """The addresses of the pictures of a resume's pages by the pages' numbers, good for ``IMAGE_SECONDS`` seconds."""
    prefix = f"extracted/{person_id}/{resume_id}/"
    listed = clients.s3().list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
    keys = {
        int(name["page"]): item["Key"]
        for item in listed
        if (name := _IMAGE.fullmatch(item["Key"].removeprefix(prefix)))
    }
    return {
        page: clients.s3().generate_presigned_url(
            "get_object", Params={"Bucket": bucket, "Key": keys[page]}, ExpiresIn=IMAGE_SECONDS
        )
        for page in sorted(keys)
    }


def _stored(bucket: str, key: str) -> bytes | None:
    try:
        answer = clients.s3().get_object(Bucket=bucket, Key=key)
    except clients.s3().exceptions.NoSuchKey:
        return None
    with answer["Body"] as body:
        return body.read()


def detect_words(picture: bytes) -> list[Word]:
    """The words that Amazon Textract reads on a page, a PNG, line by line.

    Raises UnreadPageError for a page that it refuses.
    https://docs.aws.amazon.com/textract/latest/dg/API_DetectDocumentText.html
    """
    refusals = clients.textract().exceptions
    try:
        blocks = clients.textract().detect_document_text(Document={"Bytes": picture})["Blocks"]
    except (
        refusals.BadDocumentException,
        refusals.DocumentTooLargeException,
        refusals.InvalidParameterException,
        refusals.UnsupportedDocumentException,
    ) as error:
        raise UnreadPageError(type(error).__name__) from error
    by_id = {block["Id"]: block for block in blocks}
    lines = [block for block in blocks if block["BlockType"] == "LINE"]
    return [
        Word(text=word["Text"], confidence=word["Confidence"], block=0, line=(number,), box=_box(word))
        for number, line in enumerate(lines)
        for related in line.get("Relationships", [])
        if related["Type"] == "CHILD"
        for word in (by_id[name] for name in related["Ids"])
    ]


def _box(block: "BlockTypeDef") -> Box | None:
    """Where a block stands on its page (https://docs.aws.amazon.com/textract/latest/dg/API_BoundingBox.html)."""
    place = block.get("Geometry", {}).get("BoundingBox")
    if place is None:
        return None
    left, top = place["Left"], place["Top"]
    sides = left, top, left + place["Width"], top + place["Height"]
    return Box(*(round(min(1.0, max(0.0, side)), 4) for side in sides))
