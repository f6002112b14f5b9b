"""A small cloud assembly written by hand: one of each thing the local cloud has to carry."""

import json
from pathlib import Path
from typing import Any

_HANDLER = """
import json, os, boto3

def lambda_handler(event, context):
    if "Records" in event:
        table = boto3.resource("dynamodb").Table(os.environ["NOTES_TABLE"])
        for record in event["Records"]:
            table.put_item(Item={"PK": "QUEUED#" + record["body"], "SK": "NOTE"})
        return {"batchItemFailures": []}
    path = event["rawPath"]
    if path.endswith("/environment"):
        answer = dict(os.environ)
    elif path.endswith("/upload"):
        answer = boto3.client("s3").generate_presigned_post(
            os.environ["BUCKET"], "uploads/a.txt", Conditions=[["content-length-range", 0, 100]])
    elif path.endswith("/version"):
        answer = {"version": VERSION}
    else:
        secret = event["headers"].get("x-origin-secret")
        answer = {"path": path, "query": event["rawQueryString"], "secret": secret}
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(answer)}

VERSION = __VERSION__
"""


def write(
    folder: Path, *, version: int = 1, extra: dict[str, Any] | None = None, actions: list[str] | None = None
) -> Path:
    """Write the assembly into a folder and return it; ``actions`` are what the function's role allows."""
    more = dict(extra or {})
    if actions:
        statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        properties = {"PolicyName": "probe", "PolicyDocument": policy, "Roles": [{"Ref": "Role"}]}
        more["Policy"] = {"Type": "AWS::IAM::Policy", "Properties": properties}
    code = folder / f"asset.{version}" / "probe"
    code.mkdir(parents=True, exist_ok=True)
    (code / "__init__.py").write_text("")
    (code / "handler.py").write_text(_HANDLER.replace("__VERSION__", str(version)))
    bucket = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
    assets = {
        "files": {
            "code": {
                "source": {"path": f"asset.{version}", "packaging": "zip"},
                "destinations": {"here": {"bucketName": bucket, "objectKey": f"code-{version}.zip"}},
            }
        }
    }
    manifest = {
        "artifacts": {
            "small.assets": {"type": "cdk:asset-manifest", "properties": {"file": "small.assets.json"}},
            "small": {
                "type": "aws:cloudformation:stack",
                "properties": {"templateFile": "small.template.json"},
                "dependencies": ["small.assets"],
            },
        }
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "small.assets.json").write_text(json.dumps(assets))
    (folder / "small.template.json").write_text(json.dumps(_template(version, more)))
    return folder


def _template(version: int, extra: dict[str, Any]) -> dict[str, Any]:
    bootstrap = {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/hnb659fds/version"}
    function = {
        "Runtime": "python3.13",
        "Handler": "probe.handler.lambda_handler",
        "Role": {"Fn::GetAtt": ["Role", "Arn"]},
        "Timeout": 10,
        "Code": {
            "S3Bucket": {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"},
            "S3Key": f"code-{version}.zip",
        },
        "Environment": {
            "Variables": {
                "STAGE": "local",
                "NOTES_TABLE": {"Ref": "CatalogTable"},
                "BUCKET": {"Ref": "Uploads"},
                "ORIGIN_SECRET_ARN": {"Ref": "OriginSecret"},
            }
        },
    }
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    keys = [("PK", "HASH"), ("SK", "RANGE")]
    resources: dict[str, Any] = {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}},
        "CatalogTable": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": k, "AttributeType": "S"} for k, _ in keys],
                "KeySchema": [{"AttributeName": k, "KeyType": kind} for k, kind in keys],
            },
        },
        "Uploads": {"Type": "AWS::S3::Bucket"},
        "OriginSecret": {
            "Type": "AWS::SecretsManager::Secret",
            "Properties": {"GenerateSecretString": {"ExcludePunctuation": True, "PasswordLength": 32}},
        },
        "Probe": {"Type": "AWS::Lambda::Function", "Properties": function},
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60}},
        "Idle": {"Type": "AWS::SQS::Queue"},
        "Mapping": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {
                "EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]},
                "FunctionName": {"Ref": "Probe"},
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
            },
        },
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "small", "ProtocolType": "HTTP"}},
        "Stage": {
            "Type": "AWS::ApiGatewayV2::Stage",
            "Properties": {"ApiId": {"Ref": "Api"}, "StageName": "$default", "AutoDeploy": True},
        },
        "Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": {"Fn::GetAtt": ["Probe", "Arn"]},
                "PayloadFormatVersion": "2.0",
            },
        },
        "Route": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "RouteKey": "ANY /api/v1/{proxy+}",
                "Target": {"Fn::Join": ["/", ["integrations", {"Ref": "Integration"}]]},
            },
        },
    }
    return {
        "Parameters": {"BootstrapVersion": bootstrap},
        "Resources": resources | extra,
        "Outputs": {"IdleUrl": {"Value": {"Ref": "Idle"}}},
    }
