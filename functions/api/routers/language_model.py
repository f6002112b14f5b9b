"""The language model from a person's side: whether it may be asked, what it has cost, and every receipt."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from functions.api import cursors
from functions.api.dependencies import ApiConfig, CorrelationId, CurrentPerson, PeopleTable, SigningKey
from functions.api.money_schemas import LanguageModel, LanguageModelRequest, Receipt, ReceiptList
from functions.api.settings import Settings
from jobtracker.accounts import consent, spending
from jobtracker.accounts.consent import Consent
from jobtracker.aws import bus, clients
from jobtracker.messages.model import ReadResume
from jobtracker.resumes import store as resumes
from jobtracker.resumes.uploads import ReadBy

router = APIRouter(prefix="/me", tags=["language model"])


def _told(decided: Consent, person_id: str, settings: Settings) -> LanguageModel:
    operations = clients.table(settings.operations_table)
    return LanguageModel(
        available=settings.llm_person_month_microdollars > 0,
        allowed=decided.given,
        decided_at=decided.decided_at,
        spent_microdollars=spending.spent(operations, person_id, datetime.now(UTC)),
        month_cap_microdollars=settings.llm_person_month_microdollars,
    )


@router.get("/language-model")
def get_language_model(person: CurrentPerson, table: PeopleTable, settings: ApiConfig) -> LanguageModel:
    """Whether there is a language model, whether the person allows it, and what it has cost them this month."""
    return _told(consent.get(table, person.id), person.id, settings)


@router.put("/language-model")
def set_language_model(
    body: LanguageModelRequest,
    person: CurrentPerson,
    table: PeopleTable,
    settings: ApiConfig,
    correlation: CorrelationId,
) -> LanguageModel:
    """Allow that texts are sent to the language model, or no longer.

    It holds for what is read from then on, and the resume in use is read again with it.
    """
    decided = Consent(given=body.allowed, decided_at=datetime.now(UTC))
    consent.put(table, person.id, decided)
    if decided.given and settings.llm_person_month_microdollars > 0:
        stored = resumes.get_profile(table, person.id)
        if stored is not None and stored.resume_id is not None and stored.read_by is ReadBy.RULES:
            message = ReadResume(person_id=person.id, resume_id=stored.resume_id, correlation_id=correlation)
            bus.send(settings.careful_queue_url, message)
    return _told(decided, person.id, settings)


@router.get("/llm-receipts")
def list_llm_receipts(
    person: CurrentPerson,
    table: PeopleTable,
    key: SigningKey,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> ReceiptList:
    """What the language model was asked for the person and what it cost, the newest first, a page at a time."""
    before = None if cursor is None else cursors.unseal(cursor, key)
    found = spending.receipts(table, person.id, limit + 1, before=before)
    more = found[limit - 1].id if len(found) > limit else None
    return ReceiptList(
        items=[Receipt(**one.model_dump()) for one in found[:limit]],
        next_cursor=None if more is None else cursors.seal(more, key),
    )
