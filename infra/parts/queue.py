"""One queue with the dead-letter queue it cannot be without."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.config import Config
from infra.parts.acknowledge import LOCAL_WITHOUT_TLS, acknowledge

_KEPT = Duration.days(14)
# Visibility must outlast the retries that Lambda makes while it is throttled.
_VISIBILITY_FACTOR = 6
# How often a message is received before it ends in the dead letters.
ATTEMPTS = 4


class DeadLetters(Construct):
    """Where messages and events end that could not be processed; kept two weeks."""

    def __init__(self, scope: Construct, construct_id: str, *, config: Config, fifo: bool = False) -> None:
        super().__init__(scope, construct_id)
        self.queue = sqs.Queue(
            self,
            "Queue",
            fifo=True if fifo else None,
            retention_period=_KEPT,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            # The local cloud speaks plain http and enforces policies.
            enforce_ssl=not config.local,
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(
            self.queue,
            "AwsSolutions-SQS3",
            "This is a dead-letter queue: what ends here waits for a person.",
        )
        if config.local:
            acknowledge(self.queue, "AwsSolutions-SQS4", LOCAL_WITHOUT_TLS)


class WorkQueue(Construct):
    """A queue for one function: visibility follows the function's timeout, failures go to the dead letters."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: Config,
        timeout_seconds: int,
        fifo: bool = False,
        attempts: int = ATTEMPTS,
        delay_seconds: int = 0,
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = DeadLetters(self, "DeadLetters", config=config, fifo=fifo)
        self.queue = sqs.Queue(
            self,
            "Queue",
            fifo=True if fifo else None,
            # Every message has an id of its own; senders who know better say so.
            content_based_deduplication=True if fifo else None,
            delivery_delay=Duration.seconds(delay_seconds) if delay_seconds else None,
            visibility_timeout=Duration.seconds(timeout_seconds * _VISIBILITY_FACTOR),
            retention_period=Duration.days(4),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=not config.local,
            dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=attempts, queue=self.dead_letters.queue),
            removal_policy=RemovalPolicy.DESTROY,
        )
        if config.local:
            acknowledge(self.queue, "AwsSolutions-SQS4", LOCAL_WITHOUT_TLS)
