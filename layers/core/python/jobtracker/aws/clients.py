"""boto3 clients, made once per process and never at import."""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_textract import TextractClient

_CONFIG = Config(retries={"mode": "standard", "max_attempts": 4}, connect_timeout=3, read_timeout=20)
# S3 presigned POSTs must name the signature that KMS-encrypted buckets accept, and the path form works everywhere.
# The regional address also in us-east-1: it is the one that the page's content security policy lets a browser call.
_S3_CONFIG = _CONFIG.merge(
    Config(signature_version="s3v4", s3={"addressing_style": "path", "us_east_1_regional_endpoint": "regional"})
)


@cache
def dynamodb() -> "DynamoDBServiceResource":
    """The DynamoDB resource."""
    return boto3.resource("dynamodb", config=_CONFIG)


def table(name: str) -> "Table":
    """A DynamoDB table by name."""
    return dynamodb().Table(name)


@cache
def s3() -> "S3Client":
    """The S3 client."""
    return boto3.client("s3", config=_S3_CONFIG)


@cache
def sqs() -> "SQSClient":
    """The SQS client."""
    return boto3.client("sqs", config=_CONFIG)


@cache
def events() -> "EventBridgeClient":
    """The EventBridge client."""
    return boto3.client("events", config=_CONFIG)


@cache
def secrets() -> "SecretsManagerClient":
    """The Secrets Manager client."""
    return boto3.client("secretsmanager", config=_CONFIG)


@cache
def kms() -> "KMSClient":
    """The KMS client."""
    return boto3.client("kms", config=_CONFIG)


@cache
def scheduler() -> "EventBridgeSchedulerClient":
    """The EventBridge Scheduler client."""
    return boto3.client("scheduler", config=_CONFIG)


@cache
def textract() -> "TextractClient":
    """The Textract client."""
    return boto3.client("textract", config=_CONFIG)


def forget() -> None:
    """Drop all clients, so that the next call makes new ones (for tests that change the environment)."""
    for made in (dynamodb, s3, sqs, events, secrets, kms, scheduler, textract):
        made.cache_clear()
