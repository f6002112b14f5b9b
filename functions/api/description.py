"""The OpenAPI document of the whole API, whichever function serves a route."""

import copy
from functools import cache
from typing import Any

from functions.api.errors import CONTENT_TYPE


@cache
def document() -> dict[str, Any]:
    """The document, made once per process."""
    from functions.api.app import ROUTERS, bare_app
    from functions.api.routers import search, skills

    made = copy.deepcopy(bare_app((*ROUTERS, search.router, skills.router)).openapi())
    for operations in made["paths"].values():
        for operation in operations.values():
            _problems(operation["responses"])
    for name in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(name, None)
    return made


def _problems(responses: dict[str, Any]) -> None:
    """All errors are problems of one shape, also those that FastAPI describes by its own."""
    responses.pop("422", None)
    answer = responses["default"]
    answer["content"] = {CONTENT_TYPE: next(iter(answer["content"].values()))}
