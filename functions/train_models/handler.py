"""Fits the models on the catalog: for the first time, when the catalog outgrew them, and every week."""

from typing import Any

from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.train_models.settings import settings
from functions.train_models.training import train
from jobtracker.aws.observability import logger, metrics, tracer
from jobtracker.messages.model import CatalogIndexed

processor = SqsFifoPartialProcessor()


def handle(record: SQSRecord) -> None:
    """Fit the encoder where the index that one message tells of makes it due."""
    train(CatalogIndexed.model_validate_json(record.body), settings())


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Hear of new indexes, one after the other; without any, the schedule asks for a fit in any case."""
    if "Records" not in event:
        train(None, settings())
        return {"batchItemFailures": []}
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
