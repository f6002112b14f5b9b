"""What a language model read in postings, and what became of a person's wish to have one read.

A reading of everybody's posting is kept once, in the catalog table under the name of the text that was read, and shown
to everybody. One of a person's own posting lies with the person, and goes with the posting.
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from jobtracker.postings.model import StoredPosting

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PREFIX: Final = "READING#"
# Raised when other things are asked of the model: what was read before is then read anew.
_ASKED: Final = 1


class Point(BaseModel):
    """Something that a posting says, and where: each span is characters of its text, from one to before another."""

    model_config = ConfigDict(frozen=True)

    text: str
    spans: tuple[tuple[int, int], ...]


class PostingReading(BaseModel):
    """What a posting says, in its own words."""

    model_config = ConfigDict(frozen=True)

    must_have: tuple[Point, ...] = ()
    nice_to_have: tuple[Point, ...] = ()
    seniority: tuple[Point, ...] = ()
    benefits: tuple[Point, ...] = ()
    visa: tuple[Point, ...] = ()
    remote: tuple[Point, ...] = ()
    summary: tuple[Point, ...] = ()


class ReadingStatus(StrEnum):
    """How far a wish to have a posting read has come."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


class Wish(BaseModel):
    """A person's wish to have a posting read. ``name`` is that of the text, ``until`` when the wish is given up, and
    ``reading`` what was read in a posting of the person's own. One that is ``batched`` waits with others, and nobody
    looks at the posting."""

    model_config = ConfigDict(frozen=True)

    posting_id: str
    name: str
    status: ReadingStatus
    asked_at: datetime
    until: datetime
    batched: bool = False
    reason: str | None = None
    reading: PostingReading | None = None


def name_of(stored: StoredPosting) -> str:
    """The name of what is read in a posting: the same for the same text."""
    return hashlib.sha256(f"{_ASKED}\n{stored.posting.description_text}".encode()).hexdigest()


def shared(catalog: "Table", name: str) -> PostingReading | None:
    """The reading of a text that everybody may see, None where there is none."""
    item = catalog.get_item(Key=_shared_key(name), ConsistentRead=True).get("Item")
    return None if item is None else PostingReading.model_validate_json(str(item["data"]))


def share(catalog: "Table", name: str, reading: PostingReading) -> None:
    """Keep the reading of a text that everybody may see."""
    catalog.put_item(Item={**_shared_key(name), "data": reading.model_dump_json()})


def wish(people: "Table", person_id: str, posting_id: str) -> Wish | None:
    """The person's wish to have this posting read, as it was written last; None where there was none."""
    item = people.get_item(Key=_key(person_id, posting_id), ConsistentRead=True).get("Item")
    return None if item is None else Wish.model_validate_json(str(item["data"]))


def keep(people: "Table", person_id: str, wished: Wish) -> None:
    """Write what became of a wish."""
    people.put_item(Item={**_key(person_id, wished.posting_id), "data": wished.model_dump_json()})


def forget(people: "Table", person_id: str, posting_id: str) -> None:
    """Have it as if the person had never wished it."""
    people.delete_item(Key=_key(person_id, posting_id))


def _key(person_id: str, posting_id: str) -> dict[str, str]:
    return {"PK": f"USER#{person_id}", "SK": f"{PREFIX}{posting_id}"}


def _shared_key(name: str) -> dict[str, str]:
    return {"PK": f"{PREFIX}{name}", "SK": "READING"}
