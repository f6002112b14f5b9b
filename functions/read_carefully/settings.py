"""The environment of read_carefully."""

from functools import cache

from pydantic import Field

from jobtracker.accounts.language_model import LanguageModelSettings


class Settings(LanguageModelSettings):
    """Where texts, people and postings lie, who reads them and for how much, the bus that hears of a new profile, and
    the queue by which it is noted where its fields stand.

    ``queue_attempts`` is how often a message of the careful queue is received at most.
    """

    uploads_bucket: str
    people_table: str
    catalog_table: str
    operations_table: str
    event_bus: str
    profile_queue_url: str
    careful_queue_url: str
    queue_attempts: int = Field(ge=2)


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
