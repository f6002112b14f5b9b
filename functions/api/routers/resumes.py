"""Resumes: announce one, upload it straight to storage, follow what becomes of it."""

from datetime import UTC, datetime
from pathlib import PurePath
from uuid import uuid4

from fastapi import APIRouter, status

from functions.api.dependencies import ApiConfig, CorrelationId, CurrentPerson, PeopleTable
from functions.api.document_schemas import ResumeDocument
from functions.api.errors import NotFoundError, StillReadingError, UploadTooLargeError, UploadTypeError
from functions.api.person_schemas import Resume, ResumeCreated, ResumeList, ResumeRequest, Upload
from jobtracker.resumes import gateway, store, uploads

router = APIRouter(prefix="/resumes", tags=["resumes"])


@router.post("", status_code=status.HTTP_201_CREATED)
def create_resume(
    body: ResumeRequest, person: CurrentPerson, table: PeopleTable, settings: ApiConfig, correlation: CorrelationId
) -> ResumeCreated:
    """Announce a resume. The answer says where to send the file."""
    if body.size > uploads.LARGEST_FILE:
        raise UploadTooLargeError
    # By the file's ending, as browsers do not know all types. What the file really is, is seen when it has arrived.
    content_type = uploads.CONTENT_TYPES.get(PurePath(body.filename).suffix.lower())
    if content_type is None:
        raise UploadTypeError
    resume = uploads.Resume(
        id=uuid4().hex,
        person_id=person.id,
        filename=body.filename,
        content_type=content_type,
        size=body.size,
        created_at=datetime.now(UTC),
    )
    store.put_resume(table, resume)
    form = gateway.upload_form(settings.uploads_bucket, resume, correlation)
    return ResumeCreated(resume=Resume.of(resume), upload=Upload(url=form.url, fields=form.fields))


@router.get("")
def list_resumes(person: CurrentPerson, table: PeopleTable) -> ResumeList:
    """All resumes of the person, newest first."""
    found = sorted(store.list_resumes(table, person.id), key=lambda resume: resume.created_at, reverse=True)
    return ResumeList(items=[Resume.of(resume) for resume in found])


@router.get("/{resume_id}")
def get_resume(resume_id: str, person: CurrentPerson, table: PeopleTable) -> Resume:
    """One resume."""
    resume = store.get_resume(table, person.id, resume_id)
    if resume is None:
        raise NotFoundError
    return Resume.of(resume)


@router.get("/{resume_id}/document")
def get_resume_document(
    resume_id: str, person: CurrentPerson, table: PeopleTable, settings: ApiConfig
) -> ResumeDocument:
    """The resume's text and pages, and where on them each field of its profile was read and how surely."""
    resume = store.get_resume(table, person.id, resume_id)
    if resume is None or resume.status is uploads.ResumeStatus.REFUSED:
        raise NotFoundError
    if resume.status is not uploads.ResumeStatus.READ:
        raise StillReadingError
    bucket = settings.uploads_bucket
    extracted = gateway.get_extracted(bucket, gateway.extracted_key(person.id, resume_id))
    evidence = gateway.get_evidence(bucket, person.id, resume_id)
    if extracted is None or evidence is None:
        raise NotFoundError
    return ResumeDocument.of(resume, extracted, evidence, gateway.page_images(bucket, person.id, resume_id))
