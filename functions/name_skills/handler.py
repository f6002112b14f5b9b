"""Reads carefully which skills texts speak of: each extracted resume's by a queue, a posting's for who looks at it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.api.app import create_app
from functions.api.routers import skills
from functions.api.serving import Answer, serve
from functions.name_skills import namer
from functions.name_skills.posting import CarefulReader
from functions.name_skills.settings import settings
from jobtracker.aws.observability import logger, metrics, tracer
from jobtracker.messages.model import ResumeExtracted

processor = BatchProcessor(event_type=EventType.SQS)


def handle(record: SQSRecord) -> None:
    """Read the resume that one message announces, and send the message on."""
    message = ResumeExtracted.model_validate_json(record.body)
    logger().set_correlation_id(message.correlation_id)
    last = int(record.attributes.approximate_receive_count) >= settings().queue_attempts
    namer.name_skills(message, settings(), last=last)


@cache
def answer() -> Answer:
    """The app with the one route that needs the model, made at the first request."""
    return serve(create_app(settings(), [skills.router], skill_reader=CarefulReader()))


@metrics().log_metrics
def consume(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Process a batch of the skills queue and report those messages that failed."""
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)


@logger().inject_lambda_context
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Mapping[str, Any]:
    """Process a batch of the queue, or answer one request."""
    if "Records" in event:
        failed: PartialItemFailureResponse = consume(event, context)
        return failed
    return answer()(event, context)
