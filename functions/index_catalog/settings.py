"""The environment of index_catalog."""

from functools import cache

from pydantic import Field

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where artifacts and what they hold of each source are kept, and who hears of a new index."""

    catalog_table: str
    artifacts_bucket: str
    event_bus: str
    match_queue_url: str
    match_shards: int = Field(ge=1)


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
