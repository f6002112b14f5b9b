"""One person's money for language models: counters in the operations table, receipts among what the person owns.

A counter (a person's day, everybody's month) is one item: ``held`` is all that is spent or put aside, ``used`` what is
spent, and each open reservation is an attribute of its own with its sum and when it expires. A reservation raises all
counters and counts the call in one transaction, under the condition that no cap is passed. A call that dies never
settles: its reservation is taken back, once it has expired, by the next call that lacks the money.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from boto3.dynamodb.conditions import Key

from jobtracker.accounts.budget import Caps, Receipt, day, hour, month
from jobtracker.aws import transactions
from jobtracker.aws.observability import logger
from jobtracker.aws.transactions import ContendedError, LostError
from jobtracker.llm.model import LONGEST_CALL, Call, LlmBudgetError, Reservation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_OPEN: Final = "open_"
_RECEIPT: Final = "RECEIPT#"
# The partition of what everybody spends together.
_ALL: Final = "LLM"
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class _Counter:
    """One sum that is limited: where it is kept and for how long, and what is said when it is used up."""

    key: dict[str, str]
    cap: int
    kept: timedelta
    used_up: str


@dataclass(frozen=True, slots=True)
class _Rate:
    """How often something may be done in an hour: where that is counted, and what is said when it was done as often."""

    key: dict[str, str]
    most: int
    used_up: str


@dataclass(frozen=True, slots=True)
class Spending:
    """A person's budget, as ``llm.model.Budget`` describes it.

    Args:
        operations: the table of counters.
        people: the table of what people own.
        person_id: whose money it is.
        caps: how much there is of it.
    """

    operations: "Table"
    people: "Table"
    person_id: str
    caps: Caps

    def reserve(self, microdollars: int, now: datetime, *, lasting: timedelta = LONGEST_CALL) -> Reservation:
        """Put money aside for a call that takes no longer than that, and count the call.

        Raises:
            LlmBudgetError: there is not enough of it, or the person asked too often.
        """
        wanted = Reservation(_new_id(now), microdollars, now)
        counters, rates = self._counters(now), self._rates(now)
        # The table's conditions know no difference of two numbers, and no room below nothing.
        for limit, lacks in [(one, microdollars > one.cap) for one in counters] + [
            (one, one.most < 1) for one in rates
        ]:
            if lacks:
                raise _refused(limit)
        raised = [self._raise(one, wanted, now + lasting) for one in counters]
        writes = raised + [self._count(one, now) for one in rates]
        for _ in range(_ROUNDS):
            try:
                transactions.write(self.operations, writes)
            except LostError as lost:
                for place in sorted(lost.failed, reverse=True):
                    if place >= len(counters):
                        raise _refused(rates[place - len(counters)]) from lost
                    if not self._has_room(counters[place], wanted):
                        raise _refused(counters[place]) from lost
            except ContendedError:
                break
            else:
                return wanted
        raise LlmBudgetError("the language model was not asked: too many wanted it at once")

    def settle(self, reservation: Reservation, call: Call) -> None:
        """Replace what was put aside by what was spent, and keep the receipt. A second time it does nothing.

        Where others write the counters all the time, the reservation stays until it expires.
        """
        receipt = self._keep(_receipt(reservation, call))
        counters = self._counters(reservation.at)
        # The counters from which the reservation was taken back meanwhile: what was spent is counted all the same.
        late: frozenset[int] = frozenset()
        for _ in range(_ROUNDS):
            writes = [
                self._settle(counter, reservation, call.microdollars, late=place in late)
                for place, counter in enumerate(counters)
            ]
            try:
                transactions.write(self.operations, [*writes, receipt])
            except LostError as lost:
                # The receipt is there: another try has settled it.
                if len(counters) in lost.failed:
                    return
                late ^= lost.failed
            except ContendedError:
                continue
            else:
                return
        logger().error("a call was not settled", reservation_id=reservation.id, microdollars=call.microdollars)

    def release(self, reservation: Reservation) -> None:
        """Give back what was put aside for a call that was not made. It still counts as one of the hour's."""
        for counter in self._counters(reservation.at):
            self._take_back(counter, _OPEN + reservation.id, reservation.microdollars)

    def _counters(self, at: datetime) -> tuple[_Counter, ...]:
        """What a call at that moment is counted by."""
        caps, person = self.caps, _partition(self.person_id)
        days, months = timedelta(days=3), timedelta(days=100)
        return (
            _Counter(_day_key(person, at), caps.person_day, days, "your budget for it of this day is used up"),
            _Counter(_month_key(person, at), caps.person_month, months, "your budget for it of this month is used up"),
            _Counter(_day_key(_ALL, at), caps.everybody_day, days, "what may be spent on it today is used up"),
            _Counter(
                _month_key(_ALL, at), caps.everybody_month, months, "what may be spent on it this month is used up"
            ),
        )

    def _rates(self, at: datetime) -> tuple[_Rate, ...]:
        """How often it may be asked in the hour of that moment."""
        again = f"and may be again from {at.astimezone(UTC) + timedelta(hours=1):%H:00 UTC} on"
        yours, all_of_them = self.caps.person_hour_calls, self.caps.everybody_hour_calls
        sort = f"HOUR#{hour(at)}"
        return (
            _Rate(
                {"PK": _partition(self.person_id), "SK": sort},
                yours,
                f"you asked it {yours} times in this hour, {again}",
            ),
            _Rate({"PK": _ALL, "SK": sort}, all_of_them, f"it was asked as often as may be in an hour, {again}"),
        )

    def _raise(self, counter: _Counter, wanted: Reservation, expires: datetime) -> dict[str, Any]:
        """Put the money aside, if the counter has room for it."""
        return self._update(
            counter.key,
            "SET #open = :open, expires_at = :expires ADD held :amount",
            "attribute_not_exists(held) OR held <= :room",
            {
                ":open": {"amount": wanted.microdollars, "until": int(expires.timestamp())},
                ":expires": int((expires + counter.kept).timestamp()),
                ":amount": wanted.microdollars,
                ":room": counter.cap - wanted.microdollars,
            },
            wanted.id,
        )

    def _settle(self, counter: _Counter, reservation: Reservation, spent: int, *, late: bool) -> dict[str, Any]:
        """Replace the money that was put aside by what was spent; ``late`` where it was taken back before."""
        put_aside = 0 if late else reservation.microdollars
        return self._update(
            counter.key,
            "REMOVE #open ADD held :more, used :spent",
            "attribute_not_exists(#open)" if late else "attribute_exists(#open)",
            {":more": spent - put_aside, ":spent": spent},
            reservation.id,
        )

    def _count(self, rate: _Rate, now: datetime) -> dict[str, Any]:
        """Count the call among those of the hour, if there may be one more."""
        return self._update(
            rate.key,
            "SET expires_at = :expires ADD asked :one",
            "attribute_not_exists(asked) OR asked < :most",
            {":expires": int((now + timedelta(hours=2)).timestamp()), ":one": 1, ":most": rate.most},
        )

    def _update(
        self, key: dict[str, str], update: str, condition: str, values: dict[str, Any], open_id: str | None = None
    ) -> dict[str, Any]:
        names = {} if open_id is None else {"ExpressionAttributeNames": {"#open": _OPEN + open_id}}
        return {
            "Update": {
                "TableName": self.operations.name,
                "Key": key,
                "UpdateExpression": update,
                "ConditionExpression": condition,
                "ExpressionAttributeValues": values,
                **names,
            }
        }

    def _keep(self, receipt: Receipt) -> dict[str, Any]:
        item = {**_receipt_key(self.person_id, receipt.id), "data": receipt.model_dump_json()}
        new = "attribute_not_exists(PK)"
        return {"Put": {"TableName": self.people.name, "Item": item, "ConditionExpression": new}}

    def _has_room(self, counter: _Counter, wanted: Reservation) -> bool:
        """Whether the counter has room for it after all, once what calls that died had put aside is taken back."""
        item = self.operations.get_item(Key=counter.key, ConsistentRead=True).get("Item", {})
        held = int(str(item.get("held", 0)))
        for name, amount, until in _opened(item):
            if until <= wanted.at.timestamp():
                self._take_back(counter, name, amount)
                held -= amount
        return held + wanted.microdollars <= counter.cap

    def _take_back(self, counter: _Counter, name: str, amount: int) -> None:
        taken = self._update(counter.key, "REMOVE #open ADD held :less", "attribute_exists(#open)", {":less": -amount})
        taken["Update"]["ExpressionAttributeNames"] = {"#open": name}
        try:
            transactions.write(self.operations, [taken])
        except (LostError, ContendedError):
            # Another one took it back, or will.
            return


