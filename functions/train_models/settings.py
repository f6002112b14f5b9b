"""The environment of train_models."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class Settings(FunctionSettings):
    """Where artifacts lie, and the bus that hears of new models."""

    artifacts_bucket: str
    event_bus: str


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
