"""The environment of search."""

from functools import cache

from functions.api.settings import SharedSettings


class Settings(SharedSettings):
    """Search needs what all of the API needs, and no more."""


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
