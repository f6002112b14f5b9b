"""Asks for a collection of every source that is due."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.schedule_collections.due import due_sources
from functions.schedule_collections.settings import settings
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics, tracer
from jobtracker.messages.model import CollectSource


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Send one message for each due source; those of one host are collected one after another."""
    config = settings()
    due = due_sources(clients.table(config.catalog_table), with_sample=config.sample_source)
    for source in due:
        message = CollectSource(source_id=source.id)
        bus.send(config.collect_queue_url, message, group=source.host)
    metrics().add_metric("CollectionsAsked", unit="Count", value=len(due))
    logger().info("collections asked for", sources=[source.id for source in due])
    return {"sources": len(due)}
