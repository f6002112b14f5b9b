"""Collects one source for each message of the collect queue."""

from typing import Any

from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.collect_source.collector import collect
from functions.collect_source.settings import settings
from jobtracker.aws.observability import logger, metrics, tracer
from jobtracker.messages.model import CollectSource

processor = SqsFifoPartialProcessor()


def handle(record: SQSRecord, lambda_context: LambdaContext) -> None:
    """Collect the source that one message names, in the time that is left."""
    message = CollectSource.model_validate_json(record.body)
    logger().set_correlation_id(message.correlation_id)
    collect(message, settings(), seconds=lambda_context.get_remaining_time_in_millis() / 1000)


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Process a batch in order and report those messages that failed."""
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
