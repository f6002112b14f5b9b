"""Making the first administrator of a deployment.

No route of the API gives anybody a role: whoever may write to the deployment's own table may.
"""

from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from pydantic import ValidationError

from infra.config import Config
from jobtracker.accounts import store
from jobtracker.accounts.model import Account, Role
from jobtracker_local import cloud, deploy
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.type_defs import OutputTypeDef
    from mypy_boto3_dynamodb.service_resource import Table

_OUTPUT = "PeopleTableName"


def grant(table: "Table", email: str) -> Account:
    """Make the account with this e-mail address an administrator's. Doing it twice is no error."""
    try:
        account = store.find(table, email)
        granted = None if account is None else store.set_role(table, account.id, Role.ADMIN)
    except (ClientError, BotoCoreError) as problem:
        raise LocalCloudError(f"The people table cannot be changed: {_reason(problem)}.") from problem
    if granted is None:
        raise LocalCloudError(f"Nobody is registered as {email}. Register on the page first, then grant the role.")
    return granted


def deployed_table(stage: str, region: str | None = None) -> "Table":
    """The people table of a deployment in the AWS account that the person is signed in to."""
    try:
        config = Config(stage=stage, **({"region": region} if region else {}))
    except ValidationError as problem:
        raise LocalCloudError("; ".join(str(error["msg"]) for error in problem.errors())) from problem
    stack = f"{config.prefix}-stateful"
    try:
        session = boto3.Session(region_name=config.region)
        found = session.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
        return session.resource("dynamodb").Table(_named(found.get("Outputs", []), stack))
    except NoCredentialsError as problem:
        raise LocalCloudError("You are not signed in to AWS: set AWS_PROFILE, or run aws configure.") from problem
    except (ClientError, BotoCoreError) as problem:
        raise LocalCloudError(
            f"The deployment {stage} in {config.region} cannot be read: {_reason(problem)}."
        ) from problem


def local_table(options: Options | None = None) -> "Table":
    """The people table of this machine's own cloud, which has to run."""
    options = options or Options.of()
    found = cloud.status(options)
    if not found.running or found.deployment is None or found.endpoint is None:
        raise LocalCloudError("The local cloud is not running. Start it: jobtracker up")
    known = Options(options.root, options.folder, int(found.endpoint.rsplit(":", 1)[1]))
    return deploy.table(known, found.deployment.outputs[_OUTPUT])


def _named(outputs: "list[OutputTypeDef]", stack: str) -> str:
    for output in outputs:
        if output["OutputKey"] == _OUTPUT:
            return output["OutputValue"]
    raise LocalCloudError(f"The stack {stack} does not say which table is the people's: deploy it again.")


def _reason(problem: Exception) -> str:
    if isinstance(problem, ClientError):
        return str(problem.response["Error"].get("Message", problem)).rstrip(".")
    return str(problem).rstrip(".")
