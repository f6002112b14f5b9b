"""Fits the models on the catalog: for the first time, when the catalog outgrew them, and every week."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.train_models.settings import settings
from functions.train_models.training import train
from jobtracker.aws.observability import logger, metrics, tracer


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Fit the encoder after CatalogIndexed where one is due, and always when the schedule says so."""
    train(event, settings())
