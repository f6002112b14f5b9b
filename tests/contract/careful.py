"""read_carefully with its tables, its queue and the language model: real HTTP, the SDK's own client."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from functions.read_carefully import handler
from functions.read_carefully.settings import Settings
from jobtracker.accounts import consent, gateway
from jobtracker.accounts.consent import Consent
from jobtracker.aws import clients
from jobtracker.messages.model import Message
from tests.fakes.bus import heard
from tests.fakes.claude import FakeClaude, fake_claude
from tests.fakes.lambda_calls import batch, context

PERSON = "robin"
DOLLAR = 1_000_000
CAPS = (
    "llm_person_day_microdollars",
    "llm_person_month_microdollars",
    "llm_everybody_day_microdollars",
    "llm_everybody_month_microdollars",
    "llm_person_hour_calls",
    "llm_everybody_hour_calls",
)


class Careful:
    """The function, who answers it, and what it told the bus."""

    def __init__(self, settings: Settings, service: FakeClaude, events: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings, self.service = settings, service
        self.people = clients.table(settings.people_table)
        self.catalog = clients.table(settings.catalog_table)
        self.operations = clients.table(settings.operations_table)
        self._events, self._monkeypatch = events, monkeypatch
        self.set()

    def set(self, **more: Any) -> None:
        """Deploy it with other settings."""
        self.settings = self.settings.model_copy(update=more)
        self._monkeypatch.setattr(handler, "settings", lambda: self.settings)

    def allow(self, *, given: bool = True, person: str = PERSON) -> None:
        """Decide for a person whether the model may be asked."""
        consent.put(self.people, person, Consent(given=given, decided_at=datetime.now(UTC)))

    def handle(self, *messages: Message, received: int = 1) -> int:
        """Hand it messages; how many it reports as failed."""
        bodies = [message.model_dump_json() for message in messages]
        try:
            return len(handler.lambda_handler(batch(*bodies, received=received), context())["batchItemFailures"])
        except BatchProcessingError:
            # Where all of them fail, the whole call does.
            return len(messages)

    def told(self) -> list[dict[str, Any]]:
        """The events since the last call, as their details."""
        return [body["detail"] for body in received(self._events)]


def received(queue: str) -> list[dict[str, Any]]:
    """What lies in a queue since the last call."""
    got = clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    for message in got:
        clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in got]


@pytest.fixture
def careful(
    people_table: str,
    catalog_table: str,
    operations_table: str,
    uploads_bucket: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Careful]:
    """The function with empty stores and a dollar for everything; the person allows it."""
    gateway.forget()
    events = heard()
    secret = clients.secrets().create_secret(Name="anthropic", SecretString="sk-test")
    with fake_claude() as service:
        settings = Settings(
            stage="test",
            people_table=people_table,
            catalog_table=catalog_table,
            operations_table=operations_table,
            uploads_bucket=uploads_bucket,
            event_bus="jobtracker",
            profile_queue_url=clients.sqs().create_queue(QueueName="profile")["QueueUrl"],
            careful_queue_url=clients.sqs().create_queue(QueueName="careful")["QueueUrl"],
            queue_attempts=4,
            anthropic_secret_arn=secret["ARN"],
            anthropic_base_url=service.url,
            **dict.fromkeys(CAPS, DOLLAR),  # type: ignore[arg-type]
        )
        running = Careful(settings, service, events, monkeypatch)
        running.allow()
        yield running
