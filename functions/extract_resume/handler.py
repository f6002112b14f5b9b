"""Extracts the text of each resume that was uploaded."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.extract_resume.extractor import extract_upload
from functions.extract_resume.settings import settings
from jobtracker.aws.observability import logger, metrics, tracer

processor = BatchProcessor(event_type=EventType.SQS)


def handle(record: SQSRecord) -> None:
    """Extract the resume that one message announces."""
    extract_upload(S3EventNotificationEventBridgeModel.model_validate_json(record.body), settings())


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Process a batch of the resume queue and report those messages that failed."""
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
