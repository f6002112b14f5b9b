"""Writes of a table that are done together, or only while something else is there."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_TRIES: Final = 8
_PAUSE_S: Final = 0.02
_FAILED: Final = "ConditionalCheckFailed"
Result = TypeVar("Result")


class MissingError(Exception):
    """What a write belongs to is not there any more."""


class LostError(Exception):
    """What a write follows is not as it was: another writer was faster.

    Attributes:
        failed: which of the writes of a transaction failed, by their places.
    """

    def __init__(self, table: str, failed: frozenset[int] = frozenset()) -> None:
        super().__init__(table)
        self.failed = failed


class ContendedError(Exception):
    """Others kept writing the same; the caller may try again later."""


def write(table: "Table", writes: Sequence[Mapping[str, Any]], needs: Mapping[str, str] | None = None) -> None:
    """Do all of ``writes`` or none, and none unless there is an item under the key ``needs``.

    Raises:
        MissingError: there is no such item.
        LostError: a condition of the writes does not hold.
        ContendedError: every time another transaction was under way.
    """
    client = table.meta.client
    there = {"TableName": table.name, "Key": needs, "ConditionExpression": "attribute_exists(PK)"}
    request: Any = [*writes, *([] if needs is None else [{"ConditionCheck": there}])]
    for pause in pauses():
        try:
            client.transact_write_items(TransactItems=request)
        except client.exceptions.TransactionCanceledException as error:
            codes = [reason.get("Code") for reason in error.response.get("CancellationReasons", ())]
            if needs is not None and codes[-1:] == [_FAILED]:
                raise MissingError(table.name) from error
            if _FAILED in codes:
                failed = frozenset(place for place, code in enumerate(codes) if code == _FAILED)
                raise LostError(table.name, failed) from error
            if "TransactionConflict" not in codes:
                raise
            time.sleep(pause)
        else:
            return
    raise ContendedError(table.name)


def alone(table: "Table", step: Callable[[], Result]) -> Result:
    """What one write of one item gives, done anew where a transaction holds the item.

    Raises:
        ContendedError: every time a transaction was under way.
    """
    for pause in pauses():
        try:
            return step()
        except table.meta.client.exceptions.TransactionConflictException:
            time.sleep(pause)
    raise ContendedError(table.name)


def pauses() -> Iterator[float]:
    """How long to wait after each try that others won: a random part of a time that doubles."""
    return (random.random() * _PAUSE_S * 2**turn for turn in range(_TRIES))
