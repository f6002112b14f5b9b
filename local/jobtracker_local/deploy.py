"""Deploying a synthesized assembly to the emulator with boto3 alone, as ``cdk deploy`` does on AWS."""

import hashlib
import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from jobtracker_local.assembly import Asset, StackPlan
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.model import Deployment
from jobtracker_local.options import ACCOUNT, REGION, Options

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

Progress = Callable[[str], None]

BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"
_BOOTSTRAP_VERSION = "30"
# The largest template CloudFormation takes in the request itself.
_INLINE_TEMPLATE = 51_200
_HASH_TAG = "jobtracker:hash"
_PATIENCE = 120.0
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CAPABILITIES: Any = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


@cache
def _session() -> boto3.Session:
    # No profile and no files of the person's: a profile that does not exist would already be an error.
    core = botocore.session.Session(
        session_vars={
            "profile": (None, None, None, None),
            "config_file": (None, None, os.devnull, None),
            "credentials_file": (None, None, os.devnull, None),
        }
    )
    return boto3.Session(
        aws_access_key_id=ACCOUNT,
        aws_secret_access_key=ACCOUNT,
        region_name=REGION,
        botocore_session=core,
    )


def client(options: Options, service: str) -> Any:
    """A boto3 client for the emulator, whatever the person's own AWS configuration says."""
    config = Config(
        retries={"mode": "standard", "max_attempts": 2},
        connect_timeout=5,
        read_timeout=60,
        proxies={},
        s3={"addressing_style": "path"},
    )
    return _session().client(service, endpoint_url=options.endpoint, config=config)  # type: ignore[call-overload]


def table(options: Options, name: str) -> "Table":
    """A table of the emulator."""
    return _session().resource("dynamodb", endpoint_url=options.endpoint, config=Config(proxies={})).Table(name)


def deploy(options: Options, plans: list[StackPlan], progress: Progress) -> Deployment:
    """Create or update every stack whose template or assets changed; the others stay as they are."""
    formation: CloudFormationClient = client(options, "cloudformation")
    s3: S3Client = client(options, "s3")
    changed: list[str] = []
    try:
        client(options, "ssm").put_parameter(
            Name=BOOTSTRAP_PARAMETER, Value=_BOOTSTRAP_VERSION, Type="String", Overwrite=True
        )
        buckets: set[str] = set()
        for plan in plans:
            archives = {asset.key: content(asset) for asset in plan.assets}
            wanted = fingerprint(plan, archives, options)
            present = _describe(formation, plan.name)
            if present and present["StackStatus"].endswith("_COMPLETE") and _hash_of(present) == wanted:
                progress(f"{plan.name} is up to date")
                continue
            progress(f"deploying {plan.name}: {len(plan.body.get('Resources', {}))} resources")
            for asset in plan.assets:
                _upload(s3, asset, archives[asset.key], buckets)
            _apply(formation, s3, plan, wanted, present)
            changed.append(plan.name)
        return describe(options, plans, changed)
    except (ClientError, BotoCoreError) as problem:
        raise LocalCloudError(f"The deployment failed: {problem}") from problem


def fingerprint(plan: StackPlan, archives: dict[str, bytes], options: Options) -> str:
    """What a stack was deployed from; its ports count, because addresses of them are kept in it."""
    digest = hashlib.sha256(plan.template.encode())
    digest.update(f"{options.port}:{options.page_port}".encode())
    for key in sorted(archives):
        digest.update(key.encode() + hashlib.sha256(archives[key]).digest())
    return digest.hexdigest()


def content(asset: Asset) -> bytes:
    """An asset as the bytes that are uploaded: the file, or its folder as a zip.

    The project's own code is left out: functions import it from the checkout they run in, so an edit needs
    new workers and no deployment.
    """
    if asset.path.is_file():
        data = asset.path.read_bytes()
        if asset.path.suffix != ".zip":
            return data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _pack({}) if any(map(_is_ours, archive.namelist())) else data
    files = {file.relative_to(asset.path).as_posix(): file for file in _files(asset.path)}
    return _pack({} if any(map(_is_ours, files)) else files)


def _is_ours(name: str) -> bool:
    return name.startswith(("functions/", "python/jobtracker/"))


def _pack(files: dict[str, Path]) -> bytes:
    packed = io.BytesIO()
    # Fixed dates and order: the same files are the same bytes, so nothing deploys anew for nothing.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, file in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
        if not files:
            archive.writestr(zipfile.ZipInfo("README", _EPOCH), "The code runs from the checkout.")
    return packed.getvalue()


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _upload(s3: "S3Client", asset: Asset, body: bytes, made: set[str]) -> None:
    if asset.bucket not in made:
        with suppress(s3.exceptions.BucketAlreadyOwnedByYou, s3.exceptions.BucketAlreadyExists):
            s3.create_bucket(Bucket=asset.bucket)
        made.add(asset.bucket)
    s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=body)


def _describe(formation: "CloudFormationClient", name: str) -> "StackTypeDef | None":
    try:
        return formation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as problem:
        if problem.response["Error"]["Code"] == "ValidationError":
            return None
        raise


