"""Has the language model read what the rules have read already, for people who allow it."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.read_carefully.matches import collect, read_matches
from functions.read_carefully.posting import read_posting
from functions.read_carefully.resume import read_resume
from functions.read_carefully.settings import settings
from jobtracker.aws.observability import logger, metrics, tracer
from jobtracker.messages.model import ReadMatches, ReadPosting, ReadResume, careful_message

processor = BatchProcessor(event_type=EventType.SQS)


def handle(record: SQSRecord) -> None:
    """Read what one message names."""
    message = careful_message.validate_json(record.body)
    logger().set_correlation_id(message.correlation_id)
    config = settings()
    last = int(record.attributes.approximate_receive_count) >= config.queue_attempts
    if isinstance(message, ReadResume):
        read_resume(message, config, last=last)
    elif isinstance(message, ReadPosting):
        read_posting(message, config, last=last)
    elif isinstance(message, ReadMatches):
        read_matches(message, config, last=last)
    else:
        collect(message, config)


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Process a batch of the careful queue and report those messages that failed."""
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
