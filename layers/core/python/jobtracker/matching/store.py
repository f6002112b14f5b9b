"""A person's matches in the people table: one item a match, and a summary of what they were computed from.

The best of what only this person has lie together in one item more, be there any or not: it saves reading and ranking
them anew whenever nothing but everybody's postings changed.
"""

import gzip
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr, Key
from pydantic import ValidationError

from jobtracker.matching.model import Match, MatchSummary, OwnMatches

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_PREFIX = "MATCH#"
_SUMMARY = "MATCHES"
_OWN = "OWN_MATCHES"


class OvertakenError(RuntimeError):
    """Later matches were stored while these were being written: rank the person anew."""


def _partition(person_id: str) -> str:
    return f"USER#{person_id}"


def replace(
    table: "Table",
    matches: list[Match],
    summary: MatchSummary,
    *,
    indexed_at: datetime | None = None,
    own_read_at: datetime | None = None,
) -> bool:
    """Store ``matches`` in place of the person's earlier ones.

    The summary goes last, so that a write cut short is repeated rather than believed. Returns False, and leaves
    everything as it is, when matches of a later profile version are stored already, or of the same one and of an index
    made after ``indexed_at`` or own postings read after ``own_read_at``. Matches that are later in nothing are written
    again, their summary stands.

    Raises:
        OvertakenError: those that are stored are later in one of the two and earlier in the other, or later ones were
            stored meanwhile, and some of these may lie among them.
    """
    person_id = summary.person_id
    made, read = _microseconds(indexed_at), _microseconds(own_read_at)
    earlier = _summary_item(table, person_id)
    if earlier is not None and earlier["profile_version"] > summary.profile_version:
        return False
    if earlier is not None and earlier["profile_version"] == summary.profile_version:
        ages = (earlier.get("indexed_at", 0) - made, earlier.get("own_read_at", 0) - read)
        if max(ages) > 0:
            if min(ages) < 0:
                raise OvertakenError(person_id)
            return False
    keep = {match.posting_id for match in matches}
    with table.batch_writer() as batch:
        for match in matches:
            batch.put_item(
                Item={
                    "PK": _partition(person_id),
                    "SK": f"{_PREFIX}{match.posting_id}",
                    "score": Decimal(str(match.score)),
                    "data": match.model_dump_json(),
                }
            )
        for match in page(table, person_id):
            if match.posting_id not in keep:
                batch.delete_item(Key={"PK": _partition(person_id), "SK": f"{_PREFIX}{match.posting_id}"})
    if earlier is not None:
        summary = _first_of_same(MatchSummary.model_validate_json(str(earlier["data"])), summary)
    same_profile = Attr("profile_version").eq(summary.profile_version)
    index_not_later = Attr("indexed_at").not_exists() | Attr("indexed_at").lte(made)
    own_not_later = Attr("own_read_at").not_exists() | Attr("own_read_at").lte(read)
    try:
        table.put_item(
            Item={
                "PK": _partition(person_id),
                "SK": _SUMMARY,
                "profile_version": summary.profile_version,
                "indexed_at": made,
                "own_read_at": read,
                "data": summary.model_dump_json(),
            },
            ConditionExpression=Attr("PK").not_exists()
            | Attr("profile_version").lt(summary.profile_version)
            | (same_profile & index_not_later & own_not_later),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException as overtaken:
        raise OvertakenError(person_id) from overtaken
    return True


def _microseconds(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp() * 1_000_000)


def _first_of_same(earlier: MatchSummary, summary: MatchSummary) -> MatchSummary:
    """The earlier summary where the two differ in nothing but the moment."""
    return earlier if summary.model_copy(update={"matched_at": earlier.matched_at}) == earlier else summary


def page(table: "Table", person_id: str) -> list[Match]:
    """All stored matches of a person, best first. There are at most a few hundred, so this is one or two queries."""
    condition = Key("PK").eq(_partition(person_id)) & Key("SK").begins_with(_PREFIX)
    answer = table.query(KeyConditionExpression=condition)
    items = answer["Items"]
    while "LastEvaluatedKey" in answer:
        answer = table.query(KeyConditionExpression=condition, ExclusiveStartKey=answer["LastEvaluatedKey"])
        items += answer["Items"]
    matches = [Match.model_validate_json(str(item["data"])) for item in items]
    return sorted(matches, key=lambda match: (-match.score, match.posting_id))


def get(table: "Table", person_id: str, posting_id: str) -> Match | None:
    """One match of a person, or None."""
    item = table.get_item(Key={"PK": _partition(person_id), "SK": f"{_PREFIX}{posting_id}"}).get("Item")
    return None if item is None else Match.model_validate_json(str(item["data"]))


def stored_summary(table: "Table", person_id: str) -> MatchSummary | None:
    """What the person's stored matches were computed from, or None when they were never matched."""
    item = _summary_item(table, person_id)
    return None if item is None else MatchSummary.model_validate_json(str(item["data"]))


def own(table: "Table", person_id: str) -> OwnMatches | None:
    """The best of what only this person has, None where that was never looked for or is of a shape read no more."""
    key = {"PK": _partition(person_id), "SK": _OWN}
    item = table.get_item(Key=key, ConsistentRead=True).get("Item")
    if item is None:
        return None
    try:
        return OwnMatches.model_validate_json(gzip.decompress(bytes(item["data"])))  # type: ignore[arg-type]
    except ValidationError:
        return None


def keep_own(table: "Table", person_id: str, found: OwnMatches) -> None:
    """Keep the best of what only this person has, unless some read later are kept already."""
    read_at = _microseconds(found.read_at)
    try:
        table.put_item(
            Item={
                "PK": _partition(person_id),
                "SK": _OWN,
                "read_at": read_at,
                "data": gzip.compress(found.model_dump_json().encode(), compresslevel=3),
            },
            ConditionExpression=Attr("PK").not_exists() | Attr("read_at").lte(read_at),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return


def _summary_item(table: "Table", person_id: str) -> "dict[str, Any] | None":
    return table.get_item(Key={"PK": _partition(person_id), "SK": _SUMMARY}, ConsistentRead=True).get("Item")
