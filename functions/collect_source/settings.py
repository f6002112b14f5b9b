"""The environment of collect_source."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where postings go, the bus that hears of the collection, and who sources can write to."""

    catalog_table: str
    event_bus: str
    contact: str


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