def _hash_of(stack: "StackTypeDef") -> str | None:
    return next((tag["Value"] for tag in stack.get("Tags", []) if tag["Key"] == _HASH_TAG), None)


def _apply(
    formation: "CloudFormationClient",
    s3: "S3Client",
    plan: StackPlan,
    wanted: str,
    present: "StackTypeDef | None",
) -> None:
    if present and present["StackStatus"] in {"ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED"}:
        # Such a stack never worked and cannot be updated.
        formation.delete_stack(StackName=plan.name)
        _wait(formation, plan.name, gone=True)
        present = None
    arguments: dict[str, Any] = {
        "StackName": plan.name,
        "Capabilities": _CAPABILITIES,
        "Tags": [{"Key": _HASH_TAG, "Value": wanted}],
    }
    if len(plan.template.encode()) <= _INLINE_TEMPLATE:
        arguments["TemplateBody"] = plan.template
    else:
        arguments["TemplateURL"] = _upload_template(s3, plan, wanted)
    try:
        (formation.update_stack if present else formation.create_stack)(**arguments)
    except ClientError as problem:
        if "No updates are to be performed" in str(problem):
            return
        raise
    _wait(formation, plan.name)


def _upload_template(s3: "S3Client", plan: StackPlan, wanted: str) -> str:
    bucket = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
    template = Asset(Path(), zipped=False, bucket=bucket, key=f"templates/{wanted}.json")
    _upload(s3, template, plan.template.encode(), set())
    return f"{s3.meta.endpoint_url}/{bucket}/{template.key}"


def _wait(formation: "CloudFormationClient", name: str, *, gone: bool = False) -> None:
    deadline = time.monotonic() + _PATIENCE
    pause = 0.05
    while time.monotonic() < deadline:
        stack = _describe(formation, name)
        status: str = stack["StackStatus"] if stack else "DELETE_COMPLETE"
        if gone and status == "DELETE_COMPLETE":
            return
        if not gone and status in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
            return
        if "IN_PROGRESS" not in status:
            raise LocalCloudError(f"{name} ended as {status}: {_reason(formation, name)}")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)
    raise LocalCloudError(f"{name} was not deployed within {_PATIENCE:.0f} seconds.")


def _reason(formation: "CloudFormationClient", name: str) -> str:
    with suppress(ClientError):
        for event in formation.describe_stack_events(StackName=name)["StackEvents"]:
            if event.get("ResourceStatus", "").endswith("_FAILED"):
                return f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
    return "the emulator gave no reason"


def describe(options: Options, plans: list[StackPlan], changed: list[str]) -> Deployment:
    """What the deployed stacks hold: by logical id, and by output."""
    formation: CloudFormationClient = client(options, "cloudformation")
    found: dict[str, dict[str, str]] = {}
    outputs: dict[str, str] = {}
    for plan in plans:
        stack = _describe(formation, plan.name)
        for output in stack.get("Outputs", []) if stack else []:
            outputs[output["OutputKey"]] = output["OutputValue"]
        for page in formation.get_paginator("list_stack_resources").paginate(StackName=plan.name):
            for resource in page["StackResourceSummaries"]:
                same = found.setdefault(resource["ResourceType"], {})
                same[resource["LogicalResourceId"]] = resource.get("PhysicalResourceId", "")
    functions, secret_arn = _functions(options, set(found.get("AWS::Lambda::Function", {}).values()))
    secret: str | None = None
    if secret_arn:
        secret = client(options, "secretsmanager").get_secret_value(SecretId=secret_arn)["SecretString"]
    return Deployment(
        api_id=next(iter(found.get("AWS::ApiGatewayV2::Api", {}).values()), None),
        origin_secret=secret,
        buckets=sorted(found.get("AWS::S3::Bucket", {}).values()),
        tables=found.get("AWS::DynamoDB::Table", {}) | found.get("AWS::DynamoDB::GlobalTable", {}),
        functions=functions,
        queues=found.get("AWS::SQS::Queue", {}),
        outputs=outputs,
        changed=changed,
    )


def _functions(options: Options, deployed: set[str]) -> tuple[dict[str, str], str | None]:
    """The deployed functions by their folder's name, and the secret the API demands of its callers, if any."""
    named: dict[str, str] = {}
    secret: str | None = None
    for page in client(options, "lambda").get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            if function["FunctionName"] not in deployed:
                continue
            folder = function["Handler"].removeprefix("functions.").split(".")[0]
            named[folder] = function["FunctionName"]
            secret = function.get("Environment", {}).get("Variables", {}).get("ORIGIN_SECRET_ARN") or secret
    return dict(sorted(named.items())), secret


def write(options: Options, deployment: Deployment) -> None:
    """Leave the deployment for the page's server. It holds the local origin secret, hence the mode."""
    draft = options.deployment_file.with_suffix(".tmp")
    draft.write_text(json.dumps(deployment.model_dump(), indent=2))
    draft.chmod(0o600)
    draft.replace(options.deployment_file)
