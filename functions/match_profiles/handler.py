"""Ranks people's profiles against the catalog index: one person whose profile changed, or one shard of everybody."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.match_profiles.matcher import match
from functions.match_profiles.settings import settings
from jobtracker.aws.observability import logger, metrics, tracer
from jobtracker.messages.model import match_message

processor = BatchProcessor(event_type=EventType.SQS)


def handle(record: SQSRecord) -> None:
    """Rank for one message."""
    message = match_message.validate_json(record.body)
    logger().set_correlation_id(message.correlation_id)
    match(message, settings())


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Process a batch of the match queue and report those messages that failed."""
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
