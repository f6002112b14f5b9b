"""The environment of extract_resume."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where resumes lie, and the queue that takes their text further."""

    uploads_bucket: str
    profile_queue_url: str


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
