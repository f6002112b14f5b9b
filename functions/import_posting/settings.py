"""The environment of import_posting."""

from functools import cache

from pydantic import Field

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where imports and postings lie, who tells of new ones, how hosts are asked, and the language model's key.

    ``queue_attempts`` is how often a message of the import queue is received at most.
    ``allowed_hosts`` are addresses of this machine ("host:port", by commas) that may be asked in local mode. Without
    ``anthropic_secret_arn`` no language model is asked.
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
    anthropic_secret_arn: str | None = None
    anthropic_base_url: str | None = None


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
