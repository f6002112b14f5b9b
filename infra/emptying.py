"""Empties the buckets that go with a deployment: ``python -m infra.emptying --stage STAGE``, before ``cdk destroy``.

CloudFormation removes no bucket that holds anything. Buckets that outlive their stack are left alone.
"""

import argparse
import sys
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

_SITE = ("web", "SiteBucketName")
_DATA = (("stateful", "UploadsBucketName"), ("stateful", "ArtifactsBucketName"))


def empty(config: Config) -> dict[str, int]:
    """Remove everything from the buckets that go with the deployment; how many objects that were, by bucket."""
    session = boto3.Session(region_name=config.region)
    s3 = session.resource("s3")
    removed: dict[str, int] = {}
    for stack, output in (_SITE, *_DATA):
        outputs = _outputs(session.client("cloudformation"), f"{config.prefix}-{stack}")
        # The deployment's own word counts: its profile is not known here.
        if output in outputs and (output == _SITE[1] or outputs.get("Lasting") == "no"):
            answers = s3.Bucket(outputs[output]).object_versions.delete()
            removed[outputs[output]] = sum(len(answer.get("Deleted", [])) for answer in answers)
    return removed


def _outputs(formation: "CloudFormationClient", stack: str) -> dict[str, str]:
    """What a stack says of itself; nothing when it is not deployed, or gone already."""
    try:
        found = formation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as problem:
        if problem.response["Error"]["Code"] == "ValidationError":
            return {}
        raise
    return {item["OutputKey"]: item["OutputValue"] for item in found.get("Outputs", [])}


def main() -> None:
    """Empty from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--stage", required=True, help="the deployment")
    options.add_argument("--region", default=Config.model_fields["region"].default, help="where it is deployed")
    given = options.parse_args()
    try:
        removed = empty(Config(stage=given.stage, region=given.region))
    except (ClientError, BotoCoreError) as problem:
        sys.exit(str(problem))
    for bucket, number in removed.items():
        sys.stdout.write(f"removed {number} objects from {bucket}\n")


if __name__ == "__main__":
    main()
