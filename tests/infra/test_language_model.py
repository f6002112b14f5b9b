"""The language model of a deployment: nobody by default, else a key or a role, and caps in millionths of a dollar."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from infra.config import Config
from tests.infra.assembly import Assembly, synthesize

ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:anthropic-Ab12Cd"
MODEL = "global.anthropic.claude-haiku-5-5"


def _variables(assembly: Assembly, function: str) -> dict[str, Any]:
    found: dict[str, Any] = assembly.functions()[function]["Environment"]["Variables"]
    return {name: value for name, value in found.items() if name.startswith(("LLM_", "ANTHROPIC_"))}


def _statements(assembly: Assembly, action: str) -> list[tuple[str, Any]]:
    policies = assembly.of("AWS::IAM::Policy")
    return [
        (name, statement["Resource"])
        for name, policy in policies.items()
        for statement in policy["PolicyDocument"]["Statement"]
        if action in statement["Action"]
    ]


def test_without_a_language_model_no_function_knows_of_one(personal: Assembly) -> None:
    assert all(not _variables(personal, name) for name in personal.functions())
    assert _statements(personal, "bedrock:InvokeModel") == []


def test_a_key_is_read_by_the_two_functions_that_ask(tmp_path: Path) -> None:
    made = synthesize(tmp_path, stage="home", anthropic_secret_arn=ARN, llm_person_day_usd="0.125")
    found = _variables(made, "import_posting")
    assert found == {
        "LLM_PROVIDER": "anthropic",
        "ANTHROPIC_SECRET_ARN": ARN,
        "LLM_PERSON_DAY_MICRODOLLARS": "125000",
        "LLM_PERSON_MONTH_MICRODOLLARS": "1000000",
        "LLM_EVERYBODY_DAY_MICRODOLLARS": "5000000",
        "LLM_EVERYBODY_MONTH_MICRODOLLARS": "50000000",
        "LLM_PERSON_HOUR_CALLS": "60",
        "LLM_EVERYBODY_HOUR_CALLS": "2000",
    }
    readers = [name for name, arn in _statements(made, "secretsmanager:GetSecretValue") if ARN in str(arn)]
    imports, careful = sorted(readers)
    assert "ImportPosting" in imports
    assert "ReadCarefully" in careful
    assert _variables(made, "read_carefully") == found
    # Who only sends what is to be read knows whether there is anybody to read it, and no more.
    assert _variables(made, "read_profile") == {"LLM_PERSON_MONTH_MICRODOLLARS": "1000000"}


def test_bedrock_takes_a_role_that_may_call_the_one_model(tmp_path: Path) -> None:
    made = synthesize(tmp_path, stage="home", llm_provider="bedrock", llm_model=MODEL)
    found = _variables(made, "import_posting")
    assert found["LLM_PROVIDER"] == "bedrock"
    assert found["LLM_MODEL"] == MODEL
    assert "ANTHROPIC_SECRET_ARN" not in found
    allowed = sorted(_statements(made, "bedrock:InvokeModel"), key=str)
    assert [("ImportPosting" in name, "ReadCarefully" in name) for name, _ in allowed] == [(True, False), (False, True)]
    for _, resources in allowed:
        model, profile = sorted(resources, key=str)
        assert model == "arn:aws:bedrock:*::foundation-model/anthropic.claude-haiku-5-5"
        assert str(profile).endswith(f":inference-profile/{MODEL}']]}}")


@pytest.mark.parametrize("model", [None, "claude-haiku-5-5"])
def test_bedrock_needs_the_name_that_it_gives_a_model(model: str | None) -> None:
    with pytest.raises(ValidationError, match="inference profile"):
        Config(llm_provider="bedrock", llm_model=model)
