"""The environment of schedule_collections."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """The ledger that says what is due, and the queue that collections start from."""

    catalog_table: str
    collect_queue_url: str
    sample_source: bool = False


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
