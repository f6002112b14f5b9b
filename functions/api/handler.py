"""The API as a Lambda function behind an HTTP API."""

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.api.app import create_app
from functions.api.serving import Answer, serve
from functions.api.settings import settings
from jobtracker.aws.observability import logger, tracer


@cache
def answer() -> Answer:
    """The app, made at the first request."""
    return serve(create_app(settings()))


@logger().inject_lambda_context
@tracer().capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return answer()(event, context)
