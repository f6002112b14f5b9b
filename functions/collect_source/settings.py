"""The environment of collect_source."""

from functools import cache

from pydantic import Field

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where postings and what was seen go, how a collection goes on later, and who sources can write to.

    ``allowed_hosts`` are addresses of this machine ("host:port", by commas) that may be asked in local mode.
    """

    catalog_table: str
    people_table: str
    operations_table: str
    artifacts_bucket: str
    event_bus: str
    key_arn: str
    collect_queue_url: str
    collect_queue_arn: str
    continuation_group: str
    continuation_role_arn: str
    continuation_letters_arn: str
    contact: str = Field(min_length=1)
    allowed_hosts: str = ""


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
