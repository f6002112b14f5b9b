"""Emptying the buckets that go with a deployment."""

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from infra.config import Config
from infra.emptying import empty
from tests.infra.assembly import Assembly

REGION = "us-east-1"


def _deploy(stack: str, *outputs: str, **more: str) -> None:
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}}
    template = {
        "Resources": {name: bucket | {"Properties": {"BucketName": f"{stack}-{name.lower()}"}} for name in outputs},
        "Outputs": {f"{name}BucketName": {"Value": {"Ref": name}} for name in outputs}
        | {name: {"Value": value} for name, value in more.items()},
    }
    boto3.client("cloudformation", region_name=REGION).create_stack(
        StackName=f"jobtracker-{stack}", TemplateBody=json.dumps(template)
    )
    s3 = boto3.client("s3", region_name=REGION)
    for name in outputs:
        for _ in range(2):
            s3.put_object(Bucket=f"{stack}-{name.lower()}", Key="a", Body=b"a")


@pytest.fixture(autouse=True)
def _aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        yield


def _objects(bucket: str) -> int:
    return boto3.client("s3", region_name=REGION).list_objects_v2(Bucket=bucket)["KeyCount"]


def test_all_buckets_of_a_stage_for_trying_out_are_emptied() -> None:
    _deploy("dev-web", "Site")
    _deploy("dev-stateful", "Uploads", "Artifacts", Lasting="no")
    _deploy("other-stateful", "Uploads", "Artifacts", Lasting="no")
    assert set(empty(Config(stage="dev"))) == {"dev-web-site", "dev-stateful-uploads", "dev-stateful-artifacts"}
    assert [_objects(name) for name in ("dev-web-site", "dev-stateful-uploads", "dev-stateful-artifacts")] == [0, 0, 0]
    assert _objects("other-stateful-uploads") == 1


@pytest.mark.parametrize("said", [{"Lasting": "yes"}, {}])
def test_buckets_that_outlive_their_stack_are_left_alone(said: dict[str, str]) -> None:
    _deploy("dev-web", "Site")
    _deploy("dev-stateful", "Uploads", "Artifacts", **said)
    assert set(empty(Config(stage="dev"))) == {"dev-web-site"}
    assert _objects("dev-stateful-uploads") == 1


def test_what_is_not_deployed_needs_no_emptying() -> None:
    assert empty(Config(stage="dev")) == {}


def test_a_deployment_says_whether_its_data_outlives_it(personal: Assembly, production: Assembly) -> None:
    assert personal.templates["stateful"]["Outputs"]["Lasting"]["Value"] == "no"
    assert production.templates["stateful"]["Outputs"]["Lasting"]["Value"] == "yes"
