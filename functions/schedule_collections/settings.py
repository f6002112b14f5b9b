"""The environment of schedule_collections."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """What says which sources are due, and the queue that collections start from."""

    catalog_table: str
    people_table: str
    collect_queue_url: str
    sample_source: bool = False


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
