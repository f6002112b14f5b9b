"""Putting events on the bus and messages on queues."""

from jobtracker.aws import clients
from jobtracker.messages.model import EVENT_SOURCE, Event, Message


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
