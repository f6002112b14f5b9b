"""Making the first administrator of a deployment, found by its stack's outputs."""

import json
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner

from jobtracker.accounts import passwords, store
from jobtracker.accounts.model import Role
from jobtracker.aws import clients
from jobtracker_local import admin
from jobtracker_local.cli import app
from jobtracker_local.errors import LocalCloudError

REGION = "eu-west-1"


def _template(output: str) -> str:
    keys = [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]
    table: dict[str, Any] = {
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": keys,
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK")],
    }
    return json.dumps(
        {
            "Resources": {"PeopleTable": {"Type": "AWS::DynamoDB::Table", "Properties": table}},
            "Outputs": {output: {"Value": {"Ref": "PeopleTable"}}},
        }
    )


@pytest.fixture
def stack(aws: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """A deployment of the stage home in another region than the environment's."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    boto3.client("cloudformation", region_name=REGION).create_stack(
        StackName="jobtracker-home-stateful", TemplateBody=_template("PeopleTableName")
    )
    return "home"


def test_a_registered_person_becomes_an_administrator_of_the_deployment(stack: str) -> None:
    table = admin.deployed_table(stack, REGION)
    person = store.create(table, email="ada@example.org", password="correct horse battery")
    bystander = store.create(table, email="bob@example.org", password="correct horse battery")
    result = CliRunner().invoke(app, ["admin", "grant", "Ada@Example.org", "--stage", stack, "--region", REGION])
    assert result.exit_code == 0, result.output
    assert "ada@example.org is an administrator now" in result.output
    changed = store.authenticate(table, "ada@example.org", "correct horse battery")
    assert changed == person.model_copy(update={"role": Role.ADMIN})
    assert store.get(table, bystander.id) == bystander


def test_granting_twice_changes_nothing_more(stack: str) -> None:
    table = admin.deployed_table(stack, REGION)
    store.create(table, email="ada@example.org", password="correct horse battery")
    assert admin.grant(table, "ada@example.org") == admin.grant(table, "ada@example.org")


def test_an_unknown_address_is_refused_and_makes_no_account(stack: str) -> None:
    table = admin.deployed_table(stack, REGION)
    with pytest.raises(LocalCloudError, match=r"Nobody is registered as eve@example\.org"):
        admin.grant(table, "eve@example.org")
    assert table.scan()["Items"] == []


def test_a_stage_that_is_not_deployed_is_said_in_one_line(stack: str) -> None:
    with pytest.raises(LocalCloudError, match="deployment other in eu-west-1 cannot be read"):
        admin.deployed_table("other", REGION)
    with pytest.raises(LocalCloudError, match="should match pattern"):
        admin.deployed_table("No Stage!")


def test_a_stack_without_the_output_is_said_in_one_line(aws: None) -> None:
    boto3.client("cloudformation", region_name=REGION).create_stack(
        StackName="jobtracker-old-stateful", TemplateBody=_template("Other")
    )
    with pytest.raises(LocalCloudError, match="deploy it again"):
        admin.deployed_table("old", REGION)


def test_who_is_not_signed_in_to_aws_is_told_so(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with pytest.raises(LocalCloudError, match="not signed in to AWS"):
        admin.deployed_table("home", REGION)


@pytest.mark.parametrize("arguments", [[], ["--stage", "home", "--local"]])
def test_exactly_one_deployment_has_to_be_named(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["admin", "grant", "ada@example.org", *arguments])
    assert isinstance(result.exception, LocalCloudError)
    assert "--stage STAGE, or --local" in str(result.exception)


def test_the_right_to_sign_in_is_untouched_by_the_grant(stack: str) -> None:
    table = admin.deployed_table(stack, REGION)
    made = store.create(table, email="ada@example.org", password="correct horse battery")
    before = table.get_item(Key={"PK": f"USER#{made.id}", "SK": "ACCOUNT"})["Item"]["password"]
    admin.grant(table, "ada@example.org")
    assert table.get_item(Key={"PK": f"USER#{made.id}", "SK": "ACCOUNT"})["Item"]["password"] == before
    clients.forget()
