"""The language model of a deployment that has one, at the expense of the person whose texts it reads."""

from typing import TYPE_CHECKING

from pydantic import Field

from jobtracker.accounts import consent
from jobtracker.accounts.budget import Caps
from jobtracker.accounts.gateway import secret
from jobtracker.accounts.spending import Spending
from jobtracker.aws.settings import FunctionSettings
from jobtracker.llm.client import Claude
from jobtracker.llm.model import Provider
from jobtracker.llm.reader import Reader
from jobtracker.llm.store import Answers, Breaker

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


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


def reader(
    settings: LanguageModelSettings, operations: "Table", people: "Table", person_id: str, purpose: str
) -> Reader | None:
    """Who reads for this person; None where no language model is set up, or nothing may be spent on it.

    ``purpose`` is what for, in words for the person's receipts.
    """
    caps = Caps(
        person_day=settings.llm_person_day_microdollars,
        person_month=settings.llm_person_month_microdollars,
        everybody_day=settings.llm_everybody_day_microdollars,
        everybody_month=settings.llm_everybody_month_microdollars,
        person_hour_calls=settings.llm_person_hour_calls,
        everybody_hour_calls=settings.llm_everybody_hour_calls,
    )
    claude = _claude(settings) if caps.allow_any else None
    if claude is None:
        return None
    return Reader(
        claude,
        consent.get(people, person_id).given,
        purpose,
        Spending(operations, people, person_id, caps),
        Answers(operations, person_id),
        Breaker(operations, f"{claude.provider}#{claude.model}"),
    )


def _claude(settings: LanguageModelSettings) -> Claude | None:
    at, model = settings.anthropic_base_url, settings.llm_model
    if settings.llm_provider is Provider.BEDROCK:
        return Claude(None, provider=Provider.BEDROCK, base_url=at, model=model)
    if settings.anthropic_secret_arn is None:
        return None
    return Claude(secret(settings.anthropic_secret_arn), base_url=at, model=model)