def spent(operations: "Table", person_id: str, now: datetime) -> int:
    """What a person has spent in this month, in millionths of a dollar."""
    item = operations.get_item(Key=_month_key(_partition(person_id), now)).get("Item", {})
    return int(str(item.get("used", 0)))


def receipts(people: "Table", person_id: str, limit: int, *, before: str | None = None) -> list[Receipt]:
    """The person's receipts, the newest first; those older than the receipt with the id ``before``, if given."""
    # A range holds both its ends, so the receipt before which to look is fetched and left out.
    older = Key("SK").begins_with(_RECEIPT) if before is None else Key("SK").between(_RECEIPT, _RECEIPT + before)
    condition = Key("PK").eq(f"USER#{person_id}") & older
    answer = people.query(KeyConditionExpression=condition, ScanIndexForward=False, Limit=limit + 1)
    found = [Receipt.model_validate_json(str(item["data"])) for item in answer["Items"]]
    return [one for one in found if one.id != before][:limit]


def _receipt(reservation: Reservation, call: Call) -> Receipt:
    return Receipt(
        id=reservation.id,
        at=reservation.at,
        purpose=call.purpose,
        model=call.usage.model,
        input_tokens=call.usage.prompt_tokens,
        output_tokens=call.usage.output_tokens,
        microdollars=call.microdollars,
        outcome=call.outcome,
    )


def _opened(item: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """The open reservations in a counter: name, sum, and when they expire, in seconds since 1970."""
    for name, value in item.items():
        if name.startswith(_OPEN):
            yield name, int(value["amount"]), int(value["until"])


def _partition(person_id: str) -> str:
    return f"LLM#{person_id}"


def _day_key(partition: str, at: datetime) -> dict[str, str]:
    return {"PK": partition, "SK": f"DAY#{day(at)}"}


def _month_key(partition: str, at: datetime) -> dict[str, str]:
    return {"PK": partition, "SK": f"MONTH#{month(at)}"}


def _refused(limit: _Counter | _Rate) -> LlmBudgetError:
    return LlmBudgetError(f"the language model was not asked: {limit.used_up}")


def _receipt_key(person_id: str, receipt_id: str) -> dict[str, str]:
    return {"PK": f"USER#{person_id}", "SK": _RECEIPT + receipt_id}


def _new_id(now: datetime) -> str:
    return f"{int(now.timestamp() * 1000):012x}{uuid4().hex[:20]}"
