"""The environment of match_profiles."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where people and artifacts lie, the bus that hears of new matches, and the queue of what is read carefully.

    ``llm_person_month_microdollars`` is what a person may spend on the language model in a month; 0 without one.
    """

    people_table: str
    artifacts_bucket: str
    event_bus: str
    careful_queue_url: str
    llm_person_month_microdollars: int = 0


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
