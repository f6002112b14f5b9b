"""What Lambda hands to a function: its context, and messages in the shape of a queue's batch."""

from dataclasses import dataclass
from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext


@dataclass(frozen=True)
class _Context:
    function_name: str = "function"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:function"
    aws_request_id: str = "52fdfc07-2182-154f-163f-5f0f9a621d72"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


def context() -> LambdaContext:
    """The context of one call."""
    return cast("LambdaContext", _Context())


def batch(*bodies: str, received: int = 1) -> dict[str, Any]:
    """A batch of queue messages, with the keys that SQS gives them."""
    records = [
        {
            "messageId": f"059f36b4-87a3-44ab-83d2-{number:012d}",
            "receiptHandle": f"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a{number}",
            "body": body,
            "attributes": {
                "ApproximateReceiveCount": str(received),
                "SentTimestamp": "1772366400000",
                "SenderId": "123456789012",
                "ApproximateFirstReceiveTimestamp": "1772366400001",
                "MessageGroupId": "group",
            },
            "messageAttributes": {},
            "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:queue",
            "awsRegion": "eu-central-1",
        }
        for number, body in enumerate(bodies)
    ]
    return {"Records": records}
