"""Publishes the catalog index that follows from changed postings or an encoder, and one where none can be read."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.index_catalog.indexing import index
from functions.index_catalog.settings import settings
from jobtracker.aws.observability import logger, metrics, tracer


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Index one batch of the catalog table's stream, re-encode everything after ModelPublished, or see to an index."""
    index(event, settings())
