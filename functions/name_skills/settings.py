"""The environment of name_skills."""

from functools import cache

from pydantic import Field

from functions.api.settings import SharedSettings


class Settings(SharedSettings):
    """What all of the API needs, where texts lie, the queue that takes them further, and how often a message comes."""

    uploads_bucket: str
    profile_queue_url: str
    queue_attempts: int = Field(ge=1)


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
