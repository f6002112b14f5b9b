"""Defining sources of one's own from the command line."""

import json
import sys
from pathlib import Path

from jobtracker_local.api_client import ApiClient, Json
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.finding import path_of


def read(file: str) -> tuple[str | None, Json]:
    """The name, where there is one, and the config in a JSON file, or on the standard input for "-".

    It is the config alone, or an object that has it as "config", such as the API shows a source.

    Raises:
        LocalCloudError: it cannot be read, or is no such JSON object.
    """
    called = "The standard input" if file == "-" else file
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        found = json.loads(text)
    except OSError as problem:
        raise LocalCloudError(f"{file} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise LocalCloudError(f"{called} is no JSON: {problem}.") from problem
    name, config = None, found
    if isinstance(found, dict) and "config" in found:
        name, config = found.get("name"), found["config"]
    if not isinstance(config, dict) or not isinstance(name, str | None):
        raise LocalCloudError(f"{called} is no definition: a JSON object with its kind (feed, board or api).")
    return name, config


def secret_names(config: Json) -> list[str]:
    """The names of the secrets that a definition takes, each once."""
    if config.get("kind") != "api":
        return []
    named = [config.get(key) for key in ("secret_headers", "secret_query")]
    names = [name for part in named if isinstance(part, dict) for name in part.values()]
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


def add(api: ApiClient, name: str, config: Json, secrets: dict[str, str]) -> Json:
    """Define a source."""
    return api.post("/own-sources", {"name": name, "config": config, "secrets": secrets})


def change(
    api: ApiClient, item: Json, *, name: str | None = None, config: Json | None = None, secrets: dict[str, str]
) -> Json:
    """Define a source anew; what is not given stays as it is."""
    body = {"name": name or item["name"], "config": config or item["config"], "secrets": secrets}
    return api.put(path_of(item["id"]), body)
