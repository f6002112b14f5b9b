"""Postings that only this person has: what was pasted, mailed, or fetched from a source of their own."""

from typing import Annotated

from fastapi import APIRouter, Query, status

from functions.api import cursors
from functions.api.dependencies import ApiConfig, CorrelationId, CurrentPerson, PeopleTable, SigningKey
from functions.api.errors import NotFoundError
from functions.api.posting_schemas import OwnPostingList
from functions.api.ranking import rank_anew
from functions.api.schemas import PostingSummary
from jobtracker.postings import private

router = APIRouter(prefix="/own-postings", tags=["own postings"])


@router.get("")
def list_own_postings(
    person: CurrentPerson,
    table: PeopleTable,
    key: SigningKey,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> OwnPostingList:
    """The person's own postings, a page at a time."""
    after = None if cursor is None else cursors.unseal(cursor, key)
    found, last = private.page(table, person.id, limit=limit, after=after)
    return OwnPostingList(
        items=[PostingSummary.of(stored.posting) for stored in found],
        next_cursor=None if last is None else cursors.seal(last, key),
    )


@router.delete("/{posting_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_own_posting(
    posting_id: str, person: CurrentPerson, table: PeopleTable, settings: ApiConfig, correlation: CorrelationId
) -> None:
    """Delete one of the person's own postings; the matches are ranked anew without it."""
    if not private.delete(table, person.id, posting_id):
        raise NotFoundError
    rank_anew(table, settings, person.id, correlation)
