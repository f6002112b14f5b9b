"""A person's matches in the people table: one item a match, and a summary of what they were computed from."""

from decimal import Decimal
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr, Key

from jobtracker.matching.model import Match, MatchSummary

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_PREFIX = "MATCH#"
_SUMMARY = "MATCHES"


def _partition(person_id: str) -> str:
    return f"USER#{person_id}"


def replace(table: "Table", matches: list[Match], summary: MatchSummary) -> bool:
    """Store ``matches`` in place of the person's earlier ones.

    The summary goes last, so that a write cut short is repeated rather than believed. Returns False, and leaves
    everything as it is, when matches of a later profile version are stored already.
    """
    person_id = summary.person_id
    earlier = stored_summary(table, person_id)
    if earlier is not None and earlier.profile_version > summary.profile_version:
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
    try:
        table.put_item(
            Item={
                "PK": _partition(person_id),
                "SK": _SUMMARY,
                "profile_version": summary.profile_version,
                "data": summary.model_dump_json(),
            },
            ConditionExpression=Attr("PK").not_exists() | Attr("profile_version").lte(summary.profile_version),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return False
    return True


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
    item = table.get_item(Key={"PK": _partition(person_id), "SK": _SUMMARY}, ConsistentRead=True).get("Item")
    return None if item is None else MatchSummary.model_validate_json(str(item["data"]))
