"""The person's ranked postings."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from functions.api import caching, cursors, finding
from functions.api.dependencies import CatalogTable, CurrentPerson, PeopleTable, SigningKey
from functions.api.errors import NotFoundError
from functions.api.schemas import Match, MatchPage, MatchSummary
from jobtracker.catalog.model import InvalidCursorError
from jobtracker.matching import model as matching
from jobtracker.matching import store
from jobtracker.resumes import store as resume_store

router = APIRouter(prefix="/matches", tags=["matches"])

_SEPARATOR: Final = "|"
Position = tuple[float, str]


def _position(match: matching.Match) -> Position:
    """Where a match stands in the order: best first, and by id where scores are equal."""
    return (-match.score, match.posting_id)


def _seal(position: Position, key: str) -> str:
    return cursors.seal(f"{position[0]!r}{_SEPARATOR}{position[1]}", key)


def _unseal(cursor: str, key: str) -> Position:
    score, separator, posting_id = cursors.unseal(cursor, key).partition(_SEPARATOR)
    if not separator:
        raise InvalidCursorError
    return float(score), posting_id


@router.get("")
def list_matches(
    person: CurrentPerson,
    people: PeopleTable,
    catalog: CatalogTable,
    key: SigningKey,
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    posting_id: Annotated[str | None, Query(min_length=1, max_length=100)] = None,
) -> MatchPage:
    """The matches, best first, with the reasons for each score; with ``posting_id`` that one's alone, if it is one."""
    summary = store.stored_summary(people, person.id)
    profile = resume_store.get_profile(people, person.id)
    if posting_id is None:
        matches = store.page(people, person.id)
    else:
        one = store.get(people, person.id, posting_id)
        matches = [] if one is None else [one]
    if cursor is not None:
        after = _unseal(cursor, key)
        matches = [match for match in matches if _position(match) > after]
    shown = matches[:limit]
    postings = finding.postings(catalog, people, person.id, [match.posting_id for match in shown])
    page = MatchPage(
        summary=None if summary is None else MatchSummary(**summary.model_dump(exclude={"person_id"})),
        stale=profile is not None and (summary is None or summary.profile_version < profile.version),
        items=[Match.of(match, postings[match.posting_id].posting) for match in shown if match.posting_id in postings],
        next_cursor=_seal(_position(shown[-1]), key) if len(matches) > limit else None,
    )
    return caching.of_person(person.id, page, request, response)


@router.get("/{posting_id}")
def get_match(posting_id: str, person: CurrentPerson, people: PeopleTable, catalog: CatalogTable) -> Match:
    """One match."""
    match = store.get(people, person.id, posting_id)
    found = None if match is None else finding.posting(catalog, people, person.id, posting_id)
    if match is None or found is None:
        raise NotFoundError
    return Match.of(match, found[0].posting)
