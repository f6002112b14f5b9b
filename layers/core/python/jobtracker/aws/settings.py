"""The settings base: one subclass per function, filled from that function's environment."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class FunctionSettings(BaseSettings):
    """What every function's environment holds. A missing variable is a ``ValidationError`` that names it."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    stage: str
    local_mode: bool = False
