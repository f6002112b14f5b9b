"""Bringing postings along: a page's address, a page as it was seen, a job-alert mail; and finding a company's board."""

from datetime import UTC, datetime

from fastapi import APIRouter, status

from functions.api.dependencies import ApiConfig, CorrelationId, CurrentPerson, PeopleTable
from functions.api.errors import NotFoundError
from functions.api.import_schemas import Import, ImportList, ImportRequest
from jobtracker.aws import bus
from jobtracker.messages.model import ImportPosting
from jobtracker.sources.imports import gateway, model, naming, store

router = APIRouter(prefix="/imports", tags=["imports"])
SHOWN = 50


@router.post("", status_code=status.HTTP_202_ACCEPTED)
def create_import(
    body: ImportRequest, person: CurrentPerson, settings: ApiConfig, table: PeopleTable, correlation: CorrelationId
) -> Import:
    """Read a page or a mail that the person brings. What is found in it is this person's alone."""
    now = datetime.now(UTC)
    asked = model.Import(
        id=model.new_id(now),
        person_id=person.id,
        kind=body.kind,
        url=body.url,
        filename=naming.in_short(body.filename),
        created_at=now,
    )
    if body.content is not None:
        gateway.put_content(settings.uploads_bucket, asked, body.content)
    store.create(table, asked)
    message = ImportPosting(person_id=person.id, import_id=asked.id, correlation_id=correlation)
    bus.send(settings.import_queue_url, message)
    return Import.of(asked)


@router.get("")
def list_imports(person: CurrentPerson, table: PeopleTable) -> ImportList:
    """The person's last imports, newest first."""
    return ImportList(items=[Import.of(one) for one in store.list_recent(table, person.id, limit=SHOWN)])


@router.get("/{import_id}")
def get_import(import_id: str, person: CurrentPerson, table: PeopleTable) -> Import:
    """What became of an import."""
    found = store.get(table, person.id, import_id)
    if found is None:
        raise NotFoundError
    return Import.of(found)
