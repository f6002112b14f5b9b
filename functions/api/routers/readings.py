"""What the language model reads in a posting, when somebody who allows it looks at it."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Response, status

from functions.api import finding
from functions.api.dependencies import ApiConfig, CatalogTable, CorrelationId, CurrentPerson, PeopleTable
from functions.api.errors import LanguageModelOffError, NotFoundError
from functions.api.reading_schemas import Reading
from jobtracker.accounts import consent
from jobtracker.aws import bus
from jobtracker.messages.model import ReadPosting
from jobtracker.postings import readings
from jobtracker.postings.model import StoredPosting
from jobtracker.postings.readings import ReadingStatus, Wish

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

router = APIRouter(prefix="/postings", tags=["readings"])
# A service that does not answer is asked four times, eighteen minutes apart.
_GIVEN_UP_AFTER: Final = timedelta(hours=2)


@router.get("/{posting_id}/reading")
def get_reading(posting_id: str, person: CurrentPerson, people: PeopleTable, catalog: CatalogTable) -> Reading:
    """What was read in the posting, or what became of the person's wish to have it read."""
    stored, own = _posting(catalog, people, person.id, posting_id)
    told = _told(catalog, people, person.id, stored, own=own)
    if told is None:
        raise NotFoundError
    return told


@router.post("/{posting_id}/reading", status_code=status.HTTP_202_ACCEPTED)
def create_reading(
    posting_id: str,
    person: CurrentPerson,
    people: PeopleTable,
    catalog: CatalogTable,
    settings: ApiConfig,
    correlation: CorrelationId,
    response: Response,
) -> Reading:
    """Have the posting read; 200 where it was read already. Asking again while it is read changes nothing."""
    stored, own = _posting(catalog, people, person.id, posting_id)
    told = _told(catalog, people, person.id, stored, own=own)
    if told is not None and told.status is ReadingStatus.READ:
        response.status_code = status.HTTP_200_OK
        return told
    if told is not None and told.status is ReadingStatus.WAITING:
        return told
    if settings.llm_person_month_microdollars == 0 or not consent.get(people, person.id).given:
        raise LanguageModelOffError
    now = datetime.now(UTC)
    wished = Wish(
        posting_id=posting_id,
        name=readings.name_of(stored),
        status=ReadingStatus.WAITING,
        asked_at=now,
        until=now + _GIVEN_UP_AFTER,
    )
    if not stored.posting.description_text.strip():
        wished = wished.model_copy(update={"status": ReadingStatus.FAILED, "reason": "This posting has no text."})
        readings.keep(people, person.id, wished)
        return Reading.of(wished)
    readings.keep(people, person.id, wished)
    message = ReadPosting(person_id=person.id, posting_id=posting_id, correlation_id=correlation)
    bus.send(settings.careful_queue_url, message)
    return Reading.of(wished)


def _posting(catalog: "Table", people: "Table", person_id: str, posting_id: str) -> tuple[StoredPosting, bool]:
    found = finding.posting(catalog, people, person_id, posting_id)
    if found is None:
        raise NotFoundError
    return found


def _told(catalog: "Table", people: "Table", person_id: str, stored: StoredPosting, *, own: bool) -> Reading | None:
    """What is known of a reading of the posting's text as it is now."""
    name = readings.name_of(stored)
    if not own and (reading := readings.shared(catalog, name)) is not None:
        return Reading.read(reading)
    wished = readings.wish(people, person_id, stored.posting.id)
    if wished is None or wished.name != name or (wished.status is ReadingStatus.READ and wished.reading is None):
        return None
    if wished.status is ReadingStatus.WAITING and wished.batched:
        # Somebody looks at it now, and need not wait for the others.
        return None
    if wished.status is ReadingStatus.WAITING and wished.until <= datetime.now(UTC):
        late = {"status": ReadingStatus.FAILED, "reason": "This posting was not read: no answer came in time."}
        return Reading.of(wished.model_copy(update=late))
    return Reading.of(wished)
