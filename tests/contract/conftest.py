"""Real stores against moto: the tables and buckets with the keys that the deployed template gives them."""

from collections.abc import Iterator
from typing import Any, Final

import boto3
import botocore.session
import pytest
from botocore.loaders import create_loader
from moto import mock_aws

from functions.api.settings import Settings
from jobtracker.accounts import gateway, passwords
from jobtracker.aws import clients

REGION: Final = "eu-central-1"
JWT_KEY: Final = "a key of more than thirty-two bytes, for tests"


def _make_table(name: str, *, indexes: list[dict[str, Any]] | None = None, extra: tuple[str, ...] = ()) -> str:
    more: dict[str, Any] = {"GlobalSecondaryIndexes": indexes} if indexes else {}
    boto3.client("dynamodb", region_name=REGION).create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("PK", "SK", *extra)],
        **more,
    )
    return name


def _make_bucket(name: str) -> str:
    boto3.client("s3", region_name=REGION).create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    return name


@pytest.fixture(scope="session", autouse=True)
def _descriptions_read_once() -> Iterator[None]:
    """Moto gives each test a session of its own, which would read botocore's descriptions of AWS from the disk anew."""
    loader = create_loader()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(botocore.session, "create_loader", lambda *_: loader)
        yield


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty AWS account in memory; clients made before and during the test are forgotten."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    clients.forget()
    with mock_aws():
        yield
    clients.forget()


@pytest.fixture
def catalog_table(aws: None) -> str:
    """The catalog table, empty; the value is its name."""
    return _make_table("catalog")


@pytest.fixture
def people_table(aws: None) -> str:
    """The people table with its sparse indexes, empty; the value is its name."""
    keys = {"matching": ("match_shard", "PK"), "collecting": ("collect_shard", "due_at")}
    indexes = [
        {
            "IndexName": name,
            "KeySchema": [
                {"AttributeName": partition, "KeyType": "HASH"},
                {"AttributeName": sort, "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
        for name, (partition, sort) in keys.items()
    ]
    return _make_table("people", indexes=indexes, extra=("match_shard", "collect_shard", "due_at"))


@pytest.fixture
def operations_table(aws: None) -> str:
    """The operations table, empty; the value is its name."""
    name = _make_table("operations")
    boto3.client("dynamodb", region_name=REGION).update_time_to_live(
        TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"}
    )
    return name


@pytest.fixture
def uploads_bucket(aws: None) -> str:
    """The uploads bucket, empty; the value is its name."""
    return _make_bucket("jobtracker-test-uploads")


@pytest.fixture
def artifacts_bucket(aws: None) -> str:
    """The artifacts bucket, empty; the value is its name."""
    return _make_bucket("jobtracker-test-artifacts")


@pytest.fixture
def api_settings(
    catalog_table: str,
    people_table: str,
    operations_table: str,
    uploads_bucket: str,
    artifacts_bucket: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """Settings of the API whose every name exists: tables, buckets, secret, queue and bus."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    gateway.forget()
    secret = boto3.client("secretsmanager", region_name=REGION).create_secret(Name="jwt", SecretString=JWT_KEY)
    queue = clients.sqs().create_queue(QueueName="collect.fifo", Attributes={"FifoQueue": "true"})
    imports = clients.sqs().create_queue(QueueName="import")
    clients.events().create_event_bus(Name="jobtracker")
    return Settings(
        stage="test",
        local_mode=False,
        catalog_table=catalog_table,
        people_table=people_table,
        operations_table=operations_table,
        uploads_bucket=uploads_bucket,
        artifacts_bucket=artifacts_bucket,
        event_bus="jobtracker",
        collect_queue_url=queue["QueueUrl"],
        import_queue_url=imports["QueueUrl"],
        careful_queue_url=clients.sqs().create_queue(QueueName="careful")["QueueUrl"],
        key_arn=boto3.client("kms", region_name=REGION).create_key()["KeyMetadata"]["Arn"],
        jwt_secret_arn=secret["ARN"],
    )
