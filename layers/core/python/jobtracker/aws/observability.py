"""Logger, metrics and tracer in one place. No personal data goes in: ids only, never names, mails or texts."""

import warnings
from functools import cache

from aws_lambda_powertools import Logger, Metrics, Tracer

NAMESPACE = "JobTracker"


@cache
def logger() -> Logger:
    """The structured logger; its service name comes from ``POWERTOOLS_SERVICE_NAME``."""
    return Logger()


@cache
def metrics() -> Metrics:
    """The metrics sink (CloudWatch embedded metric format)."""
    # An invocation that counted nothing is usual, and its warning would be a line of each log.
    warnings.filterwarnings("ignore", "No application metrics to publish")
    return Metrics(namespace=NAMESPACE)


@cache
def tracer() -> Tracer:
    """The X-Ray tracer. Responses are not captured: they may hold personal data.

    Only calls to AWS are traced. By default the tracer also imports every HTTP and database client that it finds
    installed in order to patch it, which costs each start more than a tenth of a second.
    """
    return Tracer(patch_modules=["botocore"])
