"""Companies whose board is known: where a person finds what to add."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from functions.api import caching
from functions.api.dependencies import CatalogTable, CurrentPerson
from functions.api.source_schemas import Company, CompanyList
from jobtracker.sources import store
from jobtracker.sources.listing import directory, search_companies, systems

router = APIRouter(prefix="/companies", tags=["sources"])


@router.get("")
def list_companies(
    person: CurrentPerson,
    table: CatalogTable,
    request: Request,
    response: Response,
    q: Annotated[str, Query(max_length=300, description="a name, a web address, or a board's address")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> CompanyList:
    """Companies of the directory by name or web address; also a board of a known system by its address."""
    settings = store.settings(table)
    found = search_companies(q, limit=limit)
    companies = CompanyList(
        items=[
            Company.of(
                one,
                systems()[one.system].name,
                on=settings[one.source_id].on if one.source_id in settings else one.on,
            )
            for one in found
        ],
        total=len(directory()),
    )
    return caching.of_person(person.id, companies, request, response)
