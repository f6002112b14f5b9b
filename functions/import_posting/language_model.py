"""The language model of a deployment that has one, at the expense of the person whose page it reads."""

from typing import Final

from functions.import_posting.settings import LanguageModelSettings, Settings
from jobtracker.accounts import consent
from jobtracker.accounts.budget import Caps
from jobtracker.accounts.gateway import secret
from jobtracker.accounts.spending import Spending
from jobtracker.aws import clients
from jobtracker.llm.client import Claude
from jobtracker.llm.model import Provider
from jobtracker.llm.reader import Reader
from jobtracker.llm.store import Answers, Breaker

_PURPOSE: Final = "Reading a page you brought in"


def reader(settings: Settings, person_id: str) -> Reader | None:
    """Who reads for this person; None where no language model is set up, or nothing may be spent on it."""
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
    operations, people = clients.table(settings.operations_table), clients.table(settings.people_table)
    return Reader(
        claude,
        consent.get(people, person_id).given,
        _PURPOSE,
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
