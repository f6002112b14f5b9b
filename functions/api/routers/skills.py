"""The careful reading of a posting's skills. Served by the function that holds the model."""

from fastapi import APIRouter, Request, Response

from functions.api import caching, finding
from functions.api.dependencies import CatalogTable, CurrentPerson, PeopleTable
from functions.api.errors import NotFoundError
from functions.api.reading_skills import SkillsOfTexts
from functions.api.skill_schemas import PostingSkills
from jobtracker.resumes import store
from jobtracker.skills.taxonomy import taxonomy

router = APIRouter(prefix="/postings", tags=["postings"])


@router.get("/{posting_id}/skills", responses={304: {"description": "Nothing changed since the answer with this ETag"}})
def list_posting_skills(
    posting_id: str,
    person: CurrentPerson,
    catalog: CatalogTable,
    people: PeopleTable,
    reader: SkillsOfTexts,
    request: Request,
    response: Response,
) -> PostingSkills:
    """The skills that the posting's text speaks of, also those that it does not name as we call them."""
    found = finding.posting(catalog, people, person.id, posting_id)
    if found is None:
        raise NotFoundError
    text = found[0].posting.description_text
    profile = store.get_profile(people, person.id)
    has = frozenset(taxonomy().with_implied(profile.profile.skills)) if profile is not None else frozenset[str]()
    # Reading takes longer than all the rest: who has the answer is told so before.
    etag = caching.tag(person.id, reader.version(), text, *sorted(has))
    if kept := caching.unchanged(request, response, etag):
        return kept  # type: ignore[return-value]
    return PostingSkills.read(text, reader.read(text), reader.version(), has)
