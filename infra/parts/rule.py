"""Rules of a bus, each with a dead-letter queue for events that could not be delivered."""

from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.parts.function import PythonFunction
from infra.parts.queue import DeadLetters, WorkQueue


def to_function(
    scope: Construct,
    construct_id: str,
    *,
    pattern: events.EventPattern,
    target: PythonFunction,
    letters: DeadLetters,
    bus: events.IEventBus | None = None,
) -> events.Rule:
    """Invoke a function with every event that fits; without a bus, of those that AWS itself tells of."""
    rule = events.Rule(scope, construct_id, event_bus=bus, event_pattern=pattern)
    rule.add_target(targets.LambdaFunction(target.function, dead_letter_queue=letters.queue, retry_attempts=5))
    return rule


def to_queue(
    scope: Construct,
    construct_id: str,
    *,
    pattern: events.EventPattern,
    target: WorkQueue,
    bus: events.IEventBus | None = None,
    detail_only: bool = False,
    group: str | None = None,
) -> events.Rule:
    """Put every event that fits on a queue: whole, or only its detail, a message. A FIFO queue needs a group."""
    message = events.RuleTargetInput.from_event_path("$.detail") if detail_only else None
    rule = events.Rule(scope, construct_id, event_bus=bus, event_pattern=pattern)
    rule.add_target(
        targets.SqsQueue(
            target.queue,
            message=message,
            message_group_id=group,
            dead_letter_queue=target.dead_letters.queue,
            retry_attempts=5,
        )
    )
    return rule
