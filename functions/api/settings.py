"""The environment of the API."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings


class SharedSettings(FunctionSettings):
    """What every function that serves the API needs. Without ``origin_secret_arn`` any origin may call."""

    catalog_table: str
    people_table: str
    artifacts_bucket: str
    jwt_secret_arn: str
    origin_secret_arn: str | None = None


class Settings(SharedSettings):
    """What the routes without the catalog index need besides.

    ``allowed_hosts`` are addresses of this machine ("host:port", by commas) that sources may ask in local mode.
    ``llm_person_month_microdollars`` is what a person may spend on the language model in a month; 0 without one.
    """

    operations_table: str
    uploads_bucket: str
    event_bus: str
    collect_queue_url: str
    import_queue_url: str
    careful_queue_url: str
    key_arn: str
    allowed_hosts: str = ""
    llm_person_month_microdollars: int = 0


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()
