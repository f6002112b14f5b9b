"""The environment of match_profiles."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where people and artifacts lie, and the bus that hears of new matches."""

    people_table: str
    artifacts_bucket: str
    event_bus: str


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
