"""An app as the answer to a Lambda event of an HTTP API (payload 2.0)."""

from collections.abc import Callable
from typing import Any, Final, cast

from aws_lambda_powertools.utilities.typing import LambdaContext
from fastapi import FastAPI
from mangum import Mangum

# Bodies of other types leave base64 encoded.
TEXT: Final = ["text/", "application/json", "application/problem+json"]
Answer = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def serve(app: FastAPI) -> Answer:
    """What answers an event with the app's response."""
    # Without lifespan events: there is nothing to start or stop that outlives a request.
    mangum = Mangum(app, lifespan="off", text_mime_types=TEXT)

    def answer(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        # Mangum describes the context by attributes that can be set; the real one's cannot, and it only passes it on.
        return mangum(event, cast("Any", context))

    return answer
