"""One posting in full. (Lists of postings come from the search function, which holds the catalog index.)"""

from fastapi import APIRouter

from functions.api.dependencies import CatalogTable, CurrentPerson
from functions.api.errors import NotFoundError
from functions.api.schemas import PostingDetail
from jobtracker.postings import store

router = APIRouter(prefix="/postings", tags=["postings"])


@router.get("/{posting_id}")
def get_posting(posting_id: str, _person: CurrentPerson, table: CatalogTable) -> PostingDetail:
    """One posting with its text."""
    stored = store.get(table, posting_id)
    if stored is None:
        raise NotFoundError
    return PostingDetail.whole(stored.posting)
