"""The environment of import_posting."""

from functools import cache

from pydantic import Field

from jobtracker.aws.settings import FunctionSettings
from jobtracker.llm.model import Provider


class LanguageModelSettings(FunctionSettings):
    """Which language model is asked, how, and for how much money.

    Anthropic's own API takes a key, which lies in a secret; Bedrock takes the function's role. Without either no
    language model is asked, nor where a cap is 0. Dollars are counted in millionths.
    """

    llm_provider: Provider = Provider.ANTHROPIC
    llm_model: str | None = None
    anthropic_secret_arn: str | None = None
    anthropic_base_url: str | None = None
    llm_person_day_microdollars: int = Field(default=0, ge=0)
    llm_person_month_microdollars: int = Field(default=0, ge=0)
    llm_everybody_day_microdollars: int = Field(default=0, ge=0)
    llm_everybody_month_microdollars: int = Field(default=0, ge=0)
    llm_person_hour_calls: int = Field(default=0, ge=0)
    llm_everybody_hour_calls: int = Field(default=0, ge=0)


class Settings(LanguageModelSettings):
    """Where imports and postings lie, who tells of new ones, how hosts are asked, and who reads what nothing else can.

    ``queue_attempts`` is how often a message of the import queue is received at most.
    ``allowed_hosts`` are addresses of this machine ("host:port", by commas) that may be asked in local mode.
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


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
