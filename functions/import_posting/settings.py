"""The environment of import_posting."""

from functools import cache

from pydantic import Field

from jobtracker.accounts.language_model import LanguageModelSettings


class Settings(LanguageModelSettings):
    """Where imports and postings lie, who tells of new ones, how hosts are asked, and who reads what nothing else can.

    ``queue_attempts`` is how often a message of the import queue is received at most.
    ``allowed_hosts`` are addresses of this machine ("host:port", by commas) that may be asked in local mode.
    """

    people_table: str
    catalog_table: str
    operations_table: str
    uploads_bucket: str
    event_bus: str
    import_queue_url: str
    queue_attempts: int = Field(ge=2)
    contact: str = Field(min_length=1)
    allowed_hosts: str = ""


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
