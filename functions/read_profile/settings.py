"""The environment of read_profile."""

from functools import cache

from pydantic import Field

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where texts and people lie, the bus that hears of a new profile, and the queue of what is read carefully.

    ``llm_person_month_microdollars`` is what a person may spend on the language model in a month; 0 without one.
    """

    uploads_bucket: str
    people_table: str
    event_bus: str
    match_shards: int = Field(ge=1)
    careful_queue_url: str
    llm_person_month_microdollars: int = 0


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
