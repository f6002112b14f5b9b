"""The environment of index_catalog."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where the index is published, who hears of it, and over how many shards matching is spread."""

    artifacts_bucket: str
    event_bus: str
    match_queue_url: str
    match_shards: int


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
