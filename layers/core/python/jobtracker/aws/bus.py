"""Putting events on the bus and messages on queues."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from jobtracker.aws import clients
from jobtracker.messages.model import EVENT_SOURCE, Event, Message

_BATCH: Final = 10


class PublishError(RuntimeError):
    """The bus did not take an event."""


def publish(bus_name: str, event: Event) -> None:
    """Put one event on the bus. Raises PublishError when the bus reports a failed entry."""
    answer = clients.events().put_events(
        Entries=[
            {
                "EventBusName": bus_name,
                "Source": EVENT_SOURCE,
                "DetailType": event.type,
                "Detail": event.model_dump_json(),
            }
        ]
    )
    if answer["FailedEntryCount"]:
        raise PublishError(f"{event.type}: {answer['Entries'][0].get('ErrorCode')}")


def send(
    queue_url: str,
    message: Message,
    *,
    group: str | None = None,
    deduplication: str | None = None,
    delay_seconds: int = 0,
) -> None:
    """Send one message; ``group`` and ``deduplication`` are for FIFO queues, ``delay_seconds`` (900 at most) for
    others."""
    if group is None:
        body = message.model_dump_json()
        clients.sqs().send_message(QueueUrl=queue_url, MessageBody=body, DelaySeconds=delay_seconds)
        return
    clients.sqs().send_message(
        QueueUrl=queue_url,
        MessageBody=message.model_dump_json(),
        MessageGroupId=group,
        MessageDeduplicationId=deduplication or message.id,
    )


def send_each(queue_url: str, messages: Iterable[tuple[Message, str]]) -> Iterator[tuple[Message, str | None]]:
    """Send messages to a FIFO queue, each with its group. Gives each as it was sent, with why the queue did not take
    it, None where it did."""
    waiting = iter(messages)
    while batch := list(islice(waiting, _BATCH)):
        answer = clients.sqs().send_message_batch(
            QueueUrl=queue_url,
            Entries=[
                {
                    "Id": str(place),
                    "MessageBody": message.model_dump_json(),
                    "MessageGroupId": group,
                    "MessageDeduplicationId": message.id,
                }
                for place, (message, group) in enumerate(batch)
            ],
        )
        failed = {one["Id"]: one.get("Message", one["Code"]) for one in answer.get("Failed", [])}
        for place, (message, _) in enumerate(batch):
            yield message, failed.get(str(place))
