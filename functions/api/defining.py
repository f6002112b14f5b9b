"""Refusing the definition of a source that could never be collected, when it is made and not when it is due."""

from collections.abc import Collection

from fastapi.exceptions import RequestValidationError

from functions.api.settings import Settings
from functions.api.source_schemas import OwnSourceRequest
from jobtracker.sources.definition import faults
from jobtracker.sources.guard import Guard


def check(settings: Settings, body: OwnSourceRequest, secrets_set: Collection[str] = ()) -> None:
    """Let a definition pass that can be collected; ``secrets_set`` names the secrets that the source has already.

    Raises:
        RequestValidationError: its address is not to be asked, or a secret that it names is given nowhere.
    """
    found = faults(body.config, Guard.allowing(settings.allowed_hosts), {*secrets_set, *body.secrets})
    told = [
        {"type": "value_error", "loc": ("body", "config", *fault.path), "msg": fault.reason, "input": None}
        for fault in found
    ]
    if told:
        raise RequestValidationError(told)
