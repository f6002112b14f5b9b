"""Brings the built page to a deployment: ``python -m infra.website --stage STAGE``, after ``cdk deploy``.

No resource of the template does it, because that would bring a function of others along, with rights of its own.
Files that are named by their content go first and the documents that name them last, so that nobody is ever served a
document whose files are not there. Files of earlier builds stay for those who have the page open.
"""

import argparse
import mimetypes
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.config import ROOT, Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

DIST = ROOT / "frontend" / "dist"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


class WebsiteError(RuntimeError):
    """The page cannot be brought to its deployment; the message says why in one line."""


def publish(config: Config, folder: Path = DIST) -> str:
    """Upload the page, make CloudFront forget the old documents, and return the page's address."""
    if not (folder / "index.html").is_file():
        raise WebsiteError(f"{folder} holds no built page: run npm --prefix frontend run build")
    session = boto3.Session(region_name=config.region)
    outputs = _outputs(session.client("cloudformation"), f"{config.prefix}-web")
    s3 = session.client("s3")
    for file in files(folder):
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        s3.put_object(
            Bucket=outputs["SiteBucketName"],
            Key=file.relative_to(folder).as_posix(),
            Body=file.read_bytes(),
            ContentType=f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("javascript") else kind,
            CacheControl=_FOR_EVER if is_fixed(file, folder) else _ASK_AGAIN,
        )
    session.client("cloudfront").create_invalidation(
        DistributionId=outputs["DistributionId"],
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())},
    )
    return outputs["SiteUrl"]


def is_fixed(file: Path, folder: Path) -> bool:
    """Whether a file is named by its content, as Vite does below ``assets``, and so never changes."""
    return file.relative_to(folder).parts[0] == "assets"


def files(folder: Path) -> Iterator[Path]:
    """The page's files in the order in which they have to arrive."""
    everything = sorted(file for file in folder.rglob("*") if file.is_file())
    yield from sorted(everything, key=lambda file: (not is_fixed(file, folder), file.name == "index.html"))


def _outputs(formation: "CloudFormationClient", stack: str) -> dict[str, str]:
    try:
        found = formation.describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    except (ClientError, BotoCoreError) as problem:
        raise WebsiteError(f"The stack {stack} cannot be read: {problem}") from problem
    return {output["OutputKey"]: output["OutputValue"] for output in found}


def main() -> None:
    """Publish from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--stage", required=True, help="the deployment")
    options.add_argument("--region", default=Config.model_fields["region"].default, help="where it is deployed")
    given = options.parse_args()
    try:
        address = publish(Config(stage=given.stage, region=given.region))
    except (WebsiteError, ClientError, BotoCoreError) as problem:
        sys.exit(str(problem))
    sys.stdout.write(f"The page is at {address}\n")


if __name__ == "__main__":
    main()
