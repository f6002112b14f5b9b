"""Asks for a collection of every source that is due."""

from itertools import chain
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.schedule_collections.due import due_own_sources, due_sources
from functions.schedule_collections.settings import settings
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics, tracer


@logger().inject_lambda_context
@metrics().log_metrics
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Send one message for each due source; those of one host are collected one after another, a person's own too."""
    config = settings()
    shared = due_sources(clients.table(config.catalog_table), with_sample=config.sample_source)
    due = chain(shared, due_own_sources(clients.table(config.people_table)))
    sent = 0
    for message, trouble in bus.send_each(config.collect_queue_url, due):
        if trouble is None:
            sent += 1
            continue
        # It is still due in the next hour.
        logger().error("a collection could not be asked for", extra={"asked": message.model_dump(), "reason": trouble})
    metrics().add_metric("CollectionsAsked", unit="Count", value=sent)
    logger().info("collections asked for", extra={"sources": sent})
    return {"sources": sent}
