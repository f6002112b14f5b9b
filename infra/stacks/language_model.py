"""The language model of a deployment that has one: what its functions know of it, and what they may do."""

from decimal import Decimal

from aws_cdk import Stack

from infra.config import Config
from infra.parts.acknowledge import acknowledge
from infra.parts.function import PythonFunction

_MILLION = 1_000_000


def known(config: Config) -> dict[str, str]:
    """Its settings by field name; none where nobody answers as one, so that every cap stays at nothing."""
    if not config.has_language_model:
        return {}
    stated = {
        "llm_provider": config.llm_provider,
        "llm_model": config.llm_model,
        "anthropic_secret_arn": config.anthropic_secret_arn,
        "anthropic_base_url": config.anthropic_base_url,
        "llm_person_day_microdollars": _microdollars(config.llm_person_day_usd),
        "llm_person_month_microdollars": _microdollars(config.llm_person_month_usd),
        "llm_everybody_day_microdollars": _microdollars(config.llm_everybody_day_usd),
        "llm_everybody_month_microdollars": _microdollars(config.llm_everybody_month_usd),
        "llm_person_hour_calls": str(config.llm_person_hour_calls),
        "llm_everybody_hour_calls": str(config.llm_everybody_hour_calls),
    }
    return {name: value for name, value in stated.items() if value is not None}


def allow(reads: PythonFunction, config: Config) -> None:
    """Let a function ask the language model: read the key, or call the one model that is named."""
    if config.llm_provider == "bedrock":
        stack = Stack.of(reads)
        profile = f"arn:aws:bedrock:{stack.region}:{stack.account}:inference-profile/{config.llm_model}"
        _, _, bare = str(config.llm_model).rpartition("anthropic.")
        anywhere = f"arn:aws:bedrock:*::foundation-model/anthropic.{bare}"
        reads.allow(["bedrock:InvokeModel"], [profile, anywhere])
        acknowledge(
            reads.role,
            f"AwsSolutions-IAM5[Resource::{anywhere}]",
            "The inference profile chooses the region that answers; the model is a single one.",
        )
    elif config.anthropic_secret_arn:
        reads.allow(["secretsmanager:GetSecretValue"], [config.anthropic_secret_arn])


def _microdollars(dollars: Decimal) -> str:
    return str(int(dollars * _MILLION))
