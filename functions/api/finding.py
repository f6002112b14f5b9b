"""A posting by its id, whether it is everybody's or the person's own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jobtracker.postings import private, store
from jobtracker.postings.model import StoredPosting

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def posting(catalog: "Table", people: "Table", person_id: str, posting_id: str) -> tuple[StoredPosting, bool] | None:
    """The posting, and whether it is the person's own; None where there is none that this person may see."""
    if (stored := store.get(catalog, posting_id)) is not None:
        return stored, False
    own = private.get(people, person_id, posting_id)
    return None if own is None else (own, True)


def postings(catalog: "Table", people: "Table", person_id: str, posting_ids: Sequence[str]) -> dict[str, StoredPosting]:
    """The postings with these ids that this person may see, by id."""
    found = store.get_many(catalog, posting_ids)
    for posting_id in posting_ids:
        if posting_id not in found and (own := private.get(people, person_id, posting_id)) is not None:
            found[posting_id] = own
    return found
