"""What AWS keeps through a failure and the emulator forgets at a restart: records of a table's stream that no function
has seen yet, events on their way to a function, and messages that a function held when it died.

With ``checkpoint.py`` this is the only module that touches the emulator's private functions;
tests/unit/local/test_cloud_durable.py fails when an upgrade changes them.
"""

import json
import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any
from uuid import uuid4

from ministack.services import dynamodb, eventbridge, lambda_svc, sqs

log = logging.getLogger(__name__)

State = dict[str, Any]
_STREAMS, _DELIVERIES = "jobtracker_streams", "jobtracker_deliveries"
# AWS tries an event that a function failed on twice again.
_ATTEMPTS = 3
_ANY_PORT = "4566"

_lock = Lock()
_under_way: dict[str, list[str]] = {}
_left_over: list[list[str]] = []


def install() -> None:
    """Make the emulator keep these things with the state of their services. To be called once, before it starts."""
    _extend(dynamodb, _STREAMS, _pending_streams, _restore_streams)
    _extend(eventbridge, _DELIVERIES, _pending_deliveries, _left_over.extend)
    eventbridge._dispatch_to_lambda = _deliver  # noqa: SLF001
    # A queue is known by its address, in templates and in the saved state: it must not follow the port of the day.
    # Clients send what they send to the endpoint and not to that address.
    sqs.DEFAULT_PORT = _ANY_PORT
    load_queues = sqs.load_persisted_state

    def load(state: State) -> None:
        load_queues(state)
        _let_go()

    sqs.load_persisted_state = load


def redeliver() -> None:
    """Deliver again what was on its way when the last process ended. To be called when every service is there."""
    for arn, payload in _left_over:
        _deliver(arn, payload)
    _left_over.clear()


def busy() -> bool:
    """Whether anything is on its way to a function, or in its hands."""
    if _under_way or any(records for *_, records in _pending_streams()):
        return True
    sources = {mapping.get("EventSourceArn") for _, _, mapping in lambda_svc._iter_all_esms()}  # noqa: SLF001
    queues = sqs._queues.all_values()  # noqa: SLF001
    return any(queue["messages"] for queue in queues if queue["attributes"]["QueueArn"] in sources)


def _extend(service: Any, name: str, save: Callable[[], Any], load: Callable[[Any], object]) -> None:
    read_state, load_state = service.get_state, service.load_persisted_state

    def get_state() -> State:
        return {**read_state(), name: save()}

    def load_persisted_state(state: State) -> None:
        load_state({key: value for key, value in state.items() if key != name})
        if name in state:
            load(state[name])

    service.get_state, service.load_persisted_state = get_state, load_persisted_state


def _pending_streams() -> list[list[Any]]:
    """By table: account, region, table, the position of the first record that some function has not seen, the rest."""
    seen: dict[tuple[str, str, str], int] = {}
    positions = lambda_svc._dynamodb_stream_positions  # noqa: SLF001
    for account, region, mapping in lambda_svc._iter_all_esms():  # noqa: SLF001
        kind, _, rest = mapping.get("EventSourceArn", "").partition(":table/")
        if kind.startswith("arn:aws:dynamodb:"):
            table = (account, region, rest.partition("/")[0])
            position = positions.get_scoped(account, region, mapping["UUID"], 0)
            seen[table] = min(seen.get(table, position), position)
    pending = []
    for table, records in list(dynamodb._stream_records.all_items()):  # noqa: SLF001
        trimmed = dynamodb._stream_trimmed.get_scoped(*table, 0)  # noqa: SLF001
        first = max(seen.get(table, trimmed + len(records)), trimmed)
        pending.append([*table, first, records[first - trimmed :]])
    return pending


def _restore_streams(pending: list[list[Any]]) -> None:
    for account, region, table, first, records in pending:
        dynamodb._stream_records.set_scoped(account, region, table, records)  # noqa: SLF001
        dynamodb._stream_trimmed.set_scoped(account, region, table, first)  # noqa: SLF001


def _pending_deliveries() -> list[list[str]]:
    with _lock:
        return list(_under_way.values())


def _deliver(arn: str, payload: str) -> None:
    """Call the function that a rule aims at, with the retries of AWS; until it ended, the event is kept."""
    function, config, name = lambda_svc._get_func_record_for_ref(arn)  # noqa: SLF001
    if not function or not config:
        log.warning("no function %s for an event", name)
        return
    record = lambda_svc._execution_record_for_config(function, config)  # noqa: SLF001
    delivery = uuid4().hex
    with _lock:
        _under_way[delivery] = [arn, payload]

    def call() -> None:
        for _ in range(_ATTEMPTS):
            answer = lambda_svc._execute_function_with_config_scope(record, json.loads(payload))  # noqa: SLF001
            if not answer.get("error"):
                break
            log.warning("%s failed on an event", name)
        with _lock:
            del _under_way[delivery]

    eventbridge.threading.Thread(target=call, daemon=True).start()


def _let_go() -> None:
    """Make messages visible that were in the hands of a function: no function lives on through a restart."""
    now = time.time()
    for queue in sqs._queues.all_values():  # noqa: SLF001
        for message in queue["messages"]:
            if message.get("receipt_handle") and message["visible_at"] > now:
                message["visible_at"] = now
                message["receive_count"] = max(0, message["receive_count"] - 1)
