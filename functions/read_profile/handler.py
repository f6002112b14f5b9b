"""Reads the text of each extracted resume into a profile."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.read_profile.reader import read_resume
from functions.read_profile.settings import settings
from jobtracker.aws.observability import logger, metrics, tracer
from jobtracker.messages.model import ResumeExtracted

processor = BatchProcessor(event_type=EventType.SQS)


def handle(record: SQSRecord) -> None:
    """Read the resume that one message announces."""
    message = ResumeExtracted.model_validate_json(record.body)
    logger().set_correlation_id(message.correlation_id)
    read_resume(message, settings())


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Process a batch of the profile queue and report those messages that failed."""
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
