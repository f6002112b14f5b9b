"""Every function is made the same way, knows what its settings ask for, and may do only what is written down."""

from typing import Any

import pytest
from pydantic import ValidationError

from infra import environment
from infra.catalogue import FUNCTIONS
from infra.config import ROOT, Config
from infra.imports import calls
from tests.infra.assembly import Assembly, Json


def _plain(variables: Json) -> dict[str, str]:
    """The variables as a function would see them; what CloudFormation fills in becomes its expression's text."""
    return {name: value if isinstance(value, str) else str(value) for name, value in variables.items()}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_environment_of_every_function_satisfies_its_settings_class(
    assembly: Assembly, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _plain(assembly.functions()[name]["Environment"]["Variables"])
    for variable, value in found.items():
        monkeypatch.setenv(variable, value)
    for field in environment.fields(name):
        if field.upper() not in found:
            monkeypatch.delenv(field.upper(), raising=False)
    settings = environment.settings_class(name)()
    assert settings.stage == found["STAGE"]
    assert settings.local_mode is ("POWERTOOLS_TRACE_DISABLED" in found)
    assert found["POWERTOOLS_SERVICE_NAME"] == name


def test_a_function_without_a_value_for_a_required_setting_fails_the_synthesis() -> None:
    with pytest.raises(environment.MissingValueError, match="match_profiles requires PEOPLE_TABLE"):
        environment.variables("match_profiles", {"stage": "dev"})


def test_every_folder_with_settings_is_deployed(personal: Assembly) -> None:
    folders = {file.parent.name for file in (ROOT / "functions").glob("*/settings.py")}
    assert set(personal.functions()) == folders == set(FUNCTIONS)


def test_functions_share_runtime_machine_tracing_and_logs_that_forget(assembly: Assembly) -> None:
    groups = {name.split("/")[1]: group for name, group in assembly.of("AWS::Logs::LogGroup").items()}
    for properties in assembly.functions().values():
        assert properties["Runtime"] == "python3.13"
        assert properties["Architectures"] == ["arm64"]
        assert properties["TracingConfig"] == {"Mode": "Active"}
        group = groups[properties["LoggingConfig"]["LogGroup"]["Ref"]]
        assert 7 <= group["RetentionInDays"] <= 400


def test_every_function_has_a_role_of_its_own(assembly: Assembly) -> None:
    roles = [str(properties["Role"]) for properties in assembly.functions().values()]
    assert len(set(roles)) == len(roles) == len(FUNCTIONS)


def _allowed(assembly: Assembly) -> list[tuple[str, str, list[Any]]]:
    """Resource, action and resources of every statement that allows something, wherever it is written."""
    found = []
    for name, resource in assembly.resources.items():
        properties = resource.get("Properties", {})
        documents = [properties.get("PolicyDocument"), properties.get("KeyPolicy")]
        documents += [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
        for document in filter(None, documents):
            for statement in document["Statement"]:
                if statement["Effect"] == "Allow":
                    actions = statement["Action"]
                    resources = statement["Resource"]
                    for action in [actions] if isinstance(actions, str) else actions:
                        found.append((name, action, resources if isinstance(resources, list) else [resources]))
    return found


def test_no_policy_allows_a_wildcard_action(assembly: Assembly) -> None:
    allowed = _allowed(assembly)
    assert len(allowed) > 50
    assert [(name, action) for name, action, _ in allowed if "*" in action] == []


def test_no_role_takes_over_a_policy_that_is_not_written_here(assembly: Assembly) -> None:
    """The managed policies of AWS are full of wildcards."""
    roles = assembly.of("AWS::IAM::Role")
    assert len(roles) > len(FUNCTIONS)
    assert [name for name, role in roles.items() if role.get("ManagedPolicyArns")] == []
    assert assembly.of("AWS::IAM::ManagedPolicy") == {}


# What an action is for, as the code calls it.
_CALLS = {
    "dynamodb:GetItem": {"get_item"},
    "dynamodb:BatchGetItem": {"batch_get_item"},
    "dynamodb:Query": {"query"},
    "dynamodb:Scan": {"scan"},
    "dynamodb:ConditionCheckItem": {"transact_write_items"},
    "dynamodb:PutItem": {"put_item", "transact_write_items"},
    "dynamodb:UpdateItem": {"update_item"},
    "dynamodb:BatchWriteItem": {"batch_writer"},
    "dynamodb:DeleteItem": {"delete_item"},
    "events:PutEvents": {"put_events"},
    "iam:PassRole": {"create_schedule"},
    "kms:Encrypt": {"encrypt"},
    "s3:AbortMultipartUpload": {"upload_file"},
    "s3:DeleteObject": {"delete_object", "delete_objects"},
    "s3:GetObject": {"get_object", "download_file"},
    "s3:ListBucket": {"get_object", "download_file", "list_objects_v2"},
    "s3:PutObject": {"put_object", "upload_file", "generate_presigned_post"},
    "scheduler:CreateSchedule": {"create_schedule"},
    "secretsmanager:GetSecretValue": {"get_secret_value"},
    "sqs:SendMessage": {"send_message"},
}
# What Lambda itself does in the function's name: write logs and traces, read queues and streams, keep failures.
_LAMBDAS_OWN = {
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_nothing_that_its_code_never_calls(personal: Assembly, function: str) -> None:
    word = "".join(part.capitalize() for part in function.split("_"))
    failures = {logical for logical in personal.of("AWS::SQS::Queue") if f"/{word}Failures" in logical}
    granted = {
        action
        for name, action, resources in _allowed(personal)
        if name.startswith(f"service/{word}Role")
        and not any(str(resource).find(logical.split("/")[1]) >= 0 for resource in resources for logical in failures)
    }
    assert granted
    called = calls(function)
    unknown = granted - _LAMBDAS_OWN - set(_CALLS)
    assert unknown == set()
    assert {action for action in granted - _LAMBDAS_OWN if not _CALLS[action] & called} == set()


def test_only_tracing_and_the_keys_own_policy_name_every_resource(assembly: Assembly) -> None:
    everything = {action for _, action, resources in _allowed(assembly) if "*" in resources}
    assert {action for action in everything if not action.startswith("kms:")} == {
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
    }
    functions = {name for name, action, resources in _allowed(assembly) if "*" in resources and "kms:" in action}
    assert all("/Key" in name for name in functions)


def _statements(assembly: Assembly, action: str) -> list[tuple[str, Json]]:
    """The statements that allow an action to functions, with the resource that says so."""
    return [
        (name, statement)
        for name, policy in assembly.of("AWS::IAM::Policy").items()
        for statement in policy["PolicyDocument"]["Statement"]
        if action in statement["Action"]
    ]


def test_what_is_sealed_with_the_key_is_opened_by_the_collector_alone(assembly: Assembly) -> None:
    """All functions read what tables and buckets encrypt with the same key; that right must not open secrets."""
    opening = [
        (name, statement)
        for name, statement in _statements(assembly, "kms:Decrypt")
        if "kms:ViaService" not in statement.get("Condition", {}).get("StringEquals", {})
    ]
    assert [name.startswith("service/CollectSourceRole") for name, _ in opening] == [True]
    sealing = _statements(assembly, "kms:Encrypt")
    assert [name.startswith("service/ApiRole") for name, _ in sealing] == [True]
    for _, statement in opening + sealing:
        bound = statement["Condition"]["Null"]
        assert bound == {f"kms:EncryptionContext:{name}": "false" for name in ("owner", "source", "secret")}


def test_the_function_that_opens_strangers_files_reaches_no_table_and_no_secret(assembly: Assembly) -> None:
    actions = {action for name, action, _ in _allowed(assembly) if "/ExtractResumeRole" in name}
    assert {action.split(":")[0] for action in actions} == {"kms", "logs", "s3", "sqs", "xray"}
    assert {action for action in actions if action.startswith("s3:")} == {"s3:GetObject", "s3:PutObject"}


def test_the_api_lists_no_more_of_the_uploads_than_what_was_read_of_them(assembly: Assembly) -> None:
    [(_, listing)] = [found for found in _statements(assembly, "s3:ListBucket") if "/ApiRole" in found[0]]
    assert listing["Condition"] == {"StringLike": {"s3:prefix": "extracted/*"}}
    read = {str(what) for name, action, what in _allowed(assembly) if "/ApiRole" in name and action == "s3:GetObject"}
    assert len(read) == 1
    assert "/extracted/*" in read.pop()


def test_textract_is_asked_only_where_it_is_chosen_and_by_the_function_that_opens_files(
    assembly: Assembly, scanning: Assembly
) -> None:
    def rights(found: Assembly) -> list[tuple[str, Any]]:
        return [(name, what) for name, action, what in _allowed(found) if action == "textract:DetectDocumentText"]

    assert not [action for _, action, _ in _allowed(assembly) if action.startswith("textract:")]
    assert "SCANS_BY" not in assembly.functions()["extract_resume"]["Environment"]["Variables"]
    [(name, resources)] = rights(scanning)
    assert name.startswith("service/ExtractResumeRole")
    assert resources == ["*"]
    assert {action for _, action, _ in _allowed(scanning)} - {action for _, action, _ in _allowed(assembly)} == {
        "textract:DetectDocumentText"
    }
    assert "detect_document_text" in calls("extract_resume")
    assert scanning.functions()["extract_resume"]["Environment"]["Variables"]["SCANS_BY"] == "textract"
    with pytest.raises(ValidationError, match="service of AWS"):
        Config.of({"local": "true", "textract": "true"})


def test_no_function_brings_code_of_others_along(assembly: Assembly) -> None:
    """Constructs that add functions of their own (custom resources) would add their rights too."""
    assert len(assembly.of("AWS::Lambda::Function")) == len(FUNCTIONS)
    assert not [name for name, found in assembly.resources.items() if found["Type"].startswith("Custom::")]


def test_what_names_skills_reads_what_was_extracted_and_writes_nothing_but_skills(assembly: Assembly) -> None:
    objects = {
        action: str(what)
        for name, action, what in _allowed(assembly)
        if "/NameSkillsRole" in name and action.startswith("s3:") and "List" not in action
    }
    assert set(objects) == {"s3:GetObject", "s3:PutObject"}
    assert "/extracted/*'" in objects["s3:GetObject"]
    assert "/extracted/*.skills.json'" in objects["s3:PutObject"]
    tables = {action for name, action, _ in _allowed(assembly) if "/NameSkillsRole" in name and "dynamodb" in action}
    assert tables == {"dynamodb:GetItem"}
