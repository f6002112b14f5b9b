"""The environment of read_profile."""

from functools import cache

from pydantic import Field

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where texts and people lie, and the bus that hears of a new profile."""

    uploads_bucket: str
    people_table: str
    event_bus: str
    match_shards: int = Field(ge=1)


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
