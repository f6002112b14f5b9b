"""What is on its way when the local cloud ends arrives after the next start."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from ministack.core import persistence
from ministack.core.responses import AccountRegionScopedDict
from ministack.services import dynamodb, eventbridge, lambda_svc, sqs

from jobtracker_local import durable

HERE = ("000000000000", "us-east-1")
TABLE = (*HERE, "catalog")
ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/catalog/stream/2026"
FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:train"


def through_a_file(state: Any) -> Any:
    """What the emulator reads back of what it wrote."""
    return json.loads(json.dumps(state, default=persistence._json_default), object_hook=persistence._json_object_hook)


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Services of the emulator with nothing in them, extended, and as they were afterwards."""
    for service in (dynamodb, eventbridge, sqs):
        monkeypatch.setattr(service, "get_state", service.get_state)
        monkeypatch.setattr(service, "load_persisted_state", service.load_persisted_state)
    monkeypatch.setattr(sqs, "DEFAULT_PORT", "1234")
    for service, name in ((dynamodb, "_stream_records"), (dynamodb, "_stream_trimmed"), (sqs, "_queues")):
        monkeypatch.setattr(service, name, AccountRegionScopedDict())
    for name in ("_esms", "_dynamodb_stream_positions"):
        monkeypatch.setattr(lambda_svc, name, AccountRegionScopedDict())
    monkeypatch.setattr(eventbridge, "_dispatch_to_lambda", eventbridge._dispatch_to_lambda)
    durable.install()
    yield
    durable._under_way.clear()
    durable._left_over.clear()


def follow(mapping: str, position: int) -> None:
    """A function that follows the table's stream and has seen ``position`` records of it."""
    lambda_svc._esms.set_scoped(*HERE, mapping, {"UUID": mapping, "EventSourceArn": ARN})
    lambda_svc._dynamodb_stream_positions.set_scoped(*HERE, mapping, position)


@pytest.mark.usefixtures("emulator")
def test_stream_records_that_a_function_has_not_seen_outlive_a_restart_at_their_place() -> None:
    records = [{"eventID": str(number)} for number in range(10)]
    dynamodb._stream_records.set_scoped(*TABLE, records)
    dynamodb._stream_trimmed.set_scoped(*TABLE, 100)
    follow("quick", 110)
    follow("slow", 107)
    state = through_a_file(dynamodb.get_state())
    dynamodb._stream_records._data.clear()
    dynamodb._stream_trimmed._data.clear()

    dynamodb.load_persisted_state(state)

    assert dynamodb.stream_end_position("catalog", account_id=HERE[0], region=HERE[1]) == 110
    left = dynamodb.stream_records_since("catalog", 107, 50, account_id=HERE[0], region=HERE[1])
    assert [record["eventID"] for record in left] == ["7", "8", "9"]


@pytest.mark.usefixtures("emulator")
def test_a_message_that_a_function_held_is_visible_again_and_a_delayed_one_waits_on() -> None:
    later = time.time() + 1000
    held = {"receipt_handle": "r", "visible_at": later, "receive_count": 1}
    delayed = {"receipt_handle": None, "visible_at": later, "receive_count": 0}
    sqs._queues.set_scoped(*HERE, "url", {"name": "match", "url": "url", "messages": [held, delayed]})
    state = through_a_file(sqs.get_state())
    sqs._queues._data.clear()

    sqs.load_persisted_state(state)

    first, second = sqs._queues.get_scoped(*HERE, "url")["messages"]
    assert first["visible_at"] <= time.time()
    assert first["receive_count"] == 0
    assert second["visible_at"] == later


@pytest.mark.usefixtures("emulator")
def test_a_queue_keeps_its_address_when_the_cloud_comes_up_on_another_port() -> None:
    assert sqs._queue_url("match").endswith(":4566/000000000000/match")


@pytest.mark.usefixtures("emulator")
def test_an_event_is_kept_until_its_function_ended_and_delivered_again_after_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[Any] = []
    states: list[Any] = []

    def execute(_function: object, event: object) -> dict[str, object]:
        calls.append(event)
        states.append(through_a_file(eventbridge.get_state()))
        return {"error": True} if len(calls) == 1 else {}

    monkeypatch.setattr(lambda_svc, "_get_func_record_for_ref", lambda arn: ({"config": {}}, {"a": 1}, arn))
    monkeypatch.setattr(lambda_svc, "_execute_function_with_config_scope", execute)

    eventbridge._dispatch_to_lambda(FUNCTION, '{"detail": 1}')
    while durable._pending_deliveries():
        time.sleep(0.01)
    assert calls == [{"detail": 1}] * 2
    assert durable._DELIVERIES in states[0]

    eventbridge.load_persisted_state(states[0])
    durable.redeliver()
    while durable._pending_deliveries():
        time.sleep(0.01)
    assert calls == [{"detail": 1}] * 3
